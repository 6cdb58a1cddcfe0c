import { tables } from '../storage/content.ts'
import type { TableReader, TableStore } from '../storage/storage.ts'

/** @throws Error if the store is being filled, or a fill was interrupted */
export async function refuseUnfinished(store: TableReader, place: string): Promise<void> {
  const what = await store.unfinished()
  if (what !== undefined) throw new Error(`the store in ${place} is not whole: ${what} into it has not ended`)
}

/** @throws Error if the store is not empty */
export async function refuseUnlessEmpty(store: TableReader, place: string): Promise<void> {
  await refuseUnfinished(store, place)
  for (const table of tables) {
    if ((await store.count(table)) === 0) continue
    throw new Error(
      `the store in ${place} is not empty (it has rows in ${table.name}); take an empty folder or database`,
    )
  }
}

/** Creates a store if it does not exist; an existing one remains unchanged, whatever its schema. */
export async function makeStore(store: TableStore): Promise<void> {
  const states = await store.migrationStates()
  if (states.every(({ state }) => state === 'outstanding')) await store.migrate()
}

/**
 * Returns the ID of a store's master key.
 * @throws Error if nothing was ever written to the store
 */
export async function masterKeyOf(store: TableReader, place: string): Promise<string> {
  const facts = tables.find(({ name }) => name === 'fact')!
  for await (const rows of store.rows(facts)) {
    const fact = rows.find(([name]) => name === 'master_key_id')
    if (fact !== undefined) return fact[1] as string
  }
  throw new Error(`the store in ${place} is empty`)
}
