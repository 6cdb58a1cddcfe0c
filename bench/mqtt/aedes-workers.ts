import cluster from 'node:cluster'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { checkedBroker } from './aedes-broker.ts'

/** aedes in several processes that share a port as ours do: `aedes-workers.ts WORKERS PORT PRODUCTKEY`. */
const [workers, port, productKey] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]!]

if (cluster.isPrimary) {
  await Promise.all(Array.from({ length: workers }, () => once(cluster.fork(), 'message')))
  process.stdout.write(`aedes listening on http://127.0.0.1:${port}\n`)
  process.on('disconnect', () => process.exit())
  process.on('SIGTERM', () => process.exit())
} else {
  const broker = await checkedBroker(productKey)
  const options = { port, host: '127.0.0.1', backlog: 4096, reusePort: true }
  createServer({ noDelay: true }, broker.handle).listen(options, () => process.send!('listening'))
}
