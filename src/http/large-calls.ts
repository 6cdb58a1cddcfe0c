/**
 * Has large calls answered in different turns of the event loop. Each of them takes milliseconds, and when a turn finds a
 * hundred of them complete, small calls that have arrived meanwhile would wait for all.
 */
export class LargeCalls {
  #isTurnTaken = false
  readonly #waiting: (() => void)[] = []

  /** Resolves when a large call may be answered: at once if none was in this turn, otherwise in the order of asking. */
  turn(): Promise<void> {
    if (this.#isTurnTaken) return new Promise((resolve) => this.#waiting.push(resolve))
    this.#isTurnTaken = true
    setImmediate(this.#next)
    return Promise.resolve()
  }

  readonly #next = (): void => {
    const resolve = this.#waiting.shift()
    this.#isTurnTaken = resolve !== undefined
    if (resolve === undefined) return
    resolve()
    setImmediate(this.#next)
  }
}
