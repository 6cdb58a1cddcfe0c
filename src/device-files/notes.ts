import type { FieldName } from './fields.ts'
import type { Encoding, Format } from './formats.ts'

/** What the person who reads a file should know of how it is read, once it is open. Lines count from 1. */
export type Note =
  /** The encoding was recognised, and is not UTF-8. */
  | { readonly code: 'TakenEncoding'; readonly encoding: Encoding }
  /** The file is taken as UTF-8, but bytes in it are not: they are read as \ufffd. */
  | { readonly code: 'BrokenUtf8' }
  /** The first line is the header of a report although `header: false` was given. */
  | { readonly code: 'ReportHeader' }
  /** The first line is taken as a device, so the columns are taken as these. */
  | { readonly code: 'NoHeader'; readonly columns: readonly string[] }
  /** The first line is taken as a header, though it names no field. */
  | { readonly code: 'GuessedHeader' }
  /** The line `sep=;` of Excel gives the delimiter. */
  | { readonly code: 'SepLine'; readonly delimiter: string }
  /** Lines above the header are skipped: comments, a title. */
  | { readonly code: 'SkippedLines'; readonly count: number; readonly header: number }
  /** A column is read for a field, and other columns could hold it. */
  | {
      readonly code: 'ChosenColumn'
      readonly field: FieldName
      readonly column: string
      readonly others: readonly string[]
    }
  /** In the first rows no value of the column is legal for its field, and those of other columns are. */
  | {
      readonly code: 'OtherColumnFits'
      readonly field: FieldName
      readonly column: string
      readonly others: readonly string[]
    }
  /** Several columns could hold a field, so none is read; only where columns may lack (`mayLack`). */
  | { readonly code: 'AmbiguousColumn'; readonly field: FieldName; readonly columns: readonly string[] }
  /** The first line would name fields if this parted its cells; only where columns may lack (`mayLack`). */
  | { readonly code: 'OtherDelimiter'; readonly delimiter: string }
  /** The sheet that is read was not the first one of its workbook. */
  | { readonly code: 'ChosenSheet'; readonly sheet: string; readonly sheets: readonly string[] }
  /** Hidden sheets that hold devices are not read. */
  | { readonly code: 'HiddenSheets'; readonly sheets: readonly string[] }
  /** The columns of a field that the sheet does not show are read. */
  | { readonly code: 'HiddenColumns'; readonly columns: readonly string[] }
  /** The rows are read from this array of a JSON document. */
  | { readonly code: 'ChosenRows'; readonly path: string }

/** How a file is read: what was recognised of it, or said. */
export interface Recognised {
  readonly format: Format
  /** Of a text, as far as it has been read. */
  readonly encoding?: Encoding
  /** Of CSV and its like: one character, or `whitespace`. */
  readonly delimiter?: string
  /** Whether the first line names the columns. */
  readonly hasHeader: boolean
  /** Of an XLSX file: its sheets, and those that are read. */
  readonly sheets?: readonly string[]
  readonly read?: readonly string[]
  /** Of a JSON document: where its rows are. */
  readonly rowsPath?: string
  /** Whether the text is compressed by gzip. */
  readonly isGzip?: boolean
}

/** Something found in the rows of a file, known as far as they have been read. */
export interface Finding {
  /**
   * - `RepeatedHeader`: rows equal to the header are passed over.
   * - `ShownByFormat`: numbers are read as their cell's format shows them, such as leading zeros.
   * - `SameSecret`: many devices have one secret.
   * - `LateEncoding`: the text is not UTF-8 from some line on, which was not seen when the file was opened.
   */
  readonly code: 'RepeatedHeader' | 'ShownByFormat' | 'SameSecret' | 'LateEncoding'
  readonly field?: FieldName
  /** The first line that shows it. */
  readonly line: number
  /** How many rows do. */
  readonly count: number
}
