import { closeSync, openSync, rmSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { orCliError } from '../check/system-error.ts'
import { CliError } from '../cli-error.ts'
import { lockOf } from './options.ts'

/** The advice for a journal or a lock that can't be written. */
export const otherPlace = '; choose another place with --journal FILE'

/** The locks of this process: Node.js closes a database without references, and that ends its lock. */
const held = new Set<DatabaseSync>()

/** SQLite's result codes. */
const busy = 5
const notADatabase = 26

/**
 * Makes this process the only one that works with a journal. The lock is SQLite's write lock on a file beside
 * the journal: the operating system releases it when the process ends, however it ends.
 * @returns releases the lock and removes its file
 * @throws CliError if another process has the lock, or its file can't be written
 */
export function lock(path: string): () => void {
  const file = lockOf(path)
  for (;;) {
    const database = opened(file)
    const inode = inodeOf(file)
    try {
      take(database, file)
    } catch (error) {
      database.close()
      throw error
    }
    // Another process released its lock meanwhile and removed its file, so the locked file is no longer at this
    // path.
    if (inode !== undefined && inodeOf(file) === inode) {
      held.add(database)
      return () => {
        rmSync(file, { force: true })
        held.delete(database)
        database.close()
      }
    }
    database.close()
  }
}

function opened(file: string): DatabaseSync {
  // SQLite reports only that it can't open the file; the system reports why.
  orCliError(file, otherPlace, () => closeSync(openSync(file, 'a', 0o600)))
  return new DatabaseSync(file, { timeout: 0 })
}

function inodeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino
}

/** Takes the write lock. The file's user_version is the PID of the last owner, for the message. */
function take(database: DatabaseSync, file: string): void {
  try {
    database.exec(
      `PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE; PRAGMA user_version = ${process.pid}; COMMIT; BEGIN IMMEDIATE`,
    )
  } catch (error) {
    const { errcode = 0 } = error as { errcode?: number }
    if ((errcode & 0xff) === busy)
      throw new CliError(
        'usage',
        `process ${holderIn(database)} is importing this file (${file}); wait until it ends`,
      )
    if ((errcode & 0xff) === notADatabase)
      throw new CliError(
        'usage',
        `${file} is not a lock of this version; remove it if no import of this file is running`,
      )
    throw new CliError('usage', `${file}: ${(error as Error).message}${otherPlace}`)
  }
}

function holderIn(database: DatabaseSync): number {
  const { user_version } = database.prepare('PRAGMA user_version').get() as { user_version: number }
  return user_version
}
