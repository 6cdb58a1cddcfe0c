import { viewOf } from './byte-words.ts'
import type { Literal } from './literal.ts'

/** Bytes that are written one after the other, into a buffer that grows as it must. */
export class ByteWriter {
  bytes: Buffer
  /** The same bytes, for words. */
  view: DataView
  /** The end of the written bytes. */
  end = 0

  /** @param size bytes that there is room for at first */
  constructor(size: number) {
    this.bytes = Buffer.allocUnsafeSlow(size)
    this.view = viewOf(this.bytes)
  }

  /** Reserves the given number of bytes; it may replace `bytes` and `view`. */
  reserve(more: number): void {
    const needed = this.end + more
    if (needed <= this.bytes.length) return
    const before = this.bytes
    this.bytes = Buffer.allocUnsafeSlow(Math.max(2 * before.length, needed))
    this.view = viewOf(this.bytes)
    before.copy(this.bytes, 0, 0, this.end)
  }

  text(text: string): void {
    // Three bytes of UTF-8 are the most that a unit of a string becomes.
    this.reserve(3 * text.length)
    this.end += this.bytes.write(text, this.end, 'utf8')
  }

  copy(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.end)
    this.end += bytes.length
  }

  literal(literal: Literal): void {
    this.reserve(literal.length)
    this.end = literal.write(this.view, this.end)
  }

  written(): Buffer {
    return this.bytes.subarray(0, this.end)
  }
}
