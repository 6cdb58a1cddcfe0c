import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'

/** How long it is asked what became of a commit, and how often, in milliseconds. */
const inDoubtMs = 10_000
const askEveryMs = 200
const askTimeoutMs = 2000

/**
 * What became of a transaction whose commit was not answered; the database knows, once it answers again. Asked on
 * a connection of its own, since those of the pool may all be in doubt.
 *
 * @returns false where it was undone, and where the database does not answer in time
 */
export async function wasCommitted(url: string, transactionId: string): Promise<boolean> {
  const until = performance.now() + inDoubtMs
  while (performance.now() < until) {
    const status = await statusOf(url, transactionId).catch(() => undefined)
    if (status !== undefined && status !== 'in progress') return status === 'committed'
    await delay(askEveryMs)
  }
  return false
}

/** Undefined where the transaction is too old to be known. */
async function statusOf(url: string, transactionId: string): Promise<string | undefined> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: askTimeoutMs,
    query_timeout: askTimeoutMs,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('SELECT pg_xact_status($1::xid8) AS status', [transactionId])
    return rows[0].status ?? undefined
  } finally {
    // Nobody waits for its end.
    client.end().catch(() => {})
  }
}
