import type { Client } from '../client/client.ts'
import type { Answer } from '../client/outcome.ts'
import { textAt } from '../lib/columns.ts'
import type { DeviceList } from '../rules/import-list.ts'
import { reasons } from './reasons.ts'
import { type BadRows, checkRows, parametersOf, type Target } from './target.ts'

/** Names in a call of BatchQueryDeviceDetail, as its page says. */
const detailsMax = 100

/**
 * Looks up what became of rows in doubt, by operations that every endpoint has. A name that is registered with the
 * row's secret is the row itself; one with another secret is another client's device.
 * @returns the rows that are registered, and those that can't be; all others have to be sent
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
    for (const device of (answer.Data?.Data ?? []) as Answer[])
      secrets.set(device.DeviceName, device.DeviceSecret)
  }
  const registered = new Set<number>()
  for (const entry of taken) {
    rejected.delete(entry)
    const secret = secrets.get(textAt(DeviceName, entry)!)
    // A device that was deleted between the two questions is sent.
    if (secret === textAt(DeviceSecret, entry)) registered.add(entry)
    else if (secret !== undefined) rejected.set(entry, [reasons.nameTaken])
  }
  return { registered, rejected }
}
