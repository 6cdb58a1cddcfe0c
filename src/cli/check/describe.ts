import { type FieldName, fields } from '../../device-files/fields.ts'
import type { Finding, Note } from '../../device-files/notes.ts'
import type { RowSource } from '../../device-files/rows.ts'
import type { UnreadableFile } from '../../device-files/unreadable.ts'

const quoted = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ')

const delimiters: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars (|)',
  whitespace: 'spaces or tabs',
}

const formatNames = { csv: 'CSV', tsv: 'TSV', jsonl: 'JSON lines', json: 'JSON', xlsx: 'XLSX' } as const

/** How a file is read, in a line: everything that was recognised or chosen. */
export function describeReading({
  recognised,
  columns,
  places,
  mayBeDevice,
}: Pick<RowSource, 'recognised' | 'columns' | 'places' | 'mayBeDevice'>): string {
  const { format, encoding, delimiter, hasHeader, read, rowsPath, isGzip } = recognised()
  const column = (field: FieldName) =>
    mayBeDevice || !hasHeader || columns[places[field]] === ''
      ? `column ${places[field] + 1}`
      : JSON.stringify(columns[places[field]])
  const named = fields.filter((field) => places[field] >= 0).map((field) => `${field} from ${column(field)}`)
  const isText = format === 'csv' || format === 'tsv'
  return [
    `read as ${formatNames[format]}${isGzip ? ' packed by gzip' : ''}`,
    ...(encoding === undefined ? [] : [encoding.toUpperCase()]),
    ...(delimiter === undefined
      ? []
      : [`cells between ${delimiters[delimiter] ?? JSON.stringify(delimiter)}`]),
    ...(read === undefined ? [] : [`sheet ${quoted(read)}`]),
    ...(rowsPath === undefined || rowsPath === '' ? [] : [`rows in ${JSON.stringify(rowsPath)}`]),
    ...(isText || format === 'xlsx' ? [hasHeader ? 'with a header' : 'without a header'] : []),
    named.join(', '),
  ].join(', ')
}

/** What was guessed of a file, in a sentence, with the flag for where that is wrong. */
export function describeNote(note: Note): string {
  switch (note.code) {
    case 'TakenEncoding':
      return `it is taken as ${note.encoding.toUpperCase()}; if that is wrong, name its encoding: --encoding NAME`
    case 'BrokenUtf8':
      return 'it is taken as UTF-8, but bytes in it are not: they are read as \ufffd (--encoding names another)'
    case 'ReportHeader':
      return 'the first line is the header of a report, and is taken as one'
    case 'NoHeader':
      return `the first line is taken as a device, so there is no header: the columns are taken as ${note.columns.join(', ')} (--header if it names the columns)`
    case 'GuessedHeader':
      return 'the first line is taken as a header, though it names no known column (--no-header if it is a device)'
    case 'SepLine':
      return `the line sep=${note.delimiter} gives the delimiter, and is skipped`
    case 'SkippedLines':
      return `${note.count === 1 ? 'a line' : `${note.count} lines`} above the header (line ${note.header}) ${note.count === 1 ? 'is' : 'are'} skipped (--skip-lines N decides)`
    case 'ChosenColumn':
      return `the ${note.field} is read from ${JSON.stringify(note.column)}; ${quoted(note.others)} would fit, too: --map ${note.field}=COLUMN decides`
    case 'OtherColumnFits':
      return `in the first rows ${JSON.stringify(note.column)} holds no legal ${note.field}, and ${note.others.map((other) => JSON.stringify(other)).join(' and ')} would fit: --map ${note.field}=${shell(note.others[0]!)}`
    case 'AmbiguousColumn':
      return `the ${note.field} may stand in several columns: ${note.columns.join(', ')}`
    case 'OtherDelimiter':
      return `the first line would name columns with another delimiter: --delimiter ${shell(note.delimiter)}`
    case 'ChosenSheet':
      return `the sheet ${JSON.stringify(note.sheet)} is read, of ${quoted(note.sheets)} (--sheet NAME decides)`
    case 'HiddenSheets':
      return `the hidden ${note.sheets.length === 1 ? 'sheet' : 'sheets'} ${quoted(note.sheets)} would fit, too, and ${note.sheets.length === 1 ? 'is' : 'are'} not read (--sheet NAME decides)`
    case 'HiddenColumns':
      return `the sheet does not show ${note.columns.length === 1 ? 'the column' : 'the columns'} ${quoted(note.columns)}, from which devices are read`
    case 'ChosenRows':
      return `the devices are read from ${JSON.stringify(note.path)} (--rows PATH decides)`
  }
}

