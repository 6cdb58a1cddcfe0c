import type { Progress } from './messages.ts'

/** How often it is told how far a pass is, at most; milliseconds. */
const everyMs = 120
/** The rate is that of so much of the past. */
const windowMs = 5000

/** Tells how far a pass is, not too often, with its rate and what is left. */
export class PassProgress {
  readonly #tell: (progress: Progress) => void
  readonly #now: () => number
  #told = Number.NEGATIVE_INFINITY
  readonly #past: { readonly at: number; readonly rows: number; readonly share: number }[] = []

  /** @param now milliseconds of any clock that only goes forward */
  constructor(tell: (progress: Progress) => void, now: () => number) {
    this.#tell = tell
    this.#now = now
    this.#past.push({ at: now(), rows: 0, share: 0 })
  }

  /** @param share of the whole, from 0 to 1 */
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
