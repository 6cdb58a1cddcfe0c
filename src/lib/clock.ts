/** What time it is, in milliseconds since 1970 UTC. Passed in everywhere, so that tests choose it. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
