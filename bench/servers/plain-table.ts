/** The table that the plain server asks: the registered names, indexed as Rollcall's are. */
import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { sortedNames } from '../workload.ts'

/** The product that all of its devices are of. */
export const plainProduct = 1

/** Path of a file with the same names, one per line. */
export const namesBeside = (path: string): string => `${path}.names`

export function makePlainTable(path: string, count: number): void {
  const database = new DatabaseSync(path)
  database.exec(`
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072;
    CREATE TABLE device (
      number INTEGER PRIMARY KEY, product INTEGER NOT NULL, name TEXT NOT NULL, UNIQUE (product, name)
    ) STRICT;
    BEGIN`)
  const insert = database.prepare('INSERT INTO device (product, name) VALUES (?, ?)')
  for (const name of sortedNames(count)) insert.run(plainProduct, name)
  database.exec('COMMIT')
  database.close()
  // For the server in Go, whose standard library has no SQLite.
  writeFileSync(namesBeside(path), sortedNames(count).join('\n'))
}
