import { useQueryClient } from '@tanstack/react-query'
import { connect } from '../shell/connection.ts'
import { sendUntil } from '../shell/sending.ts'
import { useSession } from '../shell/session.tsx'
import type { BulkSession } from './bulk.ts'
import { listsOfDevices } from './product.ts'

/** Operations whose answers a bulk change may change beside the lists of devices. */
const others = ['QueryDeviceProp', 'QueryDeviceGroupByDevice', 'QueryDeviceGroupInfo'] as const

/** The parts of the session that bulk jobs need; jobs outlive the component. */
export function useBulkSession(instance: string): BulkSession {
  const { accessKey, ended } = useSession()
  const queries = useQueryClient()
  return {
    instance,
    connect: (pace) => connect(accessKey, { onThrottled: () => pace.throttled(), send: sendUntil(ended) }),
    changed: () =>
      Promise.all(
        [...listsOfDevices, ...others].map((query) => queries.invalidateQueries({ queryKey: [query] })),
      ),
  }
}
