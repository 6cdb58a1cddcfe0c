/** Buffers larger than this are not kept: one huge request must not be paid for ever after. */
const keptBytesMax = 8 * 1024 * 1024
/** So many are kept, for as many calls under way at once. */
const keptMax = 8

/**
 * Buffers that requests are received into, used again for the next: zeroing or collecting 4 MB a call costs
 * more than judging its list.
 */
export class Buffers {
  /** Smallest first. */
  readonly #kept: Buffer[] = []

  /** A buffer of at least so many bytes, with whatever was in it: the smallest kept one that will do. */
  take(bytesMin: number): Buffer {
    const found = this.#kept.findIndex((buffer) => buffer.length >= bytesMin)
    if (found >= 0) return this.#kept.splice(found, 1)[0]!
    // A power of two, so that calls of about one size share their buffers.
    return Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(Math.max(bytesMin, 16 * 1024))))
  }

  /** Takes a buffer back; of too many the smallest goes, which is the cheapest to make again. */
  give(buffer: Buffer): void {
    if (buffer.length > keptBytesMax) return
    this.#kept.push(buffer)
    this.#kept.sort((a, b) => a.length - b.length)
    if (this.#kept.length > keptMax) this.#kept.shift()
  }
}
