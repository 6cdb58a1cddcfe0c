/** The stores of a run: filled on demand, or kept from an earlier run. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePlainTable } from './servers/plain-table.ts'
import { fillStore, type ImportFigures } from './store.ts'
import { sortedNames } from './workload.ts'

/** Incremented when the names change, which makes kept stores useless. */
const edition = 1
/** The same for the plain table alone. */
const plainEdition = 2

export interface Filled {
  readonly folder: string
  /** Undefined for a store that was kept. */
  readonly filling: ImportFigures | undefined
}

/** A SQLite store with `registered` devices in its own folder. */
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

/** Fills a folder unless that was completed earlier; a partial one is filled again. */
async function once<T>(folder: string, make: () => Promise<T>): Promise<T | undefined> {
  const done = join(folder, 'filled')
  if (existsSync(done)) return undefined
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const made = await make()
  writeFileSync(done, '')
  return made
}
