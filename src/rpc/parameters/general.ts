import { viewOf } from '../../lib/byte-words.ts'
import { Literal } from '../../lib/literal.ts'
import { type ListPrefixes, limitAll, limitPlain } from './limits.ts'
import { PairColumns } from './pair-columns.ts'
import { decodeHex, type ParameterTable } from './table.ts'

/** The bytes that are not written as they are in a name or value. */
const [ampersand, equals, percent, plus] = [0x26, 0x3d, 0x25, 0x2b]
const special = new Uint8Array(256)
for (const byte of [ampersand, percent, plus]) special[byte] = 1
const specialInName = Uint8Array.from(special)
specialInName[equals] = 1

/**
 * The scan that takes anything: escapes in names, names given twice, lists in any shape. It keeps slices in columns and
 * makes no string of a name before the caller is known. Escapes are decoded where they stand.
 *
 * @param bytes the request's query [0, queryEnd) and form body [queryEnd, end), which are not as they were afterwards
 * @param lists which parameters may be many
 * @throws Refusal TooManyParameters
 */
export function generalScan(
  bytes: Buffer,
  queryEnd: number,
  end: number,
  lists: ListPrefixes,
): ParameterTable {
  const scan = new GeneralScan(bytes, lists)
  scan.range(0, queryEnd)
  const inQuery = scan.pairs.count
  scan.range(queryEnd, end)
  const plain = scan.pieces - scan.inLists
  return scan.pairs.table(inQuery, plain)
}

class GeneralScan {
  readonly pairs: PairColumns
  /** Pieces between '&', empty ones too, and how many of them are members of lists. */
  pieces = 0
  inLists = 0
  readonly #bytes: Buffer
  readonly #view: DataView
  readonly #lists: readonly Literal[]

  constructor(bytes: Buffer, lists: ListPrefixes) {
    this.#bytes = bytes
    this.#view = viewOf(bytes)
    this.pairs = new PairColumns(bytes)
    this.#lists = lists.map((prefix) => new Literal(prefix))
  }

  range(at: number, to: number): void {
    const bytes = this.#bytes
    const { pairs } = this
    while (at < to) {
      limitAll(++this.pieces)
      let i = at
      while (i < to && specialInName[bytes[i]!] === 0) i++
      let nameLength = i - at
      if (i < to && bytes[i] !== equals && bytes[i] !== ampersand) {
        i = this.#decode(at, i, to, equals)
        nameLength = this.#length
      }
      const start = i < to && bytes[i] === equals ? i + 1 : i
      for (i = start; i < to && special[bytes[i]!] === 0; ) i++
      let length = i - start
      if (i < to && bytes[i] !== ampersand) {
        i = this.#decode(start, i, to, ampersand)
        length = this.#length
      }
      if (i > at) {
        pairs.push(at, nameLength, start, length)
        if (this.#isInList(at, nameLength)) this.inLists++
      }
      limitPlain(this.pieces - this.inLists)
      at = i + 1
    }
  }

  #isInList(at: number, length: number): boolean {
    for (const prefix of this.#lists) if (prefix.standsAt(this.#view, at, at + length)) return true
    return false
  }

  /** How many bytes the name or value has that was decoded last. */
  #length = 0

  /**
   * Decodes a name or a value where it stands.
   * @param i its first byte that is not literal
   * @param end what ends it, beside '&'
   * @returns the place of what ends it
   */
  #decode(at: number, i: number, to: number, end: number): number {
    const bytes = this.#bytes
    let free = i
    for (; i < to; i++) {
      let c = bytes[i]!
      if (c === ampersand || c === end) break
      if (c === plus) c = 0x20
      else if (c === percent && i + 2 < to) {
        const high = decodeHex[bytes[i + 1]!]!
        const low = decodeHex[bytes[i + 2]!]!
        // An invalid escape is literal, as in browsers.
        if ((high | low) < 16) {
          c = 16 * high + low
          i += 2
        }
      }
      bytes[free++] = c
    }
    this.#length = free - at
    return i
  }
}
