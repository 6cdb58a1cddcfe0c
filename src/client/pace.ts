/**
 * The number of calls in progress: one more after each success, half as many when the server throttles, at most `max`.
 * So a client finds the quota and stays below it.
 */
export class Pace {
  readonly #max: number
  #width: number
  #wentWell = 0

  constructor(max: number) {
    this.#max = max
    this.#width = Math.min(2, max)
  }

  get width(): number {
    return Math.floor(this.#width)
  }

  wentWell(): void {
    // The number of successes before the limit grows equals the current limit.
    if (++this.#wentWell < this.width) return
    this.#wentWell = 0
    this.#width = Math.min(this.#max, this.#width + 1)
  }

  throttled(): void {
    this.#wentWell = 0
    this.#width = Math.max(1, this.#width / 2)
  }
}
