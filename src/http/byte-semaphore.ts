/** Called with whether the bytes were taken. */
type Told = (taken: boolean) => void

interface Waiting {
  readonly bytes: number
  readonly small: boolean
  readonly told: Told
  readonly late: NodeJS.Timeout
}

/** This part is reserved for small requests, so that none waits behind large ones. */
const reserve = 1 / 16

/**
 * Limits the bytes in use. A caller that finds too few left waits in line, first come first served, for a
 * bounded time, so that callers that hold bytes and wait for more can't deadlock.
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

  /** Whether a caller is waiting. */
  get short(): boolean {
    return this.#line.size > 0
  }

  /**
   * Takes `bytes` bytes or none. Fails if too few are left or other callers are waiting.
   * @param small true for a small request, which does not wait behind others and may use the reserve
   */
  take(bytes: number, small: boolean): boolean {
    return (small || !this.short) && this.#takeWithin(bytes, small)
  }

  /** Like `take`, but ahead of waiting callers. */
  takeAhead(bytes: number): boolean {
    if (this.#held + bytes > this.max) return false
    this.#held += bytes
    return true
  }

  /**
   * Takes `bytes` bytes in turn, within `milliseconds` from now.
   * @returns leaves the line; `told` is not called then
   */
  wait(bytes: number, small: boolean, milliseconds: number, told: Told): () => void {
    const late = setTimeout(() => {
      leave()
      told(false)
    }, milliseconds)
    const waiting = { bytes, small, told, late }
    const leave = () => {
      clearTimeout(late)
      // The next one in line may want less.
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
