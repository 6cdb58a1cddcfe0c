import { utf8 } from '../lib/bytes.ts'
import { firstFreeBit, kindOf } from '../rules/kinds.ts'

const quote = 0x22
const newline = 0x0a
const carriageReturn = 0x0d

/** A longer row means missing line ends or an unclosed quote. */
export const rowBytesMax = 16 * 1024 * 1024

/** Finds the next occurrence of a byte without searching the same bytes twice. */
class NextByte {
  readonly #byte: number
  #at = -1
  #searchedTo = 0

  constructor(byte: number) {
    this.#byte = byte
  }

  /** Returns the first occurrence at or after an offset; the length of the bytes if there is none. */
  from(bytes: Uint8Array, from: number): number {
    if (this.#at >= from) return this.#at
    if (this.#searchedTo >= bytes.length) return bytes.length
    const at = bytes.indexOf(this.#byte, Math.max(from, this.#searchedTo))
    if (at < 0) {
      this.#searchedTo = bytes.length
      return bytes.length
    }
    this.#searchedTo = at + 1
    this.#at = at
    return at
  }
}

/** An unclosed quote or an endless line, with the line on which it begins. */
export class EndlessRow extends Error {
  readonly line: number
  readonly isQuoted: boolean

  constructor(line: number, isQuoted: boolean) {
    super(`the row of line ${line} does not end`)
    this.line = line
    this.isQuoted = isQuoted
  }
}

/** Finds rows in bytes. Lines end with LF, CRLF or CR alone, except within quotes. */
export class RowPlaces {
  count = 0
  readonly start: Int32Array
  readonly end: Int32Array
  readonly line: Float64Array
  /** The number of lines of each row that spans several. */
  readonly lines = new Map<number, number>()
  /** Offset at which the next row begins. */
  next = 0
  /** Whether any row contains a quote; then cells may contain delimiters and line ends. */
  quoted = false
  /** The line number of the next row. */
  nextLine: number
  readonly #quotes = new NextByte(quote)
  readonly #newlines = new NextByte(newline)
  readonly #returns = new NextByte(carriageReturn)

  /** Non-zero for bytes that are delimiters. */
  readonly #parts = new Uint8Array(256)

  /** @param delimiters possible delimiters; a quote after one opens a cell */
  constructor(size: number, firstLine: number, delimiters: string) {
    this.start = new Int32Array(size)
    this.end = new Int32Array(size)
    this.line = new Float64Array(size)
    this.nextLine = firstLine
    for (const byte of utf8(delimiters)) this.#parts[byte] = 1
  }

  /**
   * Finds rows until the arrays are full. Skips rows whose cells are all empty.
   * @param ended whether these are the last bytes
   * @returns false if more bytes are needed
   * @throws EndlessRow
   */
  find(bytes: Uint8Array, ended: boolean): boolean {
    while (this.count < this.start.length) {
      const from = this.next
      if (from >= bytes.length) return ended
      let end = this.#lineEnd(bytes, from, ended)
      const firstQuote = this.#quotes.from(bytes, from)
      let lines = 1
      if (firstQuote < (end < 0 ? bytes.length : end)) {
        this.quoted = true
        const firstEnd = end
        end = this.#endOfRow(bytes, from, firstQuote, ended)
        if (end !== firstEnd) lines = linesIn(bytes, from, end < 0 ? bytes.length : end)
      }
      if (end < 0) {
        if (!ended) {
          if (bytes.length - from > rowBytesMax) throw new EndlessRow(this.nextLine, false)
          return false
        }
        end = bytes.length
      }
      this.next = end + 1
      const line = this.nextLine
      this.nextLine += lines
      if (end > from && bytes[end] === newline && bytes[end - 1] === carriageReturn) end--
      if (this.#isEmpty(bytes, from, end)) continue
      this.start[this.count] = from
      this.end[this.count] = end
      if (lines > 1) this.lines.set(this.count, lines)
      this.line[this.count++] = line
    }
    return true
  }

  /**
   * Returns the offset of the LF or lone CR that ends a line without quotes; -1 if it is not in these bytes.
   */
  #lineEnd(bytes: Uint8Array, from: number, ended: boolean): number {
    const lf = this.#newlines.from(bytes, from)
    const cr = this.#returns.from(bytes, from)
    if (cr >= lf - 1) return lf < bytes.length ? lf : cr === bytes.length - 1 && ended ? cr : -1
    return cr
  }

  /**
   * Finds the end of a row with quotes. Only a quote at the start of a cell opens one; elsewhere it is text, as
   * in `5" pipe`, otherwise the following rows would become part of the cell.
   * @returns -1 if these bytes don't contain the end
   */
  #endOfRow(bytes: Uint8Array, from: number, firstQuote: number, ended: boolean): number {
    const parts = this.#parts
    let isBeginning = firstQuote === from || parts[bytes[firstQuote - 1]!] !== 0
    for (let at = firstQuote; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === newline) return at
      if (byte === carriageReturn) {
        if (at + 1 === bytes.length) return ended ? at : -1
        return bytes[at + 1] === newline ? at + 1 : at
      }
      if (byte === quote && isBeginning) {
        at = closing(bytes, at + 1)
        if (at < 0) {
          if (ended || bytes.length - from > rowBytesMax) throw new EndlessRow(this.nextLine, true)
          return -1
        }
        isBeginning = false
      } else isBeginning = parts[byte] !== 0
    }
    return -1
  }

  /** Reports whether [from, end) has only delimiters and empty quoted cells. */
  #isEmpty(bytes: Uint8Array, from: number, end: number): boolean {
    for (let at = from; ; at++) {
      if (at + 1 < end && bytes[at] === quote && bytes[at + 1] === quote) at += 2
      if (at >= end) return true
      if (this.#parts[bytes[at]!] === 0) return false
    }
  }
}

/** Returns the closing quote of a cell, skipping doubled quotes; -1 if it is not in these bytes. */
function closing(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] !== quote) continue
    if (bytes[at + 1] !== quote) return at
    at++
  }
  return -1
}

