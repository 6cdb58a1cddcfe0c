import { setTimeout as delay } from 'node:timers/promises'
import type { PoolClient, QueryConfig } from 'pg'
import type { Row } from '../rows.ts'
import { Unavailable } from '../storage.ts'
import { isConnectionLost, isTimeout, mayBeRunAgain, storageError } from './errors.ts'
import { askTimeoutMs, type Mark, marking, wasCommitted } from './in-doubt.ts'
import { lock, lockSpace } from './locks.ts'
import type { Pool, Share } from './pool.ts'
import { type Answered, type Session, type Statement, sessionOn, statement, type Value } from './session.ts'
import { beginWith, type Settings } from './settings.ts'

export type { Session, Value } from './session.ts'

/**
 * A share of a pool of connections. It throws the port's errors. A statement that is not a SELECT is a transaction of
 * its own, so that the result of a lost commit is found out; a SELECT is sent again if its connection was lost.
 */
export interface Connections extends Omit<Session, 'script'> {
  /** The rows of a statement that may write. It is sent again only if the database reports that it was rolled back. */
  allOnce(sql: string, ...values: Value[]): Promise<Row[]>
  /**
   * Runs `write` as one transaction, and again if the database asks for that or nothing was written.
   * @param marked false as long as there is no table of marks; the result of a lost commit is unknown then
   */
  transaction<T>(write: (session: Session) => Promise<T>, marked?: boolean): Promise<T>
  /**
   * Runs something while a connection holds a lock. What runs takes another connection; processes that wait for the
   * lock hold none.
   */
  alone<T>(name: keyof typeof lock, run: () => Promise<T>): Promise<T>
}

/** How often a process asks for a lock that another holds, in milliseconds. */
const lockEveryMs = 50
/** How often a transaction is tried before the store counts as unavailable. */
const attemptsMax = 3

/** The share of questions about lost commits; the pool serves it first. */
export const inDoubt: Share = { name: 'in doubt', max: Number.POSITIVE_INFINITY, waitMs: askTimeoutMs }

/** Whether the connection that an error came from is broken. */
const isBroken = (error: unknown) => isConnectionLost((error as Error).cause ?? error)

/**
 * The uses of a share of a pool. One function, because each step below needs the pool, the share and the settings,
 * and most need each other.
 */
