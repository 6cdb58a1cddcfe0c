import { deviceTagsMax } from '../../rules/device-tags.ts'
import { useLack } from '../shell/action-button.tsx'
import { useAsk, useDo } from '../shell/api-query.ts'
import { useTellProblem } from '../shell/problem.tsx'
import { Held } from '../shell/query-view.tsx'
import { Lacking } from './permission-notice.tsx'
import type { OfProduct } from './search.ts'
import { type Tag, Tags } from './tags.tsx'

const stale = ['QueryDeviceProp', 'QueryDeviceByTags']

/** The tags of a device, which the wire calls its props. */
export function DeviceTags({ instance, productKey, name }: OfProduct & { readonly name: string }) {
  const ofDevice = { IotInstanceId: instance, ProductKey: productKey, DeviceName: name }
  const lack = useLack()('QueryDeviceProp')
  const tell = useTellProblem()
  const asked = useAsk('QueryDeviceProp', ofDevice, { enabled: lack === undefined })
  const save = useDo('SaveDeviceProp', stale)
  const remove = useDo('DeleteDeviceProp', stale)
  if (lack !== undefined) return <Lacking reason={lack} />
  const set = ({ key, value }: Tag) =>
    save.mutateAsync({ ...ofDevice, Props: JSON.stringify({ [key]: value }) })
  return (
    <Held asked={asked}>
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
    </Held>
  )
}
