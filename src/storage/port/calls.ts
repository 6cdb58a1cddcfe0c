import type { schema } from '../schema.ts'
import type { RowOf } from '../table.ts'
/** A call that was answered, as its account sees it afterwards: nothing of what it carried. */
export type CallRow = Omit<RowOf<typeof schema.recentCall>, 'id'>

/** How often an account called an action in an interval of time. */
export type CallCountRow = RowOf<typeof schema.callCount>

/** How many calls and counts the store keeps when others are added. */
export interface StoredCalls {
  /** The number of an account's newest calls to keep. */
  readonly newest: number
  /** Counts of intervals that began earlier are deleted. */
  readonly countsSince: number
}

/**
 * Recent calls of all processes on the store. Like nonces and quotas they are not content of the store.
 */
export interface CallStore {
  /** Adds calls in the order in which they came, adds counts to those in the store, and deletes what is not to be kept. */
  add(calls: readonly CallRow[], counts: readonly CallCountRow[], kept: StoredCalls): Promise<void>
  /** Newest first. */
  recent(account: number, limit: number): Promise<CallRow[]>
  /** Counts of intervals that began at a time or later, oldest first and by action. */
  counts(account: number, since: number): Promise<CallCountRow[]>
}
