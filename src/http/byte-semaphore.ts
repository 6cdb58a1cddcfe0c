/** Told whether what was waited for has been taken. */
type Told = (taken: boolean) => void

interface Waiting {
  readonly bytes: number
  readonly small: boolean
  readonly told: Told
  readonly late: NodeJS.Timeout
}

/** This part of the bytes is for small requests alone, so that none of them waits behind large ones. */
const reserve = 1 / 16

/**
 * How many bytes there may be of something. Who finds too few left waits in line, the first come first, and for a
 * bounded time: those who hold some and wait for more can't wait for each other for ever.
 */
export class ByteSemaphore {
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

  /**
   * Takes so many bytes, or none: where too few are left, or others have been waiting.
   * @param small whether it is for a small request: it does not wait behind others, and may use the reserve
   */
  take(bytes: number, small: boolean): boolean {
    return (small || !this.short) && this.#takeWithin(bytes, small)
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
  wait(bytes: number, small: boolean, milliseconds: number, told: Told): () => void {
    const late = setTimeout(() => {
      leave()
      told(false)
    }, milliseconds)
    const waiting = { bytes, small, told, late }
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

  #takeWithin(bytes: number, small: boolean): boolean {
    return (small || this.#held + bytes <= this.max * (1 - reserve)) && this.takeAhead(bytes)
  }

  #serve(): void {
    let isFull = false
    for (const waiting of this.#line) {
      const { bytes, small, told, late } = waiting
      if (isFull && !small) continue
      if (!this.#takeWithin(bytes, small)) {
        isFull = true
        continue
      }
      this.#line.delete(waiting)
      clearTimeout(late)
      told(true)
    }
  }
}
