/** The stores of a run: filled at need, or found as an earlier run has left them. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePlainTable } from './servers/plain-table.ts'
import { fillStore, type ImportFigures } from './store.ts'
import { sortedNames } from './workload.ts'

/** Raised when the names change: what was kept is of no use then. */
const edition = 1
/** The same of the plain table alone. */
const plainEdition = 2

export interface Filled {
  readonly folder: string
  /** Undefined for a store that was kept. */
  readonly filling: ImportFigures | undefined
}

/** Rollcall's store on SQLite with so many devices, in a folder of its own. */
export async function sqliteStore(parent: string, registered: number): Promise<Filled> {
  const folder = join(parent, `${registered}-${edition}`)
  const filling = await once(folder, () => fillStore(folder, sortedNames(registered)))
  return { folder, filling }
}

/** The table of the plain server. */
export async function plainTable(parent: string, registered: number): Promise<string> {
  const folder = join(parent, `plain-${registered}-${plainEdition}`)
  const path = join(folder, 'plain.db')
  await once(folder, async () => makePlainTable(path, registered))
  return path
}

/** Makes what a folder is for, unless that was done; a half-made one is made anew. */
async function once<T>(folder: string, make: () => Promise<T>): Promise<T | undefined> {
  const done = join(folder, 'filled')
  if (existsSync(done)) return undefined
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const made = await make()
  writeFileSync(done, '')
  return made
}
