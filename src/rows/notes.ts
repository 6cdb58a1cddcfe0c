import type { FieldName } from './fields.ts'
import type { Encoding, Format } from './formats.ts'

/** What whoever reads a file should know of how it is read, once it is open. */
export type Note =
  /** The encoding was recognised, and is not UTF-8. */
  | { readonly code: 'TakenEncoding'; readonly encoding: Encoding }
  /** It is taken as UTF-8, but bytes in it are not: they are read as \ufffd. */
  | { readonly code: 'BrokenUtf8' }
  /** The first line is the header of a report although it was said that there is none. */
  | { readonly code: 'ReportHeader' }
  /** The first line is a device, so the columns are taken as these. */
  | { readonly code: 'NoHeader'; readonly columns: readonly string[] }

/** How a file is read: what was recognised of it, or said. */
export interface Recognised {
  readonly format: Format
  /** Of a text, as far as it has been read. */
  readonly encoding?: Encoding
  /** Of CSV and its like. */
  readonly delimiter?: string
  /** Whether the first line names the columns. */
  readonly hasHeader: boolean
  /** Of an XLSX file: its sheets, and the one that is read. */
  readonly sheets?: readonly string[]
  readonly sheet?: string
}

/** What a spreadsheet has done to values of a field's column, known as far as rows have been read. */
export interface Damage {
  /**
   * - `RoundedNumber`: 1.2E+11, its other digits lost.
   * - `LostLeadingZeros`: digits, most of them of one length and the others shorter.
   * - `Apostrophe`: the mark that keeps a number text, left before it.
   * - `ShownZeros`: a number whose leading zeros come from its cell's format alone; it is read with them.
   */
  readonly code: 'RoundedNumber' | 'LostLeadingZeros' | 'Apostrophe' | 'ShownZeros'
  readonly field: FieldName
  /** The first line that shows it. */
  readonly line: number
  /** How many rows do. */
  readonly count: number
}
