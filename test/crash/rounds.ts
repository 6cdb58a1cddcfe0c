import { setTimeout as delay } from 'node:timers/promises'
import { type DriverName, type Node, nodesOn, type SharedStore, sharedStore } from '../support/nodes.ts'
import { privateServer } from '../support/postgres.ts'
import type { PostgresServer } from '../support/postgres-server.ts'
import type { Lifetime } from '../support/process.ts'
import { send } from '../support/sign.ts'
import { chanceOf, startClient, type Tried } from './clients.ts'
import { verify } from './verify.ts'

export interface CrashOptions {
  readonly driver: DriverName
  readonly rounds: number
  readonly seed: number
  /** Progress in words. */
  readonly tell: (line: string) => void
}

const nodeCount = 2
const clientCount = 4
/** A commit in doubt is asked about for ten seconds; after a shorter outage a 503 is a promise. */
const shortOutageMs = 8000

type Victim = 'one node' | 'all nodes' | 'database'

/**
 * Kills servers, or the database, with SIGKILL at random moments while clients import, and holds what is there
 * afterwards to what the clients were told; round after round on the same store, PostgreSQL with fsync on.
 *
 * @throws AssertionError for a promise that was broken
 */
export async function crashRounds(t: Lifetime, options: CrashOptions): Promise<void> {
  const { driver, rounds, seed, tell } = options
  const chance = chanceOf(seed)
  const database = driver === 'PostgreSQL' ? await privateServer(t, { durable: true }) : undefined
  const shared = await sharedStore(t, driver, database?.url())
  const nodes = await nodesOn(shared, nodeCount, '--quota', 'off')
  const tried: Tried = { attempts: [], unexpected: [], answers: 0 }
  const victims: Victim[] = ['one node', 'all nodes', ...(database ? (['database'] as const) : [])]

  for (let round = 1; round <= rounds; round++) {
    // Each in turn, from one that chance has chosen.
    const victim = victims[(seed + round) % victims.length]!
    const clients = Array.from({ length: clientCount }, (_, i) =>
      startClient(round, i, nodes, chanceOf(seed + 1000 * round + i), tried),
    )
    let outageMs: number
    try {
      await answersMore(tried, 2 + chance(20))
      await delay(chance(30))
      const startedAt = performance.now()
      await strike(victim, shared, nodes, database, chance(nodeCount))
      for (const node of nodes) await healthy(node)
      outageMs = performance.now() - startedAt
      await answersMore(tried, clientCount)
    } finally {
      await Promise.all(clients.map(({ stop }) => stop()))
    }
    await verify(shared, nodes, tried, round, chance, outageMs < shortOutageMs)
    tell(`round ${round}: ${victim} killed; ${summary(tried)}`)
  }
}

/** Waits for so many answers more. */
async function answersMore(tried: Tried, count: number): Promise<void> {
  const enough = tried.answers + count
  while (tried.answers < enough) await delay(1)
}

async function strike(
  victim: Victim,
  { place }: SharedStore,
  nodes: Node[],
  database: PostgresServer | undefined,
  chosen: number,
): Promise<void> {
  if (victim === 'database') {
    await database!.kill9()
    await database!.start()
    return
  }
  const places = victim === 'one node' ? [chosen] : nodes.map((_, i) => i)
  await Promise.all(places.map((i) => nodes[i]!.process.stop('SIGKILL')))
  await Promise.all(places.map(async (i) => (nodes[i] = await place.serve('--quota', 'off'))))
}

/** Waits until a node says of itself that it can serve; nobody restarts it for that. */
async function healthy({ url, process }: Node): Promise<void> {
  try {
    while ((await send(url, { method: 'GET', path: '/healthz' })).status !== 200);
  } catch (error) {
    throw new Error(`a node has died: ${process.stderr.slice(-2000)}`, { cause: error })
  }
}

function summary({ attempts }: Tried): string {
  const outcomes = ['in', 'out', 'unavailable', 'unknown'] as const
  const of = (outcome: string) => attempts.filter((attempt) => attempt.outcome === outcome).length
  return outcomes.map((outcome) => `${of(outcome)} ${outcome}`).join(', ')
}
