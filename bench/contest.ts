/** Loads several servers in turn, so that disturbances of the machine affect all alike. */
import type { Workload } from './calls/workloads.ts'
import type { Generator } from './load/generator.ts'
import { median } from './measure.ts'
import { cpuMillisecondsOf } from './processes.ts'
import type { Server } from './servers/child.ts'

export interface Contestant {
  readonly server: Server
  readonly workload: Workload
  readonly connections: number
}

/** Medians of the rounds. */
export interface Turns {
  /** User and system time of all server processes per call. */
  readonly cpuMs: number
  readonly callsPerSecond: number
  /** User and system time of the load generator per call. */
  readonly generatorCpuMs: number
  /** Number of calls measured in all rounds. */
  readonly calls: number
}

export async function runContest<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
  generator: Generator,
  { rounds, roundMs }: { readonly rounds: number; readonly roundMs: number },
): Promise<Record<Name, Turns>> {
  const names = Object.keys(contestants) as Name[]
  const turns = new Map(names.map((name) => [name, [] as Turns[]]))
  // An additional round first compiles code and fills caches.
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const turn = await oneTurn(contestants[name], generator, roundMs).catch((error) => {
        throw new Error(`${name}: ${error.message}`)
      })
      if (round > 0) turns.get(name)!.push(turn)
    }
  }
  return Object.fromEntries(names.map((name) => [name, mergeTurns(turns.get(name)!)])) as Record<Name, Turns>
}

async function oneTurn(
  { server, workload, connections }: Contestant,
  generator: Generator,
  milliseconds: number,
): Promise<Turns> {
  const before = cpuMillisecondsOf(server.pid)
  const loop = { kind: 'closed', connections, milliseconds } as const
  const load = await generator.drive({ url: server.url, workload, loop })
  return {
    cpuMs: (cpuMillisecondsOf(server.pid) - before) / load.calls,
    callsPerSecond: (load.calls / load.milliseconds) * 1000,
    generatorCpuMs: load.cpuMs / load.calls,
    calls: load.calls,
  }
}

const mergeTurns = (turns: readonly Turns[]): Turns => ({
  cpuMs: median(turns.map(({ cpuMs }) => cpuMs)),
  callsPerSecond: median(turns.map(({ callsPerSecond }) => callsPerSecond)),
  generatorCpuMs: median(turns.map(({ generatorCpuMs }) => generatorCpuMs)),
  calls: turns.reduce((sum, { calls }) => sum + calls, 0),
})
