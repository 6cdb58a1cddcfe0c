/** Measurements of a single server. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Workload } from './calls/workloads.ts'
import type { Generator, Order } from './load/generator.ts'
import type { Latency } from './measure.ts'
import { memoryOfWorkers } from './processes.ts'
import type { Server } from './servers/child.ts'
import { startOurWorkers, workers } from './servers/ours.ts'
import { settle } from './settle.ts'

/** Full calls per second in latency probes: the quota of an account. */
const fullPerSecond = 100
const smallPerSecond = 50
const healthPerSecond = 20

const snapshotSecondsMax = 180
const namesWholeMsMax = 180_000

/** Latency of full calls at a steady rate. */
export async function probeLatency(
  { url }: Server,
  workload: Workload,
  generator: Generator,
  milliseconds: number,
): Promise<Latency> {
  const loop = { kind: 'open', perSecond: fullPerSecond, milliseconds } as const
  return (await generator.drive({ url, workload, loop })).latency
}

/** Latencies of concurrent activities, each at a steady rate. */
export interface EventLoop {
  readonly full: Latency
  readonly small: Latency
  readonly health: Latency
}

export async function probeEventLoop(
  { url }: Server,
  workload: Workload,
  generator: Generator,
  milliseconds: number,
): Promise<EventLoop> {
  const order = (kind: Workload['kind'], perSecond: number): Order => ({
    url,
    workload: { ...workload, kind },
    loop: { kind: 'open', perSecond, milliseconds },
  })
  const orders = [
    order('quick', fullPerSecond),
    order('small', smallPerSecond),
    order('health', healthPerSecond),
  ]
  const [full, small, health] = (await generator.run(orders)).loads
  return { full: full!.latency, small: small!.latency, health: health!.latency }
}

/** Start of a server, in milliseconds. */
export interface Start {
  /** From the start of the process until /healthz succeeds. */
  readonly readyMs: number
  /** The first check, sent immediately; it has registered devices, and the answer must name exactly these. */
  readonly firstCheckMs: number
  /** Number of such checks answered right after it, some of them before the names were in memory. */
  readonly checksMeanwhile: number
  /** From the first check until every worker had all names in memory. */
  readonly namesWholeMs: number
}

/** Starts a server on a store that has a snapshot of its names, and keeps it running. */
export async function probeStart(
  folder: string,
  workload: Workload,
  generator: Generator,
  milliseconds: number,
): Promise<{ readonly server: Server; readonly start: Start }> {
  await snapshotOf(folder, workload, generator)
  const mixed = { ...workload, kind: 'mixed' } as const
  await generator.prepare(mixed)
  const from = performance.now()
  const server = await startOurWorkers(folder)
  while (!(await isHealthy(server)));
  const readyMs = performance.now() - from
  const { url } = server
  const checkedFrom = performance.now()
  const whole = untilNamesAreWhole(server, workers * workload.registered).then(
    () => performance.now() - checkedFrom,
  )
  const first = await generator.drive({
    url,
    workload: mixed,
    loop: { kind: 'closed', connections: 1, calls: 1 },
  })
  const loop = { kind: 'closed', connections: 4, milliseconds } as const
  const meanwhile = await generator.drive({ url, workload: mixed, loop })
  const namesWholeMs = await whole
  return {
    server,
    start: {
      readyMs,
      firstCheckMs: first.latency.max,
      checksMeanwhile: meanwhile.calls,
      namesWholeMs,
    },
  }
}

/** Runs a server on the store until it has written its snapshot of the names, unless there is one. */
async function snapshotOf(folder: string, workload: Workload, generator: Generator): Promise<void> {
  const names = join(folder, 'names')
  const isThere = () => existsSync(names) && readdirSync(names).some((name) => name.endsWith('.names'))
  if (isThere()) return
  const server = await startOurWorkers(folder)
  try {
    await settle(server, workload, generator)
    for (let seconds = 0; !isThere() && seconds < snapshotSecondsMax; seconds++) await pause(1000)
    if (!isThere()) throw new Error(`the server wrote no snapshot of its names into ${names}`)
  } finally {
    await server.stop()
  }
}

/** Resolves when so many names are in the memory of all workers together. */
async function untilNamesAreWhole({ url }: Server, names: number): Promise<void> {
  for (const from = performance.now(); ; ) {
    const page = await (await fetch(`${url}/metrics`)).text()
    const [, inMemory] = /^rollcall_names_in_memory(?:\{[^}]*\})? (\S+)$/m.exec(page) ?? []
    if (Number(inMemory) >= names) return
    if (performance.now() - from > namesWholeMsMax)
      throw new Error(`${inMemory} of ${names} names were in memory after ${namesWholeMsMax} ms`)
    await pause(20)
  }
}

async function isHealthy({ url }: Server): Promise<boolean> {
  const response = await fetch(`${url}/healthz`).catch(() => undefined)
  await response?.arrayBuffer()
  return response?.status === 200
}

/** Memory of the largest worker, in MB. */
export const memoryOf = ({ pid }: Server): number => Math.max(...memoryOfWorkers(pid)) / 1e6

/** Memory of an idle worker on an empty store, in MB. */
export async function probeIdleMemory(folder: string, milliseconds: number): Promise<number> {
  const server = await startOurWorkers(folder)
  try {
    await pause(milliseconds)
    return memoryOf(server)
  } finally {
    await server.stop()
  }
}
