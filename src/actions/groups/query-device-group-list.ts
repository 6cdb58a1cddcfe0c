import { int, optional, text, wrappedList } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { answerOf, groupInfo, groupOf, groupTypeFailures, groupTypes } from '../shared/group.ts'
import { pageOf, paging } from '../shared/paging.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

const pageSizeMax = 200

/** Lists the groups of an instance. */
export const queryDeviceGroupList = action({
  name: 'QueryDeviceGroupList',
  family: 'groups',
  effect: 'read',
  summary: {
    en: 'Lists the groups of an instance at all levels, or the direct subgroups of one group, in pages, newest first.',
    zh: '分页查询实例下各级分组，或某一分组的直接子分组，最新的在前。',
  },
  version: '2018-01-20',
  quota: { perSecond: 100 },

  parameters: {
    IotInstanceId: iotInstanceId,
    SuperGroupId: optional(
      text({ en: 'Only direct subgroups of this group.', zh: '只查询该分组的直接子分组。' }),
    ),
    GroupName: optional(
      text({ en: 'Only the group with exactly this name.', zh: '只查询该名称的分组，须为完整名称。' }),
    ),
    GroupTypes: groupTypes,
    ...paging({ en: 'Groups', zh: '分组' }, pageSizeMax),
  },

  answer: {
    CurrentPage: int(),
    PageSize: int(),
    PageCount: int(),
    Total: int({}, 'Groups on all pages.'),
    Data: wrappedList('GroupInfo', groupInfo),
  },

  failures: {
    'iot.common.InvalidPageParams': 200,
    'iot.group.NotExistedGroup': 200,
    ...groupTypeFailures,
  },

  async run({ SuperGroupId, GroupName, ...asked }, call) {
    const { CurrentPage, PageSize, offset } = pageOf(asked)
    const instance = instanceOf(call)
    const parent = SuperGroupId === undefined ? undefined : await groupOf(call, instance, SuperGroupId)
    const filter = { parent: parent?.id, name: GroupName }
    const { groups, total } = await call.registry.groups.page(instance, filter, offset, PageSize)
    return {
      CurrentPage,
      PageSize,
      PageCount: Math.ceil(total / PageSize),
      Total: total,
      Data: { GroupInfo: groups.map(answerOf) },
    }
  },
})
