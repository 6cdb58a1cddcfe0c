/** Told whether what was waited for has been taken. */
type Told = (taken: boolean) => void

interface Waiting {
  readonly bytes: number
  readonly told: Told
  readonly late: NodeJS.Timeout
}

/**
 * How many bytes there may be of something. Who finds too few left waits in line, the first come first, and for a
 * bounded time: those who hold some and wait for more can't wait for each other for ever.
 */
export class Budget {
  readonly max: number
  #held = 0
  readonly #line = new Set<Waiting>()

  constructor(max: number) {
    this.max = max
  }

  get held(): number {
    return this.#held
  }

  /** Whether somebody waits. */
  get short(): boolean {
    return this.#line.size > 0
  }

  /** Takes so many bytes, or none: where too few are left, or others have been waiting. */
  take(bytes: number): boolean {
    return !this.short && this.takeAhead(bytes)
  }

  /** As `take`, but ahead of those who wait. */
  takeAhead(bytes: number): boolean {
    if (this.#held + bytes > this.max) return false
    this.#held += bytes
    return true
  }

  /**
   * Takes so many bytes when it is their turn, `milliseconds` from now at the latest.
   * @returns leaves the line; nothing is told then
   */
  wait(bytes: number, milliseconds: number, told: Told): () => void {
    const late = setTimeout(() => {
      leave()
      told(false)
    }, milliseconds)
    const waiting = { bytes, told, late }
    const leave = () => {
      clearTimeout(late)
      // Who waits behind may want less.
      if (this.#line.delete(waiting)) this.#serve()
    }
    this.#line.add(waiting)
    return leave
  }

  give(bytes: number): void {
    this.#held -= bytes
    this.#serve()
  }

  #serve(): void {
    for (const waiting of this.#line) {
      if (!this.takeAhead(waiting.bytes)) return
      this.#line.delete(waiting)
      clearTimeout(waiting.late)
      waiting.told(true)
    }
  }
}
