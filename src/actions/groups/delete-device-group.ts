import { action } from '../shared/declare.ts'
import { groupId, groupOf } from '../shared/group.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

/** Deletes a group; its devices stay. */
export const deleteDeviceGroup = action({
  name: 'DeleteDeviceGroup',
  family: 'groups',
  effect: 'destroy',
  summary: {
    en: 'Deletes a group without subgroups. The devices in it stay registered.',
    zh: '删除没有子分组的分组。其中的设备不会被删除。',
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: { IotInstanceId: iotInstanceId, GroupId: groupId },

  answer: {},

  failures: { 'iot.group.NotExistedGroup': 200, 'iot.group.DeleteGroupFailed': 200 },

  async run({ GroupId }, call) {
    const group = await groupOf(call, instanceOf(call), GroupId)
    const deleted = await call.registry.groups.delete(group)
    if (deleted === 'has-children') {
      call.fail('iot.group.DeleteGroupFailed', 'Groups are in it; delete those first.')
    }
    if (!deleted) call.fail('iot.group.NotExistedGroup')
    return {}
  },
})