export function connectionsOf(pool: Pool, share: Share, settings: Settings): Connections {
  /** Runs something on a connection, which is discarded if it broke. */
  async function using<T>(
    act: (client: PoolClient) => Promise<T>,
    of = share,
    take = () => pool.take(of),
  ): Promise<T> {
    const client = await take()
    let broken = false
    const onError = () => (broken = true)
    client.on('error', onError)
    try {
      return await act(client)
    } catch (error) {
      broken ||= isBroken(error)
      throw error
    } finally {
      client.off('error', onError)
      pool.give(client, of, broken)
    }
  }

  /** Statements end on the server first; this ends the wait for a server that is gone. */
  const queryTimeoutMs = settings.timeoutMs + 1000
  const send = (client: PoolClient, query: Statement, timeoutMs = queryTimeoutMs) =>
    client.query({ ...query, query_timeout: timeoutMs } as QueryConfig<unknown[]>) as Promise<Answered>
  const session = (client: PoolClient, prepared = pool.keepsSession(client)) =>
    sessionOn({ query: (query) => send(client, query) }, prepared)

  /** Begins a transaction; behind a pooler that is when a server connection is waited for. */
  async function begin(client: PoolClient, then = ''): Promise<Answered[]> {
    const direct = pool.keepsSession(client)
    const start = direct ? 'BEGIN' : beginWith(settings, pool.greetingOf(client).citus)
    const text = then === '' ? start : `${start}; ${then}`
    try {
      const answered: Answered | Answered[] = direct
        ? await send(client, { text })
        : await send(client, { text }, share.waitMs)
      return Array.isArray(answered) ? answered : [answered]
    } catch (error) {
      if (direct || !isTimeout(error)) throw error
      throw pool.noServer(share, error)
    }
  }

  async function translated<T>(act: () => Promise<T>): Promise<T> {
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
          mark = await beginMarked(client, marked)
          result = await write(session(client))
          committing = true
          await send(client, { text: 'COMMIT' })
          return result
        } catch (error) {
          if (!isBroken(error)) await send(client, { text: 'ROLLBACK' })
          throw error
        }
      })
    } catch (error) {
      if (!committing || !isConnectionLost(error)) throw error
      // The pool has its connection back, because other transactions may be in the same doubt and need one.
      if (mark !== undefined && (await wasCommitted(ask, mark))) return result!
      throw new AtCommit(error)
    }
  }

  /** Begins a transaction with its mark, by which it is found again should the connection break at the commit. */
  async function beginMarked(client: PoolClient, marked: boolean): Promise<Mark | undefined> {
    const slot = pool.slots.of(client)
    const answers = await begin(client, marked ? marking(slot) : '')
    return marked ? { slot, count: answers.at(-1)!.rows[0]!.count } : undefined
  }

  /** Asks on a fresh connection only: one that was in use before may be as broken as the one of the commit. */
  async function ask(sql: string, values: readonly string[]): Promise<Row[]> {
    const limited: Settings = { timeoutMs: askTimeoutMs, durable: false }
    const fresh = async () => {
      for (;;) {
        const client = await pool.take(inDoubt)
        if (pool.isFresh(client)) return client
        pool.give(client, inDoubt, true)
      }
    }
    return using(
      async (client) => {
        await send(client, { text: beginWith(limited, true) }, askTimeoutMs)
        const { rows } = await send(client, { text: sql, values: [...values] }, askTimeoutMs)
        await send(client, { text: 'COMMIT' }, askTimeoutMs)
        return rows
      },
      inDoubt,
      fresh,
    )
  }

  /** Whether what was not committed is worth another attempt; after a timeout the caller has waited long enough. */
  const worthAgain = (error: unknown) =>
    mayBeRunAgain(error) || (isConnectionLost(error) && !isTimeout(error) && !(error instanceof Unavailable))

  /** Runs something under a lock unless another process has it. The lock ends with the connection in any case. */
  const locked = <T>(
    name: keyof typeof lock,
    run: () => Promise<T>,
  ): Promise<{ readonly result: T } | undefined> =>
    using(async (client) => {
      const answers = await begin(
        client,
        `SET LOCAL idle_in_transaction_session_timeout = 0;
         SELECT pg_try_advisory_xact_lock(${lockSpace}, ${lock[name]}) AS had`,
      )
      try {
        return answers.at(-1)!.rows[0]!.had ? { result: await run() } : undefined
      } finally {
        await send(client, { text: 'COMMIT' }).catch(() => {})
      }
    })

  const transaction: Connections['transaction'] = (write, marked = true) =>
    translated(async () => {
      for (let attempts = 1; ; attempts++) {
        try {
          return await attempt(write, marked)
        } catch (error) {
          if (error instanceof AtCommit) throw error.cause
          if (attempts === attemptsMax || !worthAgain(error)) throw error
        }
      }
    })

  /** The rows of a single statement. */
  const single = (sql: string, values: readonly Value[]): Promise<Row[]> =>
    using(async (client) => {
      if (pool.keepsSession(client)) return (await send(client, statement(sql, values, true))).rows
      // The three go out together; if one fails, PostgreSQL undoes it all.
      const [begun, answered, ended] = await Promise.allSettled([
        begin(client),
        send(client, statement(sql, values, false)),
        send(client, { text: 'COMMIT' }),
      ])
      for (const { status, reason } of [begun, answered, ended] as PromiseRejectedResult[])
        if ((status as string) === 'rejected') throw reason
      return (answered as PromiseFulfilledResult<Answered>).value.rows
    })

  /** Sends a statement that does not write, and again if its connection was lost, perhaps long ago and unnoticed. */
  const read = (sql: string, values: readonly Value[]) =>
    translated(() =>
      single(sql, values).catch((error) => (worthAgain(error) ? single(sql, values) : Promise.reject(error))),
    )

  // No WITH of ours writes.
  const reads = (sql: string) => /^\s*(SELECT|WITH) /i.test(sql)
  const all: Connections['all'] = (sql, ...values) =>
    reads(sql) ? read(sql, values) : transaction((session) => session.all(sql, ...values))

  return {
    all,
    one: async (sql, ...values) => (await all(sql, ...values))[0],
    run: (sql, ...values) => transaction((session) => session.run(sql, ...values)),
    allOnce: (sql, ...values) =>
      translated(() =>
        single(sql, values).catch((error) =>
          mayBeRunAgain(error) ? single(sql, values) : Promise.reject(error),
        ),
      ),
    transaction,
    async alone(name, run) {
      let began = false
      for (let attempts = 1; ; ) {
        try {
          const done = await locked(name, () => {
            began = true
            return run()
          })
          if (done !== undefined) return done.result
        } catch (error) {
          if (began) throw error
          if (attempts++ === attemptsMax || !worthAgain(error)) throw storageError(error)
        }
        await delay(lockEveryMs)
      }
    },
  }
}

/** An error of the commit itself: it is unknown whether anything was written, so the transaction is not run again. */
class AtCommit extends Error {
  constructor(cause: unknown) {
    super('the commit was not answered', { cause })
  }
}
