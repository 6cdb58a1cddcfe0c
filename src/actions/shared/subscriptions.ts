import { text, texts } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { Product } from '../../registry/products.ts'
import { maySubscribe } from '../../rules/topics.ts'
import type { Call } from './declare.ts'
import { iotInstanceId, productKey } from './product.ts'
import { failIfClassless } from './topic-scope.ts'

/** The parameters of SubscribeTopic and UnsubscribeTopic. */
export const subscription = {
  IotInstanceId: iotInstanceId,
  ProductKey: productKey,
  DeviceName: text({ en: 'The name of the device.', zh: '设备名称。' }),
  Topic: texts({
    max: 10,
    required: true,
    doc: { en: 'A topic of the device, perhaps with wildcards.', zh: '设备的 Topic，可含通配符。' },
  }),
}

/** Ends the call if the device may not use one of the topics. */
export async function judgeTopics(
  call: Call<'iot.messagebroker.InvalidFormattedTopicName' | 'iot.messagebroker.TopicTemplateIsNotFound'>,
  product: Product,
  name: string,
  topics: readonly string[],
): Promise<void> {
  const { productKey, authType } = product
  // A topic outside the device's own prefix can belong to no topic class.
  const own = { template: `/${productKey}/\${deviceName}/#`, operation: 'ALL' } as const
  const scope = { productKey, name, hasFreeTopics: authType === 'one-party', topicClasses: () => [own] }
  const bad = topics.find((topic) => !maySubscribe(scope, topic))
  if (bad !== undefined)
    call.fail(
      'iot.messagebroker.InvalidFormattedTopicName',
      `The device may not subscribe to ${displayed(bad)}.`,
    )
  const uses = topics.map((topic) => ({ name, topic }))
  await failIfClassless(call, product, uses, maySubscribe)
}
