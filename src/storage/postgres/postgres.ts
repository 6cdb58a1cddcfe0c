import type { Clock } from '../../lib/clock.ts'
import { withTimeout } from '../../lib/with-timeout.ts'
import { type Storage, Unavailable } from '../storage.ts'
import { accessKeyStore, accountStore, instanceStore } from './access.ts'
import { admissionStore } from './admission.ts'
import { callStore } from './calls.ts'
import { connectionEventStore } from './connection-events.ts'
import { type Connections, connectionsOf, inDoubt } from './connections.ts'
import { deviceStore } from './devices.ts'
import { groupStore } from './groups.ts'
import { importJobStore } from './import-jobs.ts'
import { migrate } from './migrate.ts'
import { openPool, type Share } from './pool.ts'
import { isBehindPooler } from './pooler.ts'
import { productStore } from './products.ts'
import { dataKeyStore, factStore } from './secrets.ts'
import { sessionStore } from './sessions.ts'
import type { Settings } from './settings.ts'
import { signInStore } from './sign-in.ts'
import { spreadsDevices } from './spread.ts'
import { topicStore } from './topics.ts'
import { trafficStore } from './traffic.ts'

export { plainHost } from './address.ts'
export { postgresTables } from './table-store.ts'

/** How long a check waits for the database, in milliseconds: less than the timeouts of its statements. */
const checkMs = 800

/** Connections of a process, unless --database-connections sets another number. */
const connectionsDefault = 15
/** How long an idle connection is kept, in milliseconds: it has prepared statements, which took time. */
const idleMs = 10 * 60_000
/** The same behind a pooler: other processes may be waiting for the server connection behind it. */
const idleBehindPoolerMs = 2000

export interface PostgresOptions {
  /** Most connections of this process; at least `connectionsLeast`. */
  readonly connections?: number
  /** Whether time comes from `clock` alone; otherwise nonces and quotas go by the database's, which all nodes share. */
  readonly testClock?: boolean
}

/**
 * The store in PostgreSQL 13 or newer: any number of processes on any number of machines, straight or through a
 * connection pooler that pools sessions or transactions.
 *
 * @param url postgres://user:password@host:port/database, with what else libpq's URLs may have
 * @throws Unavailable when the database can't be reached
 */
export async function openPostgres(
  url: string,
  clock: Clock,
  { connections = connectionsDefault, testClock = false }: PostgresOptions = {},
): Promise<Storage> {
  let opened: Opened | undefined
  let spread: boolean
  try {
    opened = await openConnections(url, connections)
    await migrate(opened.roll)
    spread = await spreadsDevices(opened.roll)
  } catch (error) {
    await opened?.close()
    if (!(error instanceof Unavailable)) throw error
    throw new Unavailable(`the database can't be used: ${error.message}`, { cause: error })
  }
  const { roll, admission, close } = opened
  return {
    accounts: accountStore(roll),
    // A call with a key that is not remembered does not wait behind imports either.
    accessKeys: { ...accessKeyStore(roll), find: accessKeyStore(admission).find },
    instances: instanceStore(roll),
    products: productStore(roll),
    devices: deviceStore(roll, spread, testClock ? clock : undefined),
    groups: groupStore(roll),
    importJobs: importJobStore(roll),
    sessions: sessionStore(roll, admission, testClock ? clock : undefined),
    signIn: signInStore(admission),
    topics: topicStore(roll),
    dataKeys: dataKeyStore(roll),
    // Reading one is part of a check, which does not wait behind imports either.
    facts: { get: factStore(admission).get, settle: factStore(roll).settle },
    admission: admissionStore(admission, clock, testClock),
    calls: callStore(admission),
    connectionEvents: connectionEventStore(admission),
    traffic: trafficStore(admission),
    exclusively: (run) => roll.alone('exclusive', run),
    async check() {
      // Every call writes there. It takes nothing away, but its transaction's mark is written.
      const write = admission.run(`DELETE FROM nonce WHERE hash = ''`)
      await withTimeout(
        checkMs,
        write,
        () => new Unavailable(`the database has not answered for ${checkMs} milliseconds`),
      )
    },
    close,
  }
}

interface Opened {
  readonly roll: Connections
  readonly admission: Connections
  close(): Promise<void>
}

/**
 * Connections of two kinds: a call does not wait behind imports for its admission, and its nonce need not wait for
 * the disk. Straight to PostgreSQL each kind has its own, set to its needs once; behind a pooler, which may give
 * fewer than asked for, each connection serves both.
 */
async function openConnections(url: string, max: number): Promise<Opened> {
  const rollSettings: Settings = { timeoutMs: 60_000, durable: true }
  const admissionSettings: Settings = { timeoutMs: 5000, durable: false }
  const admissionShare: Share = { name: 'admission', max: Math.ceil(max / 3), waitMs: 5000 }
  const rollShare: Share = { name: 'roll', max: max - admissionShare.max, waitMs: 10_000 }
  const setting = `--database-connections is ${max}`
  if (await isBehindPooler(url)) {
    const shares = [inDoubt, admissionShare, rollShare]
    const pool = openPool(url, { max, shares, idleMs: idleBehindPoolerMs, setting })
    return {
      roll: connectionsOf(pool, rollShare, rollSettings),
      admission: connectionsOf(pool, admissionShare, admissionSettings),
      close: () => pool.close(),
    }
  }
  const own = (share: Share, session: Settings) =>
    openPool(url, { max: share.max, shares: [inDoubt, share], session, idleMs, setting })
  const [roll, admission] = [own(rollShare, rollSettings), own(admissionShare, admissionSettings)]
  return {
    roll: connectionsOf(roll, rollShare, rollSettings),
    admission: connectionsOf(admission, admissionShare, admissionSettings),
    close: async () => {
      await Promise.all([roll.close(), admission.close()])
    },
  }
}
