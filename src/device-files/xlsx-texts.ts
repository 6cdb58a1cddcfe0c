import { textIn } from '../lib/bytes.ts'
import { kindsOfByte } from './scan.ts'
import { ItemReader, isAt } from './xlsx-items.ts'
import { type Archive, joined, readPart } from './xlsx-parts.ts'

/**
 * Decodes characters that XML can't contain (§22.9.2.19): _x000D_ is CR, and _x005F_ is an underscore before
 * what looks like an escape.
 */
export const unescaped = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, 16)),
      )
    : text

/** The shared strings of a workbook (§18.4), each distinct one once: UTF-8 in one buffer. */
export class SharedTexts {
  bytes = new Uint8Array(64 * 1024)
  /** The end of each text; each begins at the end of the previous one. */
  ends = new Uint32Array(4096)
  /** The kinds of bytes in each text (rules/kinds.ts). */
  kinds = new Uint8Array(4096)
  count = 0
  readonly #max: number

  constructor(max: number) {
    this.#max = max
  }

  at(index: number): string {
    if (!(index >= 0 && index < this.count)) return ''
    return textIn(this.bytes, index === 0 ? 0 : this.ends[index - 1]!, this.ends[index]!)
  }

  add(text: string): void {
    const bytes = new TextEncoder().encode(text)
    let kinds = 0
    for (const byte of bytes) kinds |= kindsOfByte[byte]!
    this.addBytes(bytes, 0, bytes.length, kinds)
  }

  addBytes(from: Uint8Array, start: number, end: number, kinds: number): void {
    const at = this.count === 0 ? 0 : this.ends[this.count - 1]!
    this.#reserve(at + end - start)
    const { bytes } = this
    for (let i = start, to = at; i < end; i++) bytes[to++] = from[i]!
    this.kinds[this.count] = kinds
    this.ends[this.count] = at + end - start
    if (++this.count > this.#max)
      throw new Error(
        `it has more than ${Math.floor(this.#max).toLocaleString('en-US')} texts, as no workbook of its size does`,
      )
  }

  #reserve(end: number): void {
    if (end > this.bytes.length) this.bytes = grown(this.bytes, Math.max(end, 2 * this.bytes.length))
    if (this.count < this.ends.length) return
    this.ends = grown(this.ends, 2 * this.count)
    this.kinds = grown(this.kinds, 2 * this.count)
  }
}

function grown<T extends Uint8Array | Uint32Array>(array: T, length: number): T {
  const larger = new (array.constructor as new (length: number) => T)(length)
  larger.set(array)
  return larger
}

/** Texts that any workbook may have, and the file bytes that each further text requires. */
const textsFree = 1_000_000
const bytesPerText = 4

export async function textsIn(archive: Archive, part: string): Promise<SharedTexts> {
  const texts = new SharedTexts(textsFree + archive.fileBytes / bytesPerText)
  await readPart(
    archive,
    part,
    new ItemReader({
      elements: elementsOf(texts),
      begin: /<sst(?:\s[^<>]*[^<>/])?>/,
      item: '<si',
      itemEnd: '</si>',
      end: '</sst>',
      around: '<sst>',
      scan: (bytes, at, end) => scanText(texts, bytes, at, end),
    }),
  )
  return texts
}

function elementsOf(texts: SharedTexts) {
  let text = ''
  let inText = false
  let inPhonetic = false
  return {
    open(name: string) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inPhonetic = true
      else if (name === 't') inText = !inPhonetic
    },
    text(some: string) {
      if (inText) text = joined(text, some)
    },
    close(name: string) {
      if (name === 'si') texts.add(unescaped(text))
      else if (name === 'rPh') inPhonetic = false
      else if (name === 't') inText = false
    },
  }
}

const encoder = new TextEncoder()
const begins = ['<si><t>', '<si><t xml:space="preserve">'].map((begin) => encoder.encode(begin))
const closing = encoder.encode('</t></si>')

/** Scans a text that consists of characters only. */
function scanText(texts: SharedTexts, bytes: Uint8Array, at: number, end: number): number {
  const begin = begins.find((it) => isAt(bytes, at, it))
  if (begin === undefined) return -1
  const from = at + begin.length
  const to = textEnd(bytes, from, end)
  if (to < 0 || !isAt(bytes, to, closing)) return -1
  texts.addBytes(bytes, from, to, kindsThen)
  return to + closing.length
}

/** The kinds of the text that `textEnd` found last. */
let kindsThen = 0
export const kindsOfText = () => kindsThen

/** Bytes that make a text differ from its source: 1 for references and line ends, 2 for a possible escape. */
const special = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === 0x26 || byte === 0x0d ? 1 : byte === 0x5f ? 2 : 0,
)

/**
 * Returns the end of a text, at the next <; -1 if the text differs from its bytes, for example because of
 * character references.
 */
export function textEnd(bytes: Uint8Array, from: number, end: number): number {
  let kinds = 0
  let signs = 0
  let at = from
  for (; at < end; at++) {
    const byte = bytes[at]!
    if (byte === 0x3c) break
    kinds |= kindsOfByte[byte]!
    signs |= special[byte]!
  }
  if (at >= end || (signs & 1) !== 0) return -1
  // _x starts an escape.
  if (signs !== 0) for (let i = from; i < at; i++) if (bytes[i] === 0x5f && bytes[i + 1] === 0x78) return -1
  kindsThen = kinds
  return at
}
