import { action } from '../shared/declare.ts'
import { iotInstanceId } from '../shared/product.ts'
import {
  namedTopicClass,
  topicClassFailures,
  topicClassFields,
  topicClassOf,
  topicId,
} from '../shared/topic-class.ts'

/** Changes a topic class. */
export const updateProductTopic = action({
  name: 'UpdateProductTopic',
  family: 'products',
  effect: 'write',
  summary: {
    en: 'Changes a topic class. Devices that are connected may use it as it is now within a second; subscriptions that they have stay.',
    zh: '修改 Topic 类。已连接的设备在一秒内按新的定义使用，已有的订阅保留。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },
  parameters: { IotInstanceId: iotInstanceId, TopicId: topicId, ...topicClassFields },
  answer: {},
  failures: {
    ...topicClassFailures,
    'iot.messagebroker.InvalidFormattedTopicTemplateId': 200,
    'iot.messagebroker.TopicTemplateIsNotFound': 200,
  },

  async run({ TopicId, ...described }, call) {
    const { product, topicClass } = await namedTopicClass(call, TopicId)
    const chosen = topicClassOf(call, product, described)
    const updated = await call.registry.topicClasses.update(product, topicClass.id, chosen)
    if (updated === 'taken') call.fail('iot.messagebroker.TopicAlreadyFound', `It is ${chosen.template}.`)
    if (updated === undefined) call.fail('iot.messagebroker.TopicTemplateIsNotFound')
    return {}
  },
})
