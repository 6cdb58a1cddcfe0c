import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ChosenColumns } from '../../device-files/columns.ts'
import { type Allowance, allowances } from '../../device-files/faults.ts'
import { type FieldName, fields } from '../../device-files/fields.ts'
import { type Encoding, encodings, type Format, formats, whitespace } from '../../device-files/formats.ts'
import type { ReadOptions } from '../../device-files/open.ts'
import type { Reshape, SecretSource } from '../../device-files/reshape/reshape.ts'
import { isTarget } from '../../device-files/reshape/written.ts'
import type { Target } from '../../importer/target.ts'
import { CliError } from '../cli-error.ts'
import { type EndpointOptions, withEndpoint } from '../endpoint/connect.ts'
import { wholeUpTo } from '../whole-number.ts'
import { type ReshapeOptions, reshapeOf, secretSourceOf, withReshape } from './reshape-options.ts'

/** Options of the commands that read a file of devices. */
export interface FileOptions extends EndpointOptions, ReshapeOptions {
  readonly product?: string
  readonly instance?: string
  readonly format?: Format
  readonly delimiter?: string
  readonly encoding?: Encoding
  /** True with --header, false with --no-header. */
  readonly header?: boolean
  readonly skipLines?: number
  readonly sheet?: readonly string[]
  readonly rows?: string
  readonly allow?: readonly Allowance[]
  readonly map?: ChosenColumns
  /** Describes where secrets come from that were generated. */
  readonly secrets?: SecretSource
  readonly batch: number
  readonly concurrency: number
  readonly report?: string
  readonly summary?: true
  readonly json?: true
}

export function withFile(command: Command): Command {
  return withEndpoint(
    withReshape(command)
      .argument(
        '<file>',
        'CSV, TSV, JSON lines, JSON or XLSX, optionally compressed with gzip; - is standard input',
      )
      .option(
        '--product <key>',
        'ProductKey of the devices’ product; default: that of credentials.env, if its access key is used.',
      )
      .option('--instance <id>', 'ID of the product’s instance, if it has one.')
      .option(
        '--map <field=column>',
        `Column of a field (${fields.join(', ')}), of the nickname, of a tag (tag:KEY) or of all tags (tags) as FIELD=COLUMN: its name, its number from 1, or in JSON a path such as auth.key. Repeatable.`,
        addMapping,
      )
      .addOption(new Option('--format <format>', 'Format of the file (auto-detected).').choices(formats))
      .option(
        '--delimiter <character>',
        `Field delimiter (auto-detected: comma, semicolon, tab, |): one character, tab, or ${whitespace} for one or more spaces or tabs.`,
        delimiter,
      )
      .addOption(new Option('--encoding <name>', 'Encoding of the file (auto-detected).').choices(encodings))
      .option('--header', 'The first line is a header.')
      .option('--no-header', 'The first line is a device; use column numbers.')
      .option('--skip-lines <count>', 'Number of lines to skip at the beginning.', wholeUpTo(1_000_000))
      .option(
        '--sheet <name>',
        'Sheet of an XLSX file; default: the visible one with devices. Repeatable.',
        (name: string, before: readonly string[] = []) => [...before, name],
      )
      .option('--rows <path>', 'Path of the array of devices in a JSON document, such as data.devices.')
      .option('--allow <what>', `Accept as they are, comma-separated: ${allowances.join(', ')}.`, allowed)
      .option(
        '--report <file>',
        'Write the bad rows and those that --fix changed to this CSV file, with the columns of the input.',
      )
      .option('--summary', 'Print the number of rows for each reason.')
      .option('--json', 'Print JSON.')
      .option('--batch <rows>', 'Rows per call, at most 10,000.', wholeUpTo(10_000), 10_000)
      .option('--concurrency <calls>', 'Maximum concurrent calls.', wholeUpTo(64), 8),
  )
}

export const readOptionsOf = (options: FileOptions): ReadOptions => ({
  reshape: withMapped(reshapeOf(options), options.map),
  secrets: options.secrets ?? secretSourceOf(),
  format: options.format,
  delimiter: options.delimiter,
  encoding: options.encoding,
  header: options.header,
  skipLines: options.skipLines,
  sheets: options.sheet,
  rows: options.rows,
  allow: options.allow,
  map: fieldsOf(options.map),
  chunkRows: options.batch,
})

/** The columns of fields among those that were mapped. */
const fieldsOf = (map: ChosenColumns = {}): ChosenColumns =>
  Object.fromEntries(Object.entries(map).filter(([target]) => fields.includes(target as FieldName)))

/** The columns of nicknames and tags are recipes of one column. */
function withMapped(reshape: Reshape, map: ChosenColumns = {}): Reshape {
  const along = Object.entries(map).filter(([target]) => !fields.includes(target as FieldName))
  if (along.length === 0) return reshape
  const recipes = along.map(([target, column]) => [target, [{ parts: [{ column: column! }], steps: [] }]])
  return { ...reshape, set: { ...Object.fromEntries(recipes), ...reshape.set } }
}

/** @throws CliError if no product was given */
export function targetOf({ product, instance }: Pick<FileOptions, 'product' | 'instance'>): Target {
  if (product === undefined)
    throw new CliError(
      'usage',
      'name the product of the devices: --product PRODUCTKEY (rollcall products lists them)',
    )
  return { productKey: product, instanceId: instance }
}

function addMapping(text: string, before: ChosenColumns = {}): ChosenColumns {
  const equals = text.indexOf('=')
  const field = text.slice(0, equals)
  if (equals > 0 && equals < text.length - 1 && isTarget(field))
    return { ...before, [field]: text.slice(equals + 1) }
  throw new InvalidArgumentError(
    `Enter one of ${fields.join(', ')}, nickname, tag:KEY or tags, an equals sign and a column.`,
  )
}

function delimiter(text: string): string {
  if (text === whitespace) return text
  const character = text === '\\t' || text === 'tab' ? '\t' : text
  if ([...character].length === 1 && !/["\r\n\0]/.test(character)) return character
  throw new InvalidArgumentError(`Enter one character, tab or ${whitespace}.`)
}

function allowed(text: string, before: readonly Allowance[] = []): readonly Allowance[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !(allowances as readonly string[]).includes(name))
  if (unknown === undefined) return [...before, ...(names as Allowance[])]
  throw new InvalidArgumentError(`Enter one or more of ${allowances.join(', ')}, separated by commas.`)
}
