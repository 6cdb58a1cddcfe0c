import { firstBytes, viewOf } from '../../lib/byte-words.ts'
import { firstFreeBit, kindOf } from '../../lib/kinds.ts'
import { decodeHex } from './table.ts'

/** What ends the quick look at a value: its end, an escape, and a plus, which is a space. */
const ampersand = firstFreeBit
const percent = firstFreeBit << 1
const plus = firstFreeBit << 2
const stops = ampersand | percent | plus

const kindOrStop = Uint8Array.from(kindOf)
kindOrStop[0x26] = ampersand
kindOrStop[0x25] = percent
kindOrStop[0x2b] = plus
/** The same of two bytes at once: values are half of a call's bytes, and this halves the looks at them. */
const kindOrStopOfTwo = Uint8Array.from(
  { length: 65_536 },
  (_, two) => kindOrStop[two & 255]! | kindOrStop[two >> 8]!,
)

const wordsOf = ({ buffer, byteOffset, length }: Buffer) => new Int32Array(buffer, byteOffset, length >> 2)

/** Reads values of parameters where they stand, and decodes those that have escapes behind everything else. */
export class ValueReader {
  bytes: Buffer
  view: DataView
  words: Int32Array
  /** Where the bytes end, and what is decoded next goes. */
  free: number
  /** Where the room behind them ends. */
  #roomEnd: number
  /** Where the value that was read last lies, decoded, and its kinds. */
  start = 0
  length = 0
  kinds = 0

  /** @param end of the request's bytes; behind it is room, which is enlarged where it does not suffice */
  constructor(bytes: Buffer, end: number) {
    // Words are read where they are aligned.
    this.bytes = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(bytes)
    this.view = viewOf(this.bytes)
    this.words = wordsOf(this.bytes)
    this.free = end
    this.#roomEnd = this.bytes.length
  }

  /** So much of the room, aligned to words, with whatever was in it; where it does not suffice, other memory. */
  roomFor(size: number): { readonly buffer: ArrayBufferLike; readonly at: number } {
    const at = (this.#roomEnd - size) & ~3
    if (at < this.free) return { buffer: new ArrayBuffer(size), at: 0 }
    this.#roomEnd = at
    return { buffer: this.bytes.buffer, at: this.bytes.byteOffset + at }
  }

  /** Reads the value at `at`; gives the place behind its '&'. */
  read(at: number, to: number): number {
    const { words } = this
    const wordsEnd = to >> 2
    let i = at >> 2
    if (i >= wordsEnd) return this.#decode(at, to)
    let kinds = 0
    // What stands before the value, or behind its end, becomes an 'a'.
    const before = firstBytes[at & 3]!
    let word = (words[i]! & ~before) | (0x61616161 & before)
    for (;;) {
      const found = kindOrStopOfTwo[word & 0xffff]! | kindOrStopOfTwo[word >>> 16]!
      if ((found & stops) !== 0) break
      kinds |= found
      i++
      if (i >= wordsEnd) return this.#decode(at, to)
      word = words[i]!
    }
    // The lowest bit set is the top one of the first byte that is an '&'.
    const differs = word ^ 0x26262626
    const ends = (differs - 0x01010101) & ~differs & 0x80808080
    const length = (31 - Math.clz32(ends & -ends)) >> 3
    const value = firstBytes[length & 3]!
    word = (word & value) | (0x61616161 & ~value)
    const found = kindOrStopOfTwo[word & 0xffff]! | kindOrStopOfTwo[word >>> 16]!
    if (ends === 0 || (found & stops) !== 0) return this.#decode(at, to)
    const end = 4 * i + length
    this.start = at
    this.length = end - at
    this.kinds = kinds | found
    return end + 1
  }

  /** The same for the last value of a range and for those with escapes: decoded behind everything else. */
  #decode(at: number, to: number): number {
    const { bytes, view, free } = this
    // Decoding makes no more bytes of them.
    const end = Math.min(to, at + this.#roomEnd - free)
    let kinds = 0
    let decoded = free
    let i = at
    for (;;) {
      // Up to the next stop word by word, as long as there are whole ones.
      for (; i + 3 < end; i += 4, decoded += 4) {
        const word = view.getInt32(i, true)
        const found = kindOrStopOfTwo[word & 0xffff]! | kindOrStopOfTwo[word >>> 16]!
        if ((found & stops) !== 0) break
        view.setInt32(decoded, word, true)
        kinds |= found
      }
      let found = 0
      for (; i < end; i++) {
        found = kindOrStop[bytes[i]!]!
        if ((found & stops) !== 0) break
        kinds |= found
        bytes[decoded++] = bytes[i]!
      }
      if (i >= end && end < to) {
        this.#enlarge()
        return this.#decode(at, to)
      }
      if (i >= to || found === ampersand) break
      let c = found === plus ? 0x20 : 0x25
      if (found === percent && i + 2 < to) {
        const high = decodeHex[bytes[i + 1]!]!
        const low = decodeHex[bytes[i + 2]!]!
        // What is no escape stands for itself, as in browsers.
        if (high !== 255 && low !== 255) {
          c = high * 16 + low
          i += 2
        }
      }
      kinds |= kindOf[c]!
      bytes[decoded++] = c
      i++
    }
    this.start = free
    this.length = decoded - free
    this.kinds = kinds
    this.free = decoded
    return i + 1
  }

  /** Goes over to a larger buffer, which has room for as much again. */
  #enlarge(): void {
    const bigger = Buffer.allocUnsafeSlow(2 * this.free + 16)
    this.bytes.copy(bigger, 0, 0, this.free)
    this.bytes = bigger
    this.view = viewOf(bigger)
    this.words = wordsOf(bigger)
    this.#roomEnd = bigger.length
  }
}
