import { int, optional, text } from '../../api/shape.ts'
import { isRequestTopic } from '../../rules/messages.ts'
import { action } from '../shared/declare.ts'
import { deviceKeyFailures, namedDevice } from '../shared/device.ts'
import { failIfLimited, payloadFailures, payloadOf, recipientOf } from '../shared/messages.ts'
import { iotInstanceId, productKey } from '../shared/product.ts'

/** Sends a request to a device and waits for its answer. */
export const rRpc = action({
  name: 'RRpc',
  family: 'messages',
  effect: 'write',
  summary: {
    en: 'Sends a request to a device and returns its answer. RrpcCode says whether it answered in time.',
    zh: '向设备发送请求并同步返回设备的响应；RrpcCode 表示设备是否在超时前响应。',
  },
  version: '2018-01-20',
  quota: { perSecond: 1000 },
  waits: true,

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: text({ en: 'The name of the device.', zh: '设备名称。' }),
    RequestBase64Byte: text({
      en: 'The request in base64, at most 256 KB before that.',
      zh: '请求内容，Base64 编码，编码前最大 256 KB。',
    }),
    Timeout: int(
      { min: 1000, max: 8000, failure: 'iot.messagebroker.InvalidTimeoutValue' },
      { en: 'How long to wait for the answer, in milliseconds.', zh: '等待设备响应的时间，单位为毫秒。' },
    ),
    Topic: optional(
      text({
        en: 'A topic of its own for the request, such as /${ProductKey}/${DeviceName}/user/get: a device that connects with ext=1 gets it as /ext/rrpc/${MessageId}${Topic} and answers there. Without it, and to other devices, the request goes to /sys/${ProductKey}/${DeviceName}/rrpc/request/${MessageId}.',
        zh: '自定义 Topic，例如 /${ProductKey}/${DeviceName}/user/get：以 ext=1 连接的设备在 /ext/rrpc/${MessageId}${Topic} 收到请求并在此响应。不传时，以及对于其他设备，请求发送到 /sys/${ProductKey}/${DeviceName}/rrpc/request/${MessageId}。',
      }),
    ),
    ContentType: optional(
      text({
        en: 'Accepted and ignored: the message type for devices of a JT/T 808 gateway, which this server has none of.',
        zh: '传入后忽略：JT/T 808 云网关设备的消息类型，本服务没有此类网关。',
      }),
    ),
  },

  answer: {
    MessageId: int({}, 'The ID of the request.'),
    RrpcCode: text(
      'SUCCESS: the device answered. TIMEOUT: it did not within Timeout. OFFLINE: it is not connected. HALFCONN: its connection broke.',
      { values: ['SUCCESS', 'TIMEOUT', 'OFFLINE', 'HALFCONN', 'UNKNOWN'] },
    ),
    PayloadBase64Byte: optional(text('The answer of the device, in base64.')),
  },

  failures: {
    ...payloadFailures,
    ...deviceKeyFailures,
    'iot.messagebroker.InvalidTimeoutValue': 200,
    'iot.messagebroker.InvalidFormattedTopicName': 200,
    'iot.messagebroker.RateLimit': 200,
  },

  async run({ RequestBase64Byte, Timeout, Topic, ...key }, call) {
    if (Topic !== undefined && !isRequestTopic(Topic))
      return call.fail(
        'iot.messagebroker.InvalidFormattedTopicName',
        'It must begin with / and have no wildcards.',
      )
    const payload = payloadOf(call, RequestBase64Byte)
    const { device, product } = await namedDevice(call, key)
    const request = { topic: Topic, payload, timeoutMs: Timeout }
    const {
      messageId,
      code,
      payload: answer,
    } = await call.messaging
      .request(recipientOf(device, product), request)
      .catch((error) => failIfLimited(call, error))
    const answered = answer && Buffer.from(answer).toString('base64')
    return { MessageId: messageId, RrpcCode: code, PayloadBase64Byte: answered }
  },
})
