import type { Clock } from '../lib/clock.ts'
import { withTimeout } from '../lib/with-timeout.ts'

/** A client that asks for health has an answer by then: what is not certain is not well. */
const answerMs = 900
/** How long an answer holds, in milliseconds: the question writes to the store, and anybody may ask it. */
const holdsMs = 1000

/**
 * Asks whether the server can serve, at most once a second however many clients ask, and never twice at once.
 * @param healthy resolves when it can, rejects when it can't
 */
export function health(healthy: () => Promise<void>, clock: Pick<Clock, 'elapsed'>): () => Promise<boolean> {
  let last: { readonly answer: Promise<boolean>; readonly askedAt: number } | undefined
  let underWay = false

  function ask(): Promise<boolean> {
    underWay = true
    const asked = healthy().finally(() => {
      underWay = false
    })
    const late = () => new Error(`not told to be healthy in ${answerMs} milliseconds`)
    return withTimeout(answerMs, asked, late).then(
      () => true,
      () => false,
    )
  }

  return () => {
    const now = clock.elapsed()
    if (last === undefined || (!underWay && now - last.askedAt >= holdsMs))
      last = { answer: ask(), askedAt: now }
    return last.answer
  }
}
