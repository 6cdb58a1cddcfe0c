import cluster from 'node:cluster'
import { setPriority } from 'node:os'
import type { MetricsPage } from '../../http/metrics.ts'
import { type Running, start } from '../../main.ts'
import { firstKeyPlaceOf } from '../credentials.ts'
import type { Order, Report } from './messages.ts'
import { startFailureOf } from './start-failure.ts'
import { beatMs } from './watchdog.ts'

/** The nice value of a worker that serves devices alone: where processor time is short, calls go first. */
const devicesNice = 5

type ServeOrder = Extract<Order, { readonly kind: 'serve' }>

/**
 * One of several processes that serve a port. The primary controls it; if the primary is gone, node:cluster
 * ends it.
 */
const report = (said: Report) =>
  new Promise<void>((resolve) => process.send!(said, undefined, undefined, () => resolve()))

let starting: Promise<Running | undefined> = Promise.resolve(undefined)
let running: Running | undefined
/** Requests waiting for the metrics of all workers. */
let readers: PromiseWithResolvers<MetricsPage>[] = []

process.on('message', (order: Order) => {
  if (order.kind === 'serve') starting = serve(order)
  else if (order.kind === 'drain') running?.drain()
  else if (order.kind === 'stop') stop(order.idleMs)
  else if (order.kind === 'count') count()
  else {
    for (const reader of readers) reader.resolve(order.page)
    readers = []
  }
})

// node:cluster does so unless the primary has closed the port.
process.once('disconnect', () => process.exit())
setInterval(() => report({ kind: 'alive' }), beatMs).unref()

// Terminals and service managers may signal every process, but only the primary's order counts.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
process.on('SIGTERM', () => report({ kind: 'asked to end' }))

async function serve({ config, serves, reusePort, ticketKeys }: ServeOrder): Promise<Running | undefined> {
  try {
    if (serves === 'devices') setPriority(devicesNice)
    running = await start(config, {
      firstKeyStorage: firstKeyPlaceOf(config),
      worker: { number: cluster.worker!.id, serves, reusePort, metrics, ticketKeys },
    })
    const { url, mqtt, first, certificate } = running
    await count()
    await report({ kind: 'serving', url, mqtt, first, certificate })
    return running
  } catch (error) {
    await report({ kind: 'failed', message: (error as Error).message, obstacle: startFailureOf(error) })
    process.exit(1)
  }
}

async function count(): Promise<void> {
  if (running !== undefined) await report({ kind: 'counted', samples: await running.samples() })
}

function metrics(): Promise<MetricsPage> {
  const reader = Promise.withResolvers<MetricsPage>()
  readers.push(reader)
  if (readers.length === 1) report({ kind: 'metrics wanted' })
  return reader.promise
}

async function stop(idleMs: number | undefined): Promise<void> {
  // If the store is being filled, that is completed first.
  await (await starting)?.close(idleMs)
  await count()
  process.exit(0)
}
