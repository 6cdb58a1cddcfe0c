import { Duplicate, NotFound, StaleMasterKey, Unavailable } from '../storage.ts'
import { type DatabaseProblem, isWorkerLost, sqlStateOf } from './relayed.ts'

/** SQLSTATEs of our own functions. */
const staleMasterKey = 'RC001'
const notThere = 'RC002'
const uniqueViolation = '23505'
const foreignKeyViolation = '23503'

/**
 * SQLSTATEs that don't mean that the request was wrong: connection exceptions (08), a server or database that refuses the
 * connection (28, 3D), insufficient resources such as a full disk or too many connections (53), operator
 * intervention such as a shutdown or a timeout (57, 25P03), system and configuration trouble (58, F0), a lock that
 * was not granted in time, a server that may only be read (a standby before or after its time as primary).
 */
const unavailable = /^(08|28|3D|53|57|58|F0|55P03|25006|25P03)/
/** Transactions that would succeed when run again: serialization failure, deadlock. */
const again = /^(40001|40P01)$/
/** A migration has changed the result of a statement that was prepared before; nothing was written. */
const stalePlan = /cached plan must not change result type/

/** Errors of the socket, of TLS and of the client, which have no SQLSTATE. */
const lost =
  /CERT|ERR_TLS|ERR_SSL|UNABLE_TO_|SSL connection|ECONN|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|terminated|timeout|Client has encountered a connection error|not queryable|after calling end on the pool/i

/** Whether the connection is broken. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = error as DatabaseProblem
  if (stalePlan.test(message)) return true
  if (sqlStateOf(error as DatabaseProblem) === undefined) return lost.test(`${code} ${message}`)
  return /^(08|57P|25006|25P03)/.test(code!) && !isWorkerLost(error as DatabaseProblem)
}

/** Whether the wait for an answer or a connection was given up. */
export const isTimeout = (error: unknown) =>
  /timeout|timed out|ETIMEDOUT|connections? .* after \d+ ms/i.test((error as Error).message)

/** Whether nothing was done and another attempt may succeed, on a fresh connection to a worker for example. */
export function mayBeRunAgain(error: unknown): boolean {
  const problem = error as DatabaseProblem
  if (stalePlan.test(problem.message) || again.test(sqlStateOf(problem) ?? '')) return true
  return isWorkerLost(problem) && !isTimeout(error)
}

/** The port's error for one of the database's, or the error itself, which is then a bug. */
export function storageError(error: unknown): unknown {
  if (error instanceof Unavailable) return error
  const code = sqlStateOf(error as DatabaseProblem)
  const message = messageOf(error as DatabaseProblem)
  if (code === uniqueViolation) return new Duplicate(message)
  if (code === staleMasterKey) return new StaleMasterKey(message)
  if (code === notThere || code === foreignKeyViolation) return new NotFound(message)
  const passing = code === undefined ? isConnectionLost(error) : unavailable.test(code) || again.test(code)
  return passing ? new Unavailable(message, { cause: error }) : error
}

/** Advice for the operator on refusals of PostgreSQL and of a connection pooler such as PgBouncer. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /unsupported startup parameter/,
    'a connection pooler refuses it: remove it from the URL, or add it to ignore_startup_parameters of the pooler',
  ],
  [
    /self-signed certificate|unable to (get|verify)/,
    'name the file of the authority that signed the certificate with sslrootcert= in the URL of --database',
  ],
  [/does not match certificate/, 'connect to a name for which the certificate was issued'],
  [
    /does not support SSL/,
    'turn on ssl in PostgreSQL, or accept an unencrypted connection by sslmode=disable',
  ],
  [/statement pooling mode/, 'set pool_mode of the pooler to transaction or session'],
  [
    /too many (clients|connections)|connection slots are reserved|no more connections allowed|query_wait_timeout/,
    'lower --database-connections of the processes, or raise max_connections of PostgreSQL or the limits of the pooler',
  ],
]

/** A host of several addresses fails with an error for each, and no message of its own. */
function messageOf({ message, errors }: DatabaseProblem): string {
  const all = message || (errors ?? []).map((error) => error.message).join('; ')
  const remedy = remedies.find(([pattern]) => pattern.test(all))
  return remedy === undefined ? all : `${all} (${remedy[1]})`
}
