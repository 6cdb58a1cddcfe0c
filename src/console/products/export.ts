import { stringify } from 'csv-stringify/browser/esm/sync'
import type { Client } from '../../client/client.ts'
import type { OfProduct } from './search.ts'

/** The columns of the file, as `rollcall devices export` writes them too. */
const columns = ['DeviceName', 'DeviceSecret', 'Nickname', 'DeviceStatus', 'IotId', 'UtcCreate'] as const

/** As many as QueryDevice answers at once. */
const pageSize = 50

/** A piece of the file, and how far it goes. */
export interface ExportedPiece {
  readonly text: string
  /** Devices in the pieces so far. */
  readonly count: number
  /** Devices of the product, when this piece was asked for. */
  readonly total: number
}

/**
 * A product's devices as CSV, newest first, piece by piece: every device that was there at the start, once.
 * @param rest resolves after a moment, before each further call: others of the account have their share of the quota
 * @throws Refused, Unreachable
 */
export async function* csvOf(
  client: Client,
  { instance, productKey }: OfProduct,
  withSecrets: boolean,
  rest: () => Promise<unknown>,
): AsyncGenerator<ExportedPiece> {
  const told = columns.filter((column) => withSecrets || column !== 'DeviceSecret')
  // The mark lets Excel know that Chinese nicknames are UTF-8.
  let head = `\ufeff${stringify([told])}`
  let count = 0
  let token: string | undefined
  do {
    const answer = await client.call('QueryDevice', {
      ...(instance !== '' && { IotInstanceId: instance }),
      ProductKey: productKey,
      PageSize: String(pageSize),
      ...(token !== undefined && { NextToken: token }),
    })
    const devices: Record<string, string | undefined>[] = answer.Data.DeviceInfo
    count += devices.length
    token = answer.NextToken || undefined
    yield {
      text: head + stringify(devices.map((device) => told.map((column) => device[column] ?? ''))),
      count,
      total: answer.Total,
    }
    head = ''
    if (token !== undefined) await rest()
  } while (token !== undefined)
}
