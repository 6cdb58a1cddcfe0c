/** The servers under the same load by turns, so that a noisy minute of the machine disturbs all alike. */
import type { Load } from './generator.ts'
import { median } from './measure.ts'
import type { Server } from './servers/child.ts'

const contestants = ['floor', 'ours', 'plain'] as const
type Contestant = (typeof contestants)[number]

/** The figures of one server, medians of its rounds. */
export interface ServerFigures {
  /** User and system time of the server's process for one call. */
  readonly cpuMs: number
  readonly callsPerSecond: number
  /** Calls measured in all rounds together. */
  readonly calls: number
  /** The most memory the process held, in MiB. */
  readonly memoryMiB: number
}

export type Contest = Readonly<Record<Contestant, ServerFigures>>

export async function runRounds(
  servers: Readonly<Record<Contestant, Server>>,
  drive: (url: string, milliseconds: number) => Promise<Load>,
  { rounds, roundMs }: { readonly rounds: number; readonly roundMs: number },
): Promise<Contest> {
  const taken = Object.fromEntries(contestants.map((name) => [name, [] as Round[]])) as Record<
    Contestant,
    Round[]
  >
  // A round before the first one warms each server up.
  for (let round = 0; round <= rounds; round++) {
    for (const name of contestants) {
      const result = await oneRound(servers[name], drive, roundMs)
      if (round > 0) taken[name].push(result)
    }
  }
  const figures = await Promise.all(
    contestants.map(async (name) => [name, await figuresOf(taken[name], servers[name])] as const),
  )
  return Object.fromEntries(figures) as Record<Contestant, ServerFigures>
}

interface Round {
  readonly calls: number
  readonly cpuMs: number
  readonly callsPerSecond: number
}

async function oneRound(
  server: Server,
  drive: (url: string, milliseconds: number) => Promise<Load>,
  roundMs: number,
): Promise<Round> {
  const before = await server.usage()
  const { calls, milliseconds } = await drive(server.url, roundMs)
  const after = await server.usage()
  return {
    calls,
    cpuMs: (after.cpuMilliseconds - before.cpuMilliseconds) / calls,
    callsPerSecond: (calls / milliseconds) * 1000,
  }
}

async function figuresOf(rounds: readonly Round[], server: Server): Promise<ServerFigures> {
  return {
    cpuMs: median(rounds.map(({ cpuMs }) => cpuMs)),
    callsPerSecond: median(rounds.map(({ callsPerSecond }) => callsPerSecond)),
    calls: rounds.reduce((sum, { calls }) => sum + calls, 0),
    memoryMiB: (await server.usage()).memory / 2 ** 20,
  }
}
