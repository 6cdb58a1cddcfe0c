import type { ColumnLoops } from '../../lib/hashed-column.ts'
import type { ListMember } from '../../wasm/list-scan.ts'
import type { PairColumns } from './pair-columns.ts'

/**
 * The parameters of one request after their bytes have been scanned once, still as slices of those bytes.
 * Two scans make such a table: quick.ts, which keeps one list in columns, and general.ts, which takes
 * anything and keeps every parameter as a pair. Everything after them reads both alike.
 */
export interface ParameterTable {
  /** The bytes of names and values, decoded. */
  readonly bytes: Buffer
  /** Every parameter that is not in `block`, as they came. */
  readonly pairs: readonly Pair[]
  readonly block: Block | undefined
  /** The pairs as columns if the general scan has read them; there is no block then. */
  readonly columns?: PairColumns
  /** How many pieces stood between '&', empty ones counted too, that are not in `block`. */
  readonly plain: number
}

/** One parameter. `name` holds the decoded bytes as latin1, so that string order is byte order. */
export interface Pair {
  readonly name: string
  /** The same bytes in the memory of WebAssembly. */
  readonly nameStart: number
  readonly start: number
  readonly length: number
  /** True for a parameter of the query string, false for one of the body; V3 signs them differently. */
  readonly inQuery: boolean
}

/** The parameters `<name>.<N>.<member>` of one list, N from 1 to `last`, each given at most once; all in a module's memory. */
export interface Block {
  readonly name: string
  /** By their names. */
  readonly members: readonly ListMember[]
  readonly last: number
  readonly inQuery: boolean
  /** The kinds of all values together. */
  readonly kinds: number
  /** How many parameters it has. */
  readonly count: number
  readonly loops: ColumnLoops
}

const sorted = new WeakMap<ParameterTable, readonly Pair[]>()

/**
 * The pairs in the order of the canonical query: by name and value, in byte order. They are sorted at the
 * first use, once the caller's key is known.
 */
export function inOrder(table: ParameterTable): readonly Pair[] {
  let pairs = sorted.get(table)
  if (pairs === undefined && table.columns !== undefined) {
    const { pairs: unsorted, columns } = table
    pairs = Array.from(columns.order, (i) => unsorted[i]!)
    sorted.set(table, pairs)
  }
  if (pairs === undefined) {
    const { bytes } = table
    pairs = table.pairs.toSorted((a, b) => {
      if (a.name !== b.name) return a.name < b.name ? -1 : 1
      return bytes.compare(bytes, b.start, b.start + b.length, a.start, a.start + a.length)
    })
    sorted.set(table, pairs)
  }
  return pairs
}

/** `decodeHex[c]` is the value of the hexadecimal digit c, or 255. */
export const decodeHex = new Uint8Array(256).fill(255)
for (let digit = 0; digit < 16; digit++) {
  decodeHex[digit.toString(16).charCodeAt(0)] = digit
  decodeHex[digit.toString(16).toUpperCase().charCodeAt(0)] = digit
}

/** Unescapes bytes [from, end) of a form in place; returns the place behind the last one. Invalid escapes stay. */
export function unescapeInPlace(bytes: Buffer, from: number, end: number): number {
  let at = from
  for (let i = from; i < end; i++) {
    let c = bytes[i]!
    if (c === 0x2b) c = 0x20
    else if (c === 0x25 && i + 2 < end) {
      const [high, low] = [decodeHex[bytes[i + 1]!]!, decodeHex[bytes[i + 2]!]!]
      if (high !== 255 && low !== 255) {
        c = high * 16 + low
        i += 2
      }
    }
    bytes[at++] = c
  }
  return at
}
