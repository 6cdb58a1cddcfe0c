import type { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { isBusy, storageError } from './errors.ts'

/** Runs a write transaction on the admission file. Waits up to `milliseconds` for other processes to finish theirs. */
export type AdmissionLock = <T>(milliseconds: number, write: () => T) => Promise<T>

/**
 * While another process has the lock, this one continues to read calls: SQLite's own wait would block the whole
 * process for milliseconds.
 */
export function admissionLock(database: DatabaseSync): AdmissionLock {
  database.exec('PRAGMA busy_timeout = 0')
  return async (milliseconds, write) => {
    for (const until = performance.now() + milliseconds; ; ) {
      try {
        database.exec('BEGIN IMMEDIATE')
        const result = write()
        database.exec('COMMIT')
        return result
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        if (!isBusy(error) || performance.now() > until) throw storageError(error, database)
      }
      await nextTurn()
    }
  }
}
