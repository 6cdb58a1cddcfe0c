/**
 * A list parameter as columns: entry `i` of a member is a slice of one shared buffer. A full call has
 * 30,000 such slices; strings are made only of those that are answered.
 */
export interface Column {
  /** UTF-8. The slices of all columns of one list lie in the same buffer. */
  readonly bytes: Buffer
  /** Where the slice of an entry begins, in bytes. */
  readonly start: Int32Array
  /** How long it is, in bytes; `absent` where the entry has no such member. */
  readonly length: Int32Array
}

/** The length that says: this entry has no such member (an empty member has length 0). */
export const absent = -1

/** The entries of one list in the order of their numbers. */
export interface Columns<Member extends string = string> {
  readonly count: number
  readonly members: { readonly [M in Member]: Column }
  /** Entries beyond the list's maximum that were left out, as the document says of a check. */
  readonly discarded: number
}

/** The text of one entry's member, or undefined where it has none. */
export function textAt(column: Column, entry: number): string | undefined {
  const length = column.length[entry]!
  if (length === absent) return undefined
  const start = column.start[entry]!
  return column.bytes.toString('utf8', start, start + length)
}

/** Columns made of rows, for callers that hold strings: one device, a seed file, a test. */
export function columnsOf<Member extends string>(
  members: readonly Member[],
  rows: readonly { readonly [M in Member]?: string | undefined }[],
): Columns<Member> {
  const bytes = Buffer.from(rows.map((row) => members.map((member) => row[member] ?? '').join('')).join(''))
  let end = 0
  const columns = Object.fromEntries(
    members.map((member) => [
      member,
      { bytes, start: new Int32Array(rows.length), length: new Int32Array(rows.length) },
    ]),
  ) as { [M in Member]: Column }
  rows.forEach((row, entry) => {
    for (const member of members) {
      const text = row[member]
      const length = text === undefined ? 0 : Buffer.byteLength(text)
      columns[member].start[entry] = end
      columns[member].length[entry] = text === undefined ? absent : length
      end += length
    }
  })
  return { count: rows.length, members: columns, discarded: 0 }
}
