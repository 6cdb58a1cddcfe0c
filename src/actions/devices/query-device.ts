import { optional, struct, text, wrappedList } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { action } from '../shared/declare.ts'
import {
  deviceId,
  deviceIdOf,
  gmtOf,
  gmtTime,
  nickname,
  nicknameOf,
  status,
  statusOf,
  utcOf,
  utcTime,
} from '../shared/device-answers.ts'
import { pages, pagesOf } from '../shared/pages.ts'
import { pageOf, paging } from '../shared/paging.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

const pageSizeMax = 50

/** Lists the devices of a product. */
export const queryDevice = action({
  name: 'QueryDevice',
  family: 'devices',
  effect: 'read',
  summary: {
    en: 'Lists the devices of a product in pages, newest first. Reading all pages by NextToken returns each device that existed at the start exactly once, even if devices are added meanwhile.',
    zh: '分页查询产品下的设备，最新的在前。用 NextToken 遍历时，开始时已有的设备各返回一次，不受期间新增设备的影响。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50, perSecondFarPages: 2 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    ...paging({ en: 'Devices', zh: '设备' }, pageSizeMax),
    NextToken: optional(
      text({
        en: 'The NextToken of the previous page. CurrentPage is ignored then.',
        zh: '上一页返回的 NextToken，返回其后一页，此时忽略 CurrentPage。',
      }),
    ),
  },

  answer: {
    ...pages,
    NextToken: optional(text('Of the page after this one; left out on the last.')),
    Data: wrappedList(
      'DeviceInfo',
      struct({
        ProductKey: text(),
        DeviceName: text(),
        DeviceSecret: text(),
        DeviceId: deviceId,
        IotId: text({ en: 'The ID of the device.', zh: '设备 ID。' }),
        Nickname: nickname,
        DeviceStatus: status,
        DeviceType: text('The CategoryKey of the product; empty where it has none.'),
        GmtCreate: gmtTime('When it was registered'),
        GmtModified: gmtTime('When it was last changed'),
        UtcCreate: utcTime('When it was registered'),
        UtcModified: utcTime('When it was last changed'),
      }),
    ),
  },

  failures: {
    'iot.common.InvalidPageParams': 200,
    'iot.prod.NotExistedProduct': 200,
    'iot.device.PageTokenIsIllegal': 200,
  },

  async run({ ProductKey, CurrentPage, PageSize, NextToken }, call) {
    const page = pageOf({ CurrentPage, PageSize })
    const product = productOf(call)
    const start = NextToken === undefined ? { offset: page.offset } : { token: NextToken }
    const found = await call.registry.deviceLists.ofProduct(product, start, page.PageSize)
    if (found === undefined) {
      const wrong = `${displayed(NextToken!)} was not answered for a page of ${ProductKey}.`
      return call.fail('iot.device.PageTokenIsIllegal', wrong)
    }
    const presence = await call.registry.sessions.presence(found.devices)
    return {
      ...pagesOf(page, product.deviceCount),
      NextToken: found.next,
      Data: {
        DeviceInfo: found.devices.map((device, i) => ({
          ProductKey,
          DeviceName: device.name,
          DeviceSecret: device.secret,
          DeviceId: deviceIdOf(device),
          IotId: device.iotId,
          Nickname: nicknameOf(device),
          DeviceStatus: statusOf(device, presence[i]!),
          DeviceType: product.categoryKey ?? '',
          GmtCreate: gmtOf(device.createdAt),
          GmtModified: gmtOf(device.modifiedAt ?? device.createdAt),
          UtcCreate: utcOf(device.createdAt),
          UtcModified: utcOf(device.modifiedAt ?? device.createdAt),
        })),
      },
    }
  },
})
