import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import { stringify } from 'csv-stringify/sync'
import type { Answer } from '../../client/outcome.ts'
import { writeWholeFile } from '../../lib/whole-file.ts'
import { countProgress } from './count-progress.ts'
import { type DevicesOptions, ofProduct, withPages } from './of-product.ts'

type ExportOptions = DevicesOptions & {
  readonly format: 'csv' | 'jsonl'
  readonly withoutSecrets?: true
  readonly replace?: true
}

const columns = ['DeviceName', 'DeviceSecret', 'Nickname', 'DeviceStatus', 'IotId', 'UtcCreate'] as const

export function exportCommand(): Command {
  return ofProduct(
    'export',
    'Write the devices of a product to a file, newest first, 2,500 a second at the usual quota. Their secrets are readable in it.',
  )
    .argument('[file]', 'where to write it; standard output when not given')
    .addOption(new Option('--format <format>').choices(['csv', 'jsonl']).default('csv'))
    .option('--without-secrets', 'Leave DeviceSecret out.')
    .option('--replace', 'Write over a file of that name, once the new one is whole.')
    .action((file: string | undefined, options: ExportOptions) =>
      withPages(options, (pages, total) =>
        write(file, options.replace === true, textOf(pages, total, options)),
      ),
    )
}

async function* textOf(
  pages: AsyncIterable<Answer[]>,
  total: () => number,
  { format, withoutSecrets }: ExportOptions,
): AsyncGenerator<string> {
  const told = columns.filter((column) => !withoutSecrets || column !== 'DeviceSecret')
  if (format === 'csv') yield stringify([told])
  const progress = countProgress('devices')
  let count = 0
  try {
    for await (const devices of pages) {
      yield format === 'csv'
        ? stringify(devices.map((device) => told.map((column) => device[column] ?? '')))
        : devices
            .map((device) => `${JSON.stringify(Object.fromEntries(told.map((c) => [c, device[c]])))}\n`)
            .join('')
      count += devices.length
      progress.show(count, total())
    }
  } finally {
    progress.end()
  }
}

async function write(file: string | undefined, replace: boolean, text: AsyncIterable<string>): Promise<void> {
  if (file !== undefined) return writeWholeFile(file, replace, text)
  try {
    await pipeline(Readable.from(text), process.stdout, { end: false })
  } catch (error) {
    // Who reads had enough, as `head` does.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  }
}
