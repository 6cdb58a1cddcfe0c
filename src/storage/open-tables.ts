import { tables as allTables } from './content.ts'
import { sqliteTables } from './sqlite/table-store.ts'
import type { TableStore } from './storage.ts'

/** A store as its tables: in PostgreSQL where a database is given, otherwise in SQLite files of the folder. */
export async function openTables(folder: string, database: string | undefined): Promise<TableStore> {
  if (database === undefined) return sqliteTables(folder)
  // Only who has a database waits for what speaks to it.
  const { postgresTables } = await import('./postgres/table-store.ts')
  return postgresTables(database)
}

/**
 * Whether nothing was ever kept in a store, or there is none; the store is left as it is.
 * @returns false for one of an older schema, too: it was served by an older Rollcall
 */
export async function isEmptyStore(
  folder: string | undefined,
  database: string | undefined,
): Promise<boolean> {
  if (folder === undefined && database === undefined) return true
  const tables = await openTables(folder ?? '', database)
  const states = await tables.migrationStates()
  if (states.every(({ state }) => state === 'outstanding')) return true
  if (states.some(({ state }) => state !== 'applied')) return false
  const accounts = allTables.find(({ name }) => name === 'account')!
  return tables.read(async (store) => (await store.count(accounts)) === 0)
}
