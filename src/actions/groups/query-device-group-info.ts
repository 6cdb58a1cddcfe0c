import { int, struct, text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import {
  answerOf,
  groupDesc,
  groupId,
  groupOf,
  groupType,
  groupTypeFailures,
  utcCreate,
} from '../shared/group.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

/** Returns the details of one group. */
export const queryDeviceGroupInfo = action({
  name: 'QueryDeviceGroupInfo',
  family: 'groups',
  effect: 'read',
  summary: {
    en: 'Returns the details of a group, including the number of its devices.',
    zh: '查询分组的详细信息，包括设备数量。',
  },
  version: '2018-01-20',
  quota: { perSecond: 30 },

  parameters: { IotInstanceId: iotInstanceId, GroupId: groupId, GroupType: groupType },

  answer: {
    Data: struct({
      GroupId: text(),
      GroupName: text(),
      GroupDesc: groupDesc,
      UtcCreate: utcCreate,
      DynamicGroupExpression: text('The rule of a dynamic group; empty, since all groups are static.'),
      DeviceCount: int({}, 'Devices in the group itself, without those of groups below it.'),
      DeviceActive: int({}, 'Those that were ever online: none, since devices cannot connect yet.'),
      DeviceOnline: int({}, 'Those that are online: none, since devices cannot connect yet.'),
    }),
  },

  failures: { 'iot.group.NotExistedGroup': 200, ...groupTypeFailures },

  async run({ GroupId }, call) {
    const group = await groupOf(call, instanceOf(call), GroupId)
    const DeviceCount = await call.registry.groups.countDevices(group)
    return {
      Data: { ...answerOf(group), DeviceCount, DynamicGroupExpression: '', DeviceActive: 0, DeviceOnline: 0 },
    }
  },
})
