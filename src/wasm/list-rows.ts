import { absent, type Column } from '../lib/columns.ts'
import { unusual } from '../rules/kinds.ts'
import { type ColumnsModule, moduleOf } from './module.ts'

/** A field of rows, and the texts around its values. */
export interface RowField {
  readonly column: Column
  /** True if a value that is absent is written as an empty one; otherwise the field is left out of the row. */
  readonly always: boolean
  /** The texts before the value, as the first field of a row and as a later one, and after it. */
  readonly words: readonly [asFirst: string, asNext: string, close: string]
}

/** Writes rows from columns in a module's memory. */
export interface RowsInMemory {
  /**
   * Writes rows from `from` on.
   * @param take copies a piece; the next one overwrites it
   * @returns the row before which it stopped, because a value has characters outside those of names and secrets
   */
  write(from: number, take: (piece: Buffer) => void): number
}

/**
 * Prepares the rows of `entries`, with `between` between two rows.
 * @param plain 1 for each byte that needs no escape; the characters of names and secrets need none
 * @returns undefined if the columns are in other memory, or exceed the module's limits
 */
export function rowsInMemory(
  fields: readonly RowField[],
  entries: Int32Array,
  between: string,
  plain: Uint8Array,
): RowsInMemory | undefined {
  fields = fields.filter(({ column, always }) => always || column.bytes.length > 0 || !isAbsent(column))
  const module = fields.map(({ column }) => moduleOf(column.bytes)).find((one) => one !== undefined)
  if (module === undefined) return undefined
  const { loops, bytes } = module
  const others = fields.filter(({ column }) => !liesIn(module, column))
  const words = [between, ...fields.flatMap(({ words }) => words)]
  const isTooMuch =
    entries.length > loops.entriesMax.value ||
    fields.length > loops.fieldsMax.value ||
    words.some((word) => word.length > loops.wordBytes.value)
  if (isTooMuch || others.length > 1 || !others.every(({ column }) => isSmallAndPlain(module, column, plain)))
    return undefined
  return {
    write(from, take) {
      // Another list may have been written since.
      begin(module, fields, entries, between)
      const piece = module.loops.piece.value
      for (let next = from; ; ) {
        const end = loops.writeRows(next)
        next = loops.nextRow()
        if (end === piece) return next
        take(bytes.subarray(piece, end))
      }
    },
  }
}

const isAbsent = ({ length }: Column) => length.every((size) => size === absent)

const liesIn = ({ bytes: { buffer } }: ColumnsModule, { bytes, start, length, kinds }: Column) =>
  bytes.buffer === buffer && start.buffer === buffer && length.buffer === buffer && kinds?.buffer === buffer

function isSmallAndPlain({ loops }: ColumnsModule, { bytes, start }: Column, plain: Uint8Array): boolean {
  return (
    start.length <= loops.entriesMax.value &&
    bytes.length <= loops.otherBytesMax.value &&
    bytes.every((byte) => plain[byte] === 1)
  )
}

function begin(
  module: ColumnsModule,
  fields: readonly RowField[],
  entries: Int32Array,
  between: string,
): void {
  const { loops, bytes } = module
  new Int32Array(bytes.buffer, loops.entries.value, entries.length).set(entries)
  loops.beginRows(entries.length, bytes.write(between, loops.between.value, 'latin1'), unusual)
  for (const { column, always, words } of fields) {
    const { bytes: values, start, length, kinds } = liesIn(module, column) ? column : copied(module, column)
    const [asFirst, asNext, close] = words.map((word, i) => bytes.write(word, loops.nextWord(i), 'latin1'))
    loops.addField(
      values.byteOffset,
      start.byteOffset,
      length.byteOffset,
      kinds?.byteOffset ?? 0,
      Number(always),
      asFirst!,
      asNext!,
      close!,
    )
  }
}

/** Copies a column from other memory into the module's. */
function copied({ loops, bytes }: ColumnsModule, column: Column): Column {
  const wordsAt = (at: number, of: Int32Array) => {
    const words = new Int32Array(bytes.buffer, at, of.length)
    words.set(of)
    return words
  }
  const values = bytes.subarray(loops.otherBytes.value, loops.otherBytes.value + column.bytes.length)
  values.set(column.bytes)
  return {
    bytes: values,
    start: wordsAt(loops.otherStarts.value, column.start),
    length: wordsAt(loops.otherLengths.value, column.length),
  }
}
