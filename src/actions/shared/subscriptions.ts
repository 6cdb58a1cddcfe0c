import type { Call } from '../../api/action.ts'
import { text, texts } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { Product } from '../../registry/products.ts'
import type { Registry } from '../../registry/registry.ts'
import { maySubscribe } from '../../rules/topics.ts'
import { iotInstanceId, productKey } from './product.ts'

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
export function judgeTopics(
  call: Call<'iot.messagebroker.InvalidFormattedTopicName', Registry>,
  { productKey, authType }: Product,
  name: string,
  topics: readonly string[],
): void {
  // Whatever lies under the device's own prefix; its topic classes decide at the door.
  const own = { template: `/${productKey}/\${deviceName}/#`, operation: 'ALL' } as const
  const scope = { productKey, name, hasFreeTopics: authType === 'one-party', topicClasses: () => [own] }
  const bad = topics.find((topic) => !maySubscribe(scope, topic))
  if (bad !== undefined)
    call.fail(
      'iot.messagebroker.InvalidFormattedTopicName',
      `The device may not subscribe to ${displayed(bad)}.`,
    )
}
