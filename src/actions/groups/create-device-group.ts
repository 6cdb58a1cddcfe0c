import { optional, struct, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { Duplicate, NotFound } from '../../registry/registry.ts'
import { groupLimits, groupNameFormat, isGroupName } from '../../rules/group-fields.ts'
import { action } from '../shared/declare.ts'
import { answerOf, groupDesc, groupOf, newGroupDesc, utcCreate } from '../shared/group.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

const { groupsOfInstance, groupsOfGroup, levels } = groupLimits

/** Creates a group of devices, at the top or in another group. */
export const createDeviceGroup = action({
  name: 'CreateDeviceGroup',
  family: 'groups',
  effect: 'write',
  summary: {
    en: `Creates a device group. Groups nest in at most ${levels} levels; a group has at most ${groupsOfGroup} direct subgroups, an instance at most ${groupsOfInstance.toLocaleString('en')} groups.`,
    zh: `创建设备分组。分组最多嵌套 ${levels} 级；一个分组最多有 ${groupsOfGroup} 个直接子分组，一个实例最多共 ${groupsOfInstance.toLocaleString('en')} 个分组。`,
  },
  version: '2018-01-20',
  quota: { perSecond: 500 },

  parameters: {
    IotInstanceId: iotInstanceId,
    GroupName: text({
      en: `The name of the group, unique in the instance: ${groupNameFormat.en}.`,
      zh: `分组名称，在实例下唯一：${groupNameFormat.zh}。`,
    }),
    GroupDesc: newGroupDesc({
      en: 'The description of the group.',
      zh: '分组描述。',
    }),
    SuperGroupId: optional(
      text({
        en: 'The ID of the parent group. If it is not given, the group is at the top level.',
        zh: '父分组的 ID；不传则创建一级分组。',
      }),
    ),
  },

  answer: {
    Data: struct({ GroupId: text(), GroupName: text(), GroupDesc: groupDesc, UtcCreate: utcCreate }),
  },

  failures: {
    'iot.group.InvalidGroupName': 200,
    'iot.group.LongGroupDescError': 200,
    'iot.group.NotExistedGroup': 200,
    'iot.group.SuperGroupUnsupport': 200,
    'iot.group.GroupCountExceedMax': 200,
    'iot.group.GroupNameExisted': 200,
  },

  async run({ GroupName, GroupDesc, SuperGroupId }, call) {
    const instance = instanceOf(call)
    if (!isGroupName(GroupName)) {
      call.fail(
        'iot.group.InvalidGroupName',
        `It must be ${groupNameFormat.en}, not ${displayed(GroupName)}.`,
      )
    }
    const parent = SuperGroupId === undefined ? undefined : await groupOf(call, instance, SuperGroupId)
    try {
      const group = { name: GroupName, description: GroupDesc }
      const made = await call.registry.groups.create(instance, group, parent)
      switch (made) {
        case 'too-deep':
          return call.fail('iot.group.SuperGroupUnsupport', `Groups nest in ${levels} levels.`)
        case 'parent-full':
          return call.fail(
            'iot.group.GroupCountExceedMax',
            `A group may have ${groupsOfGroup} right below it.`,
          )
        case 'instance-full':
          return call.fail('iot.group.GroupCountExceedMax', `An instance may have ${groupsOfInstance}.`)
        default:
          return { Data: answerOf(made) }
      }
    } catch (error) {
      if (error instanceof Duplicate) return call.fail('iot.group.GroupNameExisted', `It is ${GroupName}.`)
      if (error instanceof NotFound)
        return call.fail('iot.group.NotExistedGroup', 'It was deleted meanwhile.')
      throw error
    }
  },
})
