import type { Client } from '../../client/client.ts'
import type { DevicePage } from '../shell/device-export.ts'
import type { OfProduct } from './search.ts'

/** The columns of the file, as `rollcall devices export` writes them too. */
export const columns = [
  'DeviceName',
  'DeviceSecret',
  'Nickname',
  'DeviceStatus',
  'IotId',
  'UtcCreate',
] as const

/** As many as QueryDevice answers at once. */
const pageSize = 50

/**
 * A product's devices, newest first, page by page: every device that was there at the start, once.
 * @param rest resolves after a moment, before each further call
 * @throws Refused, Unreachable
 */
export async function* devicePages(
  client: Client,
  { instance, productKey }: OfProduct,
  rest: () => Promise<unknown>,
): AsyncGenerator<DevicePage> {
  let token: string | undefined
  do {
    const answer = await client.call('QueryDevice', {
      ...(instance !== '' && { IotInstanceId: instance }),
      ProductKey: productKey,
      PageSize: String(pageSize),
      ...(token !== undefined && { NextToken: token }),
    })
    token = answer.NextToken || undefined
    yield { devices: answer.Data.DeviceInfo, total: answer.Total }
    if (token !== undefined) await rest()
  } while (token !== undefined)
}
