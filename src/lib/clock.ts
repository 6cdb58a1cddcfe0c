/** The current time. Passed in everywhere, so that tests control it. */
export interface Clock {
  /** Milliseconds since 1970 UTC. The system clock may be set forward and back. */
  now(): number
  /** Milliseconds since an arbitrary moment; unaffected by changes of the system clock. */
  elapsed(): number
}

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() }
