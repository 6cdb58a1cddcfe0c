import type { Clock } from '../../lib/clock.ts'

/** Minimum lifetime of a process whose start counts as successful, in milliseconds. */
const longMs = 10_000
const firstMs = 100
const longestMs = 10_000

/** The delay before ended processes are replaced. */
export class Backoff {
  readonly #clock: Clock
  #inARow = 0
  #endedAt = Number.NEGATIVE_INFINITY
  #until = Number.NEGATIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Milliseconds until the next start. */
  get remainingMs(): number {
    return Math.max(0, this.#until - this.#clock.elapsed())
  }

  /**
   * Records that a process ended. The first is replaced at once. Each early end doubles the delay, up to ten
   * seconds, until one has lived for ten seconds. Processes that end early together count once.
   * @param startedAt by the clock's `elapsed`
   * @returns whether it counts
   */
  ended(startedAt: number): boolean {
    const now = this.#clock.elapsed()
    if (now - startedAt >= longMs) this.#inARow = 0
    else if (startedAt < this.#endedAt) return false
    this.#endedAt = now
    this.#until = now + (this.#inARow === 0 ? 0 : Math.min(firstMs * 2 ** (this.#inARow - 1), longestMs))
    this.#inARow++
    return true
  }
}
