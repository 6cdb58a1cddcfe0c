import type { FieldName } from './fields.ts'

/** Why a file can't be read as a list of devices, for whoever tells it in words of its own. Lines count from 1. */
export type Unreadable =
  | { readonly code: 'EmptyFile' }
  | { readonly code: 'EmptySheet'; readonly sheet: string; readonly sheets: readonly string[] }
  | { readonly code: 'OldExcel' }
  /** `cause` is what the reader of XLSX says, in English. */
  | { readonly code: 'NotXlsx'; readonly cause: string }
  | { readonly code: 'NoSuchSheet'; readonly sheet: string; readonly sheets: readonly string[] }
  | { readonly code: 'UnclosedQuote'; readonly line: number }
  | { readonly code: 'MisplacedQuote'; readonly line: number; readonly cause: string }
  | { readonly code: 'JsonArray'; readonly line: number }
  | { readonly code: 'NotJson'; readonly line: number }
  | { readonly code: 'NotAnObject'; readonly line: number }
  /** A column was chosen that is not there. */
  | { readonly code: 'NoSuchColumn'; readonly column: string; readonly columns: readonly string[] }
  /** One column was chosen for two fields. */
  | {
      readonly code: 'SameColumn'
      readonly column: string
      readonly fields: readonly [FieldName, FieldName]
      /** How each of them was chosen: a name or a number. */
      readonly chosen: readonly [string, string]
    }
  /** No column is known to hold a field that every device has. */
  | {
      readonly code: 'UnknownColumn'
      readonly field: FieldName
      readonly columns: readonly string[]
      /** Whether the first line may be a device: nobody said that it is a header. */
      readonly mayBeDevice: boolean
      /** Of a workbook of several sheets: the one that was read, and all of them. */
      readonly among?: { readonly sheet: string; readonly sheets: readonly string[] }
    }

/** A file that can't be read as a list of devices. Its message is English, and quotes no row: secrets stand there. */
export class UnreadableFile extends Error {
  readonly why: Unreadable

  constructor(why: Unreadable) {
    super(words(why))
    this.why = why
  }

  get code(): Unreadable['code'] {
    return this.why.code
  }
}

const listed = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ')

function words(why: Unreadable): string {
  switch (why.code) {
    case 'EmptyFile':
      return 'the file is empty'
    case 'EmptySheet':
      return why.sheets.length > 1
        ? `the sheet ${JSON.stringify(why.sheet)} is empty; there are: ${listed(why.sheets)}`
        : 'its only sheet is empty'
    case 'OldExcel':
      return 'it is an XLS file of an old Excel; save it as XLSX or CSV'
    case 'NotXlsx':
      return `it is no XLSX file that can be read: ${why.cause}`
    case 'NoSuchSheet':
      return `it has no sheet ${JSON.stringify(why.sheet)}; there are: ${listed(why.sheets) || 'none'}`
    case 'UnclosedQuote':
      return `line ${why.line}: a quote is opened and never closed`
    case 'MisplacedQuote':
      return `line ${why.line}: ${why.cause} a quote in the wrong place; a cell with quotes in it must be quoted, and each of them doubled`
    case 'JsonArray':
      return `line ${why.line} begins a JSON array; JSON lines are wanted, an object in each line and nothing around them, as \`jq -c '.[]'\` makes of an array`
    case 'NotJson':
      return `line ${why.line} is not JSON`
    case 'NotAnObject':
      return `line ${why.line} is JSON but no object, such as {"DeviceName": …}`
    case 'NoSuchColumn':
      return `there is no column ${JSON.stringify(why.column)}; the columns are ${listed(why.columns)}`
    case 'SameColumn':
      return `${why.fields.join(' and ')} were both given the column ${JSON.stringify(why.column)}; each field needs one of its own`
    case 'UnknownColumn':
      return (
        `no column is known to hold the device's ${why.field}; the columns are ${listed(why.columns)}` +
        (why.among
          ? ` in the sheet ${JSON.stringify(why.among.sheet)}; the sheets are ${listed(why.among.sheets)}`
          : '')
      )
  }
}
