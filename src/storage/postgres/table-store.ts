import { Client } from 'pg'
import { refuseUnlessNewest, statesOf } from '../migrations.ts'
import { type TableStore, Unavailable } from '../storage.ts'
import {
  aloneLock,
  asNumbers,
  type Connections,
  connect,
  connectTimeoutMs,
  lockSpace,
} from './connections.ts'
import { storageError } from './errors.ts'
import { appliedTo, migrate, migrations } from './migrate.ts'
import { readerOn, writerOn } from './table-rows.ts'

/** Longest time of a statement of a migration, in milliseconds: a day. */
const migrationTimeoutMs = 24 * 60 * 60_000

/** What is read or filled as a whole takes its time, whatever the server's settings say of others. */
const settings = `SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET lock_timeout = '10s';
  SET jit = off`

/** The SQLSTATE of a lock that was not had in time. */
const lockNotAvailable = '55P03'

/** The store in a PostgreSQL database, as its tables. */
export function postgresTables(url: string): TableStore {
  async function pooled<T>(use: (database: Connections) => Promise<T>): Promise<T> {
    const database = connect(url, { max: 2, timeoutMs: migrationTimeoutMs, durable: true })
    try {
      return await use(database)
    } finally {
      await database.close()
    }
  }

  async function connected<T>(use: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({
      connectionString: url,
      types: asNumbers!,
      keepAlive: true,
      connectionTimeoutMillis: connectTimeoutMs,
      application_name: 'rollcall',
    })
    // What is asked of a broken connection fails by itself.
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query(settings)
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
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1 FROM fact LIMIT 1')
        return use(readerOn(client))
      })
    },
    async fill(use) {
      await refuseOther()
      return connected(async (client) => {
        await lockAlone(client, placeOf(url))
        // Whoever starts on the store meanwhile waits before it makes a fact of its own.
        await client.query('BEGIN; LOCK TABLE fact IN SHARE ROW EXCLUSIVE MODE')
        const result = await use(writerOn(client))
        await client.query('COMMIT')
        return result
      })
    },
  }
}

/**
 * The lock of Storage.alone, until the connection ends. It is waited for a little: of a copy that was killed the
 * database may still be writing the last rows.
 */
async function lockAlone(client: Client, place: string): Promise<void> {
  try {
    await client.query(
      `SET lock_timeout = '2s'; SELECT pg_advisory_lock(${lockSpace}, ${aloneLock}); ${settings}`,
    )
  } catch (error) {
    if ((error as { code?: string }).code !== lockNotAvailable) throw error
    throw new Unavailable(`another process is filling the store in ${place}`)
  }
}

/** The URL without the user, the password and the query, which may hold one too. */
const placeOf = (url: string) => url.replace(/\?.*$/s, '').replace(/\/\/.*@/s, '//')
