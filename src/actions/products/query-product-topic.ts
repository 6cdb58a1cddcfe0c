import { bool, struct, text, wrappedList } from '../../api/shape.ts'
import { action } from '../shared/declare.ts'
import { iotInstanceId, productKey, productOf } from '../shared/product.ts'

/** Operations as the answer has them; CreateProductTopic takes words. */
const numbers = { PUB: '0', SUB: '1', ALL: '2' }

/** Lists the topic classes of a product. */
export const queryProductTopic = action({
  name: 'QueryProductTopic',
  family: 'products',
  effect: 'read',
  summary: {
    en: 'Lists the topic classes of a product, those of its creation included.',
    zh: '查询产品的自定义 Topic 类，包含创建产品时默认的三个。',
  },
  version: '2018-01-20',
  quota: { perSecond: 3 },
  parameters: { IotInstanceId: iotInstanceId, ProductKey: productKey },
  answer: {
    Data: wrappedList(
      'ProductTopicInfo',
      struct({
        ProductKey: text(),
        TopicShortName: text('The whole topic, in which ${deviceName} stands for the name of the device.'),
        Operation: text('0 publish, 1 subscribe, 2 both.'),
        Id: text('The TopicId.'),
        Desc: text(),
        EnableProxySubscribe: bool('Always false: devices subscribe themselves.'),
        Codec: text('Always empty: payloads are passed on as they are.'),
      }),
    ),
  },
  failures: { 'iot.prod.NotExistedProduct': 200 },

  async run({ ProductKey }, call) {
    const product = productOf(call)
    const classes = await call.registry.topicClasses.of(product)
    return {
      Data: {
        ProductTopicInfo: classes.map(({ id, template, operation, description }) => ({
          ProductKey,
          TopicShortName: template,
          Operation: numbers[operation],
          Id: String(id),
          Desc: description,
          EnableProxySubscribe: false,
          Codec: '',
        })),
      },
    }
  },
})
