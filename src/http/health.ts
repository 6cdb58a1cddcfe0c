import type { Clock } from '../lib/clock.ts'
import { withTimeout } from '../lib/with-timeout.ts'

/** A health check is answered within this time, in milliseconds; a pending check counts as unhealthy. */
const answerMs = 900
/** How long a result is cached, in milliseconds: a check writes to the store, and any client may request it. */
const holdsMs = 1000

/**
 * Checks whether the server can serve: at most once a second for any number of clients, and one check at a
 * time.
 * @param healthy resolves if it can, rejects if it can't
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
