import { optional, struct, text, wrappedList } from '../../api/shape.ts'
import { shown } from '../../lib/text.ts'
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
  summary:
    'Lists, page by page, the devices of a product, newest first. A walk by NextToken meets every device that was there at its start exactly once, whatever is added meanwhile.',
  version: '2018-01-20',
  quota: { perSecond: 50, perSecondFarPages: 2 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    ...paging('Devices', pageSizeMax),
    NextToken: optional(
      text('The NextToken of the page before: the page after that is answered, whatever CurrentPage says.'),
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
        IotId: text('The ID of the device.'),
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

  async run({ IotInstanceId, ProductKey, CurrentPage, PageSize, NextToken }, call) {
    const page = pageOf(call, { CurrentPage, PageSize }, pageSizeMax)
    const product = await productOf(call, IotInstanceId, ProductKey)
    const start = NextToken === undefined ? { offset: page.offset } : { token: NextToken }
    const found = await call.registry.deviceLists.ofProduct(product, start, page.PageSize)
    if (found === undefined) {
      const wrong = `${shown(NextToken!)} was not answered for a page of ${ProductKey}.`
      return call.fail('iot.device.PageTokenIsIllegal', wrong)
    }
    return {
      ...pagesOf(page, product.deviceCount),
      NextToken: found.next,
      Data: {
        DeviceInfo: found.devices.map((device) => ({
          ProductKey,
          DeviceName: device.name,
          DeviceSecret: device.secret,
          DeviceId: deviceIdOf(device),
          IotId: device.iotId,
          Nickname: nicknameOf(device),
          DeviceStatus: statusOf(device),
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
