import { sqliteTables } from './storage/sqlite/table-store.ts'
import type { TableStore } from './storage/storage.ts'

/** A store as its tables: in PostgreSQL where a database is given, otherwise in SQLite files of the folder. */
export async function openTables(folder: string, database: string | undefined): Promise<TableStore> {
  if (database === undefined) return sqliteTables(folder)
  // Only who has a database waits for what speaks to it.
  const { postgresTables } = await import('./storage/postgres/table-store.ts')
  return postgresTables(database)
}
