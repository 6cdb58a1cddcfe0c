import { type FieldName, fields } from '../../device-files/fields.ts'
import type { Finding, Note } from '../../device-files/notes.ts'
import { writeRecipe } from '../../device-files/reshape/recipe.ts'
import type { RowSource } from '../../device-files/rows.ts'
import type { UnreadableFile } from '../../device-files/unreadable.ts'
import type { FixOffer } from '../../importer/fix-offers.ts'
import { formatNumber, quantity } from '../../lib/quantity.ts'

const quoted = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(', ')

const delimiters: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars (|)',
  whitespace: 'spaces or tabs',
}

const formatNames = { csv: 'CSV', tsv: 'TSV', jsonl: 'JSON lines', json: 'JSON', xlsx: 'XLSX' } as const

/** Describes in one line how a file is read: everything that was detected or chosen. */
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
    `read as ${formatNames[format]}${isGzip ? ' compressed with gzip' : ''}`,
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

/** Describes a guess about a file, with the flag that overrides it. */
export function describeNote(note: Note): string {
  switch (note.code) {
    case 'TakenEncoding':
      return `the encoding is detected as ${note.encoding.toUpperCase()} (--encoding NAME overrides it)`
    case 'BrokenUtf8':
      return 'the text is read as UTF-8, but some bytes are not valid and are read as \ufffd (--encoding NAME overrides it)'
    case 'ReportHeader':
      return 'the first line is the header of a report'
    case 'NoHeader':
      return `the first line is read as a device, and the columns as ${note.columns.join(', ')} (use --header if it is a header)`
    case 'GuessedHeader':
      return 'the first line is read as a header, although it has no known column name (use --no-header if it is a device)'
    case 'SepLine':
      return `the line sep=${note.delimiter} sets the delimiter and is skipped`
    case 'SkippedLines':
      return `${note.count === 1 ? 'a line' : quantity(note.count, 'line')} above the header (line ${note.header}) ${note.count === 1 ? 'is' : 'are'} skipped (--skip-lines N overrides it)`
    case 'ChosenColumn':
      return `the ${note.field} is read from ${JSON.stringify(note.column)}, but ${quoted(note.others)} would also fit (--map ${note.field}=COLUMN overrides it)`
    case 'OtherColumnFits':
      return `the first rows of ${JSON.stringify(note.column)} contain no valid ${note.field}, but ${note.others.map((other) => JSON.stringify(other)).join(' and ')} would fit: --map ${note.field}=${shell(note.others[0]!)}`
    case 'AmbiguousColumn':
      return `several columns could hold the ${note.field}: ${note.columns.join(', ')}`
    case 'OtherDelimiter':
      return `the first line would be a header with another delimiter: --delimiter ${shell(note.delimiter)}`
    case 'ChosenSheet':
      return `only the sheet ${JSON.stringify(note.sheet)} of ${quoted(note.sheets)} is read (--sheet NAME overrides it)`
    case 'HiddenSheets':
      return `the hidden ${note.sheets.length === 1 ? 'sheet' : 'sheets'} ${quoted(note.sheets)} also ${note.sheets.length === 1 ? 'contains' : 'contain'} devices and ${note.sheets.length === 1 ? 'is' : 'are'} not read (--sheet NAME overrides it)`
    case 'HiddenColumns':
      return `devices are read from the hidden ${note.columns.length === 1 ? 'column' : 'columns'} ${quoted(note.columns)}`
    case 'Preset':
      return [
        `read as an export of ${note.title}`,
        ...Object.entries(note.recipes).map(
          ([target, some]) => `${target} = ${some!.map(writeRecipe).join(', else ')}`,
        ),
        ...(note.keys === 'derive'
          ? [
              'its keys may not fit the 32 characters of a DeviceSecret: --secret derive makes secrets of them',
            ]
          : []),
      ].join('; ')
    case 'LooksLike':
      return `the columns are those of ${note.title}: --from ${note.platform} reads the file as such an export`
    case 'ChosenRows':
      return `devices are read from ${JSON.stringify(note.path)} (--rows PATH overrides it)`
  }
}