/** Counts the lines in [from, end); a line ends with LF, CRLF or CR alone. */
export function linesIn(bytes: Uint8Array, from: number, end: number): number {
  let lines = 1
  for (let at = from; at < end; at++) {
    const byte = bytes[at]
    if (byte === newline || (byte === carriageReturn && bytes[at + 1] !== newline)) lines++
  }
  return lines
}

/** The bit that `cut` sets for values with a byte that is not a digit. */
export const notDigits = firstFreeBit
export const kindsOfByte = kindOf.map((bits, byte) =>
  byte >= 0x30 && byte <= 0x39 ? bits : bits | notDigits,
)

/** A column that is being filled. */
export interface Filling {
  readonly bytes: Uint8Array
  readonly start: Int32Array
  readonly length: Int32Array
  readonly kinds: Uint8Array
}

/** Receives each row whose number of cells differs from `width`, with that number. */
export type Ragged = (entry: number, cells: number) => void

/**
 * Slices rows into cells and records those of the wanted columns by offset; a quoted cell is the bytes between
 * its quotes. An empty cell counts as missing, as spreadsheets don't distinguish the two. Takes 1.2 ms for
 * 10,000 rows of three cells.
 * @param columns by cell position; undefined for cells that are not wanted
 * @param width number of cells per row
 * @returns false if a quoted cell contains quotes or text follows it; then csv-parse must read the rows
 */
export function cut(
  bytes: Uint8Array,
  { count, start, end, quoted }: RowPlaces,
  delimiter: number,
  columns: readonly (Filling | undefined)[],
  { cells, filled: filledMax }: Width,
  ragged: Ragged,
): boolean {
  for (let entry = 0; entry < count; entry++) {
    const stop = end[entry]!
    let from = start[entry]!
    let cell = 0
    let filled = 0
    for (; from <= stop; cell++) {
      const isQuoted = quoted && from < stop && bytes[from] === quote
      const ending = isQuoted ? quote : delimiter
      if (isQuoted) from++
      const column = cell < columns.length ? columns[cell] : undefined
      let at = from
      if (column === undefined) while (at < stop && bytes[at] !== ending) at++
      else {
        let kinds = 0
        for (; at < stop; at++) {
          const byte = bytes[at]!
          if (byte === ending) break
          kinds |= kindsOfByte[byte]!
        }
        if (at > from) {
          column.start[entry] = from
          column.length[entry] = at - from
          column.kinds[entry] = kinds
        }
      }
      if (isQuoted) {
        if (at === stop || (at + 1 < stop && bytes[at + 1] !== delimiter)) return false
      }
      if (at > from) filled = cell + 1
      from = at + (isQuoted ? 2 : 1)
    }
    if (cell !== cells || filled > filledMax) ragged(entry, cell)
  }
  return true
}

/** The number of cells per row. */
export interface Width {
  readonly cells: number
  /** Cells up to this number may be filled; further ones come from trailing delimiters on every line. */
  readonly filled: number
}

/** Reports whether text follows a cell's closing quote. */
export function hasStrayQuote(bytes: Uint8Array, from: number, end: number, delimiter: number): boolean {
  for (let at = from; at < end; at++) {
    if (bytes[at] === quote) {
      at = closing(bytes, at + 1)
      if (at < 0 || at >= end) return true
      if (at + 1 < end && bytes[at + 1] !== delimiter) return true
      at++
    } else while (at < end && bytes[at] !== delimiter) at++
  }
  return false
}
