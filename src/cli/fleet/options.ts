import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Target } from '../../intake/target.ts'
import type { ChosenColumns } from '../../rows/columns.ts'
import { type FieldName, fields } from '../../rows/fields.ts'
import { type Encoding, encodings, type Format, formats } from '../../rows/formats.ts'
import type { ReadOptions } from '../../rows/open.ts'
import { Ending } from '../ending.ts'
import { type EndpointOptions, withEndpoint } from '../endpoint/connect.ts'
import { wholeUpTo } from '../whole-number.ts'

/** Options of the commands that read a file of devices. */
export interface FileOptions extends EndpointOptions {
  readonly product?: string
  readonly instance?: string
  readonly format?: Format
  readonly delimiter?: string
  readonly encoding?: Encoding
  /** False with --no-header. */
  readonly header: boolean
  readonly sheet?: string
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
      .argument('<file>', 'CSV, TSV, JSON lines or XLSX; - is standard input')
      .option(
        '--product <key>',
        'The ProductKey of the product that the devices are for; without it the one in credentials.env, if the access key is that of credentials.env.',
      )
      .option('--instance <id>', 'The ID of its instance, where that has one.')
      .option(
        '--map <field=column>',
        `Which column (its name, or its number from 1) holds a field: ${fields.join(', ')}. May be given several times.`,
        addMapping,
      )
      .addOption(new Option('--format <format>', 'What the file is; recognised by itself.').choices(formats))
      .option(
        '--delimiter <character>',
        'What parts the cells of a CSV file; recognised by itself.',
        delimiter,
      )
      .addOption(new Option('--encoding <name>', 'Recognised by itself.').choices(encodings))
      .option('--no-header', 'The first line is a device; columns are named by their numbers.')
      .option('--sheet <name>', 'The sheet of an XLSX file; the first one when not given.')
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
  header: options.header ? undefined : false,
  sheet: options.sheet,
  map: options.map ?? {},
  size: options.batch,
})

/** @throws Ending where no product was named */
export function targetOf({ product, instance }: Pick<FileOptions, 'product' | 'instance'>): Target {
  if (product === undefined)
    throw new Ending(
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
  const character = text === '\\t' || text === 'tab' ? '\t' : text
  if (/^[\x01-\x7f]$/.test(character) && !/["\r\n]/.test(character)) return character
  throw new InvalidArgumentError('It must be one ASCII character.')
}
