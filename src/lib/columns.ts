import { concat, textIn, utf8, utf8Length } from './bytes.ts'
import type { ColumnLoops } from './hashed-column.ts'

/**
 * A list parameter as columns: entry `i` of a member is a slice of one shared buffer. A full call has 30,000
 * such slices; strings are created only for those in the answer.
 */
export interface Column {
  /** UTF-8. The slices of all columns of a list are in the same buffer. */
  readonly bytes: Uint8Array
  /** The offset of an entry's slice, in bytes. */
  readonly start: Int32Array
  /** The length of the slice in bytes; `absent` if the entry lacks the member. */
  readonly length: Int32Array
  /** The kinds of each value (rules/kinds.ts), if the scan recorded them. */
  readonly kinds?: Uint8Array
  /** Faster loops over the column, if its memory has them. */
  readonly loops?: ColumnLoops
}

/** The length that marks a missing member (an empty one has length 0). */
export const absent = -1

/** The entries of a list, ordered by number. */
export interface Columns<Member extends string = string> {
  readonly count: number
  readonly members: { readonly [M in Member]: Column }
  /** Number of entries beyond the list's maximum that were discarded, as the document says for checks. */
  readonly discarded: number
}

/** Returns the text of an entry's member, or undefined if it is absent. */
export function textAt(column: Column, entry: number): string | undefined {
  const length = column.length[entry]!
  if (length === absent) return undefined
  const start = column.start[entry]!
  return textIn(column.bytes, start, start + length)
}

/** Builds columns from rows of strings, for single devices, seed files and tests. */
export function columnsOf<Member extends string>(
  members: readonly Member[],
  rows: readonly { readonly [M in Member]?: string | undefined }[],
): Columns<Member> {
  // Each text is made well-formed by itself: two surrogate halves could otherwise combine at a boundary.
  const textOf = (row: (typeof rows)[number], member: Member) => row[member]?.toWellFormed()
  const bytes = utf8(rows.map((row) => members.map((member) => textOf(row, member) ?? '').join('')).join(''))
  let end = 0
  const columns = Object.fromEntries(
    members.map((member) => [
      member,
      { bytes, start: new Int32Array(rows.length), length: new Int32Array(rows.length) },
    ]),
  ) as { [M in Member]: Column }
  rows.forEach((row, entry) => {
    for (const member of members) {
      const text = textOf(row, member)
      const length = text === undefined ? 0 : utf8Length(text)
      columns[member].start[entry] = end
      columns[member].length[entry] = text === undefined ? absent : length
      end += length
    }
  })
  return { count: rows.length, members: columns, discarded: 0 }
}

/** A column without any values. */
export function absentColumn(count: number): Column {
  return {
    bytes: new Uint8Array(0),
    start: new Int32Array(count),
    length: new Int32Array(count).fill(absent),
  }
}

/**
 * Builds a column whose entries concatenate fixed texts and other columns' values. It copies bytes and creates
 * no strings. An absent value counts as empty.
 */
export function composed(count: number, parts: readonly (string | Column)[]): Column {
  const columns = parts.map((part) => (typeof part === 'string' ? everywhere(part, count) : part))
  const start = new Int32Array(count)
  const length = new Int32Array(count)
  let size = 0
  for (let entry = 0; entry < count; entry++) {
    start[entry] = size
    for (const column of columns) size += Math.max(0, column.length[entry]!)
    length[entry] = size - start[entry]!
  }
  const bytes = new Uint8Array(size)
  let end = 0
  for (let entry = 0; entry < count; entry++) {
    for (const column of columns) {
      const from = column.start[entry]!
      const to = from + column.length[entry]!
      // Copied byte by byte: for short values a call of copy costs more.
      for (let i = from; i < to; i++) bytes[end++] = column.bytes[i]!
    }
  }
  return { bytes, start, length }
}

/** A column in which all entries are the same text. */
function everywhere(text: string, count: number): Column {
  const bytes = utf8(text)
  return { bytes, start: new Int32Array(count), length: new Int32Array(count).fill(bytes.length) }
}

/** Splits a text into a column's entries, each of `size` ASCII characters. */
export function cut(text: string, size: number): Column {
  const count = text.length / size
  return {
    bytes: utf8(text),
    start: Int32Array.from({ length: count }, (_, entry) => entry * size),
    length: new Int32Array(count).fill(size),
  }
}

/** Returns a column in which entries that are absent or empty come from another column. */
export function filled(column: Column, by: Column, count: number): Column {
  const start = Int32Array.from(column.start.subarray(0, count))
  const length = Int32Array.from(column.length.subarray(0, count))
  for (let entry = 0; entry < count; entry++) {
    if (length[entry]! > 0) continue
    start[entry] = column.bytes.length + by.start[entry]!
    length[entry] = by.length[entry]!
  }
  return { bytes: concat(column.bytes, by.bytes), start, length }
}
