import { optional, text } from '../../api/shape.ts'
import { groupDescriptionMax } from '../../rules/group-fields.ts'
import { action } from '../shared/declare.ts'
import {
  groupId,
  groupOf,
  groupType,
  groupTypeFailures,
  refuseLongDescription,
  refuseUnlessStatic,
} from '../shared/group.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

/** Describes a group anew. Nothing else of it can change, so a call without a description takes it away. */
export const updateDeviceGroup = action({
  name: 'UpdateDeviceGroup',
  family: 'groups',
  effect: 'write',
  summary: 'Changes the description of a group.',
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    GroupId: groupId,
    GroupDesc: optional(
      text(`Up to ${groupDescriptionMax} characters; left out, the group has no description any more.`),
    ),
    GroupType: groupType,
  },

  answer: {},

  failures: {
    'iot.group.NotExistedGroup': 200,
    'iot.group.LongGroupDescError': 200,
    ...groupTypeFailures,
  },

  async run({ IotInstanceId, GroupId, GroupDesc = '', GroupType }, call) {
    refuseUnlessStatic(call, GroupType)
    const group = await groupOf(call, await instanceOf(call, IotInstanceId), GroupId)
    refuseLongDescription(call, GroupDesc)
    if (!(await call.registry.groups.describe(group, GroupDesc))) call.fail('iot.group.NotExistedGroup')
    return {}
  },
})
