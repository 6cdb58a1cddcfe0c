import { int, optional, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import { isBroadcastTopic } from '../../rules/messages.ts'
import { mayReceive } from '../../rules/topics.ts'
import { action } from '../shared/declare.ts'
import {
  addresseeOf,
  messageContent,
  mqttProperties,
  payloadFailures,
  payloadOf,
  propertiesOf,
  publish,
  qos,
  recipientOf,
  retained,
} from '../shared/messages.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'
import { failIfClassless } from '../shared/topic-scope.ts'

/** Sends a message to a device. */
export const pub = action({
  name: 'Pub',
  family: 'messages',
  effect: 'write',
  summary: {
    en: 'Sends a message to a topic of a device, or to a broadcast topic of the product. It also succeeds if the device is offline.',
    zh: '向设备的 Topic 或产品的广播 Topic 发送消息；设备不在线时也返回成功。',
  },
  version: '2018-01-20',
  quota: { perSecond: 1600 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    TopicFullName: text({
      en: 'The topic. Of an ordinary product: /${ProductKey}/${DeviceName}/user/…, of a topic class with SUB or ALL, or /broadcast/${ProductKey}/… for all subscribers of that. Of a cloud gateway product with one-party authentication: 1 to 128 letters, digits, _ and /.',
      zh: '消息的 Topic。普通产品为 /${ProductKey}/${DeviceName}/user/…（须属于操作权限为 SUB 或 ALL 的 Topic 类），或 /broadcast/${ProductKey}/…（发给所有订阅者）；云网关（one-party）产品为 1～128 个字符，可含字母、数字、下划线和斜杠。',
    }),
    DeviceName: optional(
      text({
        en: 'The name of the device. Required for a cloud gateway product with one-party authentication, whose devices share topic names.',
        zh: '设备名称。单向认证的云网关产品必传，因为其设备的 Topic 名称相同。',
      }),
    ),
    MessageContent: messageContent(256),
    Qos: qos,
    ...mqttProperties,
    Retained: retained,
    TopicAlias: optional(
      int(
        { min: 0, max: 65_535 },
        {
          en: 'Accepted and ignored: MQTT 5 devices get the whole topic with each message.',
          zh: '传入后忽略：MQTT 5.0 设备收到的每条消息都带完整 Topic。',
        },
      ),
    ),
    ResponseTopic: optional(
      text({ en: 'The response topic for an MQTT 5 device.', zh: 'MQTT 5.0 响应 Topic。' }),
    ),
  },

  answer: { MessageId: text('The ID of the message.') },

  failures: {
    ...payloadFailures,
    'iot.prod.NotExistedProduct': 200,
    'iot.device.NotExistedDevice': 200,
    'iot.device.NullDeviceName': 200,
    'iot.messagebroker.InvalidFormattedTopicName': 200,
    'iot.messagebroker.TopicTemplateIsNotFound': 200,
    'iot.messagebroker.RateLimit': 200,
  },

  async run({ ProductKey, TopicFullName: topic, DeviceName, MessageContent, Qos, ...given }, call) {
    const product = productOf(call)
    const payload = payloadOf(call, MessageContent)
    if (isBroadcastTopic(topic, ProductKey)) {
      const to = { product: product.id, productKey: ProductKey }
      return { MessageId: String(await call.messaging.broadcast(to, { topic, payload })) }
    }
    const name = addresseeOf(call, product, topic, DeviceName)
    const device = await call.registry.devices.lookUp(product, name)
    if (device === undefined)
      return call.fail('iot.device.NotExistedDevice', `There is no ${displayed(name)} in ${ProductKey}.`)
    await failIfClassless(call, product, [{ name, topic }], mayReceive)
    const properties = propertiesOf(given, given.ResponseTopic)
    const message = { topic, payload, qos: Qos === 1 ? 1 : 0, properties } as const
    return { MessageId: String(await publish(call, recipientOf(device, product), message)) }
  },
})
