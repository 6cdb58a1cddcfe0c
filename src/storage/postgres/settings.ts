/** The settings of a connection while a store uses it. */
export interface Settings {
  /** Longest time of a statement, in milliseconds; waiting for a lock takes at most half of it. */
  readonly timeoutMs: number
  /** Whether commits wait for the disk. */
  readonly durable: boolean
}

/**
 * PostgreSQL's settings by name. Lists of 10,000 names are planned as if they were short: an index look-up each,
 * never a scan of the table, and no time spent on estimates. Citus plans by the values of parameters, so its own
 * plan_cache_mode stays. The server ends the locks of a node that has died silently or hangs: those of a
 * statement after its timeout, all others after a minute without a message.
 */
const valuesOf = ({ timeoutMs, durable }: Settings): [name: string, value: string][] => [
  ['jit', 'off'],
  ['statement_timeout', String(timeoutMs)],
  ['lock_timeout', String(Math.ceil(timeoutMs / 2))],
  ['idle_in_transaction_session_timeout', String(timeoutMs)],
  ['synchronous_commit', durable ? 'on' : 'off'],
]

/** A pooler looks after its own connections to the server. */
const ofSocket: [name: string, value: string][] = [
  ['tcp_keepalives_idle', '30'],
  ['tcp_keepalives_interval', '10'],
  ['tcp_keepalives_count', '3'],
]

/** Admissions must see what was committed while they waited, so the database's own default doesn't count. */
const isolation = 'read committed'

/** The first query on a new connection. */
export interface Greeting {
  /** Whether the connection leads to a server process of its own. */
  readonly direct: boolean
  /** Whether the database is one of Citus. */
  readonly citus: boolean
}

/**
 * Asks what a new connection leads to. A connection pooler invents the process ID that it gives to its clients,
 * because the server process changes; PostgreSQL gives the true one.
 *
 * @param processId the one that the connection was given
 * @param settings for the whole session, made only on a direct connection: what a pooler's client sets outside a
 *   transaction may stay with the server process for another client
 */
export function greeting(processId: number, settings: Settings | undefined): string {
  const ask = `SELECT pg_backend_pid() = ${processId} AS direct,
    EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus') AS citus`
  if (settings === undefined) return ask
  const values = [...valuesOf(settings), ...ofSocket, ['default_transaction_isolation', isolation]]
  const set = values.map(([name, value]) => `set_config('${name}', '${value}', false)`)
  return `${ask}; SELECT ${set.join(', ')} WHERE pg_backend_pid() = ${processId};
    SELECT set_config('plan_cache_mode', 'force_generic_plan', false) WHERE pg_backend_pid() = ${processId}
      AND NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus')`
}

/** Begins a transaction that has the settings by itself and leaves none of them behind. */
export function beginWith(settings: Settings, citus: boolean): string {
  const values = valuesOf(settings)
  if (!citus) values.push(['plan_cache_mode', 'force_generic_plan'])
  const set = values.map(([name, value]) => `SET LOCAL ${name} = '${value}'`)
  return `BEGIN ISOLATION LEVEL ${isolation}; ${set.join('; ')}`
}
