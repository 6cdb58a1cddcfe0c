import { int, optional, struct, text, wrappedList } from '../../api/shape.ts'
import type { DeviceState } from '../../registry/devices.ts'
import { action } from '../shared/declare.ts'
import {
  chinaTime,
  chinaTimeOf,
  nickname,
  nicknameOf,
  status,
  utcOf,
  utcTime,
} from '../shared/device-answers.ts'
import { pages, pagesOf } from '../shared/pages.ts'
import { pageOf, paging } from '../shared/paging.ts'
import { iotInstanceId, productOf, productsOf } from '../shared/product.ts'

const pageSizeMax = 50
/** The states as the parameter has them. */
const states = new Map<number, DeviceState>([
  [0, 'UNACTIVE'],
  [1, 'ONLINE'],
  [3, 'OFFLINE'],
  [8, 'DISABLE'],
])
const statuses = [...states.keys()]

/** Lists the devices in one state. */
export const queryDeviceByStatus = action({
  name: 'QueryDeviceByStatus',
  family: 'devices',
  effect: 'read',
  summary: {
    en: 'Lists the devices in one state in pages, newest first.',
    zh: '分页查询处于某一状态的设备，最新的在前。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    Status: int(
      { values: statuses, failure: 'iot.common.InvalidFormattedParameter' },
      {
        en: 'The state: 0 not active, 1 online, 3 offline, 8 disabled. Total may be 10 seconds old.',
        zh: '0 为未激活，1 为在线，3 为离线，8 为已禁用。Total 最多滞后 10 秒。',
      },
    ),
    ProductKey: optional(
      text({
        en: 'The ProductKey of the product. If it is not given, all products of the instance count.',
        zh: '产品的 ProductKey；不传则为实例下全部产品。',
      }),
    ),
    ...paging({ en: 'Devices', zh: '设备' }, pageSizeMax),
    ResourceGroupId: optional(
      text({
        en: 'Accepted and ignored: an account has one resource group.',
        zh: '接受但不使用：一个账号只有一个资源组。',
      }),
    ),
  },

  answer: {
    ...pages,
    Data: wrappedList(
      'SimpleDeviceInfo',
      struct({
        ProductKey: text(),
        DeviceName: text(),
        DeviceSecret: text(),
        IotId: text({ en: 'The ID of the device.', zh: '设备 ID。' }),
        Nickname: nickname,
        Status: status,
        GmtCreate: chinaTime('When it was registered'),
        GmtModified: chinaTime('When it was last changed'),
        UtcCreate: utcTime('When it was registered'),
        UtcModified: utcTime('When it was last changed'),
      }),
    ),
  },

  failures: {
    'iot.common.InvalidPageParams': 200,
    'iot.common.InvalidFormattedParameter': 200,
    'iot.prod.NotExistedProduct': 200,
  },

  async run({ Status, ProductKey, CurrentPage, PageSize }, call) {
    const page = pageOf({ CurrentPage, PageSize })
    const state = states.get(Status)!
    const products = ProductKey === undefined ? await productsOf(call) : [productOf(call)]
    const { devices, total } = await call.registry.deviceLists.inState(
      products,
      state,
      page.offset,
      page.PageSize,
    )
    const keyOf = new Map(products.map(({ id, productKey }) => [id, productKey]))
    return {
      ...pagesOf(page, total),
      Data: {
        SimpleDeviceInfo: devices.map((device) => ({
          ProductKey: keyOf.get(device.product)!,
          DeviceName: device.name,
          DeviceSecret: device.secret,
          IotId: device.iotId,
          Nickname: nicknameOf(device),
          Status: state,
          GmtCreate: chinaTimeOf(device.createdAt),
          GmtModified: chinaTimeOf(device.modifiedAt ?? device.createdAt),
          UtcCreate: utcOf(device.createdAt),
          UtcModified: utcOf(device.modifiedAt ?? device.createdAt),
        })),
      },
    }
  },
})
