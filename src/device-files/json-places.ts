import { UnreadableFile } from './unreadable.ts'

const quote = 0x22
const backslash = 0x5c
const newline = 0x0a
const carriageReturn = 0x0d
const comma = 0x2c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

/** A larger object means a missing brace. */
const objectBytesMax = 16 * 1024 * 1024

export const isSpace = (byte: number) =>
  byte === 0x20 || byte === newline || byte === carriageReturn || byte === 0x09

/** Finds objects in JSON: in an array, or one after the other. */
export class ObjectPlaces {
  count = 0
  readonly start: Int32Array
  readonly end: Int32Array
  readonly line: Float64Array
  /** Offset at which the next object may begin. */
  next = 0
  /** Line number of that offset. */
  nextLine: number
  /** Whether the enclosing array has ended. */
  isClosed = false
  readonly #inArray: boolean
  /** Offset at which to resume in an incomplete object. */
  #at = 0
  #depth = 0
  #isString = false
  #line: number

  constructor(size: number, firstLine: number, inArray: boolean) {
    this.start = new Int32Array(size)
    this.end = new Int32Array(size)
    this.line = new Float64Array(size)
    this.nextLine = firstLine
    this.#line = firstLine
    this.#inArray = inArray
  }

  /**
   * Finds objects until the arrays are full.
   * @param ended whether these are the last bytes
   * @returns false if more bytes are needed
   * @throws UnreadableFile
   */
  find(bytes: Uint8Array, ended: boolean): boolean {
    while (this.count < this.start.length && !this.isClosed) {
      if (this.#depth === 0 && !this.#begin(bytes)) return ended || this.isClosed
      if (!this.#toEnd(bytes)) {
        if (ended || bytes.length - this.next > objectBytesMax)
          throw new UnreadableFile({ code: 'NotJson', line: this.nextLine })
        return false
      }
    }
    return true
  }

  /** Moves to the next object. @returns false if these bytes have none */
  #begin(bytes: Uint8Array): boolean {
    let at = this.next
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === newline || (byte === carriageReturn && bytes[at + 1] !== newline)) this.#line++
      else if (!isSpace(byte) && byte !== comma) break
    }
    this.next = at
    this.nextLine = this.#line
    if (at === bytes.length) return false
    const byte = bytes[at]!
    if (byte === closeBracket && this.#inArray) {
      this.next = at + 1
      this.isClosed = true
      return false
    }
    if (byte !== openBrace)
      throw new UnreadableFile({ code: mayBeginValue(byte) ? 'NotAnObject' : 'NotJson', line: this.#line })
    this.#depth = 1
    this.#at = at + 1
    return true
  }

  /** Moves to the end of the object. @returns false if it is not in these bytes */
  #toEnd(bytes: Uint8Array): boolean {
    let at = this.#at
    let depth = this.#depth
    let isString = this.#isString
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (isString) {
        if (byte === backslash) {
          // The escaped character may be in the next bytes.
          if (at + 1 === bytes.length) break
          at++
        } else if (byte === quote) isString = false
        else if (byte === newline) throw new UnreadableFile({ code: 'NotJson', line: this.#line })
      } else if (byte === quote) isString = true
      else if (byte === newline) this.#line++
      else if (byte === openBrace || byte === openBracket) depth++
      else if ((byte === closeBrace || byte === closeBracket) && --depth === 0) break
    }
    this.#at = at
    this.#depth = depth
    this.#isString = isString
    if (depth > 0) return false
    this.start[this.count] = this.next
    this.end[this.count] = at + 1
    this.line[this.count++] = this.nextLine
    this.next = at + 1
    this.nextLine = this.#line
    return true
  }
}

const mayBeginValue = (byte: number) => '"-0123456789tfn['.includes(String.fromCharCode(byte))

/** An array of objects in a JSON document. */
export interface FoundArray {
  /** Dotted path of names and indexes; '' for the document itself. */
  readonly path: string
  /** Offset at which the first element may begin. */
  readonly start: number
  readonly line: number
}

/**
 * Lists the arrays of objects in a document, except those nested in objects of another such array.
 * @param wanted if given, the only path to look for
 * @returns the arrays in these bytes; `isWhole` if the document ends in them
 */
export function arraysOfObjects(
  bytes: Uint8Array,
  wanted?: string,
): { readonly found: readonly FoundArray[]; readonly isWhole: boolean } {
  const found: FoundArray[] = []
  /** The current name or index of each open object and array; numbers for arrays. */
  const path: (string | number)[] = []
  let line = 1
  let key = ''
  /** The depth of the array being skipped. */
  let skipped = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte === newline) line++
    else if (byte === quote) {
      const from = at + 1
      for (at++; at < bytes.length && bytes[at] !== quote; at++) if (bytes[at] === backslash) at++
      if (skipped === 0) key = textOf(bytes.subarray(from, at))
    } else if (byte === 0x3a && skipped === 0) path[path.length - 1] = key
    else if (byte === comma && skipped === 0) {
      const last = path.at(-1)
      if (typeof last === 'number') path[path.length - 1] = last + 1
    } else if (byte === openBrace || byte === openBracket) {
      if (skipped > 0) skipped++
      else if (byte === openBracket && nextOf(bytes, at + 1) === openBrace) {
        const here = path.join('.')
        if (wanted === undefined || wanted === here) found.push({ path: here, start: at + 1, line })
        if (wanted === here) return { found, isWhole: false }
        // The wanted path may be below.
        if (wanted?.startsWith(here === '' ? '' : `${here}.`)) path.push(0)
        else skipped = 1
      } else path.push(byte === openBracket ? 0 : '')
    } else if (byte === closeBrace || byte === closeBracket) {
      if (skipped > 0) skipped--
      else {
        path.pop()
        if (path.length === 0) return { found, isWhole: true }
      }
    }
  }
  return { found, isWhole: path.length === 0 && skipped === 0 }
}

const textOf = (bytes: Uint8Array): string => {
  const text = new TextDecoder().decode(bytes)
  if (!text.includes('\\')) return text
  try {
    return JSON.parse(`"${text}"`)
  } catch {
    return text
  }
}

function nextOf(bytes: Uint8Array, from: number): number | undefined {
  let at = from
  while (at < bytes.length && isSpace(bytes[at]!)) at++
  return bytes[at]
}
