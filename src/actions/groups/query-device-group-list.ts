import { int, optional, text, wrappedList } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import {
  groupInfo,
  groupOf,
  groupTypeFailures,
  groupTypes,
  refuseUnlessStatic,
  toldOf,
} from '../shared/group.ts'
import { pageOf, paging } from '../shared/paging.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

const pageSizeMax = 200

/** Lists the groups of an instance. */
export const queryDeviceGroupList = action({
  name: 'QueryDeviceGroupList',
  family: 'groups',
  effect: 'read',
  summary:
    'Lists, page by page, the groups of an instance at all levels, or those right below one, newest first.',
  version: '2018-01-20',
  quota: { perSecond: 100 },

  parameters: {
    IotInstanceId: iotInstanceId,
    SuperGroupId: optional(text('Only groups right below this one.')),
    GroupName: optional(text('Only the group of this name; its whole name.')),
    GroupTypes: groupTypes,
    ...paging('Groups', pageSizeMax),
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

  async run({ IotInstanceId, SuperGroupId, GroupName, GroupTypes, ...asked }, call) {
    const { CurrentPage, PageSize, offset } = pageOf(call, asked, pageSizeMax)
    for (const type of GroupTypes) refuseUnlessStatic(call, type)
    const instance = await instanceOf(call, IotInstanceId)
    const parent = SuperGroupId === undefined ? undefined : await groupOf(call, instance, SuperGroupId)
    const filter = { parent: parent?.id, name: GroupName }
    const { groups, total } = await call.registry.groups.page(instance, filter, offset, PageSize)
    return {
      CurrentPage,
      PageSize,
      PageCount: Math.ceil(total / PageSize),
      Total: total,
      Data: { GroupInfo: groups.map(toldOf) },
    }
  },
})
