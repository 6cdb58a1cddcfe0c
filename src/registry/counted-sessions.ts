import type { Clock } from '../lib/clock.ts'
import type { SessionCounts, SessionStore } from '../storage/storage.ts'

/**
 * A count that took longer than this is cached for a multiple of its duration, at most `rememberedMaxMs`
 * (milliseconds).
 */
const quickMs = 20
const rememberedTimes = 50
const rememberedMaxMs = 10_000
const countsMax = 1000

interface Counted {
  readonly counts: Promise<SessionCounts>
  validUntil: number
}

/**
 * Counts sessions. Concurrent callers share one count, and a slow count is cached. A million sessions take 0.1
 * s to count; the cloud's page on QueryDeviceByStatus allows an answer to be 10 s old.
 */
export function countedSessions(store: Pick<SessionStore, 'count'>, clock: Pick<Clock, 'elapsed'>) {
  const remembered = new Map<string, Counted>()
  return (products: readonly number[], group?: number): Promise<SessionCounts> => {
    const key = `${products.join()} ${group}`
    const known = remembered.get(key)
    const begun = clock.elapsed()
    if (known !== undefined && begun < known.validUntil) return known.counts
    if (remembered.size >= countsMax) remembered.clear()
    const counted: Counted = {
      counts: store.count(products, group),
      validUntil: Number.POSITIVE_INFINITY,
    }
    remembered.set(key, counted)
    counted.counts.then(
      () => {
        const took = clock.elapsed() - begun
        counted.validUntil =
          took < quickMs ? 0 : clock.elapsed() + Math.min(took * rememberedTimes, rememberedMaxMs)
      },
      () => (counted.validUntil = 0),
    )
    return counted.counts
  }
}
