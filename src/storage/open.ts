import type { Clock } from '../lib/clock.ts'
import { tables } from './content.ts'
import { openSqlite } from './sqlite/sqlite.ts'
import { sqliteTables } from './sqlite/table-store.ts'
import type { Storage, TableStore } from './storage.ts'

interface Driver {
  open(clock: Clock, connections: number | undefined): Promise<Storage> | Storage
  tables(): TableStore
  /** A host to which passwords go unencrypted although nobody chose that. */
  plainHost(): string | undefined
}

/**
 * The choice of driver: PostgreSQL if there is a database, otherwise SQLite files in the folder. Without either the
 * store is in memory, for this process only.
 */
async function driverOf(folder: string | undefined, database: string | undefined): Promise<Driver> {
  if (database === undefined)
    return {
      open: (clock) => openSqlite(folder, clock),
      tables: () => sqliteTables(folder ?? ''),
      plainHost: () => undefined,
    }
  // A process on SQLite doesn't wait for the client of PostgreSQL to load.
  const { openPostgres, postgresTables, plainHost } = await import('./postgres/postgres.ts')
  return {
    open: (clock, connections) =>
      openPostgres(database, clock, connections === undefined ? {} : { connections }),
    tables: () => postgresTables(database),
    plainHost: () => plainHost(database),
  }
}

/**
 * Opens a store to serve it.
 * @param connections most connections to the database; undefined: the driver's default
 * @throws Unavailable when the database can't be reached
 */
export async function openStorage(
  folder: string | undefined,
  database: string | undefined,
  clock: Clock,
  connections?: number,
): Promise<Storage> {
  return (await driverOf(folder, database)).open(clock, connections)
}

/** Opens a store as its tables. */
export const openTables = async (folder: string, database: string | undefined): Promise<TableStore> =>
  (await driverOf(folder, database)).tables()

/** The host to which passwords and device secrets go unencrypted although nobody chose that. */
export const plainDatabaseHost = async (database: string | undefined): Promise<string | undefined> =>
  (await driverOf(undefined, database)).plainHost()

/**
 * Whether nothing was ever stored in a store, or there is none; the store is not changed.
 * @returns false for one of an older schema, too: an older Rollcall served it
 */
export async function isEmptyStore(
  folder: string | undefined,
  database: string | undefined,
): Promise<boolean> {
  if (folder === undefined && database === undefined) return true
  const store = await openTables(folder ?? '', database)
  const states = await store.migrationStates()
  if (states.every(({ state }) => state === 'outstanding')) return true
  if (states.some(({ state }) => state !== 'applied')) return false
  const accounts = tables.find(({ name }) => name === 'account')!
  return store.read(async (reader) => (await reader.count(accounts)) === 0)
}
