/**
 * The floor: what no server of such calls can do without. It receives a body into a buffer that lies ready,
 * and puts one HMAC-SHA1 over it. A parameter sets the number of processes that share the port.
 */
import cluster from 'node:cluster'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { caller } from '../workload.ts'
import './leash.ts'

/** Larger than any body of the workload. */
const bufferBytes = 4 * 1024 * 1024
const answer = '{"Success":true}'
/** One buffer a connection, since two may be receiving at once. */
const free: Buffer[] = []

const server = createServer((message, response) => {
  const buffer = free.pop() ?? Buffer.alloc(bufferBytes)
  let end = 0
  message.on('data', (chunk: Buffer) => {
    end += chunk.copy(buffer, end)
  })
  message.on('end', () => {
    createHmac('sha1', caller.accessKeySecret).update(buffer.subarray(0, end)).digest('base64')
    free.push(buffer)
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': answer.length })
    response.end(answer)
  })
})

const workers = Number(process.argv[2] ?? 0)
const listen = (ready: (port: number) => void) =>
  server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
const tell = (port: number) => process.stdout.write(`floor is listening on http://127.0.0.1:${port}\n`)

if (workers === 0) listen(tell)
else if (cluster.isWorker) listen((port) => process.send!(port))
else {
  let listening = 0
  for (let i = 0; i < workers; i++)
    cluster.fork().on('message', (port: number) => {
      if (++listening === workers) tell(port)
    })
}
