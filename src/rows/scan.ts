import { utf8 } from '../lib/bytes.ts'
import { firstFreeBit, kindOf } from '../lib/kinds.ts'

const quote = 0x22
const newline = 0x0a
const carriageReturn = 0x0d

/** Text whose quotes never close would be read to its end. */
const rowBytesMax = 16 * 1024 * 1024

/** Where rows lie in bytes. */
export class RowPlaces {
  count = 0
  readonly start: Int32Array
  readonly end: Int32Array
  readonly line: Float64Array
  /** Where the next row begins. */
  next = 0
  /** Whether a quote stands in any of them: then a cell may hold delimiters and line ends. */
  quoted = false
  /** The line that the next row begins in. */
  nextLine: number
  #quoteAt = -1
  #searchedTo = 0

  /** Not 0 for a byte that parts cells. */
  readonly #parts = new Uint8Array(256)

  /** @param delimiters what may part cells, so that a quote behind it opens one */
  constructor(size: number, firstLine: number, delimiters: string) {
    this.start = new Int32Array(size)
    this.end = new Int32Array(size)
    this.line = new Float64Array(size)
    this.nextLine = firstLine
    for (const byte of utf8(delimiters)) this.#parts[byte] = 1
  }

  /**
   * Goes on finding rows until there are as many as there is room for. Rows whose every cell is empty are none.
   * @param ended whether nothing follows these bytes
   * @returns false where more bytes are needed
   * @throws RangeError with the line where a quote is not closed
   */
  find(bytes: Uint8Array, ended: boolean): boolean {
    while (this.count < this.start.length) {
      const from = this.next
      if (from >= bytes.length) return ended
      let end = bytes.indexOf(newline, from)
      const firstQuote = this.#quoteFrom(bytes, from)
      let lines = 1
      if (firstQuote < (end < 0 ? bytes.length : end)) {
        this.quoted = true
        const firstEnd = end
        end = this.#endOfRow(bytes, from, firstQuote, ended)
        if (end !== firstEnd) lines = linesIn(bytes, from, end < 0 ? bytes.length : end)
      }
      if (end < 0) {
        if (!ended) return false
        end = bytes.length
      }
      this.next = end + 1
      const line = this.nextLine
      this.nextLine += lines
      if (end > from && bytes[end - 1] === carriageReturn) end--
      if (this.#isEmpty(bytes, from, end)) continue
      this.start[this.count] = from
      this.end[this.count] = end
      this.line[this.count++] = line
    }
    return true
  }

  /**
   * Where a row with quotes in it ends. Only a quote at the beginning of a cell opens one; elsewhere it is text, as
   * in `5" pipe`, or rows would be taken for the inside of a cell.
   * @returns -1 where there is no end in these bytes
   */
  #endOfRow(bytes: Uint8Array, from: number, firstQuote: number, ended: boolean): number {
    const parts = this.#parts
    let isBeginning = firstQuote === from || parts[bytes[firstQuote - 1]!] !== 0
    for (let at = firstQuote; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === newline) return at
      if (byte === quote && isBeginning) {
        at = closing(bytes, at + 1)
        if (at < 0) {
          if (ended || bytes.length - from > rowBytesMax) throw new RangeError(String(this.nextLine))
          return -1
        }
        isBeginning = false
      } else isBeginning = parts[byte] !== 0
    }
    return -1
  }

  /** Whether there is nothing in [from, end) but delimiters and pairs of quotes between them. */
  #isEmpty(bytes: Uint8Array, from: number, end: number): boolean {
    for (let at = from; ; at++) {
      if (at + 1 < end && bytes[at] === quote && bytes[at + 1] === quote) at += 2
      if (at >= end) return true
      if (this.#parts[bytes[at]!] === 0) return false
    }
  }

  /** Where the next quote stands; bytes that have been searched are not searched again. */
  #quoteFrom(bytes: Uint8Array, from: number): number {
    if (this.#quoteAt < from) {
      const at = bytes.indexOf(quote, Math.max(from, this.#searchedTo))
      if (at < 0) {
        this.#searchedTo = bytes.length
        return bytes.length
      }
      this.#quoteAt = at
      this.#searchedTo = at + 1
    }
    return this.#quoteAt
  }
}

/** Where a quoted cell is closed: at a quote that is not doubled; -1 where that is not in these bytes. */
function closing(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] !== quote) continue
    if (bytes[at + 1] !== quote) return at
    at++
  }
  return -1
}

/** In how many lines [from, end) lies. */
function linesIn(bytes: Uint8Array, from: number, end: number): number {
  let lines = 1
  for (let at = bytes.indexOf(newline, from); at >= 0 && at < end; at = bytes.indexOf(newline, at + 1))
    lines++
  return lines
}

/** The bit of a value that has a byte which is no digit, in the kinds that `cut` notes. */
export const notDigits = firstFreeBit
const kindsOfByte = kindOf.map((bits, byte) => (byte >= 0x30 && byte <= 0x39 ? bits : bits | notDigits))

/** A column that is being filled. */
export interface Filling {
  readonly bytes: Uint8Array
  readonly start: Int32Array
  readonly length: Int32Array
  readonly kinds: Uint8Array
}

/**
 * Cuts rows into cells and notes those of the columns wanted, where they lie: a quoted cell is the bytes between its
 * quotes. An empty cell is none: a spreadsheet can't tell the two apart. Measured: 1.2 ms for 10,000 rows of three.
 * @param columns by the place of their cell; undefined for cells that nobody asks for
 * @returns false where a quoted cell has quotes in it, or text behind it: that is left to the library
 */
export function cut(
  bytes: Uint8Array,
  { count, start, end, quoted }: RowPlaces,
  delimiter: number,
  columns: readonly (Filling | undefined)[],
): boolean {
  for (let entry = 0; entry < count; entry++) {
    const stop = end[entry]!
    let from = start[entry]!
    for (let cell = 0; cell < columns.length && from <= stop; cell++) {
      const isQuoted = quoted && from < stop && bytes[from] === quote
      const ending = isQuoted ? quote : delimiter
      if (isQuoted) from++
      let at = from
      let kinds = 0
      for (; at < stop; at++) {
        const byte = bytes[at]!
        if (byte === ending) break
        kinds |= kindsOfByte[byte]!
      }
      if (isQuoted) {
        if (at === stop || (at + 1 < stop && bytes[at + 1] !== delimiter)) return false
      }
      const column = columns[cell]
      if (column !== undefined && at > from) {
        column.start[entry] = from
        column.length[entry] = at - from
        column.kinds[entry] = kinds
      }
      from = at + (isQuoted ? 2 : 1)
    }
  }
  return true
}
