import { formatNumber, quantity } from '../lib/quantity.ts'
import type { ArtifactKind } from './faults.ts'
import type { FieldName } from './fields.ts'

/** File types other than text and workbooks, detected by the first bytes or the archive's entries. */
export type ForeignKind =
  | 'oldExcel'
  | 'encryptedWorkbook'
  | 'binaryWorkbook'
  | 'openDocument'
  | 'numbers'
  | 'html'
  | 'xmlSpreadsheet'
  | 'mail'
  | 'rtf'
  | 'wordOrSlides'
  | 'zip'
  | 'archive'
  | 'picture'
  | 'pdf'
  | 'database'
  | 'parquet'
  | 'key'
  | 'binary'

/**
 * The reason why a file can't be read as a list of devices, as data for messages in any language. Lines count
 * from 1.
 */
export type Unreadable =
  | { readonly code: 'EmptyFile' }
  /** The header has no rows below it. */
  | { readonly code: 'NoRows' }
  | { readonly code: 'EmptySheet'; readonly sheet: string; readonly sheets: readonly string[] }
  | {
      readonly code: 'ForeignFile'
      readonly kind: ForeignKind
      /** The first files of an archive. */
      readonly names?: readonly string[]
    }
  /** `cause` is the reader's message, in English. */
  | { readonly code: 'NotXlsx'; readonly cause: string }
  | { readonly code: 'NotGzip'; readonly cause: string }
  | { readonly code: 'NoSuchSheet'; readonly sheet: string; readonly sheets: readonly string[] }
  /** Several visible sheets have devices. */
  | {
      readonly code: 'AmbiguousSheet'
      readonly fitting: readonly string[]
      readonly sheets: readonly string[]
    }
  /** Sheets chosen together have different columns. */
  | {
      readonly code: 'OtherColumns'
      readonly sheet: string
      readonly first: string
      readonly sheets: readonly string[]
    }
  | { readonly code: 'UnclosedQuote'; readonly line: number }
  | { readonly code: 'MisplacedQuote'; readonly line: number; readonly cause: string }
  | { readonly code: 'LongLine'; readonly line: number }
  | { readonly code: 'NotJson'; readonly line: number }
  | { readonly code: 'NotAnObject'; readonly line: number }
  /** The JSON document has no array of objects, or none at that path. */
  | { readonly code: 'NoSuchRows'; readonly path: string | undefined }
  /** The JSON document has several arrays of objects. */
  | { readonly code: 'AmbiguousRows'; readonly paths: readonly string[] }
  /** The JSON document is too large to search for its array in memory. */
  | { readonly code: 'LargeDocument' }
  /** The first line may be a header or a device; the rows are legal in both cases. */
  | { readonly code: 'AmbiguousHeader'; readonly line: number }
  /** The lines above the header may be a title or devices. */
  | { readonly code: 'AmbiguousLines'; readonly header: number }
  /** Several columns could hold a field. `columns` are header names, or numbers from 1. */
  | { readonly code: 'AmbiguousColumn'; readonly field: FieldName; readonly columns: readonly string[] }
  /**
   * Values that were returned as valid are damaged, as later values show; finding this requires reading the
   * whole file. `line` is the first of them, `count` their number.
   */
  | {
      readonly code: 'AmbiguousNumbers'
      readonly field: FieldName
      readonly kind: ArtifactKind
      readonly line: number
      readonly count: number
    }
  /** The ProductKey column names several products, but an import has one. */
  | {
      readonly code: 'AmbiguousProducts'
      readonly line: number
      readonly products: readonly [string, string]
    }
  /** A chosen column does not exist. */
  | {
      readonly code: 'NoSuchColumn'
      readonly column: string
      readonly columns: readonly string[]
      readonly mayBeDevice: boolean
    }
  /** The export of a platform lacks the columns that a field is read from. */
  | {
      readonly code: 'MissingColumn'
      readonly platform: string
      readonly title: string
      readonly field: 'name' | 'secret'
      /** Columns of which one would do. */
      readonly wanted: readonly string[]
      readonly columns: readonly string[]
      readonly mayBeDevice: boolean
      /** Describes what is done about keys of the platform. */
      readonly keys: 'fit' | 'derive' | 'generate'
    }
  /** One column was chosen for two fields. */
  | {
      readonly code: 'SameColumn'
      readonly column: string
      readonly fields: readonly [FieldName, FieldName]
      /** The name or number by which each was chosen. */
      readonly chosen: readonly [string, string]
    }
  /** A required field has no column. */
  | {
      readonly code: 'UnknownColumn'
      readonly field: FieldName
      readonly columns: readonly string[]
      /** Whether the first line may be a device; then messages don't quote its cells. */
      readonly mayBeDevice: boolean
      /** A delimiter with which the first line would name fields. */
      readonly delimiter?: string
      /** A platform whose exports have such columns. */
      readonly platform?: string
      /** If the workbook has several sheets: the one that was read, and all of them. */
      readonly among?: { readonly sheet: string; readonly sheets: readonly string[] }
    }

/**
 * The file can't be read as a list of devices. The message is English and quotes no row, since rows contain
 * secrets.
 */
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

