import type { FieldName } from './fields.ts'
import type { Encoding, Format } from './formats.ts'
import type { Fix } from './reshape/fixes.ts'
import type { Recipes } from './reshape/reshape.ts'

/** A note to the user about how an opened file is read. Lines count from 1. */
export type Note =
  /** The detected encoding is not UTF-8. */
  | { readonly code: 'TakenEncoding'; readonly encoding: Encoding }
  /** The file is read as UTF-8 but has invalid bytes, which become \ufffd. */
  | { readonly code: 'BrokenUtf8' }
  /** The first line is a report's header although `header: false` was given. */
  | { readonly code: 'ReportHeader' }
  /** The first line is read as a device, so the columns are assigned as listed. */
  | { readonly code: 'NoHeader'; readonly columns: readonly string[] }
  /** The first line is read as a header although it names no field. */
  | { readonly code: 'GuessedHeader' }
  /** Excel's line `sep=;` sets the delimiter. */
  | { readonly code: 'SepLine'; readonly delimiter: string }
  /** Lines above the header (comments, a title) are skipped. */
  | { readonly code: 'SkippedLines'; readonly count: number; readonly header: number }
  /** One column is read for the field although others could hold it. */
  | {
      readonly code: 'ChosenColumn'
      readonly field: FieldName
      readonly column: string
      readonly others: readonly string[]
    }
  /** No sampled value of the column is legal for its field, but those of other columns are. */
  | {
      readonly code: 'OtherColumnFits'
      readonly field: FieldName
      readonly column: string
      readonly others: readonly string[]
    }
  /** Several columns could hold the field, so none is read; only with `allowMissing`. */
  | { readonly code: 'AmbiguousColumn'; readonly field: FieldName; readonly columns: readonly string[] }
  /** The first line would name fields with this delimiter; only with `allowMissing`. */
  | { readonly code: 'OtherDelimiter'; readonly delimiter: string }
  /** The sheet that is read is not the first of its workbook. */
  | { readonly code: 'ChosenSheet'; readonly sheet: string; readonly sheets: readonly string[] }
  /** Hidden sheets with devices are not read. */
  | { readonly code: 'HiddenSheets'; readonly sheets: readonly string[] }
  /** Hidden columns are read for a field. */
  | { readonly code: 'HiddenColumns'; readonly columns: readonly string[] }
  /** The file is read as the export of a platform, by these recipes. */
  | {
      readonly code: 'Preset'
      readonly platform: string
      readonly title: string
      readonly recipes: Recipes
      /** Describes what is to be done about keys that do not fit, unless it was chosen. */
      readonly keys: 'fit' | 'derive' | 'generate'
    }
  /** The columns are those of a platform's export; it is not read as one unless the person says so. */
  | { readonly code: 'LooksLike'; readonly platform: string; readonly title: string }
  /** The rows come from this array of a JSON document. */
  | { readonly code: 'ChosenRows'; readonly path: string }

/** How a file is read: the detected and the given options. */
export interface Recognised {
  readonly format: Format
  /** The encoding of a text file, as detected so far. */
  readonly encoding?: Encoding
  /** The delimiter of CSV and similar formats: one character, or `whitespace`. */
  readonly delimiter?: string
  /** Whether the first line is a header. */
  readonly hasHeader: boolean
  /** The sheets of an XLSX file, and those that are read. */
  readonly sheets?: readonly string[]
  readonly read?: readonly string[]
  /** The path of the rows in a JSON document. */
  readonly rowsPath?: string
  /** Whether the file is gzip-compressed. */
  readonly isGzip?: boolean
}

/** A finding in the rows that have been read so far. */
export interface Finding {
  /**
   * - `RepeatedHeader`: rows that repeat the header are skipped.
   * - `ShownByFormat`: numbers are read as their cell format displays them, such as with leading zeros.
   * - `SameSecret`: several devices share a secret.
   * - `LateEncoding`: from this line on the text is not UTF-8, which was not visible when the file was opened.
   */
  readonly code:
    | 'RepeatedHeader'
    | 'ShownByFormat'
    | 'SameSecret'
    | 'LateEncoding'
    | 'Fixed'
    | 'LeftOut'
    | 'FixedBefore'
  readonly field?: FieldName
  readonly what?: Fix | 'edit' | 'nickname' | 'tag'
  /** The first line concerned. */
  readonly line: number
  /** The number of rows concerned. */
  readonly count: number
}
