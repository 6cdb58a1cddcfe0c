import { action } from '../shared/declare.ts'
import { deviceKeyFailures, namedDevice } from '../shared/device.ts'
import { recipientOf } from '../shared/messages.ts'
import { judgeTopics, subscription } from '../shared/subscriptions.ts'

/** Subscribes a device that is online. */
export const subscribeTopic = action({
  name: 'SubscribeTopic',
  family: 'messages',
  effect: 'write',
  summary: {
    en: 'Subscribes a device that is online to topics, as if it had asked for them itself.',
    zh: '为在线设备订阅 Topic，效果与设备自行订阅相同。',
  },
  version: '2018-01-20',
  quota: { perSecond: 10 },
  parameters: subscription,
  answer: {},
  failures: {
    ...deviceKeyFailures,
    'iot.device.OfflineDevice': 200,
    'iot.messagebroker.InvalidFormattedTopicName': 200,
    'iot.messagebroker.TopicTemplateIsNotFound': 200,
  },

  async run({ Topic, ...key }, call) {
    const { device, product } = await namedDevice(call, key)
    await judgeTopics(call, product, device.name, Topic)
    const isOnline = await call.messaging.subscribe(recipientOf(device, product), Topic)
    return isOnline ? {} : call.fail('iot.device.OfflineDevice')
  },
})
