import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ChosenColumns } from '../../device-files/columns.ts'
import { type Allowance, allowances } from '../../device-files/faults.ts'
import { type FieldName, fields } from '../../device-files/fields.ts'
import { type Encoding, encodings, type Format, formats, whitespace } from '../../device-files/formats.ts'
import type { ReadOptions } from '../../device-files/open.ts'
import type { Target } from '../../importer/target.ts'
import { CliError } from '../cli-error.ts'
import { type EndpointOptions, withEndpoint } from '../endpoint/connect.ts'
import { wholeUpTo } from '../whole-number.ts'

/** Options of the commands that read a file of devices. */
export interface FileOptions extends EndpointOptions {
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
  readonly batch: number
  readonly concurrency: number
  readonly report?: string
  readonly summary?: true
  readonly json?: true
}

export function withFile(command: Command): Command {
  return withEndpoint(
    command
      .argument('<file>', 'CSV, TSV, JSON lines, JSON or XLSX, also packed by gzip; - is standard input')
      .option(
        '--product <key>',
        'The ProductKey of the product that the devices are for; without it the one in credentials.env, if the access key is that of credentials.env.',
      )
      .option('--instance <id>', 'The ID of its instance, where that has one.')
      .option(
        '--map <field=column>',
        `Which column (its name, its number from 1, or in JSON a path such as auth.key) holds a field: ${fields.join(', ')}. May be given several times.`,
        addMapping,
      )
      .addOption(new Option('--format <format>', 'What the file is; recognised by itself.').choices(formats))
      .option(
        '--delimiter <character>',
        `What parts the cells of a text: one character, tab, or ${whitespace} for one or more spaces or tabs. Comma, semicolon, tab and | are recognised.`,
        delimiter,
      )
      .addOption(new Option('--encoding <name>', 'Recognised by itself.').choices(encodings))
      .option('--header', 'The first line names the columns.')
      .option('--no-header', 'The first line is a device; columns are named by their numbers.')
      .option('--skip-lines <count>', 'Leave out so many lines at the beginning.', wholeUpTo(1_000_000))
      .option(
        '--sheet <name>',
        'The sheet of an XLSX file; when not given, the visible one that holds devices. May be given several times.',
        (name: string, before: readonly string[] = []) => [...before, name],
      )
      .option(
        '--rows <path>',
        'Where the devices are in a JSON document: names with dots between them, such as data.devices.',
      )
      .option(
        '--allow <what>',
        `Take as they stand: ${allowances.join(', ')}, with commas between them.`,
        allowed,
      )
      .option('--report <file>', 'Write the bad rows there, as CSV in the columns of the input.')
      .option('--summary', 'Tell how many rows each reason was told of.')
      .option('--json', 'Print JSON.')
      .option('--batch <rows>', 'Rows in a call, 10,000 at the most.', wholeUpTo(10_000), 10_000)
      .option('--concurrency <calls>', 'Calls under way at once, at the most.', wholeUpTo(64), 8),
  )
}

export const readOptionsOf = (options: FileOptions): ReadOptions => ({
  format: options.format,
  delimiter: options.delimiter,
  encoding: options.encoding,
  header: options.header,
  skipLines: options.skipLines,
  sheets: options.sheet,
  rows: options.rows,
  allow: options.allow,
  map: options.map ?? {},
  chunkRows: options.batch,
})

/** @throws CliError where no product was named */
export function targetOf({ product, instance }: Pick<FileOptions, 'product' | 'instance'>): Target {
  if (product === undefined)
    throw new CliError(
      'usage',
      'say which product the devices are for: --product PRODUCTKEY (rollcall products lists them)',
    )
  return { productKey: product, instanceId: instance }
}

function addMapping(text: string, before: ChosenColumns = {}): ChosenColumns {
  const equals = text.indexOf('=')
  const field = text.slice(0, equals)
  if (equals > 0 && equals < text.length - 1 && fields.includes(field as FieldName))
    return { ...before, [field]: text.slice(equals + 1) }
  throw new InvalidArgumentError(`It must be one of ${fields.join(', ')}, an equals sign and a column.`)
}

function delimiter(text: string): string {
  if (text === whitespace) return text
  const character = text === '\\t' || text === 'tab' ? '\t' : text
  if ([...character].length === 1 && !/["\r\n\0]/.test(character)) return character
  throw new InvalidArgumentError(`It must be one character, tab or ${whitespace}.`)
}

function allowed(text: string, before: readonly Allowance[] = []): readonly Allowance[] {
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !(allowances as readonly string[]).includes(name))
  if (unknown === undefined) return [...before, ...(names as Allowance[])]
  throw new InvalidArgumentError(`It must be some of ${allowances.join(', ')}, with commas between them.`)
}
