import { displayed } from '../../lib/displayed.ts'
import type { Product } from '../../registry/products.ts'
import type { TopicScope } from '../../rules/topics.ts'
import type { Call } from './declare.ts'

/**
 * Ends the call if one of the topics is in none of the product's topic classes. The topic classes in memory follow
 * the change log, half a second late, so a topic that they refuse is judged again by the store's.
 * @param may whether a device, with the topic classes that it is given, may use a topic
 */
export async function failIfClassless(
  call: Call<'iot.messagebroker.TopicTemplateIsNotFound'>,
  product: Product,
  uses: readonly { readonly name: string; readonly topic: string }[],
  may: (device: TopicScope, topic: string) => boolean,
): Promise<void> {
  const { authType, productKey } = product
  const hasFreeTopics = authType === 'one-party'
  const { topicClasses } = call.registry
  const refused = (classes: ReturnType<TopicScope['topicClasses']>) =>
    uses.find(
      ({ name, topic }) => !may({ productKey, name, hasFreeTopics, topicClasses: () => classes }, topic),
    )
  if (hasFreeTopics || refused((await topicClasses.current(product))()) === undefined) return
  const bad = refused(await topicClasses.of(product))
  if (bad === undefined) return
  const remedy = 'CreateProductTopic makes one with the operation SUB or ALL.'
  call.fail(
    'iot.messagebroker.TopicTemplateIsNotFound',
    `No topic class lets a device receive on ${displayed(bad.topic)}; ${remedy}`,
  )
}
