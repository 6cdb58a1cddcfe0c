import { bool, optional, text } from '../../api/shape.ts'
import { displayed } from '../../lib/displayed.ts'
import type { Product } from '../../registry/products.ts'
import type { NewTopicClass, TopicClass } from '../../registry/topic-classes.ts'
import {
  type TopicOperation,
  topicDescriptionMax,
  topicOperations,
  topicTemplate,
} from '../../rules/topic-classes.ts'
import type { Call } from './declare.ts'
import { instanceOf } from './product.ts'

/** The parameters by which operations describe a topic class. */
export const topicClassFields = {
  TopicShortName: text({
    en: 'What follows `/${productKey}/${deviceName}/user/`; of a one-party product the whole topic, in which `${deviceName}` may be a level. Levels are letters, digits and _; with SUB, + and a last # may be levels.',
    zh: '`/${productKey}/${deviceName}/user/` 之后的部分；云网关（one-party）产品为整个 Topic，其中某一级可为 `${deviceName}`。每级只能包含字母、数字和下划线；Operation 为 SUB 时可使用通配符 + 和末级 #。',
  }),
  Operation: text(
    {
      en: 'What devices may do: SUB (subscribe), PUB (publish) or ALL.',
      zh: '设备的操作权限：SUB（订阅）、PUB（发布）或 ALL（发布和订阅）。',
    },
    { values: topicOperations, failure: 'iot.messagebroker.InvalidTopicTemplateOperationValue' },
  ),
  Desc: optional(
    text(
      { en: 'A description.', zh: '描述。' },
      { maxLength: topicDescriptionMax, failure: 'iot.common.InvalidFormattedParameter' },
    ),
  ),
  EnableProxySubscribe: optional(
    bool({
      en: 'Only false: devices subscribe themselves.',
      zh: '只支持 false：由设备自行订阅。',
    }),
  ),
  Codec: optional(
    text({
      en: 'Must be empty: payloads are passed on as they are.',
      zh: '必须为空：消息内容按原样转发。',
    }),
  ),
}

export const topicId = text({ en: 'The ID of the topic class.', zh: 'Topic 类的 ID。' })

/** The failures of `topicClassOf`. */
export const topicClassFailures = {
  'iot.common.InvalidFormattedParameter': 200,
  'iot.messagebroker.InvalidFormattedTopicName': 200,
  'iot.messagebroker.InvalidTopicTemplateOperationValue': 200,
  'iot.messagebroker.TopicAlreadyFound': 200,
} as const

interface Described {
  readonly TopicShortName: string
  readonly Operation: TopicOperation
  readonly Desc?: string | undefined
  readonly EnableProxySubscribe?: boolean | undefined
  readonly Codec?: string | undefined
}

/** The topic class that parameters describe; without a description if none is given. */
export function topicClassOf(
  call: Call<keyof typeof topicClassFailures>,
  product: Product,
  { TopicShortName, Operation, Desc, EnableProxySubscribe, Codec }: Described,
): Omit<NewTopicClass, 'description'> & Partial<NewTopicClass> {
  if (EnableProxySubscribe === true)
    call.fail('iot.common.InvalidFormattedParameter', 'EnableProxySubscribe: devices subscribe themselves.')
  if (Codec !== undefined)
    call.fail('iot.common.InvalidFormattedParameter', 'Codec: payloads are passed on as they are.')
  const template = topicTemplate(product, TopicShortName, Operation)
  if (template === undefined)
    return call.fail('iot.messagebroker.InvalidFormattedTopicName', `It is ${displayed(TopicShortName)}.`)
  return { template, operation: Operation, ...(Desc !== undefined && { description: Desc }) }
}

interface FoundTopicClass {
  readonly product: Product
  readonly topicClass: TopicClass
}

/** The topic class that a TopicId names, in the instance that a call acts in. */
export async function namedTopicClass(
  call: Call<
    'iot.messagebroker.InvalidFormattedTopicTemplateId' | 'iot.messagebroker.TopicTemplateIsNotFound'
  >,
  given: string,
): Promise<FoundTopicClass> {
  const { products, topicClasses } = call.registry
  const id = Number(given)
  if (!/^[0-9]{1,15}$/.test(given))
    call.fail('iot.messagebroker.InvalidFormattedTopicTemplateId', `It is ${displayed(given)}.`)
  const instance = instanceOf(call)
  const product = await products.findById(instance, topicClasses.productOf(id))
  const topicClass = product && (await topicClasses.of(product)).find((one) => one.id === id)
  if (topicClass === undefined)
    return call.fail('iot.messagebroker.TopicTemplateIsNotFound', `There is no ${given}.`)
  return { product: product!, topicClass }
}
