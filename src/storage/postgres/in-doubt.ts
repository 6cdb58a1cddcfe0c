import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Row } from '../rows.ts'

/** How long and how often a process asks for the result of a commit, in milliseconds. */
const inDoubtMs = 10_000
const askEveryMs = 200
export const askTimeoutMs = 2000

/**
 * The mark that a transaction leaves only if it is committed: its number among those of its connection. Its
 * transaction ID would not do. After a crash the database reuses IDs of transactions that had not reached the disk, and
 * reports them as committed when another transaction with the ID is.
 */
export interface Mark {
  /** The connection's, as a UUID. */
  readonly slot: string
  readonly count: number
}

/** The statement that marks a transaction; it gives the mark's count. */
export const marking = (slot: string) => `
  INSERT INTO commit_mark AS m (slot, count) VALUES ('${slot}', 1)
  ON CONFLICT (slot) DO UPDATE SET count = m.count + 1, at = excluded.at RETURNING count`

/** Waits for a transaction of the slot that still runs, and returns what the last one has left. */
const asking = `
  INSERT INTO commit_mark AS m (slot, count) VALUES ($1, 0)
  ON CONFLICT (slot) DO UPDATE SET count = m.count RETURNING count`

/**
 * The outcome of a transaction whose commit was not answered, according to the database once it answers again.
 *
 * @param ask runs a statement with these values on a connection made for it, in a transaction in which statements
 *   end after `askTimeoutMs`
 * @returns false if it was undone, and if the database does not answer in time
 */
export async function wasCommitted(
  ask: (sql: string, values: readonly string[]) => Promise<Row[]>,
  mark: Mark,
): Promise<boolean> {
  const until = performance.now() + inDoubtMs
  while (performance.now() < until) {
    const rows = await ask(asking, [mark.slot]).catch(() => undefined)
    if (rows !== undefined) return Number(rows[0]!.count) === mark.count
    await delay(askEveryMs)
  }
  return false
}

/** The slots under which connections mark their transactions. */
export interface Slots<Connection extends object> {
  of(connection: Connection): string
  /** A connection is gone whose last transaction is in doubt: no other connection continues its count. */
  forget(connection: Connection): void
  /** A connection is gone; the next one takes over its slot. */
  free(connection: Connection): void
}

export function markSlots<Connection extends object>(): Slots<Connection> {
  const slots = new WeakMap<Connection, string>()
  const free: string[] = []
  return {
    of(connection) {
      let slot = slots.get(connection)
      if (slot === undefined) slots.set(connection, (slot = free.pop() ?? randomUUID()))
      return slot
    },
    forget: (connection) => slots.delete(connection),
    free(connection) {
      const slot = slots.get(connection)
      if (slot !== undefined) free.push(slot)
    },
  }
}
