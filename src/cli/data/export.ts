import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import {
  type ExportedRow,
  type ExportFormat,
  exportFormats,
  formatOf,
  written,
} from '../../export/written.ts'
import { writeFileAtomically } from '../../lib/atomic-file.ts'
import type { Device } from '../../registry/devices.ts'
import type { Product } from '../../registry/products.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Progress } from '../../transfer/digest.ts'
import { chosenAccount, type PlaceOptions, placeCommand, withStore } from '../store/store.ts'
import { withProgress } from './progress.ts'

interface ExportOptions extends PlaceOptions {
  readonly account?: string
  readonly instanceId?: string
  readonly product?: string
  readonly format?: ExportFormat
  readonly withoutSecrets?: true
  readonly replace?: true
}

/** The columns by their wire names, so that an import recognises them. */
const columns = [
  'ProductKey',
  'DeviceName',
  'DeviceSecret',
  'Sn',
  'Nickname',
  'Status',
  'IotId',
  'CreateTime',
  'ApplyId',
  'Vehicle',
] as const

export function exportCommand(): Command {
  return placeCommand(
    'export',
    'Export devices as CSV, JSON lines or XLSX, newest first in each product. The file contains their secrets in plain text.',
  )
    .argument('[file]', 'file to write; default: standard output')
    .addOption(
      new Option('--format <format>', 'Format of the file; default: by its extension, else csv.').choices(
        exportFormats,
      ),
    )
    .option('--account <name>', 'Only devices of this account (name or UID).')
    .option('--instance-id <id>', 'Only devices of this instance.')
    .option('--product <key>', 'Only devices of the product with this ProductKey.')
    .option('--without-secrets', 'Omit DeviceSecret.')
    .option('--replace', 'Replace an existing file when the new one is complete.')
    .action((file: string | undefined, options: ExportOptions) =>
      withStore(options, ({ registry }) => {
        // No progress line if the devices go to the terminal.
        if (file === undefined && process.stdout.isTTY) return write(file, registry, options, () => {})
        return withProgress((progress) => write(file, registry, options, progress))
      }),
    )
}

async function write(
  file: string | undefined,
  registry: Registry,
  options: ExportOptions,
  progress: Progress,
): Promise<void> {
  const format = options.format ?? formatOf(file)
  if (format === 'xlsx' && file === undefined && process.stdout.isTTY)
    throw new Error('a terminal can’t show XLSX; name a file to write it to')
  const chosen = columns.filter((column) => !options.withoutSecrets || column !== 'DeviceSecret')
  const pages = pagesOf(registry, await chosenProducts(registry, options), progress)
  const text = written(format, chosen, pages)
  if (file !== undefined) return writeFileAtomically(file, options.replace === true, text)
  try {
    await pipeline(Readable.from(text), process.stdout, { end: false })
  } catch (error) {
    // The reader closed the pipe, as `head` does.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  }
}

/** @throws Error if the requested instance or product does not exist */
async function chosenProducts(registry: Registry, options: ExportOptions): Promise<Product[]> {
  const { account, instanceId, product } = options
  const accounts =
    account === undefined ? await registry.accounts.all() : [await chosenAccount(registry, options)]
  const chosen: Product[] = []
  for (const { id } of accounts) {
    for (const instance of await registry.instances.of(id)) {
      if (instanceId !== undefined && instance.instanceId !== instanceId) continue
      const { products } = await registry.products.page(instance, {}, 0, Number.MAX_SAFE_INTEGER)
      chosen.push(...products.filter(({ productKey }) => product === undefined || productKey === product))
    }
  }
  if (chosen.length === 0 && (product ?? instanceId) !== undefined)
    throw new Error(
      product === undefined
        ? `there is no instance ${JSON.stringify(instanceId)} with products`
        : `there is no product ${JSON.stringify(product)}${instanceId === undefined ? '' : ` in ${JSON.stringify(instanceId)}`}`,
    )
  return chosen
}

async function* pagesOf(
  registry: Registry,
  products: readonly Product[],
  progress: Progress,
): AsyncGenerator<readonly ExportedRow[]> {
  for (const product of products)
    for await (const devices of registry.devices.each(product)) {
      yield devices.map((device) => rowOf(product.productKey, device))
      progress(product.productKey, devices.length)
    }
}

function rowOf(ProductKey: string, device: Device): ExportedRow {
  return {
    ProductKey,
    DeviceName: device.name,
    DeviceSecret: device.secret,
    Sn: device.sn,
    Nickname: device.nickname,
    Status: device.disabled ? 'DISABLE' : 'UNACTIVE',
    IotId: device.iotId,
    CreateTime: new Date(device.createdAt).toISOString(),
    ApplyId: device.batch,
    Vehicle: device.vehicle,
  }
}
