/** The amounts of a run. */
export interface Size {
  /** Registered devices of the three SQLite stores; PostgreSQL has as many as the second. */
  readonly registered: { readonly small: number; readonly medium: number; readonly large: number }
  /** Number of alternating lists. */
  readonly lists: number
  readonly rounds: number
  readonly roundMs: number
  /**
   * Duration of calls at a steady rate, in milliseconds; at 100 per second for ten seconds, the p99 is the
   * tenth slowest.
   */
  readonly openMs: number
  /** How long a newly started server is queried while it loads its names. */
  readonly startMs: number
  /** How long an idle server is left alone before its memory is measured. */
  readonly idleMs: number
  readonly inProcess: { readonly calls: number; readonly warmUpMs: number }
}

export const fullSize: Size = {
  registered: { small: 10_000, medium: 1_000_000, large: 10_000_000 },
  lists: 16,
  rounds: 7,
  roundMs: 2000,
  openMs: 20_000,
  startMs: 3000,
  idleMs: 5000,
  inProcess: { calls: 200, warmUpMs: 6000 },
}

/** A smoke test: it runs all code, but its figures mean nothing. */
export const quickSize: Size = {
  registered: { small: 1000, medium: 10_000, large: 100_000 },
  lists: 2,
  rounds: 2,
  roundMs: 300,
  openMs: 2000,
  startMs: 500,
  idleMs: 500,
  inProcess: { calls: 20, warmUpMs: 1000 },
}
