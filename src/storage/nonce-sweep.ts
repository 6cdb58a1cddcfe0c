import type { Clock } from '../lib/clock.ts'

/** How often expired nonces are forgotten, in milliseconds. */
const everyMs = 1000
/** So many of them at once, that no call waits long for it. */
export const sweptAtOnce = 10_000
/** Clocks of nodes may differ by so much: another may still take the timestamp of a nonce that has expired here. */
const clocksDifferMs = 60_000
/** A clock that is so far ahead of where time has brought it was set forward. */
const jumpMs = 5000
/** After so long ahead it is believed to be right. */
const believedAfterMs = 24 * 60 * 60_000

/**
 * Says when a driver is to forget nonces, and up to which expiry. Time passes here as it passes: were it taken from
 * a clock that is set forward and then back, nonces would be gone whose timestamps are good again.
 *
 * @returns a function that is asked before each call; it gives undefined while nothing is to be done
 */
export function nonceSweep(clock: Clock): () => number | undefined {
  let sweptAt = clock.elapsed()
  let begun = { at: clock.now(), elapsed: sweptAt }
  let aheadSince: number | undefined

  return () => {
    const elapsed = clock.elapsed()
    if (elapsed - sweptAt < everyMs) return undefined
    sweptAt = elapsed
    const now = clock.now()
    const expected = begun.at + elapsed - begun.elapsed
    if (now <= expected + jumpMs) aheadSince = undefined
    else aheadSince ??= elapsed
    const believed = aheadSince === undefined || elapsed - aheadSince >= believedAfterMs
    if (believed) begun = { at: now, elapsed }
    return (believed ? now : expected) - clocksDifferMs
  }
}
