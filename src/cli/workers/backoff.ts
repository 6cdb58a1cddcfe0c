import type { Clock } from '../../lib/clock.ts'

/** Who lived for so long did not die of how it was started, in milliseconds. */
const longMs = 10_000
const firstMs = 100
const longestMs = 10_000

/** How long to wait before a process that ended is replaced. */
export class Backoff {
  readonly #clock: Clock
  #shortLives = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** How many ended soon, one after the other. */
  get shortLives(): number {
    return this.#shortLives
  }

  /** @returns milliseconds: none at first, then twice as long each time it dies soon, until one lives */
  after(startedAt: number): number {
    if (this.#clock.now() - startedAt >= longMs) this.#shortLives = 0
    const delay = this.#shortLives === 0 ? 0 : firstMs * 2 ** (this.#shortLives - 1)
    this.#shortLives++
    return Math.min(delay, longestMs)
  }
}
