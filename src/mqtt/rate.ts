/** Limits of what one device may send; undefined: none. */
export interface RateLimits {
  readonly connectsPerMinute: number | undefined
  readonly messagesPerSecond: number | undefined
  readonly bytesPerSecond: number | undefined
}

/** Counts one device's messages and bytes in windows of a second. */
export class SecondWindow {
  #second = -1
  #messages = 0
  #bytes = 0

  /** @param now milliseconds @returns whether a message of so many bytes may pass */
  take(limits: RateLimits, now: number, bytes: number): boolean {
    const second = Math.floor(now / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#messages = 0
      this.#bytes = 0
    }
    if (this.#messages >= (limits.messagesPerSecond ?? Number.POSITIVE_INFINITY)) return false
    // The first message of a second passes whatever its size, or a large one never would.
    const isOver = this.#bytes + bytes > (limits.bytesPerSecond ?? Number.POSITIVE_INFINITY)
    if (isOver && this.#bytes > 0) return false
    this.#messages++
    this.#bytes += bytes
    return true
  }
}

/** Counts the CONNECTs of devices in windows of a minute. Only devices that have signed in are kept. */
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
