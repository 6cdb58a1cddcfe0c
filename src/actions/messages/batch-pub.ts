import { optional, text, texts } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
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

const nameInTemplate = '${deviceName}'

/** Sends a message to several devices of a product. */
export const batchPub = action({
  name: 'BatchPub',
  family: 'messages',
  effect: 'write',
  summary: {
    en: 'Sends a message to up to 100 devices of a product, each on its own topic.',
    zh: '向产品下的多个设备（最多 100 个）发送消息，每个设备使用其自己的 Topic。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },

  parameters: {
    IotInstanceId: iotInstanceId,
    ProductKey: productKey,
    DeviceName: texts({
      max: 100,
      required: true,
      doc: { en: 'The name of a device.', zh: '设备名称。' },
    }),
    TopicShortName: optional(
      text({
        en: 'The end of the topic, after /${ProductKey}/${DeviceName}/user/.',
        zh: 'Topic 中 /${ProductKey}/${DeviceName}/user/ 之后的部分。',
      }),
    ),
    TopicTemplateName: optional(
      text({
        en: 'The whole topic, with ${deviceName} for the name of each device. Wins over TopicShortName.',
        zh: '完整的 Topic，用 ${deviceName} 表示各设备的名称；优先于 TopicShortName。',
      }),
    ),
    MessageContent: messageContent(256),
    Qos: qos,
    ...mqttProperties,
    Retained: retained,
    ResponseTopicTemplateName: optional(
      text({
        en: 'The response topic for MQTT 5 devices, with ${deviceName} for the name of each.',
        zh: 'MQTT 5.0 响应 Topic，用 ${deviceName} 表示各设备的名称。',
      }),
    ),
  },

  answer: {},

  failures: {
    ...payloadFailures,
    'iot.prod.NotExistedProduct': 200,
    'iot.device.NotExistedDevice': 200,
    'iot.device.NullDeviceName': 200,
    'iot.messagebroker.NullTopicName': 200,
    'iot.messagebroker.InvalidFormattedTopicName': 200,
    'iot.messagebroker.TopicTemplateIsNotFound': 200,
    'iot.messagebroker.RateLimit': 200,
  },

  async run({ ProductKey, DeviceName, MessageContent, Qos, ...given }, call) {
    const product = productOf(call)
    const payload = payloadOf(call, MessageContent)
    const { TopicShortName: short, ResponseTopicTemplateName: response } = given
    const template =
      given.TopicTemplateName ??
      (short === undefined ? undefined : `/${ProductKey}/${nameInTemplate}/user/${short}`)
    if (template === undefined)
      return call.fail(
        'iot.messagebroker.NullTopicName',
        'TopicShortName or TopicTemplateName must be given.',
      )
    const names = [...new Set(DeviceName)]
    const devices = await call.registry.devices.lookUpNames(product, names)
    const known = new Set(devices.map(({ name }) => name))
    const missing = names.find((name) => !known.has(name))
    if (missing !== undefined)
      return call.fail('iot.device.NotExistedDevice', `There is no ${displayed(missing)} in ${ProductKey}.`)
    const messages = devices.map((device) => {
      const topic = template.replaceAll(nameInTemplate, device.name)
      addresseeOf(call, product, topic, device.name)
      const properties = propertiesOf(given, response?.replaceAll(nameInTemplate, device.name))
      return {
        to: recipientOf(device, product),
        message: { topic, payload, qos: Qos === 1 ? 1 : 0, properties } as const,
      }
    })
    const uses = messages.map(({ to: { name }, message: { topic } }) => ({ name, topic }))
    await failIfClassless(call, product, uses, mayReceive)
    await Promise.all(messages.map(({ to, message }) => publish(call, to, message)))
    return {}
  },
})
