import { DatabaseSync } from 'node:sqlite'

/** How long a write waits for another process's, in milliseconds. */
const busyTimeoutMs = 10_000

/** @throws Error that names the file where it is none of ours */
function open(path: string): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { timeout: busyTimeoutMs })
    // The first statement reads the file.
    database.exec('PRAGMA journal_mode = WAL')
    return database
  } catch (error) {
    throw new Error(`${path} can't be opened: ${(error as Error).message}`)
  }
}

/** Opens the roll. Commits reach the disk before they are answered. */
export function openFile(path: string): DatabaseSync {
  const database = open(path)
  // -131072: a page cache of 128 MiB at the most, taken only as it fills.
  database.exec('PRAGMA synchronous = FULL; PRAGMA cache_size = -131072')
  database.exec('PRAGMA foreign_keys = ON')
  return database
}

/** Opens the gate. A commit survives the process, and most of them a power cut, without waiting for the disk. */
export function openGateFile(path: string): DatabaseSync {
  const database = open(path)
  database.exec('PRAGMA synchronous = NORMAL')
  return database
}
