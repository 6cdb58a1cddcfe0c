import { list, optional, struct, text, texts } from '../../api/shape.ts'
import { milliseconds } from '../shared/access.ts'
import { action } from '../shared/declare.ts'
import { status, statusOf } from '../shared/device-answers.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

/** Returns which devices of a product are online, for pages that poll. */
export const listDevicePresence = action({
  name: 'ListDevicePresence',
  family: 'own',
  effect: 'read',
  summary: {
    en: 'Returns the states of up to 200 devices of a product and when they last connected. Its calls are not among the recent calls of the account.',
    zh: '查询产品下最多 200 个设备的状态和最近上线时间。该操作不计入账号最近的调用。',
  },
  version: '2026-11-01',
  quota: { perSecond: 50 },
  unlisted: true,

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: texts({
      max: 200,
      required: true,
      doc: {
        en: 'The name of a device. Names that are not registered are left out of the answer.',
        zh: '设备名称；未注册的名称会被忽略。',
      },
    }),
  },

  answer: {
    Data: struct({
      Device: list(
        struct({
          DeviceName: text(),
          Status: status,
          ActiveTime: optional(milliseconds('When it first connected')),
          OnlineTime: optional(milliseconds('When it last connected')),
          ChangeTime: optional(milliseconds('When it last connected or disconnected')),
          IpAddress: optional(text('The IP address that it last connected from.')),
        }),
      ),
    }),
  },

  failures: { 'iot.prod.NotExistedProduct': 200 },

  async run({ DeviceName }, call) {
    const { devices, sessions } = call.registry
    const product = productOf(call)
    const found = await devices.lookUpNames(product, DeviceName)
    const presence = await sessions.presence(found)
    return {
      Data: {
        Device: found.map((device, i) => ({
          DeviceName: device.name,
          Status: statusOf(device, presence[i]!),
          ActiveTime: presence[i]!.activeAt,
          OnlineTime: presence[i]!.onlineAt,
          ChangeTime: presence[i]!.changedAt,
          IpAddress: presence[i]!.address,
        })),
      },
    }
  },
})
