import type { SaxesParser } from 'saxes'
import { concat, textIn } from '../lib/bytes.ts'
import { type Elements, parserOf, type XmlReader } from './xlsx-parts.ts'

/** A sequence of sibling elements in a part, such as the rows of a sheet. */
export interface Items {
  /** Handlers for elements that are not scanned. */
  readonly elements: Elements
  /** Matches the start of the items, in a prefix that is all ASCII. */
  readonly begin: RegExp
  /** The start and end tags of an item, and what follows the last one. */
  readonly item: string
  readonly itemEnd: string
  readonly end: string
  /** Text to put before the items when the XML parser reads the rest of them. */
  readonly around: string
  /**
   * Scans the item at an offset.
   * @param end end of the bytes that contain complete items
   * @returns the item's end; -1 if the item has an unusual form, and then it must not have been consumed
   */
  scan(bytes: Uint8Array, at: number, end: number): number
}

const nothing = new Uint8Array(0)
/** Larger items go to the XML parser. */
const itemMax = 4 * 1024 * 1024
/** Bytes searched for the start of the items. */
const beginMax = 1024 * 1024

/**
 * Reads the items of a part directly from bytes if they have the form that nearly all programs write. Other
 * items go to the XML parser, and so does a whole part whose elements have a prefix or that has comments among
 * its items.
 */
export class ItemReader implements XmlReader {
  readonly #items: Items
  readonly #itemBytes: Uint8Array
  readonly #itemEnd: Uint8Array
  readonly #end: Uint8Array
  readonly #decoder = new TextDecoder()
  #parser: SaxesParser | undefined
  #state: 'before' | 'items' | 'parsed' | 'after' = 'before'
  #rest: Uint8Array = nothing

  constructor(items: Items) {
    this.#items = items
    const encoder = new TextEncoder()
    this.#itemBytes = encoder.encode(items.item)
    this.#itemEnd = encoder.encode(items.itemEnd)
    this.#end = encoder.encode(items.end)
  }

  write(bytes: Uint8Array): void {
    const all = this.#rest.length === 0 ? bytes : concat(this.#rest, bytes)
    if (this.#state === 'parsed') this.#parse(bytes)
    else if (this.#state === 'items') this.#scan(all)
    else if (this.#state === 'before') this.#before(all)
  }

  /** @throws Error if the part is incomplete */
  close(): void {
    if (this.#state === 'before') this.#toParser('', this.#rest)
    if (this.#state === 'items') throw new Error('a part of it does not end')
    if (this.#state === 'parsed') this.#parser?.write(this.#decoder.decode()).close()
  }

  #before(bytes: Uint8Array): void {
    this.#rest = bytes
    const match = this.#items.begin.exec(latin(bytes))
    if (match === null) {
      if (bytes.length > beginMax) this.#toParser('', bytes)
      return
    }
    const at = match.index + match[0].length
    parserOf(this.#items.elements).write(new TextDecoder().decode(bytes.subarray(0, at)))
    this.#state = 'items'
    this.#scan(bytes.subarray(at))
  }

  #scan(bytes: Uint8Array): void {
    // All items before the last end tag are complete.
    let whole = lastOf(bytes, this.#itemEnd)
    whole = whole < 0 ? 0 : whole + this.#itemEnd.length
    const end = indexOf(bytes, this.#end, whole)
    if (end >= 0) whole = end
    let at = 0
    for (;;) {
      while (at < whole && isSpace(bytes[at]!)) at++
      if (at >= whole) break
      const next = this.#item(bytes, at, whole)
      if (next === -1) {
        this.#toParser(this.#items.around, bytes.subarray(at))
        return
      }
      at = next
    }
    if (end >= 0) this.#state = 'after'
    this.#rest = bytes.slice(at)
    if (this.#rest.length > itemMax) this.#toParser(this.#items.around, this.#rest)
  }

  /** @returns the item's end; -1 if uncertain */
  #item(bytes: Uint8Array, at: number, whole: number): number {
    if (!isAt(bytes, at, this.#itemBytes)) return -1
    const scanned = this.#items.scan(bytes, at, whole)
    if (scanned >= 0) return scanned
    const last = indexOf(bytes, this.#itemEnd, at)
    const tagEnd = bytes.indexOf(0x3e, at)
    const isEmpty = bytes[tagEnd - 1] === 0x2f
    if (last < 0 && !isEmpty) return -1
    const end = isEmpty ? tagEnd + 1 : last + this.#itemEnd.length
    const text = textIn(bytes, at, end)
    if (text.includes('<!') || text.includes('<?')) return -1
    parserOf(this.#items.elements, true).write(text).close()
    return end
  }

  /** Passes the rest to the XML parser. */
  #toParser(around: string, bytes: Uint8Array): void {
    this.#state = 'parsed'
    this.#rest = nothing
    this.#parser = parserOf(this.#items.elements)
    this.#parser.write(around)
    this.#parse(bytes)
  }

  #parse(bytes: Uint8Array): void {
    this.#parser!.write(this.#decoder.decode(bytes, { stream: true }))
  }
}

export const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/** Decodes the bytes as Latin-1, so that string offsets are byte offsets. */
function latin(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return text
}

export function isAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false
  return true
}

export function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(wanted[0]!, from); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1))
    if (isAt(bytes, at, wanted)) return at
  return -1
}

function lastOf(bytes: Uint8Array, wanted: Uint8Array): number {
  for (
    let at = bytes.lastIndexOf(wanted[0]!);
    at >= 0;
    at = at === 0 ? -1 : bytes.lastIndexOf(wanted[0]!, at - 1)
  )
    if (isAt(bytes, at, wanted)) return at
  return -1
}
