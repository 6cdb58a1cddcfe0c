import { int, optional, text } from '../../api/shape.ts'
import { broadcastBytesMax, isBroadcastTopic } from '../../rules/messages.ts'
import { action } from '../shared/declare.ts'
import { messageContent, payloadFailures, payloadOf } from '../shared/messages.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

/** Sends a message to all devices of a product that are online. */
export const pubBroadcast = action({
  name: 'PubBroadcast',
  family: 'messages',
  effect: 'write',
  summary: {
    en: 'Sends a message to the devices of a product that are online: to the subscribers of a broadcast topic, or to all, which an account may do once a minute.',
    zh: '向产品下的在线设备广播消息：发给广播 Topic 的订阅者，或发给全部设备（每个账号每分钟一次）。',
  },
  version: '2018-01-20',
  quota: { perSecond: 1, perMinuteWithout: { parameter: 'TopicFullName', calls: 1 } },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    TopicFullName: optional(
      text({
        en: 'The topic, /broadcast/${ProductKey}/…. Without it every device that is online gets the message, on /sys/${ProductKey}/${DeviceName}/broadcast/request/${MessageId}, whatever it has subscribed to.',
        zh: '广播 Topic，格式为 /broadcast/${ProductKey}/…。不传时，所有在线设备都会在 /sys/${ProductKey}/${DeviceName}/broadcast/request/${MessageId} 收到消息，无需订阅。',
      }),
    ),
    MessageContent: messageContent(64),
  },

  answer: { MessageId: int({}, 'The ID of the message.') },

  failures: {
    ...payloadFailures,
    'iot.prod.NotExistedProduct': 200,
    'iot.messagebroker.InvalidFormattedTopicName': 200,
  },

  async run({ ProductKey, TopicFullName: topic, MessageContent }, call) {
    const product = productOf(call)
    const payload = payloadOf(call, MessageContent, broadcastBytesMax)
    if (topic !== undefined && !isBroadcastTopic(topic, ProductKey))
      return call.fail(
        'iot.messagebroker.InvalidFormattedTopicName',
        `It must be /broadcast/${ProductKey}/….`,
      )
    const to = { product: product.id, productKey: ProductKey }
    return { MessageId: await call.messaging.broadcast(to, { topic, payload }) }
  },
})
