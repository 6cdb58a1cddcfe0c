import type { Client } from '../client/client.ts'
import { type AnswerOf, Refused } from '../client/outcome.ts'
import type { ExportedRow } from './written.ts'

/** The devices of a product, ready to be written to a file. */
export interface DevicesToExport {
  readonly columns: readonly string[]
  /** Pages of devices, newest first; each device that existed at the start is included once. */
  readonly pages: AsyncIterable<readonly ExportedRow[]>
  /** Returns the number of devices of the product, according to the last page. */
  readonly total: () => number
  /** Why the column Sn is omitted, if it is. */
  readonly withoutSn: string | undefined
}

/** A product in its instance; '' is the public instance. */
export interface OfProduct {
  readonly instance: string
  readonly productKey: string
}

/** The columns of the file; the first three are those that an import reads. */
const columns = [
  'DeviceName',
  'DeviceSecret',
  'Sn',
  'Nickname',
  'DeviceStatus',
  'IotId',
  'UtcCreate',
] as const

/** The maximum page size of QueryDevice. */
const pageSize = 50
/** The maximum number of names in a call of ListDevices. */
const namesMax = 100

/**
 * Reads the first page of a product's devices.
 * @param withSecrets whether to include the column DeviceSecret
 * @param rest awaited before each further page
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

  /** The devices of further pages, grouped by as many as one request for serial numbers takes. */
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
    // Serial numbers are requested while the next devices are read.
    let waiting: Promise<readonly ExportedRow[]> | undefined
    for await (const devices of further()) {
      const before = waiting
      waiting = withoutSn === undefined ? withSerials(client, product, devices) : Promise.resolve(devices)
      // It is awaited later; until then its failure must not be reported as unhandled.
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

const devicesIn = (answer: AnswerOf<'QueryDevice'>): readonly ExportedRow[] => answer.Data?.DeviceInfo ?? []

/**
 * Reports whether the endpoint lacks ListDevices or the key may not call it, although it may call QueryDevice.
 */
const isLacking = (error: unknown): error is Refused =>
  error instanceof Refused && !error.isThrottling && !error.isOutcomeUnknown

/** Returns the serial number of a device; undefined if it has none or the endpoint does not return it. */
export const serialOf = (client: Client, product: Readonly<Record<string, string>>, name: string) =>
  serialsOf(client, product, [name]).then(
    (serials) => serials.get(name),
    (error) => (isLacking(error) ? undefined : Promise.reject(error)),
  )

/**
 * Returns serial numbers of devices. Only ListDevices, an operation of Rollcall, provides them.
 * @param names at most 100
 * @returns by name; devices without one are omitted
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
  return new Map(Data.Device.flatMap(({ DeviceName, Sn }) => (Sn === undefined ? [] : [[DeviceName, Sn]])))
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