/** Describes why a file can't be read, with the option that supplies the missing information. */
export function describeUnreadable({ why, message }: UnreadableFile): string {
  switch (why.code) {
    case 'UnknownColumn': {
      const device = why.mayBeDevice ? ', or --no-header if the first line is a device' : ''
      const sheet = why.among ? ', or --sheet NAME for another sheet' : ''
      const delimiter = why.delimiter ? `, or --delimiter '${why.delimiter}' if that is the delimiter` : ''
      const platform = why.platform ? `, or --from ${why.platform}, whose exports have such columns` : ''
      const without = why.field === 'secret' ? `, or ${generated} if the devices have none` : ''
      return `${message}. Use --map ${why.field}=COLUMN${device}${sheet}${delimiter}${platform}${without}`
    }
    case 'MissingColumn':
      return why.field === 'secret' && (why.keys !== 'fit' || why.wanted.length === 0)
        ? `${message}. Use ${generated}, or --map secret=COLUMN`
        : `${message}. Use --map ${why.field}=COLUMN, or another platform with --from`
    case 'AmbiguousColumn':
      return `${message}. Use ${why.columns.map((column) => `--map ${why.field}=${shell(column)}`).join(' or ')}`
    case 'AmbiguousNumbers':
      return `${message}. Correct the file, or accept all of them with --allow damaged-numbers`
    case 'AmbiguousProducts':
      return `${message}. Split the file by product, or read all rows as devices of one product with --allow other-products`
    case 'AmbiguousHeader':
      return `${message}. Use --header or --no-header`
    case 'AmbiguousLines':
      return `${message}. Use --skip-lines ${why.header - 1} to skip them, or --no-header to read them as devices`
    case 'AmbiguousRows':
      return `${message}. Use ${why.paths.map((path) => `--rows ${shell(path)}`).join(' or ')}`
    case 'NoSuchRows':
    case 'LargeDocument':
      return `${message}. Use --rows PATH, such as --rows data.devices`
    case 'AmbiguousSheet':
      return `${message}. Use one or more of ${why.fitting.map((sheet) => `--sheet ${shell(sheet)}`).join(' ')}`
    case 'EmptySheet':
    case 'NoSuchSheet':
      return why.sheets.length > 1 ? `${message}. Use --sheet NAME` : message
    case 'SameColumn': {
      const [one, other] = why.fields.map((field, i) => `--map ${field}=${why.chosen[i]}`)
      return `${one} and ${other} are the same column, ${JSON.stringify(why.column)}; each field needs its own column`
    }
    case 'NoSuchColumn':
      return why.mayBeDevice ? `${message}. Use --no-header if the first line is a device` : message
    default:
      return message
  }
}

const generated = '--secret generate --secrets-out FILE'

/** Quotes a word for a shell. */
const shell = (text: string) => (/^[\w.@:/+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

const called: { readonly [F in FieldName]: string } = {
  name: 'names',
  secret: 'secrets',
  sn: 'serial numbers',
}

/** Describes a finding in the rows of a file. */
export function describeFinding({ code, field = 'name', line, count, what }: Finding): string {
  const where = `(line ${formatNumber(line)} is the first)`
  const some = formatNumber(count)
  switch (code) {
    case 'RepeatedHeader':
      return `${count === 1 ? 'a row repeats' : `${some} rows repeat`} the header and ${count === 1 ? 'is' : 'are'} skipped ${where}`
    case 'ShownByFormat':
      return `${some} of the ${called[field]} ${count === 1 ? 'is a number that is read as the sheet displays it, with the zeros or text of its format' : 'are numbers that are read as the sheet displays them, with the zeros or text of their format'} ${where}`
    case 'SameSecret':
      return `${some} devices have the same secret ${where}`
    case 'Fixed':
      return `${some} of the ${called[field]} ${count === 1 ? 'was' : 'were'} changed by --fix ${what} ${where}`
    case 'LeftOut':
      return `${quantity(count, what === 'tag' ? 'tag' : 'nickname')} ${count === 1 ? 'is not legal' : 'are not legal'} and will not be set ${where}`
    case 'FixedBefore':
      return `${count === 1 ? 'a row' : `${some} rows`} that the report lists only as changed ${count === 1 ? 'is' : 'are'} skipped ${where}`
    case 'LateEncoding':
      return `the text is not UTF-8 from line ${formatNumber(line)} on; if its characters are wrong, set its encoding with --encoding NAME`
  }
}

/** Names the option that makes bad values legal, as it is written in a shell. */
export function describeOffer(offer: FixOffer): string {
  const { count } = offer
  const rows = `${formatNumber(count)} ${count === 1 ? 'bad row has a value' : 'bad rows have values'}`
  if (offer.fix !== 'blanks') return `${rows} that --fix ${offer.fix} makes legal`
  const recipe = `name=${writeRecipe(offer.recipe)}`.replaceAll("'", "'\\''")
  return `${rows} that --set '${recipe}' makes legal`
}
