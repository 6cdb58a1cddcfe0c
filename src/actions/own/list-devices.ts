import { bool, list, optional, struct, text, texts } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'
import { nickname, nicknameOf, status, statusOf } from '../shared/device-answers.ts'
import { nextToken, pagingByToken } from '../shared/paging.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

/** Lists the devices of a product by their names. */
export const listDevices = action({
  name: 'ListDevices',
  family: 'own',
  effect: 'read',
  summary: {
    en: 'Lists the devices of a product in pages, ordered by name, without their secrets. Every page takes the same time.',
    zh: '按名称顺序分页查询产品下的设备（不含密钥）。无论翻到哪一页，耗时相同。',
  },
  version: '2026-11-01',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    NamePrefix: optional(
      text({
        en: 'Only devices whose names begin with this text (case-sensitive).',
        zh: '只查询名称以此开头的设备，区分大小写。',
      }),
    ),
    DeviceName: texts({
      max: 100,
      required: false,
      doc: {
        en: 'The name of a device. The call returns only the devices with these names, in this order and on one page; names that are not registered are left out.',
        zh: '设备名称。仅按此顺序返回这些名称的设备，且只有一页；未注册的名称会被忽略。',
      },
    }),
    ...pagingByToken({ en: 'Devices', zh: '设备' }),
  },

  answer: {
    Data: struct({
      Device: list(
        struct({
          DeviceName: text(),
          IotId: text({ en: 'The ID of the device.', zh: '设备 ID。' }),
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

  async run({ NamePrefix = '', DeviceName, MaxResults, NextToken }, call) {
    const product = productOf(call)
    const { deviceLists } = call.registry
    const page =
      DeviceName.length > 0
        ? { devices: await deviceLists.named(product, DeviceName), next: undefined }
        : await deviceLists.byName(product, NamePrefix, NextToken, MaxResults)
    if (page === undefined) {
      return call.fail(
        'iot.device.PageTokenIsIllegal',
        `${displayed(NextToken!)} was not answered for this list.`,
      )
    }
    const presence = await call.registry.sessions.presence(page.devices)
    return {
      Data: {
        Device: page.devices.map((device, i) => ({
          DeviceName: device.name,
          IotId: device.iotId,
          Sn: device.sn,
          Nickname: nicknameOf(device),
          Status: statusOf(device, presence[i]!),
          Disabled: device.disabled,
          GmtCreate: device.createdAt,
        })),
        NextToken: page.next,
      },
    }
  },
})
