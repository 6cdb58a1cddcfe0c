import type { ForeignKind, Unreadable } from '../../../device-files/unreadable.ts'
import { quoted } from './import-names.ts'

/** What to do with a file of another kind. */
const foreign: { readonly [K in ForeignKind]: string } = {
  oldExcel: 'It is an XLS workbook of Excel 97–2003: open it and save it as XLSX or CSV.',
  encryptedWorkbook:
    'The workbook is encrypted with a password: open it, remove the password and save it again.',
  binaryWorkbook: 'It is a binary XLSB workbook: open it and save it as XLSX or CSV.',
  openDocument: 'It is an OpenDocument spreadsheet (ODS): open it and save it as XLSX or CSV.',
  numbers: 'It is a document of Apple Numbers: export it as XLSX or CSV.',
  html: 'It is a web page (HTML), as some programs write it and call it .xls: open it and save it as XLSX or CSV.',
  xmlSpreadsheet: 'It is an XML spreadsheet (Excel 2003 or flat ODS): open it and save it as XLSX or CSV.',
  mail: 'It is a web page in MIME format: open it and save it as XLSX or CSV.',
  rtf: 'It is an RTF document: copy the table into a spreadsheet and save it as XLSX or CSV.',
  wordOrSlides:
    'It is a document of Word or PowerPoint: copy the table into a spreadsheet and save it as XLSX or CSV.',
  zip: 'It is a ZIP archive: unpack it and drop the file inside.',
  archive: 'It is an archive: unpack it and drop the file inside.',
  picture: 'It is a picture: a list of devices is text, CSV or XLSX.',
  pdf: 'It is a PDF document: export the list as CSV or XLSX from the program that made it.',
  database: 'It is a database file: export the table as CSV.',
  parquet: 'It is a Parquet file: export it as CSV or JSON lines.',
  key: 'It is a key or certificate (PEM), and no list of devices.',
  binary: 'It is a binary file, no text and no workbook: CSV, TSV, JSON and XLSX are read.',
}

type Reasons = {
  readonly [C in Unreadable['code']]: (why: Extract<Unreadable, { readonly code: C }>) => string
}

export const en = {
  title: 'The file can’t be read',
  question: 'How is the file to be read?',
  because: {
    EmptyFile: () => 'It is empty.',
    NoRows: () => 'It holds no rows.',
    EmptySheet: ({ sheet, sheets }) =>
      sheets.length > 1
        ? `The sheet “${sheet}” is empty: choose another one of the file.`
        : 'Its only sheet is empty.',
    ForeignFile: ({ kind, names }) => `${foreign[kind]}${names?.length ? ` It holds ${quoted(names)}.` : ''}`,
    NotXlsx: ({ cause }) =>
      `It is no XLSX file that can be read (${cause}): save it anew as XLSX, or as CSV.`,
    NotGzip: ({ cause }) => `It can’t be unpacked (${cause}): pack it again, or drop it unpacked.`,
    NoSuchSheet: ({ sheet, sheets }) => `It has no sheet “${sheet}”; it has: ${quoted(sheets)}.`,
    AmbiguousSheet: ({ fitting }) =>
      `The sheets ${quoted(fitting)} all hold devices: choose those that are meant.`,
    OtherColumns: ({ sheet, first }) =>
      `The sheet “${sheet}” has other columns than “${first}”: read each by itself.`,
    UnclosedQuote: ({ line }) =>
      `In line ${line} a quote is opened and never closed: close it there, or choose another delimiter.`,
    MisplacedQuote: ({ line }) =>
      `In line ${line} a quote stands in the wrong place: a cell with quotes in it must be quoted, and each of them doubled.`,
    LongLine: ({ line }) => `Line ${line} is longer than 16 MiB: a list has a device in each line.`,
    NotJson: ({ line }) => `Line ${line} is no JSON.`,
    NotAnObject: ({ line }) => `Line ${line} is JSON, but no object such as {"DeviceName": …}.`,
    NoSuchRows: ({ path }) =>
      path === undefined
        ? 'The JSON document holds no array of objects.'
        : `The JSON document has no array of objects at “${path}”.`,
    AmbiguousRows: ({ paths }) =>
      `The JSON document holds several arrays of objects (${quoted(paths)}): choose the one with the devices.`,
    LargeDocument: () =>
      'The JSON document is larger than 256 MiB: say where its array of devices is, such as data.devices.',
    AmbiguousHeader: ({ line }) =>
      `Line ${line} may name the columns or be a device, and either way the rows are legal.`,
    AmbiguousLines: ({ header }) =>
      `Line ${header} names the columns; the lines above it may be a title, or devices.`,
    AmbiguousColumn: ({ field, columns }) =>
      `The device’s ${field} may stand in several columns: ${columns.join(', ')}.`,
    NoSuchColumn: ({ column, columns, mayBeDevice }) =>
      mayBeDevice
        ? `There is no column “${column}” among ${columns.length}.`
        : `There is no column “${column}”; there are: ${quoted(columns)}.`,
    SameColumn: ({ column }) =>
      `The column “${column}” was chosen for two fields: each needs one of its own.`,
    UnknownColumn: ({ field, columns, mayBeDevice }) =>
      mayBeDevice
        ? `No column is known to hold the device’s ${field} among ${columns.length}.`
        : `No column is known to hold the device’s ${field}; there are: ${quoted(columns)}.`,
  } satisfies Reasons,
}
