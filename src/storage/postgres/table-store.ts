import { Client } from 'pg'
import { refuseUnlessNewest, statesOf } from '../migrations.ts'
import { type TableStore, Unavailable } from '../storage.ts'
import { clientConfig } from './address.ts'
import { type Connections, connectionsOf, inDoubt } from './connections.ts'
import { storageError } from './errors.ts'
import { lock, lockSpace } from './locks.ts'
import { appliedTo, migrate, migrations } from './migrate.ts'
import { openPool, type Share } from './pool.ts'
import type { Settings } from './settings.ts'
import { readerOn, writerOn } from './table-rows.ts'

/** Longest time of a statement of a migration, in milliseconds: a day. */
const migrationTimeoutMs = 24 * 60 * 60_000

/** One connection with the lock of migrations, and one that migrates. */
const migrating: Share = { name: 'migrations', max: 2, waitMs: 10_000 }

/** Reading or filling a whole store takes long, so the server's limits for other statements don't apply. */
const settings = `SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
  SET LOCAL lock_timeout = '10s'; SET LOCAL jit = off`

/** The SQLSTATE of a lock that was not granted in time. */
const lockNotAvailable = '55P03'

/**
 * The store in a PostgreSQL database, as its tables. Whatever reads or fills it as a whole is never between two
 * transactions, so that a pooler of transactions leaves it the same server connection to the end.
 */
export function postgresTables(url: string): TableStore {
  async function pooled<T>(use: (database: Connections) => Promise<T>): Promise<T> {
    const session: Settings = { timeoutMs: migrationTimeoutMs, durable: true }
    const setting = 'a command takes 2 at most'
    const pool = openPool(url, { max: 2, shares: [inDoubt, migrating], session, idleMs: 10_000, setting })
    try {
      return await use(connectionsOf(pool, migrating, session))
    } finally {
      await pool.close()
    }
  }

  async function connected<T>(use: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client(clientConfig(url))
    // Queries on a broken connection fail by themselves.
    client.on('error', () => {})
    try {
      await client.connect()
      return await use(client)
    } catch (error) {
      throw storageError(error)
    } finally {
      await client.end().catch(() => {})
    }
  }

  const refuseOther = () =>
    pooled(async (database) => {
      const applied = await appliedTo(database)
      if (applied.length === 0) throw new Error(`there is no store in ${placeOf(url)}`)
      refuseUnlessNewest(migrations(), applied)
    })

  return {
    place: placeOf(url),
    migrationStates: () => pooled(async (database) => statesOf(migrations(), await appliedTo(database))),
    migrate: () => pooled(migrate),
    async read(use) {
      await refuseOther()
      return connected(async (client) => {
        await client.query(
          `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${settings}; SELECT 1 FROM fact LIMIT 1`,
        )
        const result = await use(readerOn(client))
        await client.query('COMMIT')
        return result
      })
    },
    async fill(use) {
      await refuseOther()
      return connected(async (client) => {
        await lockAlone(client, placeOf(url))
        // A node that starts on the store meanwhile waits before it makes a fact of its own.
        await client.query(`${settings}; LOCK TABLE fact IN SHARE ROW EXCLUSIVE MODE`)
        const result = await use(writerOn(client, settings))
        await client.query(
          `COMMIT; BEGIN; SELECT pg_advisory_unlock(${lockSpace}, ${lock.exclusive}); COMMIT`,
        )
        return result
      })
    },
  }
}

/**
 * The lock of Storage.exclusively, for more than one transaction, of which it begins the first. It is waited for a little:
 * of a copy that was killed the database may still be writing the last rows.
 */
async function lockAlone(client: Client, place: string): Promise<void> {
  try {
    await client.query(`BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '2s'`)
    await client.query(`SELECT pg_advisory_lock(${lockSpace}, ${lock.exclusive})`)
  } catch (error) {
    if ((error as { code?: string }).code !== lockNotAvailable) throw error
    throw new Unavailable(`another process is filling the store in ${place}`)
  }
}

/** The URL without the user, the password and the query, which may hold one too. */
const placeOf = (url: string) => url.replace(/\?.*$/s, '').replace(/\/\/.*@/s, '//')
