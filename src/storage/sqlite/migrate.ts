import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

/**
 * Brings a database to the newest schema: the .sql files of migrations/<set>, in order, each applied once.
 * Forward only. The write lock is taken first, so two processes that start at once do not both apply one.
 * @throws Error when an applied file has changed since, or the database is newer than this program
 */
export function migrate(database: DatabaseSync, set: 'roll' | 'gate'): void {
  const folder = new URL(`migrations/${set}/`, import.meta.url)
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec(
      'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL) STRICT',
    )
    const applied = database.prepare('SELECT name, checksum FROM migration ORDER BY name').all() as {
      name: string
      checksum: string
    }[]
    const unknown = applied.find(({ name }) => !files.includes(name))
    if (unknown !== undefined) {
      throw new Error(`the store was made by a newer Rollcall: it has the migration ${unknown.name}`)
    }
    for (const name of files) {
      const sql = readFileSync(new URL(name, folder), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      const before = applied.find((row) => row.name === name)
      if (before !== undefined) {
        if (before.checksum !== checksum)
          throw new Error(`the migration ${name} has changed since it was applied`)
        continue
      }
      database.exec(sql)
      database.prepare('INSERT INTO migration (name, checksum) VALUES (?, ?)').run(name, checksum)
    }
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
