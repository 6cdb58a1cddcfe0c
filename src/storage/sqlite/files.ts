import { DatabaseSync } from 'node:sqlite'

/** How long a write of the roll waits for another process's, in milliseconds; its thread waits, nobody else. */
const busyTimeoutMs = 10_000
/** How long a start waits for another's migration of the gate; afterwards the gate waits for itself (gate.ts). */
const gateTimeoutMs = 1000

/** @throws Error that names the file where it is none of ours */
function open(path: string, timeout: number): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { timeout })
    // The first statement reads the file.
    database.exec('PRAGMA journal_mode = WAL')
    return database
  } catch (error) {
    throw new Error(`${path} can't be opened: ${(error as Error).message}`)
  }
}

/** Pages that a connection keeps at the most, in MiB; taken only as they fill. */
export const cacheOf = {
  /** Names are told from memory, and what else is looked up is in the system's own cache. */
  reader: 32,
  /** An import changes pages all over the index of names. */
  writer: 128,
} as const

/** Opens the roll. Commits reach the disk before they are answered. */
export function openFile(path: string, cacheMebibytes: number): DatabaseSync {
  const database = open(path, busyTimeoutMs)
  database.exec(`PRAGMA synchronous = FULL; PRAGMA cache_size = -${1024 * cacheMebibytes}`)
  database.exec('PRAGMA foreign_keys = ON')
  return database
}

/** Opens the gate. A commit survives the process, and most of them a power cut, without waiting for the disk. */
export function openGateFile(path: string): DatabaseSync {
  const database = open(path, gateTimeoutMs)
  database.exec('PRAGMA synchronous = NORMAL')
  return database
}

/** Opens a file that nothing is kept in: processes wait at its lock. */
export function openLockFile(path: string): DatabaseSync {
  const database = open(path, busyTimeoutMs)
  // The wait is the caller's.
  database.exec('PRAGMA busy_timeout = 0')
  return database
}