/** Why a file can't be read, with the option that says what is missing. */
export function describeUnreadable({ why, message }: UnreadableFile): string {
  switch (why.code) {
    case 'UnknownColumn': {
      const device = why.mayBeDevice ? '; or, if the first line is a device: --no-header' : ''
      const sheet = why.among ? '; or, if another sheet is meant: --sheet NAME' : ''
      const delimiter = why.delimiter ? `; or, if it parts the cells: --delimiter '${why.delimiter}'` : ''
      return `${message}. Say which: --map ${why.field}=COLUMN${device}${sheet}${delimiter}`
    }
    case 'AmbiguousColumn':
      return `${message}. Say which: ${why.columns.map((column) => `--map ${why.field}=${shell(column)}`).join(' or ')}`
    case 'AmbiguousNumbers':
      return `${message}. Mend the file, or take all as they stand: --allow damaged-numbers`
    case 'AmbiguousProducts':
      return `${message}. Split the file by its products, or take all as devices of one: --allow other-products`
    case 'AmbiguousHeader':
      return `${message}. Say which: --header or --no-header`
    case 'AmbiguousLines':
      return `${message}. Say which: --skip-lines ${why.header - 1} skips them; --no-header takes them as devices`
    case 'AmbiguousRows':
      return `${message}. Say which: ${why.paths.map((path) => `--rows ${shell(path)}`).join(' or ')}`
    case 'NoSuchRows':
    case 'LargeDocument':
      return `${message}. Say where they are: --rows PATH, such as --rows data.devices`
    case 'AmbiguousSheet':
      return `${message}. Say which, or several: ${why.fitting.map((sheet) => `--sheet ${shell(sheet)}`).join(' ')}`
    case 'EmptySheet':
    case 'NoSuchSheet':
      return why.sheets.length > 1 ? `${message}. Say which: --sheet NAME` : message
    case 'SameColumn': {
      const [one, other] = why.fields.map((field, i) => `--map ${field}=${why.chosen[i]}`)
      return `${one} and ${other} are the same column, ${JSON.stringify(why.column)}; each field needs one of its own`
    }
    case 'NoSuchColumn':
      return why.mayBeDevice ? `${message}. If the first line is a device: --no-header` : message
    default:
      return message
  }
}

/** A word as it can be given to a shell. */
const shell = (text: string) => (/^[\w.@:/+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

const called: { readonly [F in FieldName]: string } = {
  name: 'names',
  secret: 'secrets',
  sn: 'serial numbers',
}

/** What was found in the rows of a file. */
export function describeFinding({ code, field = 'name', line, count }: Finding): string {
  const where = `(line ${line.toLocaleString('en-US')} is the first)`
  const some = count.toLocaleString('en-US')
  switch (code) {
    case 'RepeatedHeader':
      return `${count === 1 ? 'a row repeats' : `${some} rows repeat`} the header and ${count === 1 ? 'is' : 'are'} skipped ${where}`
    case 'ShownByFormat':
      return `${some} of the ${called[field]} are numbers that are read as the sheet shows them, with the zeros or text of their format ${where}`
    case 'SameSecret':
      return `${some} devices have the same secret ${where}`
    case 'LateEncoding':
      return `the text is not UTF-8 in line ${line.toLocaleString('en-US')} and behind it; if its characters are wrong, name its encoding: --encoding NAME`
  }
}
