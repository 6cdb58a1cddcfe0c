import type { AnswerOf } from '../../client/outcome.ts'
import { useApiQuery } from '../shell/api-query.ts'
import { useSession } from '../shell/session.tsx'

/** The state of a device; times in milliseconds since 1970 UTC. */
export type Presence = AnswerOf<'ListDevicePresence'>['Data']['Device'][number]

/** How often a page that is visible asks, in milliseconds. */
const everyMs = 5000
/** As many names as a call takes. */
const namesMax = 200

/** The states of devices of a product by their names, kept up to date while the page is visible. */
export function usePresence(
  instance: string,
  productKey: string,
  names: readonly string[],
): ReadonlyMap<string, Presence> {
  const { may } = useSession()
  const query = useApiQuery(
    'ListDevicePresence',
    { IotInstanceId: instance, ProductKey: productKey, DeviceName: names.slice(0, namesMax) },
    { enabled: names.length > 0 && may('ListDevicePresence'), everyMs },
  )
  const devices = query.data?.Data.Device ?? []
  return new Map(devices.map((device) => [device.DeviceName, device]))
}
