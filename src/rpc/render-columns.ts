import { copySlice, overshoot, viewOf } from '../lib/byte-words.ts'
import type { ByteWriter } from '../lib/byte-writer.ts'
import { type ColumnField, ColumnRows, ColumnTexts } from '../lib/column-lists.ts'
import { absent, type Column, textAt } from '../lib/columns.ts'
import { Literal } from '../lib/literal.ts'
import { unusual } from '../rules/kinds.ts'
import { type RowField, rowsInMemory } from '../wasm/list-rows.ts'

/** The text around the values of lists in columns, and the bytes that need no escape in a value. */
export interface ListForm {
  /** Around each entry, and between each two. */
  readonly entry: readonly [open: string, close: string, between: string]
  /** Around the value of a member of a row, and between each two members. */
  member(name: string): readonly [open: string, close: string, between: string]
  /** 1 for each byte that needs no escape in a value. */
  readonly plain: Uint8Array
  /** The text of a value that has other bytes. */
  escaped(text: string): string
}

/** How many entries the lists of an answer have that lie in columns; undefined where none does. */
export function entriesInColumns(value: unknown): number | undefined {
  if (isColumnList(value)) return value.entries.length
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  const found = Object.values(value).map(entriesInColumns)
  return found.reduce((sum, count) => (count === undefined ? sum : (sum ?? 0) + count), undefined)
}

export const isColumnList = (value: unknown): value is ColumnRows | ColumnTexts =>
  value instanceof ColumnRows || value instanceof ColumnTexts

/** Writes the entries of a list by copying bytes, in WebAssembly if the columns are in its memory, without creating strings. */
export function writeColumnList(list: ColumnRows | ColumnTexts, form: ListForm, out: ByteWriter): void {
  const [open, close, between] = form.entry
  const { entries } = list
  if (entries.length === 0) return
  const next = new Literal(close + between + open)
  const inMemory = rowsInMemory(rowFields(list, form), entries, close + between + open, form.plain)
  const take = (piece: Buffer) => out.copy(piece)
  let write: WriteEntry | undefined
  out.text(open)
  for (let i = inMemory?.write(0, take) ?? 0; i < entries.length; i = inMemory?.write(i + 1, take) ?? i + 1) {
    if (i > 0) out.literal(next)
    write ??= list instanceof ColumnRows ? rowsOf(list, form) : valuesOf(list.column, form)
    write(entries[i]!, out)
  }
  out.text(close)
}

/** Returns the fields for WebAssembly; a list of texts has one field without a name. */
function rowFields(list: ColumnRows | ColumnTexts, form: ListForm): RowField[] {
  if (list instanceof ColumnTexts) return [{ column: list.column, always: true, words: ['', '', ''] }]
  return list.fields.map(({ name, column, always }) => {
    const [open, close, between] = form.member(name)
    return { column, always, words: [open, between + open, close] }
  })
}

type WriteEntry = (entry: number, out: ByteWriter) => void

function rowsOf({ fields }: ColumnRows, form: ListForm): WriteEntry {
  const members = fields.map((field) => memberOf(field, form))
  return (entry, out) => {
    let first = true
    for (const write of members) if (write(entry, first, out)) first = false
  }
}

/** Writes a member of a row; false where the row has none. */
function memberOf({ name, column, always }: ColumnField, form: ListForm) {
  const [open, close, between] = form.member(name)
  const asFirst = new Literal(open)
  const asNext = new Literal(between + open)
  const end = new Literal(close)
  const write = valuesOf(column, form)
  return (entry: number, first: boolean, out: ByteWriter): boolean => {
    if (!always && column.length[entry] === absent) return false
    out.literal(first ? asFirst : asNext)
    write(entry, out)
    out.literal(end)
    return true
  }
}

function valuesOf(column: Column, { plain, escaped }: ListForm): WriteEntry {
  const { bytes, start, length, kinds } = column
  const view = viewOf(bytes)
  // The same few reasons occur again and again.
  let plainFrom = 0
  let plainSize = 0
  const isPlain = (from: number, size: number) => {
    if (from === plainFrom && size === plainSize) return true
    for (let i = from; i < from + size; i++) if (plain[bytes[i]!] === 0) return false
    plainFrom = from
    plainSize = size
    return true
  }
  return (entry, out) => {
    const from = start[entry]!
    const size = Math.max(0, length[entry]!)
    if ((kinds === undefined || (kinds[entry]! & unusual) !== 0) && !isPlain(from, size)) {
      out.text(escaped(textAt(column, entry)!))
      return
    }
    out.reserve(size + overshoot)
    out.end = copySlice(view, bytes.length, from, size, out.view, out.end)
  }
}