const foreign: { readonly [K in ForeignKind]: string } = {
  oldExcel: 'an XLS workbook of Excel 97–2003; open it and save it as XLSX or CSV',
  encryptedWorkbook:
    'a workbook that is encrypted with a password; open it, remove the password and save it again',
  binaryWorkbook: 'an XLSB workbook (binary); open it and save it as XLSX or CSV',
  openDocument: 'an OpenDocument spreadsheet (ODS); open it and save it as XLSX or CSV',
  numbers: 'a document of Apple Numbers; export it as XLSX or CSV',
  html: 'a web page (HTML), as some programs write it and call it .xls; open it and save it as XLSX or CSV',
  xmlSpreadsheet: 'an XML spreadsheet (Excel 2003 or flat ODS); open it and save it as XLSX or CSV',
  mail: 'a web page in MIME format (MHTML or mail); open it and save it as XLSX or CSV',
  rtf: 'an RTF document; copy the table into a spreadsheet and save it as XLSX or CSV',
  wordOrSlides:
    'a document of Word or PowerPoint; copy the table into a spreadsheet and save it as XLSX or CSV',
  zip: 'a ZIP archive; unpack it and give the file inside',
  archive: 'an archive; unpack it and give the file inside',
  picture: 'a picture; give the list as text, CSV or XLSX',
  pdf: 'a PDF document; export the list as CSV or XLSX from the program that made it',
  database: 'a database file; export the table as CSV',
  parquet: 'a Parquet file; export it as CSV or JSON lines',
  key: 'a key or certificate (PEM), which is no list of devices',
  binary: 'a binary file, no text and no workbook; give CSV, TSV, JSON or XLSX',
}

const displayed = (columns: readonly string[], mayBeDevice: boolean) =>
  mayBeDevice
    ? `the first line has ${quantity(columns.length, 'cell')}, not shown because it may be a device`
    : `the columns are ${listed(columns)}`

const lateDamage: { readonly [K in ArtifactKind]?: string } = {
  lostZeros: 'fewer digits than nearly all others of the column, as if leading zeros were lost',
  tooManyDigits: 'more than 15 digits that end in zeros, as a spreadsheet rounds them',
  scientific: 'numbers in scientific notation, as 12E5, beside others of the column',
}

function words(why: Unreadable): string {
  switch (why.code) {
    case 'EmptyFile':
      return 'the file is empty'
    case 'NoRows':
      return 'the file has no rows'
    case 'EmptySheet':
      return why.sheets.length > 1
        ? `the sheet ${JSON.stringify(why.sheet)} is empty; there are: ${listed(why.sheets)}`
        : 'its only sheet is empty'
    case 'ForeignFile':
      return `it is ${foreign[why.kind]}${why.names?.length ? ` (it holds ${listed(why.names)})` : ''}`
    case 'NotXlsx':
      return `it is no XLSX file that can be read: ${why.cause}`
    case 'NotGzip':
      return `it can't be unpacked as gzip: ${why.cause}`
    case 'NoSuchSheet':
      return `it has no sheet ${JSON.stringify(why.sheet)}; there are: ${listed(why.sheets) || 'none'}`
    case 'AmbiguousSheet':
      return `the sheets ${listed(why.fitting)} all hold devices`
    case 'OtherColumns':
      return `the sheet ${JSON.stringify(why.sheet)} has other columns than ${JSON.stringify(why.first)}; read each by itself`
    case 'UnclosedQuote':
      return `line ${why.line}: a quote is opened and never closed`
    case 'MisplacedQuote':
      return `line ${why.line}: ${why.cause} a quote in the wrong place; a cell with quotes in it must be quoted, and each of them doubled`
    case 'LongLine':
      return `line ${why.line} is longer than 16 MiB; a list of devices has a device in each line`
    case 'NotJson':
      return `line ${why.line} is not JSON`
    case 'NotAnObject':
      return `line ${why.line} is JSON but no object, such as {"DeviceName": …}`
    case 'NoSuchRows':
      return why.path === undefined
        ? 'the JSON document holds no array of objects'
        : `the JSON document has no array of objects at ${JSON.stringify(why.path)}`
    case 'AmbiguousRows':
      return `the JSON document holds several arrays of objects: ${listed(why.paths)}`
    case 'LargeDocument':
      return 'the JSON document is larger than 256 MiB, so its array of devices is not searched for'
    case 'AmbiguousHeader':
      return `line ${why.line} may name the columns or be a device`
    case 'AmbiguousLines':
      return `line ${why.header} names the columns, and the lines above it may be a title or devices`
    case 'AmbiguousColumn':
      return `the ${why.field} may stand in several columns: ${why.columns.map((column) => (/^\d+$/.test(column) ? column : JSON.stringify(column))).join(', ')}`
    case 'AmbiguousNumbers': {
      const some = why.count === 1 ? 'a value' : quantity(why.count, 'value')
      return `${some} of the ${why.field} (line ${formatNumber(why.line)} is the first) may be damaged: ${lateDamage[why.kind] ?? ''}`
    }
    case 'AmbiguousProducts': {
      const [one, other] = why.products
      return `line ${formatNumber(why.line)} is a device of the product ${JSON.stringify(other)}, and those above are of ${JSON.stringify(one)}`
    }
    case 'NoSuchColumn':
      return `there is no column ${JSON.stringify(why.column)}; ${displayed(why.columns, why.mayBeDevice)}`
    case 'MissingColumn':
      return why.wanted.length === 0
        ? `exports of ${why.title} hold no ${why.field}`
        : `a file of ${why.title} has the ${why.field} in ${listed(why.wanted)}, and there is no such column; ${displayed(why.columns, why.mayBeDevice)}`
    case 'SameColumn':
      return `${why.fields.join(' and ')} were both given the column ${JSON.stringify(why.column)}; each field needs one of its own`
    case 'UnknownColumn':
      return (
        `no column is known to hold the device's ${why.field}; ${displayed(why.columns, why.mayBeDevice)}` +
        (why.among
          ? ` in the sheet ${JSON.stringify(why.among.sheet)}; the sheets are ${listed(why.among.sheets)}`
          : '')
      )
  }
}
