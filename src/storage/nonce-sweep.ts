import type { Clock } from '../lib/clock.ts'

/** How often expired nonces are deleted, in milliseconds. */
const everyMs = 1000
/** How many it deletes at once: few enough that no call waits long. */
export const sweptAtOnce = 10_000
/** How much clocks of nodes may differ: another node may still accept the timestamp of a nonce that expired here. */
const clocksDifferMs = 60_000
/** A clock that is further ahead than elapsed time explains, in milliseconds, was set forward. */
const jumpMs = 5000
/** How long a clock must be ahead until it is believed to be right. */
const believedAfterMs = 24 * 60 * 60_000

/**
 * Decides when a driver deletes expired nonces, and up to which expiry; admission.ts of the driver records nonces. It
 * goes by elapsed time: a clock that is set forward and then back would delete nonces whose timestamps become valid
 * again.
 *
 * @returns a function to call before each admission; it returns undefined if nothing is to be deleted
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
