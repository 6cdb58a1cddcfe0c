/** How much of everything a run takes. */
export interface Size {
  /** Registered devices of the three stores of SQLite; PostgreSQL has as many as the second. */
  readonly registered: { readonly small: number; readonly medium: number; readonly large: number }
  /** Lists that calls take turns with. */
  readonly lists: number
  readonly rounds: number
  readonly roundMs: number
  /** How long calls arrive at a steady rate; 100 a second make a p99 of the ten slowest in ten seconds. */
  readonly openMs: number
  /** How long a server that was just started is asked while its names are loaded. */
  readonly startMs: number
  /** How long an idle server is left alone before its memory is read. */
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

/** A smoke test: it passes every line, and its figures mean nothing. */
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
