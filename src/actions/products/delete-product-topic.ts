import { action } from '../shared/declare.ts'
import { iotInstanceId } from '../shared/product.ts'
import { namedTopicClass, topicId } from '../shared/topic-class.ts'

/** Deletes a topic class. */
export const deleteProductTopic = action({
  name: 'DeleteProductTopic',
  family: 'products',
  effect: 'destroy',
  summary: {
    en: 'Deletes a topic class. Devices may not use its topics any more, within a second also those that are connected; subscriptions that they have stay.',
    zh: '删除 Topic 类。设备不能再使用其 Topic，已连接的设备一秒内生效，已有的订阅保留。',
  },
  version: '2018-01-20',
  quota: { perSecond: 50 },
  parameters: { IotInstanceId: iotInstanceId, TopicId: topicId },
  answer: {},
  failures: {
    'iot.messagebroker.InvalidFormattedTopicTemplateId': 200,
    'iot.messagebroker.TopicTemplateIsNotFound': 200,
  },

  async run({ TopicId }, call) {
    const { product, topicClass } = await namedTopicClass(call, TopicId)
    if (!(await call.registry.topicClasses.delete(product, topicClass.id)))
      call.fail('iot.messagebroker.TopicTemplateIsNotFound')
    return {}
  },
})
