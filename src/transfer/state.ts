import type { TableReader, TableStore } from '../storage/storage.ts'
import { tables } from '../storage/tables.ts'

/** @throws Error when the store is being filled, or was left half filled */
export async function refuseUnfinished(store: TableReader, place: string): Promise<void> {
  const what = await store.unfinished()
  if (what !== undefined) throw new Error(`the store in ${place} is not whole: ${what} into it has not ended`)
}

/** @throws Error when there is anything in the store */
export async function refuseUnlessEmpty(store: TableReader, place: string): Promise<void> {
  await refuseUnfinished(store, place)
  for (const table of tables) {
    if ((await store.count(table)) === 0) continue
    throw new Error(
      `the store in ${place} is not empty (it has rows in ${table.name}); take an empty folder or database`,
    )
  }
}

/** Makes a store where there is none; one that is there is left as it is, whatever its schema. */
export async function makeStore(store: TableStore): Promise<void> {
  const states = await store.migrationStates()
  if (states.every(({ state }) => state === 'outstanding')) await store.migrate()
}

/**
 * The ID of a store's master key.
 * @throws Error when nothing was ever kept in the store
 */
export async function masterKeyOf(store: TableReader, place: string): Promise<string> {
  const facts = tables.find(({ name }) => name === 'fact')!
  for await (const rows of store.rows(facts)) {
    const fact = rows.find(([name]) => name === 'master_key_id')
    if (fact !== undefined) return fact[1] as string
  }
  throw new Error(`the store in ${place} is empty`)
}
