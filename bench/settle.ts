import { setTimeout as pause } from 'node:timers/promises'
import type { Workload } from './calls/workloads.ts'
import type { Generator } from './load/generator.ts'
import { cpuMillisecondsOf } from './processes.ts'
import type { Server } from './servers/child.ts'

const glanceMs = 500
/** A server that uses less CPU than this per check is idle. */
const idleCpuMs = 50
const patienceMs = 180_000

/**
 * Resolves once every worker has the names in memory. A worker starts loading them in the background at its
 * first check, and has finished when the server is idle right after a check.
 * @returns the duration in milliseconds
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
