import type { Client } from '../client/client.ts'
import { type Answer, Refused } from '../client/outcome.ts'
import type { ExportedRow } from './written.ts'

/** The devices of a product, to be written into a file. */
export interface DevicesToExport {
  readonly columns: readonly string[]
  /** Devices, newest first, page by page: every one that was there at the start, once. */
  readonly pages: AsyncIterable<readonly ExportedRow[]>
  /** How many devices the product has, as of the last page. */
  readonly total: () => number
  /** Why Sn is not among the columns, if it is not. */
  readonly withoutSn: string | undefined
}

/** A product in its instance; '' is the public one. */
export interface OfProduct {
  readonly instance: string
  readonly productKey: string
}

/** The columns of the file; the first three are those that an import takes. */
const columns = [
  'DeviceName',
  'DeviceSecret',
  'Sn',
  'Nickname',
  'DeviceStatus',
  'IotId',
  'UtcCreate',
] as const

/** As many as QueryDevice answers at once. */
const pageSize = 50
/** As many names as ListDevices takes at once. */
const namesMax = 100

/**
 * Opens the devices of a product, by their first page.
 * @param withSecrets whether DeviceSecret is among the columns
 * @param rest resolves after a moment, before each further page
 * @throws Refused, Unreachable; so do the pages
 */
export async function devicesToExport(
  client: Client,
  ofProduct: OfProduct,
  withSecrets: boolean,
  rest: () => Promise<unknown> = async () => {},
): Promise<DevicesToExport> {
  const product = {
    ...(ofProduct.instance !== '' && { IotInstanceId: ofProduct.instance }),
    ProductKey: ofProduct.productKey,
  }
  const ask = (token?: string) =>
    client.call('QueryDevice', {
      ...product,
      PageSize: String(pageSize),
      ...(token === undefined ? { CurrentPage: '1' } : { NextToken: token }),
    })
  const first = await ask()
  let withoutSn: string | undefined
  const whole = await withSerials(client, product, devicesIn(first)).catch((error) => {
    if (!isLacking(error)) throw error
    withoutSn = error.message
    return devicesIn(first)
  })
  let total: number = first.Total

  /** Devices of the pages behind the first, as many at a time as their serial numbers are asked for. */
  async function* further() {
    let token: string | undefined = first.NextToken || undefined
    while (token !== undefined) {
      const devices: ExportedRow[] = []
      while (token !== undefined && devices.length <= namesMax - pageSize) {
        await rest()
        const answer = await ask(token)
        total = answer.Total
        devices.push(...devicesIn(answer))
        token = answer.NextToken || undefined
      }
      yield devices
    }
  }

  async function* pages() {
    yield whole
    // Serial numbers are asked for while the next devices are.
    let waiting: Promise<readonly ExportedRow[]> | undefined
    for await (const devices of further()) {
      const before = waiting
      waiting = withoutSn === undefined ? withSerials(client, product, devices) : Promise.resolve(devices)
      // It is waited for later; until then its failure is nobody's.
      waiting.catch(() => {})
      if (before !== undefined) yield await before
    }
    if (waiting !== undefined) yield await waiting
  }

  return {
    columns: columns.filter(
      (column) => (withSecrets || column !== 'DeviceSecret') && (withoutSn === undefined || column !== 'Sn'),
    ),
    pages: pages(),
    total: () => total,
    withoutSn,
  }
}

const devicesIn = (answer: Answer): readonly ExportedRow[] => answer.Data?.DeviceInfo ?? []

/** Whether the endpoint has no ListDevices, or the key may not call it: it could call QueryDevice. */
const isLacking = (error: unknown): error is Refused =>
  error instanceof Refused && !error.isThrottling && !error.isOutcomeUnknown

/** The serial number of a device; undefined if it has none, and if the endpoint does not list them for this key. */
export const serialOf = (client: Client, product: Readonly<Record<string, string>>, name: string) =>
  serialsOf(client, product, [name]).then(
    (serials) => serials.get(name),
    (error) => (isLacking(error) ? undefined : Promise.reject(error)),
  )

/**
 * The serial numbers of devices. Only ListDevices has them, which is an operation of Rollcall's own.
 * @param names at most 100
 * @returns by name, of the devices that have one
 * @throws Refused, Unreachable
 */
async function serialsOf(
  client: Client,
  product: Readonly<Record<string, string>>,
  names: readonly string[],
): Promise<Map<string, string>> {
  if (names.length === 0) return new Map()
  const asked = Object.fromEntries(names.map((name, i) => [`DeviceName.${i + 1}`, name]))
  const { Data } = await client.call('ListDevices', { ...product, ...asked })
  const found: readonly { readonly DeviceName: string; readonly Sn?: string }[] = Data.Device
  return new Map(found.flatMap(({ DeviceName, Sn }) => (Sn === undefined ? [] : [[DeviceName, Sn]])))
}

async function withSerials(
  client: Client,
  product: Readonly<Record<string, string>>,
  devices: readonly ExportedRow[],
): Promise<readonly ExportedRow[]> {
  const serials = await serialsOf(
    client,
    product,
    devices.map(({ DeviceName }) => String(DeviceName)),
  )
  return devices.map((device) => ({ ...device, Sn: serials.get(String(device.DeviceName)) }))
}
