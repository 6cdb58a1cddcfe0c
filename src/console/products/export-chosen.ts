import type { Client } from '../../client/client.ts'
import type { ExportedRow } from '../../export/written.ts'
import { rest, type ToExport } from '../shell/device-export.ts'
import { sendable } from '../shell/parameters.ts'
import { allFound, callOf, type Found } from './search.ts'
import type { Chosen } from './use-chosen.ts'

/** The most names in a call of ListDevices and of BatchQueryDeviceDetail. */
const namesMax = 100

const columns = ['DeviceName', 'DeviceSecret', 'Sn', 'Nickname', 'DeviceStatus', 'IotId', 'UtcCreate']

/**
 * Selected devices with their fields, for a file. Devices deleted meanwhile are left out.
 * @param withSecrets whether to include the column DeviceSecret
 */
export function chosenToExport(
  client: Client,
  instance: string,
  chosen: Chosen,
  withSecrets: boolean,
): ToExport {
  let total = Array.isArray(chosen) ? chosen.length : 0

  async function* parts(): AsyncGenerator<readonly Found[]> {
    if (!('search' in chosen)) {
      for (let i = 0; i < chosen.length; i += namesMax) yield chosen.slice(i, i + namesMax)
      return
    }
    for await (const devices of allFound(callOf(client), chosen.search, chosen.product)) {
      total += devices.length
      for (let i = 0; i < devices.length; i += namesMax) yield devices.slice(i, i + namesMax)
      await rest()
    }
  }

  async function* pages(): AsyncGenerator<readonly ExportedRow[]> {
    for await (const part of parts())
      for (const [ProductKey, devices] of Map.groupBy(part, ({ productKey }) => productKey)) {
        const named = {
          IotInstanceId: instance,
          ProductKey,
          DeviceName: devices.map(({ name }) => name),
        }
        const listed = (await client.call('ListDevices', sendable(named))).Data.Device
        const details = withSecrets
          ? (await client.call('BatchQueryDeviceDetail', sendable(named))).Data.Data
          : []
        const secrets = new Map(details.map(({ DeviceName, DeviceSecret }) => [DeviceName, DeviceSecret]))
        yield listed.map(({ DeviceName, Sn, Nickname, Status, IotId, GmtCreate }) => ({
          DeviceName,
          DeviceSecret: secrets.get(DeviceName),
          Sn,
          Nickname,
          DeviceStatus: Status,
          IotId,
          UtcCreate: new Date(GmtCreate).toISOString(),
        }))
      }
  }

  return {
    columns: columns.filter((column) => withSecrets || column !== 'DeviceSecret'),
    pages: pages(),
    total: () => total,
  }
}
