import { createHash, randomUUID } from 'node:crypto'
import { Pool, type PoolClient, type PoolConfig, type QueryConfig, types } from 'pg'
import type { Row } from '../rows.ts'
import { isConnectionLost, isTimeout, mayBeRunAgain, storageError } from './errors.ts'
import { type Mark, marking, wasCommitted } from './in-doubt.ts'

export type Value = string | number | boolean | Buffer | readonly (string | number | Buffer | null)[] | null

/** Where statements run: a connection of its own, or within a transaction. */
export interface Session {
  all(sql: string, ...values: Value[]): Promise<Row[]>
  one(sql: string, ...values: Value[]): Promise<Row | undefined>
  /** Gives how many rows were changed. */
  run(sql: string, ...values: Value[]): Promise<number>
  /** Runs several statements, none of which takes values. */
  script(sql: string): Promise<void>
}

/**
 * A pool of connections. Errors are told as the port has them. What is not a SELECT is a transaction of its own,
 * so that a lost answer is found out; a SELECT is sent again where its connection was lost.
 */
export interface Connections extends Omit<Session, 'script'> {
  /** The rows of a statement that may write. It is sent again only where the database says that it was undone. */
  allOnce(sql: string, ...values: Value[]): Promise<Row[]>
  /**
   * Runs `write` as one transaction; once more where the database asks for that, or before anything was written.
   * @param marked false where there is no table of marks yet; a lost commit is not found out then
   */
  transaction<T>(write: (session: Session) => Promise<T>, marked?: boolean): Promise<T>
  /** Runs something while its connection holds a lock that others wait for. */
  alone<T>(lock: number, run: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** First number of our advisory locks; the functions in migrations/ have it too. */
export const lockSpace = 7026
/** Second number of the lock of Storage.alone. */
export const aloneLock = 4
/** Longest wait for a connection, in milliseconds. */
export const connectTimeoutMs = 60_000
/** Connections that nobody needs are kept so long, in milliseconds: what is prepared on them costs time. */
const idleMs = 10 * 60_000
/** How often a transaction is begun before the caller is told that the store is not available. */
const attemptsMax = 3

/** Numbers of devices and rows stay far below 2^53. */
export const asNumbers: PoolConfig['types'] = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
}

export interface PoolOptions {
  /** Most connections of this process. */
  readonly max: number
  /** Longest time of a statement, in milliseconds; waiting for a lock takes half of it at the most. */
  readonly timeoutMs: number
  /** Whether commits wait for the disk. */
  readonly durable: boolean
}

/** Connects when first asked, and anew after a loss. */
export function connect(url: string, { max, timeoutMs, durable }: PoolOptions): Connections {
  // Lists of 10,000 names are planned as if they were short: an index look-up each, never a scan of the table, and
  // no time spent on estimates. Citus plans by the values of parameters, so it may not be told to ignore them.
  // Of a node that has died without a word, or hangs, the server lets go the locks: of what it began after a
  // timeout, of what it holds besides after a minute without a sign of life. Admissions count on seeing what was
  // committed while they waited, whatever the database's own default is.
  const settings = `SET jit = off; SET statement_timeout = ${timeoutMs};
    SET lock_timeout = ${Math.ceil(timeoutMs / 2)}; SET synchronous_commit = ${durable ? 'on' : 'off'};
    SET idle_in_transaction_session_timeout = ${timeoutMs}; SET default_transaction_isolation = 'read committed';
    SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
    SELECT set_config('plan_cache_mode', 'force_generic_plan', false)
      WHERE NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus')`
  const pool = new Pool({
    connectionString: url,
    max,
    types: asNumbers,
    keepAlive: true,
    connectionTimeoutMillis: Math.min(timeoutMs, connectTimeoutMs),
    // The server ends a statement that takes too long; this ends the wait for a server that is gone.
    query_timeout: timeoutMs + 1000,
    idleTimeoutMillis: idleMs,
    application_name: 'rollcall',
    onConnect: (client) => client.query(settings),
  })
  // A connection that breaks while nobody uses it is replaced by the pool.
  pool.on('error', () => {})
  /** Under what each connection marks its transactions; the next one takes over that of one that idled out. */
  const slots = new WeakMap<PoolClient, string>()
  const freeSlots: string[] = []
  pool.on('remove', (client) => {
    const slot = slots.get(client)
    if (slot !== undefined) freeSlots.push(slot)
  })

  /** Runs something on a connection, which is thrown away where it broke. */
  async function using<T>(act: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect()
    let broken = false
    const onError = () => (broken = true)
    client.on('error', onError)
    try {
      return await act(client)
    } catch (error) {
      broken ||= isConnectionLost(error)
      throw error
    } finally {
      client.off('error', onError)
      // What it began last may be in doubt: nobody else counts on there.
      if (broken) slots.delete(client)
      client.release(broken)
    }
  }

  async function told<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act()
    } catch (error) {
      throw storageError(error)
    }
  }

  async function attempt<T>(write: (session: Session) => Promise<T>, marked: boolean): Promise<T> {
    let mark: Mark | undefined
    let committing = false
    let result: T
    try {
      return await using(async (client) => {
        try {
          if (marked) mark = await begin(client)
          else await client.query('BEGIN')
          result = await write(sessionOn(client))
          committing = true
          await client.query('COMMIT')
          return result
        } catch (error) {
          if (!isConnectionLost(error)) await client.query('ROLLBACK')
          throw error
        }
      })
    } catch (error) {
      if (!committing || !isConnectionLost(error)) throw error
      // The pool has its connection back: others may be in the same doubt, and need theirs.
      if (mark !== undefined && (await wasCommitted(url, mark))) return result!
      throw new AtCommit(error)
    }
  }

  /** Begins a transaction with its mark, by which it is found again should the connection break at the commit. */
  async function begin(client: PoolClient): Promise<Mark> {
    let slot = slots.get(client)
    if (slot === undefined) slots.set(client, (slot = freeSlots.pop() ?? randomUUID()))
    const [, marked] = (await client.query(`BEGIN; ${marking(slot)}`)) as unknown as { rows: Row[] }[]
    return { slot, count: marked!.rows[0]!.count }
  }

  /** Whether what was not committed is worth another attempt; who waited for a timeout has waited long enough. */
  const worthAgain = (error: unknown) =>
    mayBeRunAgain(error) || (isConnectionLost(error) && !isTimeout(error))

  const transaction: Connections['transaction'] = (write, marked = true) =>
    told(async () => {
      for (let attempts = 1; ; attempts++) {
        try {
          return await attempt(write, marked)
        } catch (error) {
          if (error instanceof AtCommit) throw error.cause
          if (attempts === attemptsMax || !worthAgain(error)) throw error
        }
      }
    })

  /** Runs a statement by itself. */
  function alone<T>(sql: string, run: (session: Session) => Promise<T>): Promise<T> {
    // No WITH of ours writes.
    if (!/^\s*(SELECT|WITH) /i.test(sql)) return transaction(run)
    const send = () => using((client) => run(sessionOn(client)))
    // Connections may have broken long ago, unseen.
    return told(() => send().catch((error) => (worthAgain(error) ? send() : Promise.reject(error))))
  }

  return {
    all: (sql, ...values) => alone(sql, (session) => session.all(sql, ...values)),
    one: (sql, ...values) => alone(sql, (session) => session.one(sql, ...values)),
    run: (sql, ...values) => alone(sql, (session) => session.run(sql, ...values)),
    allOnce: (sql, ...values) => {
      const send = () => using((client) => sessionOn(client).all(sql, ...values))
      return told(() => send().catch((error) => (mayBeRunAgain(error) ? send() : Promise.reject(error))))
    },
    transaction,
    alone: async (lock, run) => {
      await told(() => pool.query('SELECT 1'))
      return using(async (client) => {
        // It is waited for as long as it takes; it ends with the connection, however that ends.
        await told(() => client.query('SET statement_timeout = 0; SET lock_timeout = 0'))
        const text = `SELECT pg_advisory_lock(${lockSpace}, ${lock})`
        await told(() => client.query({ text, query_timeout: 2 ** 31 - 1 } as QueryConfig))
        try {
          return await run()
        } finally {
          await client.query(`SELECT pg_advisory_unlock(${lockSpace}, ${lock}); ${settings}`).catch(() => {})
        }
      })
    },
    close: () => pool.end(),
  }
}

/** An error that came with the commit: whether anything was written is not known, so it is not run again. */
class AtCommit extends Error {
  constructor(cause: unknown) {
    super('the commit was not answered', { cause })
  }
}

interface Statement {
  readonly text: string
  /** Prepared under this name; without one it is sent as it is. */
  readonly name?: string
  readonly values?: unknown[]
}

interface Queryable {
  query(config: Statement): Promise<{ rows: Row[]; rowCount: number | null }>
}

const names = new Map<string, string>()

/** A statement is prepared once on each connection, under a name that comes from its text. */
function nameOf(sql: string): string {
  let name = names.get(sql)
  if (name === undefined) names.set(sql, (name = createHash('sha1').update(sql).digest('base64url')))
  return name
}

function sessionOn(client: Queryable): Session {
  const query = (text: string, values: readonly Value[]) =>
    client.query({ name: nameOf(text), text, values: values as unknown[] })
  return {
    all: async (sql, ...values) => (await query(sql, values)).rows,
    one: async (sql, ...values) => (await query(sql, values)).rows[0],
    run: async (sql, ...values) => (await query(sql, values)).rowCount ?? 0,
    script: async (sql) => {
      await client.query({ text: sql })
    },
  }
}
