import { type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { documentProduct, ordinaryProduct, product } from '../../support/wire-server.ts'

const call = (Action: string, fields: Fields = {}, nonce?: string) =>
  v1({ Action, ...fields, ...(nonce !== undefined && { SignatureNonce: nonce }) })
const created = { TopicShortName: 'submit', Operation: 'PUB' }
const create = (fields: Fields = {}, nonce?: string) =>
  call('CreateProductTopic', { ...ordinaryProduct, ...created, ...fields }, nonce)
const change = (TopicId: string, fields: Fields = {}) =>
  call('UpdateProductTopic', { TopicId, TopicShortName: 'resubmit', Operation: 'ALL', ...fields })

/** The TopicId of a class of the second product of the store, which is the ordinary one. */
const idOf = (number: number) => `2${String(number).padStart(6, '0')}`
const told = (number: number, path: string, Operation: string, Desc = '') => ({
  ProductKey: ordinaryProduct.ProductKey,
  TopicShortName: `/${ordinaryProduct.ProductKey}/\${deviceName}/user/${path}`,
  Operation,
  Id: idOf(number),
  Desc,
  EnableProxySubscribe: false,
  Codec: '',
})
const initial = [told(1, 'get', '1'), told(2, 'update', '0'), told(3, 'update/error', '0')]
const listed = (classes: readonly object[]) => ({ Data: { ProductTopicInfo: classes } })
const list = v3('QueryProductTopic', ordinaryProduct)

const failing = (
  name: string,
  shows: string,
  asked: WireCase['call'],
  code: NonNullable<WireCase['code']>,
  message: string,
): WireCase => ({ name, shows, call: asked!, status: 200, code, message })

/** CreateProductTopic. */
export const createProductTopicCases: readonly WireCase[] = [
  {
    name: 'plain',
    shows: 'A topic class of an ordinary product.',
    call: create({ Desc: 'submit a test topic', EnableProxySubscribe: 'false' }),
    status: 200,
    members: { TopicId: 2000004 },
  },
  {
    name: 'free',
    shows: 'One of a cloud gateway product is the whole topic.',
    call: create({ ...product, TopicShortName: '/plant/${deviceName}/+/#', Operation: 'SUB' }),
    status: 200,
    members: { TopicId: 1000004 },
  },
  ...(['a/', 'a//b', 'a-b', 'a/+', '/a', '${deviceName}', 'a/b/c/d/e'] as const).map((topic, i) =>
    failing(
      `invalid-topic-${i + 1}`,
      `${topic} is no topic class to publish to.`,
      create({ TopicShortName: topic }),
      'iot.messagebroker.InvalidFormattedTopicName',
      `Format of the topic is invalid. It is "${topic}".`,
    ),
  ),
  failing(
    'reserved-topic',
    'The platform’s own topics are no topic class.',
    create({ ...product, TopicShortName: '/sys/a' }),
    'iot.messagebroker.InvalidFormattedTopicName',
    'Format of the topic is invalid. It is "/sys/a".',
  ),
  failing(
    'invalid-operation',
    'Operation is a word here.',
    create({ Operation: '1' }),
    'iot.messagebroker.InvalidTopicTemplateOperationValue',
    'The operation value of the topic is invalid. Operation must be SUB, PUB or ALL, not "1".',
  ),
  failing(
    'long-desc',
    'A description has up to 100 characters.',
    create({ Desc: '灯'.repeat(101) }),
    'iot.common.InvalidFormattedParameter',
    'The parameter format is invalid. Desc must have at most 100 characters, not 101.',
  ),
  failing(
    'proxy-subscribe',
    'Nobody subscribes for a device.',
    create({ EnableProxySubscribe: 'true' }),
    'iot.common.InvalidFormattedParameter',
    'The parameter format is invalid. EnableProxySubscribe: devices subscribe themselves.',
  ),
  failing(
    'codec',
    'Payloads are not compressed.',
    create({ Codec: 'compress' }),
    'iot.common.InvalidFormattedParameter',
    'The parameter format is invalid. Codec: payloads are passed on as they are.',
  ),
  failing(
    'found-already',
    'A product has a topic class once.',
    create({ TopicShortName: 'update/error' }),
    'iot.messagebroker.TopicAlreadyFound',
    'The topic category already exists. It is /a1TestKey09/${deviceName}/user/update/error.',
  ),
  {
    name: 'too-many',
    shows: 'A product has up to 50 topic classes.',
    settings: { quota: false },
    before: Array.from({ length: 47 }, (_, i) => create({ TopicShortName: `t${i}` }, `before-${i}`)),
    call: create(),
    status: 200,
    code: 'iot.messagebroker.TopicTemplateCountExceedMax',
    message: 'The number of topic categories exceeds the limit. A product has up to 50.',
  },
  failing(
    'not-existed-product',
    'A product that does not exist.',
    create({ ProductKey: 'a1Nobody' }),
    'iot.prod.NotExistedProduct',
    'The specified product does not exist. …',
  ),
]

/** QueryProductTopic. */
export const queryProductTopicCases: readonly WireCase[] = [
  {
    name: 'initial',
    shows: 'Every product has three topic classes at its creation.',
    call: list,
    status: 200,
    members: listed(initial),
  },
  {
    name: 'changed',
    shows: 'They are listed in the order of their creation.',
    settings: { quota: false },
    before: [
      create({ Operation: 'SUB', TopicShortName: 'a/+/#', Desc: '灯' }, 'before-1'),
      call('DeleteProductTopic', { TopicId: idOf(2) }, 'before-2'),
      change(idOf(3), { SignatureNonce: 'before-3' }),
    ],
    call: list,
    status: 200,
    members: listed([told(1, 'get', '1'), told(3, 'resubmit', '2'), told(4, 'a/+/#', '1', '灯')]),
  },
  failing(
    'not-existed-product',
    'A product that does not exist.',
    call('QueryProductTopic', { ProductKey: 'a1Nobody' }),
    'iot.prod.NotExistedProduct',
    'The specified product does not exist. …',
  ),
]

/** UpdateProductTopic. */
export const updateProductTopicCases: readonly WireCase[] = [
  { name: 'plain', shows: 'A topic class is changed.', call: change(idOf(2)), status: 200, members: {} },
  failing(
    'found-already',
    'Not into another of the product’s.',
    change(idOf(2), { TopicShortName: 'get' }),
    'iot.messagebroker.TopicAlreadyFound',
    'The topic category already exists. It is /a1TestKey09/${deviceName}/user/get.',
  ),
  failing(
    'invalid-id',
    'A TopicId is a number.',
    change('x'),
    'iot.messagebroker.InvalidFormattedTopicTemplateId',
    'Format of the topic ID is invalid. It is "x".',
  ),
  failing(
    'not-found',
    'A TopicId that there is not.',
    change(idOf(9)),
    'iot.messagebroker.TopicTemplateIsNotFound',
    'The topic category does not exist. There is no 2000009.',
  ),
]

/** DeleteProductTopic. */
export const deleteProductTopicCases: readonly WireCase[] = [
  {
    name: 'plain',
    shows: 'A topic class is deleted.',
    call: call('DeleteProductTopic', { TopicId: idOf(1) }),
    status: 200,
    members: {},
  },
  {
    name: 'twice',
    shows: 'It is gone then, and its TopicId is not used again.',
    before: [call('DeleteProductTopic', { TopicId: idOf(1) }, 'before-1'), create({}, 'before-2')],
    call: call('DeleteProductTopic', { TopicId: idOf(1) }),
    status: 200,
    code: 'iot.messagebroker.TopicTemplateIsNotFound',
    message: 'The topic category does not exist. There is no 2000001.',
  },
  failing(
    'of-another-instance',
    'A TopicId names no topic class of another instance.',
    call('DeleteProductTopic', { TopicId: idOf(1), IotInstanceId: documentProduct.IotInstanceId }),
    'iot.messagebroker.TopicTemplateIsNotFound',
    'The topic category does not exist. …',
  ),
  failing(
    'invalid-id',
    'A TopicId is a number.',
    call('DeleteProductTopic', { TopicId: '10000000000000000' }),
    'iot.messagebroker.InvalidFormattedTopicTemplateId',
    'Format of the topic ID is invalid. …',
  ),
]
