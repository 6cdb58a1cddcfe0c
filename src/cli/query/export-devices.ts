import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import { sheetRowsMax } from '../../device-files/xlsx-writer.ts'
import { devicesToExport } from '../../export/devices.ts'
import { type ExportPlatform, exportPlatforms, writtenFor } from '../../export/platforms.ts'
import {
  type ExportedRow,
  type ExportFormat,
  exportFormats,
  formatOf,
  written,
} from '../../export/written.ts'
import { writeFileAtomically } from '../../lib/atomic-file.ts'
import { CliError } from '../cli-error.ts'
import { cliErrorOf, connect } from '../endpoint/connect.ts'
import { type DevicesOptions, ofProduct, productOf } from '../endpoint/of-product.ts'
import { countProgress } from './count-progress.ts'

type ExportOptions = DevicesOptions & {
  readonly format: ExportFormat
  readonly as?: ExportPlatform
  readonly withoutSecrets?: true
  readonly replace?: true
}

export function exportCommand(): Command {
  return ofProduct(
    'export',
    'Export the devices of a product to a file that can be imported again, newest first, 2,500 a second at the default quota. The file contains their secrets in plain text.',
  )
    .argument('[file]', 'file to write; default: standard output')
    .addOption(
      new Option('--format <format>', 'Format of the file; default: by its extension, else csv.').choices(
        exportFormats,
      ),
    )
    .addOption(
      new Option('--as <platform>', 'Write the file that this platform imports; it contains the secrets.')
        .choices(exportPlatforms)
        .conflicts(['format', 'withoutSecrets']),
    )
    .option('--without-secrets', 'Omit DeviceSecret.')
    .option('--replace', 'Replace an existing file when the new one is complete.')
    .action(exportDevices)
}

async function exportDevices(file: string | undefined, options: ExportOptions): Promise<void> {
  const format = options.as === undefined ? (options.format ?? formatOf(file)) : 'csv'
  if (format === 'xlsx' && file === undefined && process.stdout.isTTY)
    throw new CliError('usage', 'a terminal can’t show XLSX; name a file to write it to')
  const { ProductKey: productKey } = productOf(options)
  const { instance = '' } = options
  const { client, close } = connect(options)
  try {
    const devices = await devicesToExport(client, { productKey, instance }, !options.withoutSecrets)
    if (devices.withoutSn !== undefined)
      process.stderr.write(
        `the file has no Sn, because the endpoint does not list it: ${devices.withoutSn}\n`,
      )
    if (format === 'xlsx' && devices.total() >= sheetRowsMax)
      throw new CliError(
        'usage',
        `the product has ${devices.total()} devices, a sheet of XLSX holds ${sheetRowsMax - 1}; use --format csv or jsonl`,
      )
    const pages = counted(devices.pages, devices.total)
    const pieces =
      options.as === undefined ? written(format, devices.columns, pages) : writtenFor(options.as, pages)
    await write(file, options.replace === true, pieces)
  } catch (error) {
    throw cliErrorOf(error)
  } finally {
    close()
  }
}

/** Shows the progress. */
async function* counted(
  pages: AsyncIterable<readonly ExportedRow[]>,
  total: () => number,
): AsyncGenerator<readonly ExportedRow[]> {
  const progress = countProgress('devices')
  let count = 0
  try {
    for await (const devices of pages) {
      yield devices
      count += devices.length
      progress.show(count, total())
    }
  } finally {
    progress.end()
  }
}

async function write(
  file: string | undefined,
  replace: boolean,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  if (file !== undefined) return writeFileAtomically(file, replace, pieces)
  try {
    await pipeline(Readable.from(pieces), process.stdout, { end: false })
  } catch (error) {
    // The reader closed the pipe, as `head` does.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  }
}
