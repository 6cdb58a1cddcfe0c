import type { PairColumns } from './pair-columns.ts'

/**
 * The parameters of one request after their bytes have been scanned once, still as slices of those bytes.
 * Two scans make such a table: quick.ts, which keeps one list in columns, and general.ts, which takes
 * anything and keeps every parameter as a pair. Everything after them reads both alike.
 */
export interface ParameterTable {
  /** Where names and values lie, decoded. */
  readonly bytes: Buffer
  /** Every parameter that is not in `block`, as they came. */
  readonly pairs: readonly Pair[]
  readonly block: Block | undefined
  /** The pairs as columns, where the general scan has read them; there is no block then. */
  readonly columns?: PairColumns
  /** How many pieces stood between '&', empty ones counted too, that are not in `block`. */
  readonly plain: number
}

/** One parameter. `name` holds the decoded bytes as latin1, so that string order is byte order. */
export interface Pair {
  readonly name: string
  /** Where the same bytes lie. */
  readonly nameStart: number
  readonly start: number
  readonly length: number
  /** Whether it stood in the query string; otherwise in the body. V3 signs the two differently. */
  readonly inQuery: boolean
}

/** The parameters `<name>.<N>.<member>` of one list, N from 1 to `last`, each given at most once. */
export interface Block {
  readonly name: string
  readonly members: readonly BlockMember[]
  readonly last: number
  readonly inQuery: boolean
  /** The kinds of all values together. */
  readonly kinds: number
  /** How many parameters it has. */
  readonly count: number
}

/** Slices by N; nothing has the N 0. */
export interface BlockMember {
  readonly name: string
  readonly start: Int32Array
  /** `absent` where the member is not given. */
  readonly length: Int32Array
  readonly kinds: Uint8Array
}

const sorted = new WeakMap<ParameterTable, readonly Pair[]>()

/**
 * The pairs in the order of the canonical query: by name and value, in byte order. They are sorted when that is
 * first asked, which is once the caller's key is known.
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
