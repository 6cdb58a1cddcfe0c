import type { Progress } from './messages.ts'

/** Minimum interval between progress reports, in milliseconds. */
const everyMs = 120
/** The rate is averaged over this time, in milliseconds. */
const windowMs = 5000

/** Reports the progress of a pass at intervals, with its rate and remaining time. */
export class PassProgress {
  readonly #tell: (progress: Progress) => void
  readonly #now: () => number
  #told = Number.NEGATIVE_INFINITY
  readonly #past: { readonly at: number; readonly rows: number; readonly share: number }[] = []

  /** @param now milliseconds of a monotonic clock */
  constructor(tell: (progress: Progress) => void, now: () => number) {
    this.#tell = tell
    this.#now = now
    this.#past.push({ at: now(), rows: 0, share: 0 })
  }

  /** @param share of the whole file, from 0 to 1 */
  at(rows: number, bad: number, share: number): void {
    const at = this.#now()
    if (at - this.#told < everyMs && share < 1) return
    this.#told = at
    while (this.#past.length > 1 && at - this.#past[0]!.at > windowMs) this.#past.shift()
    const since = this.#past[0]!
    const passed = at - since.at
    this.#past.push({ at, rows, share })
    const perSecond = passed <= 0 ? 0 : (1000 * (rows - since.rows)) / passed
    const sharePerMs = passed <= 0 ? 0 : (share - since.share) / passed
    this.#tell({
      rows,
      bad,
      share,
      perSecond,
      ...(sharePerMs > 0 && { secondsLeft: (1 - share) / sharePerMs / 1000 }),
    })
  }
}
