import type { ArtifactKind } from '../../../device-files/faults.ts'
import type { ForeignKind, Unreadable } from '../../../device-files/unreadable.ts'
import { fieldNames, quoted } from './import-names.ts'
import { plural } from './plural.ts'

/** Advice for a file of another type. */
const foreign: { readonly [K in ForeignKind]: string } = {
  oldExcel: 'It is an XLS workbook of Excel 97–2003: open it and save it as XLSX or CSV.',
  encryptedWorkbook:
    'The workbook is encrypted with a password: open it, remove the password and save it again.',
  binaryWorkbook: 'It is a binary XLSB workbook: open it and save it as XLSX or CSV.',
  openDocument: 'It is an OpenDocument spreadsheet (ODS): open it and save it as XLSX or CSV.',
  numbers: 'It is a document of Apple Numbers: export it as XLSX or CSV.',
  html: 'It is a web page (HTML), which some programs save as .xls: open it and save it as XLSX or CSV.',
  xmlSpreadsheet: 'It is an XML spreadsheet (Excel 2003 or flat ODS): open it and save it as XLSX or CSV.',
  mail: 'It is a web page in MIME format: open it and save it as XLSX or CSV.',
  rtf: 'It is an RTF document: copy the table into a spreadsheet and save it as XLSX or CSV.',
  wordOrSlides:
    'It is a Word or PowerPoint document: copy the table into a spreadsheet and save it as XLSX or CSV.',
  zip: 'It is a ZIP archive: unpack it and drop the file inside.',
  archive: 'It is an archive: unpack it and drop the file inside.',
  picture: 'It is a picture. Drop a list of devices as text, CSV or XLSX.',
  pdf: 'It is a PDF document: export the list as CSV or XLSX from the program that made it.',
  database: 'It is a database file: export the table as CSV.',
  parquet: 'It is a Parquet file: export it as CSV or JSON lines.',
  key: 'It is a key or certificate (PEM), not a list of devices.',
  binary: 'It is a binary file. Supported formats are CSV, TSV, JSON and XLSX.',
}

/** Damage that shows only in comparison with later values. */
const late: { readonly [K in ArtifactKind]?: string } = {
  lostZeros: 'fewer digits than nearly all other values of the column, so leading zeros may be lost',
  tooManyDigits: 'more than 15 digits that end in zeros, as a spreadsheet rounds them',
  scientific: 'numbers in scientific notation, such as 12E5',
}

type Reasons = {
  readonly [C in Unreadable['code']]: (why: Extract<Unreadable, { readonly code: C }>) => string
}

export const en = {
  title: 'The file can’t be read',
  question: 'Choose how the file is read',
  because: {
    EmptyFile: () => 'It is empty.',
    NoRows: () => 'It has no rows.',
    EmptySheet: ({ sheet, sheets }) =>
      sheets.length > 1
        ? `The sheet “${sheet}” is empty. Choose another sheet of the file.`
        : 'Its only sheet is empty.',
    ForeignFile: ({ kind, names }) =>
      `${foreign[kind]}${names?.length ? ` It contains ${quoted(names)}.` : ''}`,
    NotXlsx: ({ cause }) => `It is not a readable XLSX file (${cause}). Save it again as XLSX or CSV.`,
    NotGzip: ({ cause }) =>
      `It can’t be decompressed (${cause}). Compress it again, or drop the uncompressed file.`,
    NoSuchSheet: ({ sheet, sheets }) => `It has no sheet “${sheet}”; it has: ${quoted(sheets)}.`,
    AmbiguousSheet: ({ fitting }) =>
      `The sheets ${quoted(fitting)} all contain devices. Choose the sheets to read.`,
    OtherColumns: ({ sheet, first }) =>
      `The sheet “${sheet}” has other columns than “${first}”. Read each sheet separately.`,
    UnclosedQuote: ({ line }) =>
      `A quote in line ${line} is never closed. Close it, or choose another delimiter.`,
    MisplacedQuote: ({ line }) =>
      `Line ${line} has a misplaced quote. Put a cell that contains quotes between quotes and double each quote in it.`,
    LongLine: ({ line }) => `Line ${line} is longer than 16 MiB. A list has one device in each line.`,
    NotJson: ({ line }) => `Line ${line} is not valid JSON.`,
    NotAnObject: ({ line }) => `Line ${line} is not a JSON object such as {"DeviceName": …}.`,
    NoSuchRows: ({ path }) =>
      path === undefined
        ? 'The JSON document has no array of objects.'
        : `The JSON document has no array of objects at “${path}”.`,
    AmbiguousRows: ({ paths }) =>
      `The JSON document has several arrays of objects (${quoted(paths)}). Choose the array of devices.`,
    LargeDocument: () =>
      'The JSON document is larger than 256 MiB. Enter the path of its array of devices, such as data.devices.',
    AmbiguousNumbers: ({ field, kind, line, count }) =>
      `${count.toLocaleString('en')} ${plural(count, 'value', 'values')} of the ${field}, first in line ${line}, may be damaged: ${late[kind] ?? ''}. Correct the file, or accept them as they are.`,
    AmbiguousProducts: ({ line, products: [one, other] }) =>
      `Line ${line} is a device of the product “${other}”, but the lines above are devices of “${one}”. Split the file by product, or read all rows as devices of the product chosen here.`,
    AmbiguousHeader: ({ line }) =>
      `Line ${line} may be a header or a device, and the rows are valid either way.`,
    AmbiguousLines: ({ header }) =>
      `Line ${header} is the header. The lines above it may be a title, or devices.`,
    AmbiguousColumn: ({ field, columns }) =>
      `Several columns could hold the device’s ${field}: ${columns.join(', ')}.`,
    NoSuchColumn: ({ column, columns, mayBeDevice }) =>
      mayBeDevice
        ? `The file has ${columns.length} columns, but no column “${column}”.`
        : `The file has no column “${column}”; its columns are ${quoted(columns)}.`,
    MissingColumn: ({ title, field, wanted }) =>
      wanted.length === 0
        ? `Exports of ${title} hold no ${fieldNames[field]}. Choose below to generate the secrets.`
        : `A file of ${title} has the ${fieldNames[field]} in ${quoted(wanted)}, and there is no such column. Choose another platform${field === 'secret' ? ', or generate the secrets' : ''}.`,
    SameColumn: ({ column }) =>
      `The column “${column}” is chosen for two fields. Choose a different column for each.`,
    UnknownColumn: ({ field, columns, mayBeDevice }) =>
      mayBeDevice
        ? `None of the ${columns.length} columns is recognised as the device’s ${field}.`
        : `No column is recognised as the device’s ${field}; the columns are ${quoted(columns)}.`,
  } satisfies Reasons,
}
