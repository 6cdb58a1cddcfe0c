import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Command, Option } from 'commander'
import { stringify } from 'csv-stringify/sync'
import type { Answer } from '../../client/outcome.ts'
import { writeWholeFile } from '../../lib/whole-file.ts'
import { connect, type EndpointOptions, endingOf, withEndpoint } from '../endpoint/connect.ts'
import { print } from '../print.ts'
import { countProgress } from './count-progress.ts'
import { pagesOf } from './pages.ts'

interface DevicesOptions extends EndpointOptions {
  readonly product: string
  readonly instance?: string
  readonly json?: true
}

type ListOptions = DevicesOptions & { readonly limit: string }
type ExportOptions = DevicesOptions & {
  readonly format: 'csv' | 'jsonl'
  readonly withoutSecrets?: true
  readonly replace?: true
}

const pageSize = 50
const columns = ['DeviceName', 'DeviceSecret', 'Nickname', 'DeviceStatus', 'IotId', 'UtcCreate'] as const

export function devicesCommand(): Command {
  return new Command('devices')
    .description('Devices of a product, as the endpoint tells them.')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(exportCommand())
}

function listCommand(): Command {
  return ofProduct('list', 'List the newest devices of a product.')
    .option('--limit <count>', 'So many of them.', '50')
    .option('--json', 'Print JSON.')
    .action((options: ListOptions) =>
      withPages(options, async (pages) => {
        const limit = Number(options.limit)
        const rows: Record<string, unknown>[] = []
        for await (const devices of pages) {
          for (const { DeviceName, Nickname, DeviceStatus, UtcCreate } of devices)
            rows.push({ DeviceName, Nickname, DeviceStatus, UtcCreate })
          if (rows.length >= limit) break
        }
        print(rows.slice(0, limit), options)
      }),
    )
}

function showCommand(): Command {
  return ofProduct('show', 'Tell all there is to know of a device; its secret with --json only.')
    .argument('<name>', 'its DeviceName')
    .option('--json', 'Print JSON.')
    .action(async (name: string, options: DevicesOptions) => {
      const { client, close } = connect(options)
      try {
        const { Data } = await client.call('QueryDeviceDetail', { ...productOf(options), DeviceName: name })
        if (options.json) print([Data], options)
        else {
          const { DeviceSecret: _, ...told } = Data
          const width = Math.max(...Object.keys(told).map(({ length }) => length))
          for (const [member, value] of Object.entries(told))
            process.stdout.write(`${`${member.padEnd(width)}  ${value}`.trimEnd()}\n`)
        }
      } catch (error) {
        throw endingOf(error)
      } finally {
        close()
      }
    })
}

function exportCommand(): Command {
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

const ofProduct = (name: string, description: string) =>
  withEndpoint(new Command(name).description(description))
    .requiredOption('--product <key>', 'The ProductKey of the product.')
    .option('--instance <id>', 'The ID of its instance, where that has one.')

const productOf = ({ product, instance }: DevicesOptions) => ({
  ProductKey: product,
  ...(instance !== undefined && { IotInstanceId: instance }),
})

/** Does something with the devices of a product, page by page. */
async function withPages(
  options: DevicesOptions,
  use: (pages: AsyncIterable<Answer[]>, total: () => number) => Promise<void>,
): Promise<void> {
  const { client, close } = connect(options)
  let total = 0
  try {
    const pages = pagesOf(client, 'QueryDevice', productOf(options), pageSize, (answer) => {
      total = answer.Total ?? 0
      return [answer.Data?.DeviceInfo ?? [], total]
    })
    await use(pages, () => total)
  } catch (error) {
    throw endingOf(error)
  } finally {
    close()
  }
}
