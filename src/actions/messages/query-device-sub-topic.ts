import { int, list, struct, text } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { deviceKeyFailures, namedDevice } from '../shared/device.ts'
import { recipientOf } from '../shared/messages.ts'
import { iotInstanceId, productKey } from '../shared/product.ts'

/** Returns what a device has subscribed to. */
export const queryDeviceSubTopic = action({
  name: 'QueryDeviceSubTopic',
  family: 'messages',
  effect: 'read',
  summary: {
    en: 'Returns the topics that a device has subscribed to.',
    zh: '查询设备已订阅的 Topic。',
  },
  version: '2018-01-20',
  quota: { perSecond: 100 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: text({ en: 'The name of the device.', zh: '设备名称。' }),
  },

  answer: {
    TopicList: list(
      struct({
        TopicName: text('The topic, perhaps with wildcards.'),
        Timestamp: int({}, 'When the device subscribed, in milliseconds since 1970 UTC.'),
      }),
    ),
  },

  failures: { ...deviceKeyFailures },

  async run(key, call) {
    const { device, product } = await namedDevice(call, key)
    const found = await call.messaging.subscriptions(recipientOf(device, product))
    return { TopicList: found.map(({ topic, at }) => ({ TopicName: topic, Timestamp: at })) }
  },
})
