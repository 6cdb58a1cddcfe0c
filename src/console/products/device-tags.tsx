import { deviceTagsMax } from '../../rules/device-tags.ts'
import { useMissingPermission } from '../shell/action-button.tsx'
import { useApiMutation, useApiQuery } from '../shell/api-query.ts'
import { useShowProblem } from '../shell/problem.tsx'
import { QueryView } from '../shell/query-view.tsx'
import { PermissionNotice } from './permission-notice.tsx'
import type { OfProduct } from './search.ts'
import { type Tag, Tags } from './tags.tsx'

const stale = ['QueryDeviceProp', 'QueryDeviceByTags']

/** The tags of a device, called props in the API. */
export function DeviceTags({ instance, productKey, name }: OfProduct & { readonly name: string }) {
  const ofDevice = { IotInstanceId: instance, ProductKey: productKey, DeviceName: name }
  const missingPermission = useMissingPermission()('QueryDeviceProp')
  const tell = useShowProblem()
  const query = useApiQuery('QueryDeviceProp', ofDevice, { enabled: missingPermission === undefined })
  const save = useApiMutation('SaveDeviceProp', stale)
  const remove = useApiMutation('DeleteDeviceProp', stale)
  if (missingPermission !== undefined) return <PermissionNotice reason={missingPermission} />
  const set = ({ key, value }: Tag) =>
    save.mutateAsync({ ...ofDevice, Props: JSON.stringify({ [key]: value }) })
  return (
    <QueryView query={query}>
      {(answer) => (
        <Tags
          tags={Object.entries(JSON.parse(answer.Props)).map(([key, value]) => ({
            key,
            value: String(value),
          }))}
          doings={{
            max: deviceTagsMax,
            fields: { key: 'DeviceTagKey', value: 'DeviceTagValue' },
            actions: { add: 'SaveDeviceProp', change: 'SaveDeviceProp', remove: 'DeleteDeviceProp' },
            add: set,
            change: set,
            remove: (key) => remove.mutateAsync({ ...ofDevice, PropKey: key }, { onError: tell }),
          }}
        />
      )}
    </QueryView>
  )
}
