import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'

/** How long it is asked what became of a commit, and how often, in milliseconds. */
const inDoubtMs = 10_000
const askEveryMs = 200
const askTimeoutMs = 2000

/**
 * What a transaction leaves behind, and only if it is committed: its number among those of its connection. Its
 * transaction ID would not do. After a crash the database gives those anew whose transactions had not reached the
 * disk, and then tells that they were committed, of others.
 */
export interface Mark {
  /** The connection's, as a UUID. */
  readonly slot: string
  readonly count: number
}

/** The statement that marks a transaction; it gives the mark's count. */
export const marking = (slot: string) => `
  INSERT INTO commit_mark AS m (slot, count) VALUES ('${slot}', 1)
  ON CONFLICT (slot) DO UPDATE SET count = m.count + 1, at = now() RETURNING count`

/** Waits for a transaction of the slot that is under way still, and tells what the last one has left. */
const asking = `
  INSERT INTO commit_mark AS m (slot, count) VALUES ($1, 0)
  ON CONFLICT (slot) DO UPDATE SET count = m.count RETURNING count`

/**
 * What became of a transaction whose commit was not answered; the database knows, once it answers again. Asked on
 * a connection of its own, since those of the pool may all be in doubt.
 *
 * @returns false where it was undone, and where the database does not answer in time
 */
export async function wasCommitted(url: string, mark: Mark): Promise<boolean> {
  const until = performance.now() + inDoubtMs
  while (performance.now() < until) {
    const count = await countOf(url, mark.slot).catch(() => undefined)
    if (count !== undefined) return count === mark.count
    await delay(askEveryMs)
  }
  return false
}

async function countOf(url: string, slot: string): Promise<number> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: askTimeoutMs,
    query_timeout: askTimeoutMs,
    // The mark may be held by the transaction in doubt; who stops asking leaves nobody waiting for it.
    statement_timeout: askTimeoutMs,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return Number((await client.query(asking, [slot])).rows[0].count)
  } finally {
    // Nobody waits for its end.
    client.end().catch(() => {})
  }
}
