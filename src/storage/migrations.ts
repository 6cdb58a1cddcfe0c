import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { ConfigurationError } from '../lib/configuration-error.ts'

/** A step of a schema: an .sql file in sqlite/migrations or postgres/migrations that is applied once. */
export interface Migration {
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** A migration that a store has applied; `checksum` is that of the file that was applied. */
export interface Applied {
  readonly name: string
  readonly checksum: string
}

/** The state of a migration; `changed`: its file isn't the one that was applied; `unknown`: no file has its name. */
export interface MigrationState {
  readonly name: string
  readonly state: 'applied' | 'outstanding' | 'changed' | 'unknown'
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

/** Every migration that this program or a store has, in order. */
export function statesOf(files: readonly Migration[], applied: readonly Applied[]): MigrationState[] {
  const names = new Set([...files, ...applied].map(({ name }) => name))
  return [...names].sort().map((name) => {
    const file = files.find((file) => file.name === name)
    const one = applied.find((one) => one.name === name)
    if (file === undefined) return { name, state: 'unknown' }
    if (one === undefined) return { name, state: 'outstanding' }
    return { name, state: one.checksum === file.checksum ? 'applied' : 'changed' }
  })
}

/** @throws Error when an applied file has changed since, or the store is newer than this program */
export function refuseForeign(states: readonly MigrationState[]): void {
  for (const { name, state } of states) {
    if (state === 'unknown')
      throw new ConfigurationError(`the store was made by a newer Rollcall: it has the migration ${name}`)
    if (state === 'changed')
      throw new ConfigurationError(`the migration ${name} has changed since it was applied`)
  }
}

/**
 * The migrations that have not been applied, in order. Forward only.
 * @throws Error when an applied file has changed since, or the store is newer than this program
 */
export function outstanding(files: readonly Migration[], applied: readonly Applied[]): Migration[] {
  refuseForeign(statesOf(files, applied))
  return files.filter(({ name }) => !applied.some((one) => one.name === name))
}

/**
 * Refuses a store whose schema is not exactly this program's.
 * @throws Error
 */
export function refuseUnlessNewest(files: readonly Migration[], applied: readonly Applied[]): void {
  const [missing] = outstanding(files, applied)
  if (missing === undefined) return
  throw new Error(`the store was made by an older Rollcall (it lacks ${missing.name}); run: rollcall migrate`)
}
