/** So many bytes are kept at most, in so many buffers: enough for 30 calls of 1.4 MB under way at once. */
const keptBytesMax = 64 * 1024 * 1024
const keptMax = 64
/** A buffer that nobody wanted for so long (or up to twice that) is dropped: a burst is not paid for ever after. */
const unwantedMs = 10_000
const bytesLeast = 16 * 1024

/**
 * The length of the buffer that so many bytes are taken in: a power of two, or one of three steps to the next, so that
 * calls of about one size share their buffers and waste a fifth at most.
 */
export function sizeOf(bytesMin: number): number {
  if (bytesMin <= bytesLeast) return bytesLeast
  const step = 2 ** (Math.ceil(Math.log2(bytesMin)) - 3)
  return Math.ceil(bytesMin / step) * step
}

/**
 * Buffers that requests are received into, used again for the next: zeroing or collecting 4 MB a call costs
 * more than judging its list.
 */
export class Buffers {
  /** The longest kept first. */
  readonly #kept: Buffer[] = []
  #bytes = 0
  /** How many of the first have been there since the last sweep. */
  #unwanted = 0
  #sweep: NodeJS.Timeout | undefined

  /** Bytes of buffers that nobody uses. */
  get pooledBytes(): number {
    return this.#bytes
  }

  /** A buffer of `sizeOf(bytesMin)` bytes, with whatever was in it. */
  take(bytesMin: number): Buffer {
    const size = sizeOf(bytesMin)
    // The one that was used last: the others may then be seen to be too many.
    const found = this.#kept.findLastIndex((buffer) => buffer.length === size)
    if (found < 0) return Buffer.allocUnsafeSlow(size)
    if (found < this.#unwanted) this.#unwanted--
    this.#bytes -= size
    return this.#kept.splice(found, 1)[0]!
  }

  /** Takes a buffer back. Nobody may read it any more: it is handed out again, or its memory is gone. */
  give(buffer: Buffer): void {
    this.#kept.push(buffer)
    this.#bytes += buffer.length
    if (this.#kept.length > keptMax) this.#dropFirst()
    this.trim(keptBytesMax)
    this.#sweepLater()
  }

  /** Drops what is kept beyond so many bytes. */
  trim(bytesMax: number): void {
    while (this.#bytes > bytesMax) this.#dropFirst()
  }

  #sweepLater(): void {
    if (this.#kept.length === 0 || this.#sweep !== undefined) return
    this.#sweep = setTimeout(() => {
      for (let left = this.#unwanted; left > 0; left--) this.#dropFirst()
      this.#unwanted = this.#kept.length
      this.#sweep = undefined
      this.#sweepLater()
    }, unwantedMs).unref()
  }

  #dropFirst(): void {
    const buffer = this.#kept.shift()!
    this.#bytes -= buffer.length
    if (this.#unwanted > 0)
      this.#unwanted--
      // Frees the memory at once, where the collector may take its time.
    ;(buffer.buffer as ArrayBuffer).transfer(0)
  }
}
