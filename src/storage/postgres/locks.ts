/** The first number of this program's advisory locks; the functions in migrations/ use it too. */
export const lockSpace = 7026

/** The second numbers of the locks. */
export const lock = {
  /** Wrapping data keys, shared, and changing the master key; the functions in migrations/ take it. */
  masterKey: 1,
  migrations: 2,
  groups: 3,
  /** Storage.exclusively. */
  exclusive: 4,
  /** Adding a session change; session_changed takes it. */
  sessionChanges: 5,
  calls: 6,
} as const

/** The statement that waits for a lock and holds it to the end of the transaction. */
export const lockUntilCommit = (name: keyof typeof lock): string =>
  `SELECT pg_advisory_xact_lock(${lockSpace}, ${lock[name]})`
