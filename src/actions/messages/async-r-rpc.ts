import { int, optional, text } from '../../api/shape.ts'
import { isRequestTopic } from '../../rules/messages.ts'
import { action } from '../shared/declare.ts'
import { deviceKeyFailures, namedDevice } from '../shared/device.ts'
import { failIfLimited, messageContent, payloadFailures, payloadOf, recipientOf } from '../shared/messages.ts'
import { iotInstanceId, productKey } from '../shared/product.ts'

/** Sends a request to a device without waiting for its answer. */
export const asyncRRpc = action({
  name: 'AsyncRRpc',
  family: 'messages',
  effect: 'write',
  summary: {
    en: 'Sends a request to a device that is online and does not wait. The answer arrives as a message of the device on …/rrpc/response/${MessageId}.',
    zh: '向在线设备发送请求，不等待响应；设备的响应以 …/rrpc/response/${MessageId} 上的消息到达。',
  },
  version: '2018-01-20',
  quota: { perSecond: 1000 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: text({ en: 'The name of the device.', zh: '设备名称。' }),
    TopicFullName: optional(
      text({
        en: 'A topic of its own for the request, as Topic of RRpc.',
        zh: '自定义 Topic，同 RRpc 的 Topic。',
      }),
    ),
    MessageContent: messageContent(256),
  },

  answer: { MessageId: int({}, 'The ID of the request.') },

  failures: {
    ...payloadFailures,
    ...deviceKeyFailures,
    'iot.device.OfflineDevice': 200,
    'iot.messagebroker.InvalidFormattedTopicName': 200,
    'iot.messagebroker.RateLimit': 200,
  },

  async run({ TopicFullName: topic, MessageContent, ...key }, call) {
    if (topic !== undefined && !isRequestTopic(topic))
      return call.fail(
        'iot.messagebroker.InvalidFormattedTopicName',
        'It must begin with / and have no wildcards.',
      )
    const payload = payloadOf(call, MessageContent)
    const { device, product } = await namedDevice(call, key)
    const { messageId, code } = await call.messaging
      .request(recipientOf(device, product), { topic, payload, timeoutMs: 0 })
      .catch((error) => failIfLimited(call, error))
    return code === 'SUCCESS' ? { MessageId: messageId } : call.fail('iot.device.OfflineDevice')
  },
})
