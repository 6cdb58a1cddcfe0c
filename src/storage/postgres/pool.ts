import { Pool as ClientPool, type PoolClient } from 'pg'
import { Unavailable } from '../storage.ts'
import { clientConfig, connectTimeoutMs } from './address.ts'
import { isTimeout, storageError } from './errors.ts'
import { markSlots, type Slots } from './in-doubt.ts'
import { type Greeting, greeting, type Settings } from './settings.ts'

/** A part of a pool with a purpose of its own. */
export interface Share {
  readonly name: string
  /** Most connections that it uses at once. */
  readonly max: number
  /** Longest wait for a connection, in milliseconds. */
  readonly waitMs: number
}

export interface PoolOptions {
  /** Most connections of the pool. */
  readonly max: number
  /** In order of precedence: the first share that waits gets the next free connection. */
  readonly shares: readonly Share[]
  /** Settings of each session, on connections that lead to a server process of their own. */
  readonly session?: Settings
  /** How long an idle connection is kept, in milliseconds. */
  readonly idleMs: number
  /** The setting that limits the pool, as an error names it. */
  readonly setting: string
}

/**
 * Connections to a database, made when needed and again after a loss. Unlike pg's own pool, of which it is a queue,
 * it hands a connection that comes back to the next request that waits, even while a new one can't be had: behind a
 * pooler that gives fewer connections than `max`, the available connections serve every request.
 */
export interface Pool {
  /**
   * @throws Unavailable when none is free in time; the error of the connection where the database can't be reached
   *   and no connection of this pool is in use
   */
  take(share: Share): Promise<PoolClient>
  /** Gives a connection back; a broken one is closed. */
  give(client: PoolClient, share: Share, broken: boolean): void
  /** The error of a transaction that a pooler had no server for. */
  noServer(share: Share, cause: unknown): Unavailable
  readonly slots: Slots<PoolClient>
  /** The server that a connection leads to. */
  greetingOf(client: PoolClient): Greeting
  /** Whether statements and settings stay with the connection. */
  keepsSession(client: PoolClient): boolean
  /** Whether a connection was made for its present use. */
  isFresh(client: PoolClient): boolean
  close(): Promise<void>
}

interface Result {
  readonly rows: Greeting[]
}

interface Waiting {
  readonly resolve: (client: PoolClient) => void
  readonly reject: (error: unknown) => void
}

/** How long the pool tries no other connection after a failed one while some are in use, in milliseconds. */
const pauseMs = 1000

/** Opens no connection yet. One function, because the queues and counters below are changed together. */
export function openPool(url: string, options: PoolOptions): Pool {
  const { max, shares, session, setting } = options
  const greetings = new WeakMap<PoolClient, Greeting>()
  const handed = new WeakSet<PoolClient>()
  const slots = markSlots<PoolClient>()
  const waiting = new Map<Share, Waiting[]>(shares.map((share) => [share, []]))
  const used = new Map<Share, number>(shares.map((share) => [share, 0]))
  let connecting = 0
  let resting = false
  let lastError: unknown

  const explain = (error: Error): never => {
    throw isTimeout(error) ? unanswered(connectTimeoutMs, error) : error
  }

  // A pooler answers the start of a connection by itself: only an answered statement shows that a server is there.
  const clients = new ClientPool({
    ...clientConfig(url),
    max,
    idleTimeoutMillis: options.idleMs,
    // Statements that do not depend on each other's answers go out together.
    pipeline: true,
    onConnect: async (client) => {
      const text = greeting((client as PoolClient & { processID: number }).processID, session)
      const query = { text, query_timeout: connectTimeoutMs }
      const result = (await client.query(query).catch(explain)) as unknown as Result | Result[]
      greetings.set(client as PoolClient, (Array.isArray(result) ? result[0]! : result).rows[0]!)
    },
  })
  // An idle connection that breaks is replaced when it is needed.
  clients.on('error', () => {})
  clients.on('remove', slots.free)

  const inUse = () => shares.reduce((sum, share) => sum + used.get(share)!, 0)
  /** The first share that waits and may have one more. */
  const next = () => shares.find((share) => waiting.get(share)!.length > 0 && used.get(share)! < share.max)
  /** How many requests that wait could be given a connection now. */
  const eligible = () =>
    shares.reduce((sum, share) => sum + Math.min(waiting.get(share)!.length, share.max - used.get(share)!), 0)

  function connectMore(): void {
    const paused = resting && inUse() > 0 && clients.idleCount === 0
    while (!paused && connecting < eligible() && inUse() + connecting < max) {
      connecting++
      clients.connect().then(
        (client) => {
          connecting--
          lastError = undefined
          hand(client)
        },
        (error) => {
          connecting--
          failed(error)
        },
      )
    }
  }

  function hand(client: PoolClient): void {
    const share = next()
    if (share === undefined) {
      client.release()
      return
    }
    used.set(share, used.get(share)! + 1)
    waiting.get(share)!.shift()!.resolve(client)
  }

  function failed(error: unknown): void {
    lastError = error
    resting = true
    setTimeout(() => {
      resting = false
      connectMore()
    }, pauseMs).unref()
    // The connections in use will be given back.
    if (inUse() > 0 || connecting > 0) return
    for (const share of shares) for (const { reject } of waiting.get(share)!.splice(0)) reject(error)
  }

  function late(share: Share): Unavailable {
    const cause =
      lastError === undefined
        ? ''
        : `; the last attempt to connect: ${(storageError(lastError) as Error).message}`
    return new Unavailable(
      `no connection to the database became free within ${share.waitMs / 1000} seconds: pool "${share.name}" ` +
        `uses ${used.get(share)} of ${share.max}, all pools ${inUse()} of ${max} (${setting})${cause}`,
    )
  }

  /** A pooler accepts connections for which it has no server, and leaves their statements unanswered. */
  const unanswered = (after: number, cause: unknown) =>
    new Unavailable(
      `the database accepted a connection and did not answer within ${after / 1000} seconds; if a connection ` +
        `pooler is between, all of its server connections are in use (this process: ${inUse()} of ${max}, ${setting})`,
      { cause },
    )

  return {
    take(share) {
      return new Promise((resolve, reject) => {
        const queue = waiting.get(share)!
        const entry: Waiting = {
          resolve(client) {
            clearTimeout(timer)
            resolve(client)
          },
          reject(error) {
            clearTimeout(timer)
            reject(error)
          },
        }
        const timer = setTimeout(() => {
          queue.splice(queue.indexOf(entry), 1)
          reject(late(share))
        }, share.waitMs)
        queue.push(entry)
        connectMore()
      })
    },
    give(client, share, broken) {
      used.set(share, used.get(share)! - 1)
      handed.add(client)
      if (broken) {
        slots.forget(client)
        client.release(true)
      } else hand(client)
      connectMore()
    },
    noServer: (share, cause) => unanswered(share.waitMs, cause),
    slots,
    greetingOf: (client) => greetings.get(client)!,
    keepsSession: (client) => session !== undefined && greetings.get(client)!.direct,
    isFresh: (client) => !handed.has(client),
    close: () => clients.end(),
  }
}
