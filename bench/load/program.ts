/** The load generator, in a separate process, so that its CPU time is separate and undisturbed. */
import { callsOf, type Workload } from '../calls/workloads.ts'
import { cpuMilliseconds } from '../measure.ts'
import type { Order, Report } from './generator.ts'
import { drive } from './loops.ts'

/** Signed lists are kept. */
const sources = new Map<string, ReturnType<typeof callsOf>>()

function sourceOf(workload: Workload) {
  const key = JSON.stringify(workload)
  const source = sources.get(key) ?? callsOf(workload)
  sources.set(key, source)
  return source
}

async function run(orders: readonly Order[]): Promise<Report> {
  const prepared = orders.map(({ url, workload, loop }) => ({ url, next: sourceOf(workload), loop }))
  const from = cpuMilliseconds()
  const loads = await Promise.all(prepared.map(({ url, next, loop }) => drive(url, next, loop)))
  return { loads, cpuMs: cpuMilliseconds() - from }
}

process.on('message', (orders: readonly Order[]) => {
  run(orders).then(
    (report) => process.send!(report),
    (error) => process.send!({ error: error.message }),
  )
})
process.once('disconnect', () => process.exit())
