/** The current time. Passed in everywhere, so that tests control it. */
export interface Clock {
  /** Milliseconds since 1970 UTC. A clock may be set, forward and back. */
  now(): number
  /** Milliseconds that have passed since some moment; these nobody sets. */
  elapsed(): number
}

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() }
