import type { DatabaseSync } from 'node:sqlite'
import { Duplicate, NotFound, Unavailable } from '../storage.ts'

/** SQLite's result codes; an extended code has its primary one in the low byte. */
const primaryKeyViolation = 1555
const uniqueViolation = 2067
const foreignKeyViolation = 787
/** BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL: nothing is wrong with what was asked. */
const unavailable = [5, 6, 8, 10, 13, 14, 15]

/** Whether another connection has the lock. */
export const isBusy = (error: unknown) => (((error as { errcode?: number }).errcode ?? 0) & 0xff) === 5

/** The port's error for one of SQLite's: Duplicate, NotFound, Unavailable, or the error itself, which is then a bug. */
export function storageError(error: unknown, database: DatabaseSync): unknown {
  const { errcode, message } = error as Error & { errcode?: number }
  if (errcode === undefined) return error
  if (errcode === primaryKeyViolation || errcode === uniqueViolation) return new Duplicate(message)
  if (errcode === foreignKeyViolation) return new NotFound(message)
  if (!unavailable.includes(errcode & 0xff)) return error
  return new Unavailable(`${database.location() ?? 'the store in memory'}: ${message}`)
}
