/** Connections and messages of an account's devices in an interval of time, summed over nodes. */
export interface TrafficRow {
  readonly account: number
  /** The start of the interval. */
  readonly time: number
  /** Devices that were connected when the interval ended; of a longer interval the highest of these numbers. */
  readonly connections: number
  /** Connects of devices. */
  readonly connects: number
  /** Messages of devices, and messages that were written to devices. */
  readonly up: number
  readonly down: number
}

/** Traffic by the minute. Like counts of calls it is no content of a store. */
export interface TrafficStore {
  /** Adds a node's numbers to those of the same minute, and forgets minutes that began before a time. */
  add(rows: readonly TrafficRow[], forgetBefore: number): Promise<void>
  /** Intervals of an account that began at a time or later, oldest first. @param intervalMs a multiple of a minute */
  of(account: number, since: number, intervalMs: number): Promise<TrafficRow[]>
}
