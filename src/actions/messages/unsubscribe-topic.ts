import { optional, text, wrappedList } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { deviceKeyFailures, namedDevice } from '../shared/device.ts'
import { recipientOf } from '../shared/messages.ts'
import { subscription } from '../shared/subscriptions.ts'

/** Unsubscribes a device. */
export const unsubscribeTopic = action({
  name: 'UnsubscribeTopic',
  family: 'messages',
  effect: 'write',
  summary: {
    en: 'Unsubscribes a device that is online from topics. Topics that it has not subscribed to are skipped.',
    zh: '为在线设备取消订阅 Topic；未订阅的 Topic 会被忽略。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },
  parameters: subscription,
  answer: { FailureTopics: optional(wrappedList('topic', text('A topic that could not be unsubscribed.'))) },
  failures: { ...deviceKeyFailures },

  async run({ Topic, ...key }, call) {
    const { device, product } = await namedDevice(call, key)
    await call.messaging.unsubscribe(recipientOf(device, product), Topic)
    return {}
  },
})
