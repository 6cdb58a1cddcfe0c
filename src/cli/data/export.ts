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

/** The columns, by the wire's names: those that an import takes are named as it names them. */
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
    'Write devices as CSV, JSON lines or XLSX, newest first in each product. Their secrets are readable in it.',
  )
    .argument('[file]', 'where to write it; standard output when not given')
    .addOption(
      new Option('--format <format>', 'What the file is; by the ending of its name, else csv.').choices(
        exportFormats,
      ),
    )
    .option('--account <name>', 'Devices of this account only, by its name or UID.')
    .option('--instance-id <id>', 'Devices of this instance only.')
    .option('--product <key>', 'Devices of the product with this ProductKey only.')
    .option('--without-secrets', 'Leave DeviceSecret out.')
    .option('--replace', 'Write over a file of that name, once the new one is whole.')
    .action((file: string | undefined, options: ExportOptions) =>
      withStore(options, ({ registry }) => {
        // A terminal that shows the devices has no room for a line of progress.
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
    // Who reads had enough, as `head` does.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  }
}

/** @throws Error when the instance or the product that was asked for is not there */
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
