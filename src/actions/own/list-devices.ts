import { bool, list, optional, struct, text, texts } from '../../api/shape.ts'
import { shown } from '../../lib/text.ts'
import { milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'
import { nickname, nicknameOf, status, statusOf } from '../shared/device-answers.ts'
import { nextToken, pageSize } from '../shared/paging.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

const maxResults = pageSize('Devices')

/** Lists the devices of a product by their names. */
export const listDevices = action({
  name: 'ListDevices',
  family: 'own',
  effect: 'read',
  summary:
    'Lists, page by page, the devices of a product in the order of their names, without their secrets. A page costs the same wherever it is. An operation of Rollcall’s own.',
  version: '2026-11-01',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    NamePrefix: optional(
      text('Only devices whose names begin with this, capital and small letters told apart.'),
    ),
    DeviceName: texts({
      max: 100,
      required: false,
      doc: 'The name of a device. Only the devices of these names are answered, in this order, on one page; names that are not registered are passed over.',
    }),
    ...maxResults.parameters,
  },

  answer: {
    Data: struct({
      Device: list(
        struct({
          DeviceName: text(),
          IotId: text('The ID of the device.'),
          Sn: optional(text('The serial number, if the device was imported with one.')),
          Nickname: nickname,
          Status: status,
          Disabled: bool(),
          GmtCreate: milliseconds('When it was registered'),
        }),
      ),
      NextToken: nextToken,
    }),
  },

  failures: { 'iot.prod.NotExistedProduct': 200, 'iot.device.PageTokenIsIllegal': 200 },

  async run({ IotInstanceId, ProductKey, NamePrefix = '', DeviceName, MaxResults, NextToken }, call) {
    const product = await productOf(call, IotInstanceId, ProductKey)
    const { deviceLists } = call.registry
    const page =
      DeviceName.length > 0
        ? { devices: await deviceLists.named(product, DeviceName), next: undefined }
        : await deviceLists.byName(product, NamePrefix, NextToken, maxResults.of(MaxResults))
    if (page === undefined) {
      return call.fail(
        'iot.device.PageTokenIsIllegal',
        `${shown(NextToken!)} was not answered for this list.`,
      )
    }
    return {
      Data: {
        Device: page.devices.map((device) => ({
          DeviceName: device.name,
          IotId: device.iotId,
          Sn: device.sn,
          Nickname: nicknameOf(device),
          Status: statusOf(device),
          Disabled: device.disabled,
          GmtCreate: device.createdAt,
        })),
        NextToken: page.next,
      },
    }
  },
})
