import { setTimeout as pause } from 'node:timers/promises'
import type { Workload } from './calls/workloads.ts'
import type { Generator } from './load/generator.ts'
import { cpuMillisecondsOf } from './processes.ts'
import type { Server } from './servers/child.ts'

const glanceMs = 500
/** A server that uses less CPU than this in a glance does nothing but wait. */
const idleCpuMs = 50
const patienceMs = 180_000

/**
 * Resolves when every worker of a server holds the names in memory. A worker begins to load them with its first
 * check, in the background: it is done when the server is idle though it was just asked.
 * @returns how long it took, in milliseconds
 */
export async function settle(server: Server, workload: Workload, generator: Generator): Promise<number> {
  const from = performance.now()
  const loop = { kind: 'closed', connections: 8, milliseconds: 1000 } as const
  do {
    await generator.drive({ url: server.url, workload, loop })
    if (await isIdle(server)) return performance.now() - from
    while (!(await isIdle(server)));
  } while (performance.now() - from < patienceMs)
  throw new Error(`${server.url} does not come to rest`)
}

async function isIdle(server: Server): Promise<boolean> {
  const before = cpuMillisecondsOf(server.pid)
  await pause(glanceMs)
  return cpuMillisecondsOf(server.pid) - before < idleCpuMs
}
