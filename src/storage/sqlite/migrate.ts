import type { DatabaseSync } from 'node:sqlite'
import { type Applied, type Migration, migrationsIn, outstanding } from '../migrations.ts'
import { storageError } from './errors.ts'

/** The schemas of the two files of a store. */
export type Schema = 'roll' | 'gate'

export const migrationsOf = (schema: Schema): Migration[] =>
  migrationsIn(new URL(`migrations/${schema}/`, import.meta.url))

/**
 * Brings a database to the newest schema. The write lock is taken first, so two processes that start at once do
 * not both apply a migration.
 * @returns the names of those that were applied
 * @throws Error when an applied file has changed since, or the database is newer than this program
 */
export function migrate(database: DatabaseSync, schema: Schema): string[] {
  const files = migrationsOf(schema)
  // Most starts find nothing to do, and then wait for no other process's write.
  if (outstanding(files, appliedTo(database)).length === 0) return []
  try {
    database.exec('BEGIN IMMEDIATE')
    database.exec(
      'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL) STRICT',
    )
    const missing = outstanding(files, appliedTo(database))
    for (const { name, sql, checksum } of missing) {
      database.exec(sql)
      database.prepare('INSERT INTO migration (name, checksum) VALUES (?, ?)').run(name, checksum)
    }
    database.exec('COMMIT')
    return missing.map(({ name }) => name)
  } catch (error) {
    // A full disk has ended the transaction already.
    if (database.isTransaction) database.exec('ROLLBACK')
    throw storageError(error, database)
  }
}

/** The migrations applied to a database so far, in order. */
export function appliedTo(database: DatabaseSync): Applied[] {
  const made = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'migration'`).get()
  if (made === undefined) return []
  return database.prepare('SELECT name, checksum FROM migration ORDER BY name').all() as unknown as Applied[]
}
