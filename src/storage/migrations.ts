import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** A step of a schema: an .sql file that is applied once. */
export interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** A migration as a store has it; `checksum` is that of the file that was applied. */
export interface Applied {
  readonly name: string
  readonly checksum: string
}

/** The .sql files of a folder, in order. */
export function migrationsIn(folder: URL): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * The migrations that have not been applied, in order. Forward only.
 * @throws Error when an applied file has changed since, or the store is newer than this program
 */
export function outstanding(files: readonly Migration[], applied: readonly Applied[]): Migration[] {
  for (const { name, checksum } of applied) {
    const file = files.find((file) => file.name === name)
    if (file === undefined)
      throw new Error(`the store was made by a newer Rollcall: it has the migration ${name}`)
    if (file.checksum !== checksum) throw new Error(`the migration ${name} has changed since it was applied`)
  }
  return files.filter(({ name }) => !applied.some((one) => one.name === name))
}
