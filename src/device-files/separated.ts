import { concat } from '../lib/bytes.ts'
import { whitespace } from './formats.ts'

const quote = 0x22
const space = 0x20
const tab = 0x09
const newline = 0x0a
const carriageReturn = 0x0d

/** ASCII's unit separator, which replaces delimiters that are not one byte. */
export const unit = '\x1f'

/** Reports whether the delimiter has more than one byte, so that the text must pass through `withUnits`. */
export const isLong = (delimiter: string) =>
  delimiter === whitespace || new TextEncoder().encode(delimiter).length > 1

/**
 * Replaces multi-byte delimiters, or runs of spaces and tabs, with unit separators. Leading and trailing spaces
 * of a line separate nothing; quoted text is unchanged.
 * @param delimiter one character, or `whitespace`
 * @param input UTF-8
 */
export async function* withUnits(
  input: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<Uint8Array> {
  const change =
    delimiter === whitespace ? new OfSpaces() : new OfCharacter(new TextEncoder().encode(delimiter))
  for await (const chunk of input) {
    const changed = change.next(chunk)
    if (changed.length > 0) yield changed
  }
  const rest = change.end()
  if (rest.length > 0) yield rest
}

/** Tracks whether the next byte is within quotes. A quote opens only at the start of a cell. */
class Quotes {
  isOpen = false
  #isBeginning = true

  take(byte: number): void {
    if (byte === quote) {
      if (this.isOpen) this.isOpen = false
      // A doubled quote closes and reopens the cell.
      else if (this.#isBeginning) this.isOpen = true
      this.#isBeginning = this.isOpen === false
      return
    }
    this.#isBeginning = !this.isOpen && (byte === newline || byte === carriageReturn)
  }

  begin(): void {
    this.#isBeginning = true
  }
}

class OfSpaces {
  readonly #quotes = new Quotes()
  #hasSpace = false
  #isLineStart = true

  next(bytes: Uint8Array): Uint8Array {
    const changed = new Uint8Array(2 * bytes.length + 1)
    let end = 0
    for (const byte of bytes) {
      if (!this.#quotes.isOpen && (byte === space || byte === tab)) {
        this.#hasSpace = true
        continue
      }
      const isLineEnd = !this.#quotes.isOpen && (byte === newline || byte === carriageReturn)
      if (this.#hasSpace && !this.#isLineStart && !isLineEnd) {
        changed[end++] = unit.charCodeAt(0)
        this.#quotes.begin()
      }
      this.#hasSpace = false
      this.#isLineStart = isLineEnd
      this.#quotes.take(byte)
      changed[end++] = byte
    }
    return changed.subarray(0, end)
  }

  end(): Uint8Array {
    return new Uint8Array(0)
  }
}

class OfCharacter {
  readonly #quotes = new Quotes()
  readonly #delimiter: Uint8Array
  /** Bytes that may be the start of a delimiter. */
  #rest: Uint8Array = new Uint8Array(0)

  constructor(delimiter: Uint8Array) {
    this.#delimiter = delimiter
  }

  next(chunk: Uint8Array, isLast = false): Uint8Array {
    const bytes = this.#rest.length === 0 ? chunk : concat(this.#rest, chunk)
    const size = this.#delimiter.length
    const changed = new Uint8Array(bytes.length)
    let end = 0
    let at = 0
    for (; at < bytes.length; at++) {
      if (!isLast && at + size > bytes.length) break
      if (!this.#quotes.isOpen && this.#delimiter.every((byte, i) => bytes[at + i] === byte)) {
        changed[end++] = unit.charCodeAt(0)
        this.#quotes.begin()
        at += size - 1
        continue
      }
      this.#quotes.take(bytes[at]!)
      changed[end++] = bytes[at]!
    }
    this.#rest = bytes.slice(at)
    return changed.subarray(0, end)
  }

  end(): Uint8Array {
    const rest = this.#rest
    this.#rest = new Uint8Array(0)
    return this.next(rest, true)
  }
}
