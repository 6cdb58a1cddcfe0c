import type { schema } from '../schema.ts'
import type { RowOf } from '../table.ts'
/** A call that was answered, as its account sees it afterwards: nothing of what it carried. */
export type CallRow = Omit<RowOf<typeof schema.recentCall>, 'id'>

/** How often an account called an action in an interval of time. */
export type CallCountRow = RowOf<typeof schema.callCount>

/** What is kept of calls that come after others, in the store of what is no content of it. */
export interface StoredCalls {
  /** So many of an account's calls, the newest. */
  readonly newest: number
  /** Counts of intervals that began before are forgotten. */
  readonly countsSince: number
}

/**
 * The calls of a short while ago, of all processes on the store. They lie beside nonces and quotas, and like those
 * they are no content of a store.
 */
export interface CallStore {
  /** Adds calls, in the order in which they came, and counts to those that are there; forgets what is not to be kept. */
  add(calls: readonly CallRow[], counts: readonly CallCountRow[], kept: StoredCalls): Promise<void>
  /** Newest first. */
  recent(account: number, limit: number): Promise<CallRow[]>
  /** Counts of intervals that began at a time or later, oldest first and by action. */
  counts(account: number, since: number): Promise<CallCountRow[]>
}
