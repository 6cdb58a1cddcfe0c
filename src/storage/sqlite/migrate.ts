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
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
  // Most starts find nothing to do, and then wait for no other process's write.
  if (outstanding(database, files).length === 0) return
  database.exec('BEGIN IMMEDIATE')
  try {
    database.exec(
      'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, checksum TEXT NOT NULL) STRICT',
    )
    for (const { name, sql, checksum } of outstanding(database, files)) {
      database.exec(sql)
      database.prepare('INSERT INTO migration (name, checksum) VALUES (?, ?)').run(name, checksum)
    }
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** The migrations that have not been applied, in order. */
function outstanding(database: DatabaseSync, files: readonly Migration[]): Migration[] {
  const made = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'migration'`).get()
  if (made === undefined) return [...files]
  const rows = database.prepare('SELECT name, checksum FROM migration ORDER BY name').all()
  const applied = new Map(
    (rows as { name: string; checksum: string }[]).map((row) => [row.name, row.checksum]),
  )
  for (const name of applied.keys()) {
    if (!files.some((file) => file.name === name)) {
      throw new Error(`the store was made by a newer Rollcall: it has the migration ${name}`)
    }
  }
  return files.filter(({ name, checksum }) => {
    const before = applied.get(name)
    if (before !== undefined && before !== checksum) {
      throw new Error(`the migration ${name} has changed since it was applied`)
    }
    return before === undefined
  })
}
