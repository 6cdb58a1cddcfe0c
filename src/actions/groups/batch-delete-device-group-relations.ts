import { int } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { devicesNamed, groupedDevices, groupId, groupOf } from '../shared/group.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

/** Removes devices from a group; they stay registered. */
export const batchDeleteDeviceGroupRelations = action({
  name: 'BatchDeleteDeviceGroupRelations',
  family: 'groups',
  effect: 'destroy',
  summary: {
    en: 'Removes devices from a group. The devices stay registered.',
    zh: '将设备移出分组。设备本身不会被删除。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: { IotInstanceId: iotInstanceId, GroupId: groupId, Device: groupedDevices },

  answer: {
    ValidDeviceCount: int({}, 'Devices of the call that are registered in the instance.'),
    AlreadyRelatedGroupDeviceCount: int({}, 'Those that were in the group before.'),
    SuccessDeviceCount: int({}, 'Those that were taken out of it.'),
  },

  failures: { 'iot.group.NotExistedGroup': 200, 'iot.device.NoneDeviceNameElement': 200 },

  async run({ GroupId, Device }, call) {
    const instance = instanceOf(call)
    const group = await groupOf(call, instance, GroupId)
    const { registered, removed } = await call.registry.groups.remove(
      instance,
      group,
      devicesNamed(call, Device),
    )
    return {
      ValidDeviceCount: registered,
      AlreadyRelatedGroupDeviceCount: removed,
      SuccessDeviceCount: removed,
    }
  },
})
