import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../support/free-port.ts'
import { type DriverName, type Node, sharedStore } from '../support/nodes.ts'
import { privateServer } from '../support/postgres.ts'
import { type Lifetime, temporaryPlace } from '../support/process.ts'
import { chanceOf, startClient, type Tried } from './clients.ts'
import { healthy, stopAll, strikesOn, type Target } from './strikes.ts'
import { type Verdict, verify } from './verify.ts'

export interface CrashOptions {
  readonly driver: DriverName
  /** Workers of each server; 1 is a single process. */
  readonly workers: number
  readonly rounds: number
  readonly seed: number
  /** Progress in words. */
  readonly tell: (line: string) => void
}

/** The result of all rounds. */
export interface CrashCounts extends Verdict {
  readonly driver: DriverName
  readonly workers: number
  readonly rounds: number
  readonly seed: number
  /** Calls that were answered, whatever the answer. */
  readonly answers: number
  /** How often each strike was made. */
  readonly strikes: Readonly<Record<string, number>>
}

const nodeCount = 2
const clientCount = 4
/** A commit in doubt is asked about for ten seconds; after a shorter outage a 503 is a promise. */
const shortOutageMs = 8000

/**
 * Kills and stops servers, or the database, at random moments while clients import, and compares what is there
 * afterwards with the answers; round after round on the same store, PostgreSQL with fsync on.
 *
 * @throws AssertionError for a promise that was broken
 */
export async function crashRounds(t: Lifetime, options: CrashOptions): Promise<CrashCounts> {
  const { driver, workers, rounds, seed, tell } = options
  const chance = chanceOf(seed)
  const database = driver === 'PostgreSQL' ? await privateServer(t, { durable: true }) : undefined
  const shared = await sharedStore(t, driver, database?.url())
  const flags: string[][] = []
  for (let i = 0; i < nodeCount; i++)
    flags.push(['--quota', 'off', '--workers', `${workers}`, '--port', `${await freePort()}`])
  // The first one fills the store.
  const nodes: Node[] = []
  for (const each of flags) nodes.push(await shared.place.serve(...each))
  const target: Target = { place: shared.place, nodes, flags, database, workers, chance }
  const strikes = strikesOn(target)
  const made: Record<string, number> = {}
  const tried: Tried = { attempts: [], unexpected: [], answers: 0 }
  let verdict: Verdict | undefined

  for (let round = 1; round <= rounds; round++) {
    // Each in turn, from one that chance has chosen.
    const [what, strike] = strikes[(seed + round) % strikes.length]!
    const clients = Array.from({ length: clientCount }, (_, i) =>
      startClient(round, i, nodes, chanceOf(seed + 1000 * round + i), tried),
    )
    let outageMs: number
    try {
      await answersMore(tried, 2 + chance(20))
      await delay(chance(30))
      const startedAt = performance.now()
      await strike(target)
      for (const node of nodes) await healthy(node)
      outageMs = performance.now() - startedAt
      await answersMore(tried, clientCount)
    } finally {
      await Promise.all(clients.map(({ stop }) => stop()))
    }
    made[what] = (made[what] ?? 0) + 1
    verdict = await verify(shared, nodes, tried, round, chance, outageMs < shortOutageMs)
    tell(`round ${round}: ${what}, ${Math.round(outageMs)} ms; ${JSON.stringify(verdict)}`)
  }
  await stopAll(nodes)
  await sameDigest(t, shared.place)
  return { driver, workers, rounds, seed, answers: tried.answers, strikes: made, ...verdict! }
}

/** Waits for so many answers more. */
async function answersMore(tried: Tried, count: number): Promise<void> {
  const enough = tried.answers + count
  while (tried.answers < enough) await delay(1)
}

/** The store, a backup of it and a new SQLite store made from that backup hold the same. */
async function sameDigest(
  t: Lifetime,
  place: Awaited<ReturnType<typeof sharedStore>>['place'],
): Promise<void> {
  const elsewhere = temporaryPlace(t)
  const digest = async (from: typeof place, ...args: string[]) => {
    const { status, stdout, stderr } = await from.run('digest', '--json', ...args)
    assert.equal(status, 0, stderr)
    return JSON.parse(stdout).digest
  }
  const file = place.file('backup')
  const { status, stderr } = await place.run('backup', file)
  assert.equal(status, 0, stderr)
  const restored = await elsewhere.run('restore', file)
  assert.equal(restored.status, 0, restored.stderr)
  const ofStore = await digest(place)
  assert.deepEqual([await digest(elsewhere, file), await digest(elsewhere)], [ofStore, ofStore])
}
