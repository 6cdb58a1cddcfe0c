import type { Client } from '../client/client.ts'
import { textAt } from '../lib/columns.ts'
import type { DeviceList } from '../rules/import-list.ts'
import { reasons } from './reasons.ts'
import { type BadRows, checkRows, parametersOf, type Target } from './target.ts'

/** Maximum names in a call of BatchQueryDeviceDetail, according to its page. */
const detailsMax = 100

/**
 * Finds the outcome of rows in doubt with operations that every endpoint has. If a name is registered with the
 * row's secret, the row was imported; with another secret, the device is another client's.
 * @returns the rows that are registered, and those that can't be; all others must be sent
 */
export async function reconcile(
  client: Client,
  target: Target,
  rows: DeviceList,
  entries: Int32Array,
): Promise<{ readonly registered: ReadonlySet<number>; readonly rejected: BadRows }> {
  const rejected = await checkRows(client, target, rows, entries)
  const { DeviceName, DeviceSecret } = rows.members
  const taken = [...rejected].filter(([, found]) => found.includes(reasons.nameTaken)).map(([entry]) => entry)
  const secrets = new Map<string, string>()
  for (let i = 0; i < taken.length; i += detailsMax) {
    const names = taken.slice(i, i + detailsMax).map((entry) => textAt(DeviceName, entry)!)
    const answer = await client.call('BatchQueryDeviceDetail', {
      ...parametersOf(target),
      ...Object.fromEntries(names.map((name, n) => [`DeviceName.${n + 1}`, name])),
    })
    for (const device of answer.Data?.Data ?? []) secrets.set(device.DeviceName, device.DeviceSecret)
  }
  const registered = new Set<number>()
  for (const entry of taken) {
    rejected.delete(entry)
    const secret = secrets.get(textAt(DeviceName, entry)!)
    // A device that was deleted between the two queries is sent.
    if (secret === textAt(DeviceSecret, entry)) registered.add(entry)
    else if (secret !== undefined) rejected.set(entry, [reasons.nameTaken])
  }
  return { registered, rejected }
}
