import { viewOf } from './byte-words.ts'
import type { Literal } from './literal.ts'

/** Appends bytes to a buffer that grows as needed. */
export class ByteWriter {
  bytes: Buffer
  /** A view of the same bytes. */
  view: DataView
  /** The end of the written bytes. */
  end = 0

  /** @param size initial capacity in bytes */
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
    // A UTF-16 unit takes at most three bytes of UTF-8.
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
