import { int, struct, text, wrappedList } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { groupId, groupOf } from '../shared/group.ts'
import { pageOf, paging } from '../shared/paging.ts'
import { instanceOf, iotInstanceId } from '../shared/product.ts'

/** The page names none; this is that of QueryDeviceGroupList. */
const pageSizeMax = 200

/** Lists the devices of a group. */
export const queryDeviceListByDeviceGroup = action({
  name: 'QueryDeviceListByDeviceGroup',
  family: 'groups',
  effect: 'read',
  summary: {
    en: 'Lists the devices of a group in pages, newest first.',
    zh: '分页查询分组中的设备，最后注册的在前。',
  },
  version: '2018-01-20',
  quota: { perSecond: 5 },

  parameters: {
    IotInstanceId: iotInstanceId,
    GroupId: groupId,
    ...paging({ en: 'Devices', zh: '设备' }, pageSizeMax),
  },

  answer: {
    Page: int(),
    PageSize: int(),
    PageCount: int(),
    Total: int({}, 'Devices on all pages.'),
    Data: wrappedList(
      'SimpleDeviceInfo',
      struct({ ProductKey: text(), ProductName: text(), DeviceName: text(), IotId: text() }),
    ),
  },

  failures: { 'iot.common.InvalidPageParams': 200, 'iot.group.NotExistedGroup': 200 },

  async run({ GroupId, ...asked }, call) {
    const { CurrentPage, PageSize, offset } = pageOf(asked)
    const instance = instanceOf(call)
    const group = await groupOf(call, instance, GroupId)
    const { devices, total } = await call.registry.groups.devices(instance, group, offset, PageSize)
    return {
      Page: CurrentPage,
      PageSize,
      PageCount: Math.ceil(total / PageSize),
      Total: total,
      Data: {
        SimpleDeviceInfo: devices.map(({ productKey, productName, name, iotId }) => ({
          ProductKey: productKey,
          ProductName: productName,
          DeviceName: name,
          IotId: iotId,
        })),
      },
    }
  },
})
