import { action } from '../shared/declare.ts'
import { groupId, groupOf, groupType, groupTypeFailures, newGroupDesc } from '../shared/group.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

/** Replaces the description of a group. Nothing else of it can change, so a call without a description removes it. */
export const updateDeviceGroup = action({
  name: 'UpdateDeviceGroup',
  family: 'groups',
  effect: 'write',
  summary: { en: 'Changes the description of a group.', zh: '修改分组的描述。' },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    GroupId: groupId,
    GroupDesc: newGroupDesc({
      en: 'The new description. If it is not given, the description is removed.',
      zh: '新的分组描述；不传则清除分组描述。',
    }),
    GroupType: groupType,
  },

  answer: {},

  failures: {
    'iot.group.NotExistedGroup': 200,
    'iot.group.LongGroupDescError': 200,
    ...groupTypeFailures,
  },

  async run({ GroupId, GroupDesc }, call) {
    const group = await groupOf(call, instanceOf(call), GroupId)
    if (!(await call.registry.groups.describe(group, GroupDesc))) call.fail('iot.group.NotExistedGroup')
    return {}
  },
})
