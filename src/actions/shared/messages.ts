import { bool, int, optional, rows, text } from '../../api/shape.ts'
import { type OutgoingMessage, RateLimited, type Recipient } from '../../messaging/messaging.ts'
import type { FoundDevice } from '../../registry/devices.ts'
import type { Product } from '../../registry/products.ts'
import { deviceOfTopic, fromBase64, messageBytesMax } from '../../rules/messages.ts'
import { isFreeTopic } from '../../rules/topics.ts'
import type { Call } from './declare.ts'

/** The parameter Qos of operations that send messages. */
export const qos = optional(
  int(
    { min: 0, max: 1, default: 0 },
    {
      en: 'How the message is sent. 0: to a device that is online now, once at most. 1: it is kept until the device acknowledges it, at most 7 days.',
      zh: '消息的发送方式。0：仅发送给当前在线的设备，最多一次；1：保存至设备确认，最长 7 天。',
    },
  ),
)

export const messageContent = (kilobytes: number) =>
  text({
    en: `The message in base64, at most ${kilobytes} KB before that.`,
    zh: `消息内容，Base64 编码，编码前最大 ${kilobytes} KB。`,
  })

/** The parameter Retained of operations that send messages. */
export const retained = optional(
  bool({
    en: 'Accepted and ignored: the server retains no messages. With Qos 1 a message waits for the device.',
    zh: '传入后忽略：服务端不保留消息（Retained）；Qos 为 1 的消息会等待设备接收。',
  }),
)

/** MQTT 5 properties that a message may have. */
export const mqttProperties = {
  UserProp: rows({
    members: {
      Key: { required: true, doc: { en: 'The name of a user property.', zh: '用户属性名称。' } },
      Value: { required: true, doc: { en: 'Its value.', zh: '用户属性值。' } },
    },
    max: 20,
    required: false,
  }),
  CorrelationData: optional(
    text({
      en: 'The correlation data for an MQTT 5 device, in base64.',
      zh: 'MQTT 5.0 关联数据，Base64 编码。',
    }),
  ),
  ContentType: optional(text({ en: 'The content type for an MQTT 5 device.', zh: 'MQTT 5.0 内容类型。' })),
  PayloadFormatIndicator: optional(
    int(
      { min: 0, max: 1 },
      {
        en: 'For an MQTT 5 device: 1 if the message is UTF-8 text.',
        zh: 'MQTT 5.0 载荷格式标识，1 表示 UTF-8 文本。',
      },
    ),
  ),
  MessageExpiryInterval: optional(
    int(
      { min: 1, max: 2 ** 32 - 1 },
      {
        en: 'The seconds after which the message is worth nothing; it is not delivered then.',
        zh: '消息过期时间，单位为秒；过期后不再下发。',
      },
    ),
  ),
} as const

interface MqttProperties {
  readonly UserProp: readonly { readonly Key: string; readonly Value: string }[]
  readonly CorrelationData?: string | undefined
  readonly ContentType?: string | undefined
  readonly PayloadFormatIndicator?: number | undefined
  readonly MessageExpiryInterval?: number | undefined
}

/** The same in the form in which messages have them; undefined when there are none. */
export function propertiesOf(given: MqttProperties, responseTopic?: string): OutgoingMessage['properties'] {
  const users = Map.groupBy(given.UserProp, ({ Key }) => Key)
  const entries = [...users].map(([key, props]) => [key, props.map(({ Value }) => Value)] as const)
  const userProperties = Object.fromEntries(
    entries.map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
  )
  const all = {
    userProperties: entries.length === 0 ? undefined : userProperties,
    correlationData: given.CorrelationData,
    contentType: given.ContentType,
    payloadFormatIndicator:
      given.PayloadFormatIndicator === undefined ? undefined : given.PayloadFormatIndicator === 1,
    messageExpiryInterval: given.MessageExpiryInterval,
    responseTopic,
  }
  const present = Object.entries(all).filter(([, value]) => value !== undefined)
  return present.length === 0 ? undefined : Object.fromEntries(present)
}

/** The failures of `payloadOf`. */
export const payloadFailures = {
  'iot.messagebroker.MessageContentIsNotBase64Encode': 200,
  'iot.messagebroker.PublishMessageFailed': 200,
} as const

/** The bytes of a message in base64. */
export function payloadOf(
  call: Call<keyof typeof payloadFailures>,
  content: string,
  max: number = messageBytesMax,
): Uint8Array {
  const payload = fromBase64(content)
  if (payload === undefined) return call.fail('iot.messagebroker.MessageContentIsNotBase64Encode')
  if (payload.length > max) {
    const detail = `The message has ${payload.length} bytes and may have ${max}.`
    return call.fail('iot.messagebroker.PublishMessageFailed', detail)
  }
  return payload
}

/** A device as a message is addressed to it. */
export const recipientOf = ({ product, number, name }: FoundDevice, { productKey }: Product): Recipient => ({
  product,
  number,
  name,
  productKey,
})

/** Ends the call with RateLimit, if that is why a message was not taken. */
export function failIfLimited(call: Call<'iot.messagebroker.RateLimit'>, error: unknown): never {
  if (error instanceof RateLimited)
    return call.fail('iot.messagebroker.RateLimit', `It is because ${error.message}.`)
  throw error
}

/** Sends a message to a device. @returns its MessageId */
export const publish = (
  call: Call<'iot.messagebroker.RateLimit'>,
  to: Recipient,
  message: OutgoingMessage,
): Promise<number> => call.messaging.publish(to, message).catch((error) => failIfLimited(call, error))

/** The name of the device that a topic is for: DeviceName of a one-party product, else the one in the topic. */
export function addresseeOf(
  call: Call<'iot.messagebroker.InvalidFormattedTopicName' | 'iot.device.NullDeviceName'>,
  { authType, productKey }: Product,
  topic: string,
  deviceName: string | undefined,
): string {
  const own = deviceOfTopic(topic, productKey)
  if (authType !== 'one-party') {
    if (own !== undefined && (deviceName === undefined || deviceName === own)) return own
    const form = `/${productKey}/\${DeviceName}/…`
    return call.fail('iot.messagebroker.InvalidFormattedTopicName', `It must be ${form} of the device.`)
  }
  if (deviceName === undefined)
    return call.fail(
      'iot.device.NullDeviceName',
      'Devices of this product share topics, so it must be given.',
    )
  if (isFreeTopic(topic) || own === deviceName) return deviceName
  return call.fail(
    'iot.messagebroker.InvalidFormattedTopicName',
    'It must be 1 to 128 letters, digits, _ and /, and none of the platform’s own topics.',
  )
}
