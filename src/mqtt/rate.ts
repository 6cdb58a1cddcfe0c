/** Rate limits of one device; undefined: no limit. */
export interface RateLimits {
  readonly connectsPerMinute: number | undefined
  readonly messagesPerSecond: number | undefined
  readonly bytesPerSecond: number | undefined
}

/** Counts one device's messages and bytes per second. */
export class SecondWindow {
  #second = -1
  #messages = 0
  #bytes = 0

  /** @param now milliseconds @returns whether a message of `bytes` bytes may pass */
  take(limits: RateLimits, now: number, bytes: number): boolean {
    const second = Math.floor(now / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#messages = 0
      this.#bytes = 0
    }
    if (this.#messages >= (limits.messagesPerSecond ?? Number.POSITIVE_INFINITY)) return false
    // The first message of a second always passes, otherwise a large one never would.
    const isOver = this.#bytes + bytes > (limits.bytesPerSecond ?? Number.POSITIVE_INFINITY)
    if (isOver && this.#bytes > 0) return false
    this.#messages++
    this.#bytes += bytes
    return true
  }
}

/** Counts the CONNECTs of devices per minute, only for devices that have signed in. */
export class ConnectWindow {
  #minute = -1
  readonly #connects = new Map<string, number>()

  take({ connectsPerMinute }: RateLimits, now: number, device: string): boolean {
    if (connectsPerMinute === undefined) return true
    const minute = Math.floor(now / 60_000)
    if (minute !== this.#minute) {
      this.#minute = minute
      this.#connects.clear()
    }
    const connects = (this.#connects.get(device) ?? 0) + 1
    this.#connects.set(device, connects)
    return connects <= connectsPerMinute
  }
}
