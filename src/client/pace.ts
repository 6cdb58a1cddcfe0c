/**
 * How many calls are under way at once: one more after each that went well, half as many when the server
 * throttles, never more than `max`. So it finds the quota and stays below it.
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
