import { type Column, textAt } from './columns.ts'

/** Texts of an answer as a column: they are written from there without creating strings. */
export class ColumnTexts implements Iterable<string> {
  readonly column: Column
  readonly entries: Int32Array

  /** @param entries the entries whose texts are listed, in this order; an absent one is an empty text */
  constructor(column: Column, entries: Int32Array) {
    this.column = column
    this.entries = entries
  }

  get length(): number {
    return this.entries.length
  }

  *[Symbol.iterator](): Iterator<string> {
    for (const entry of this.entries) yield textAt(this.column, entry) ?? ''
  }
}

/** A member of rows that are stored in columns. */
export interface ColumnField<Name extends string = string> {
  readonly name: Name
  readonly column: Column
  /** True to write an absent value as an empty text; otherwise it is omitted. */
  readonly always: boolean
}

/** A row as an object; an omitted value is undefined. */
type Row<Name extends string> = { readonly [N in Name]: string }

/** Rows of an answer, stored in columns; one for each of `entries`. */
export class ColumnRows<Name extends string = string> implements Iterable<Row<Name>> {
  readonly fields: readonly ColumnField<Name>[]
  readonly entries: Int32Array

  constructor(fields: readonly ColumnField<Name>[], entries: Int32Array) {
    this.fields = fields
    this.entries = entries
  }

  get length(): number {
    return this.entries.length
  }

  *[Symbol.iterator](): Iterator<Row<Name>> {
    for (const entry of this.entries) {
      yield Object.fromEntries(
        this.fields.map(({ name, column, always }) => [
          name,
          textAt(column, entry) ?? (always ? '' : undefined),
        ]),
      ) as Row<Name>
    }
  }
}
