import type { TableStore } from '../storage/storage.ts'
import type { Contents } from './backup-format.ts'
import { digestOf, type Progress, refuseDifference } from './digest.ts'
import { rowsOf } from './lines.ts'
import { readBackup } from './read-backup.ts'
import { makeStore, refuseUnlessEmpty } from './state.ts'

/** Verifies a backup and returns its content summary. */
export const checkBackup = (file: string, progress: Progress): Promise<Contents> =>
  readBackup(file, (table, lines) => progress(`checking ${table.name}`, lines.length))

/**
 * Fills an empty store from a backup in one transaction, completely or not at all. It verifies the backup
 * before it touches the store.
 */
export async function restore(file: string, to: TableStore, progress: Progress): Promise<Contents> {
  const checked = await checkBackup(file, progress)
  await makeStore(to)
  await to.fill(async (store) => {
    await refuseUnlessEmpty(store, to.place)
    const contents = await readBackup(file, async (table, lines) => {
      await store.insert(table, rowsOf(table, lines))
      progress(table.name, lines.length)
    })
    await store.raiseCounters(contents.counters)
    const restored = await digestOf(
      store,
      (table, rows) => progress(`comparing ${table}`, rows),
      contents.schema,
    )
    refuseDifference(contents, restored, `what was restored is not what ${file} has`)
  })
  return checked
}
