import { int } from '../../api/shape.ts'
import { topicClassesMax } from '../../registry/topic-classes.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'
import { topicClassFailures, topicClassFields, topicClassOf } from '../shared/topic-class.ts'

/** Adds a topic class to a product. */
export const createProductTopic = action({
  name: 'CreateProductTopic',
  family: 'products',
  effect: 'write',
  summary: {
    en: `Adds a topic class to a product: topics that its devices may publish or subscribe to. A product has up to ${topicClassesMax}.`,
    zh: `为产品创建自定义 Topic 类，即设备可发布或订阅的 Topic。一个产品最多 ${topicClassesMax} 个。`,
  },
  version: '2018-01-20',
  quota: { perSecond: 1 },
  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey, ...topicClassFields },
  answer: { TopicId: int({}, 'The ID of the topic class.') },
  failures: {
    ...topicClassFailures,
    'iot.prod.NotExistedProduct': 200,
    'iot.messagebroker.TopicTemplateCountExceedMax': 200,
  },

  async run(described, call) {
    const product = productOf(call)
    const { description = '', ...chosen } = topicClassOf(call, product, described)
    const created = await call.registry.topicClasses.create(product, { ...chosen, description })
    if (created === 'taken')
      return call.fail('iot.messagebroker.TopicAlreadyFound', `It is ${chosen.template}.`)
    if (created === 'full')
      return call.fail(
        'iot.messagebroker.TopicTemplateCountExceedMax',
        `A product has up to ${topicClassesMax}.`,
      )
    return { TopicId: created.id }
  },
})
