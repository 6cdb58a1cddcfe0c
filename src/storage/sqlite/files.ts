import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { Unavailable } from '../storage.ts'
import { isBusy } from './errors.ts'

/** How long a write of roll.db waits for another process's, in milliseconds; only its thread waits. */
const busyTimeoutMs = 10_000
/** How long a start waits for another process's migration of the admission file; afterwards admission.ts does the waiting. */
const admissionTimeoutMs = 1000
/** Only its owner may read it, with any umask. */
const privateMode = 0o600

/** @throws Error with the file's name if it is not a database; Unavailable if another process has locked it */
function open(path: string, timeout: number): DatabaseSync {
  try {
    keepPrivate(path)
    const database = new DatabaseSync(path, { timeout })
    // The first statement reads the file.
    database.exec('PRAGMA journal_mode = WAL')
    return database
  } catch (error) {
    const message = `${path} can't be opened: ${(error as Error).message}`
    throw isBusy(error) ? new Unavailable(message) : new Error(message)
  }
}

/** Makes a database file for its owner alone, or takes it away from others; SQLite gives its -wal and -shm the same mode. */
function keepPrivate(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'a', privateMode))
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      const mode = statSync(file).mode & 0o777
      if ((mode & ~privateMode) !== 0) chmodSync(file, mode & privateMode)
    } catch {
      // The file doesn't exist or belongs to another user: the start reports that (data-folder.ts).
    }
  }
}

/** Most pages that a connection caches, in MiB; it takes the memory as it fills them. */
export const cacheOf = {
  /** Names are checked in memory, and the system caches what else is looked up. */
  reader: 32,
  /**
   * An import of random names changes pages all over the index of names: with a million devices that index has 40 MB,
   * with ten million 400.
   */
  writer: 512,
} as const

/**
 * How many pages (256 MiB) the log grows by before they are copied into the file. A page that several imports change is
 * copied once: with the default of 1000 pages every import of 10,000 random names copies 10,000 pages.
 */
const checkpointPages = 65_536

/**
 * Opens the roll. Commits reach the disk before they are answered. What is deleted or replaced is overwritten with
 * zeros: it may have been a secret's seal.
 */
export function openFile(path: string, cacheMebibytes: number): DatabaseSync {
  const database = open(path, busyTimeoutMs)
  database.exec(`PRAGMA synchronous = FULL; PRAGMA cache_size = -${1024 * cacheMebibytes}`)
  database.exec(`PRAGMA wal_autocheckpoint = ${checkpointPages}`)
  database.exec('PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON')
  return database
}

/**
 * Brings all that the log of a database holds into its file, and truncates the log.
 * @returns false if a reader, such as a backup, needed the log for longer than a write waits
 */
export function truncateLog(database: DatabaseSync): boolean {
  const { busy } = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number }
  return busy === 0
}

/** Opens the admission file, gate.db. A commit survives the process, and most of them a power cut, without waiting for the disk. */
export function openAdmissionFile(path: string): DatabaseSync {
  const database = open(path, admissionTimeoutMs)
  database.exec('PRAGMA synchronous = NORMAL')
  return database
}

/** Opens a file without content: processes wait at its lock. */
export function openLockFile(path: string): DatabaseSync {
  const database = open(path, busyTimeoutMs)
  // The wait is the caller's.
  database.exec('PRAGMA busy_timeout = 0')
  return database
}
