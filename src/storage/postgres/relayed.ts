/** An error as pg throws it. */
export interface DatabaseProblem extends Error {
  /** Its SQLSTATE, or the code of an error of the socket. */
  readonly code?: string
  /** The context of the error in the database, a line for each level. */
  readonly where?: string
  /** The errors of an AggregateError. */
  readonly errors?: readonly Error[]
}

const internalError = 'XX000'
const connectionFailure = '08006'

/**
 * Errors of a worker that Citus relays as internal errors: from its COPY any error comes with the worker's message and
 * without the worker's SQLSTATE, and a worker that is lost before a transaction is prepared has none either. The
 * name of a shard's primary key is the same in every language that a worker may write its messages in.
 */
const relayed: readonly (readonly [RegExp, string])[] = [
  [/duplicate key value violates|\bdevice_pkey_\d+\b/, '23505'],
  [/deadlock/, '40P01'],
  [/could not serialize access/, '40001'],
  [/due to lock timeout/, '55P03'],
  [/canceling statement due to/, '57014'],
  [/read-only (transaction|mode)/, '25006'],
  [/could not (extend|write to|create) file|No space left on device/, '53100'],
  [/out of (shared )?memory/, '53200'],
  [/too many clients|connection slots are reserved|find an available connection/, '53300'],
  [/the database system is/, '57P03'],
  [
    /terminating connection|server closed the connection|connection not open|could not connect|connection failures|SSL (connection|SYSCALL)|could not (send|receive) data|failed to (prepare transaction|complete COPY|COPY to shard)|connection marked as essential|no connection to the server/,
    connectionFailure,
  ],
]

/** The SQLSTATE of an error, that of the worker if Citus relayed it without; undefined for one of the socket. */
export function sqlStateOf({ code, message }: DatabaseProblem): string | undefined {
  if (code === undefined || !/^[0-9A-Z]{5}$/.test(code) || code === 'EPIPE') return undefined
  if (code !== internalError) return code
  return relayed.find(([pattern]) => pattern.test(message))?.[1] ?? code
}

/**
 * Whether a worker was lost, behind a coordinator that still runs and has rolled the transaction back. Each of Citus's
 * messages about its connections to workers names the worker.
 */
export function isWorkerLost(error: DatabaseProblem): boolean {
  const state = sqlStateOf(error)
  if (state === undefined || !/^(08|57P|58030)/.test(state)) return false
  return (
    error.code === internalError ||
    /while executing command on |(remote|for|to the) node |to shard \d|complete COPY on /.test(
      `${error.where ?? ''} ${error.message}`,
    )
  )
}
