import { type Fields, v1, v3 } from '../../support/wire-call.ts'
import type { WireCase } from '../../support/wire-case.ts'
import { now, ordinaryProduct, product } from '../../support/wire-server.ts'

/** The device that is connected. */
const online = { ...product, DeviceName: 'registered-1' }
const offline = { ...product, DeviceName: 'registered-2' }
const content = { MessageContent: Buffer.from('hello').toString('base64') }
const request = { RequestBase64Byte: content.MessageContent, Timeout: '1000' }
const ask = (Action: string, fields: Fields) => v1({ Action, ...fields })
const before = (Action: string, fields: Fields, nonce: string) =>
  ask(Action, { ...fields, SignatureNonce: nonce })

const MessageId = /^\d{10,16}$/
const pub = (fields: Fields) => ask('Pub', { ...online, ...content, TopicFullName: '/lamp/set', ...fields })

/** A device of an ordinary product. */
const ordinary = { ...ordinaryProduct, DeviceName: 'meter' }
const registered = before('RegisterDevice', ordinary, 'registered')
const ownTopic = (path: string) => `/${ordinaryProduct.ProductKey}/meter/user/${path}`
const noTopicClass = (topic: string) => ({
  status: 200,
  code: 'iot.messagebroker.TopicTemplateIsNotFound',
  message: `The topic category does not exist. No topic class lets a device receive on "${topic}"; …`,
})

export const pubCases: readonly WireCase[] = [
  {
    name: 'sent',
    shows: 'A message is sent to a device.',
    call: pub({}),
    status: 200,
    members: { MessageId },
  },
  {
    name: 'offline',
    shows: 'To a device that is offline it is sent, too; with Qos 1 it is kept.',
    call: v3('Pub', { ...offline, ...content, TopicFullName: '/lamp/set', Qos: '1' }),
    status: 200,
    members: { MessageId },
  },
  {
    name: 'properties',
    shows: 'A message may have MQTT 5 properties.',
    call: pub({
      'UserProp.1.Key': 'unit',
      'UserProp.1.Value': '°C',
      ResponseTopic: '/lamp/answer',
      CorrelationData: 'MQ==',
      ContentType: 'text/plain',
      PayloadFormatIndicator: '1',
      MessageExpiryInterval: '60',
    }),
    status: 200,
    members: { MessageId },
  },
  {
    name: 'ignored',
    shows: 'Retained and TopicAlias are accepted and ignored.',
    call: pub({ Retained: 'true', TopicAlias: '3' }),
    status: 200,
    members: { MessageId },
  },
  {
    name: 'broadcast',
    shows: 'A broadcast topic is for all devices that have subscribed to it.',
    call: pub({ DeviceName: undefined, TopicFullName: `/broadcast/${product.ProductKey}/news` }),
    status: 200,
    members: { MessageId },
  },
  {
    name: 'rate-limit',
    shows: 'As many messages as may wait for a device do.',
    before: [before('Pub', { ...offline, ...content, TopicFullName: '/lamp/set', Qos: '1' }, 'first')],
    call: pub({ DeviceName: 'registered-2', Qos: '1' }),
    status: 200,
    code: 'iot.messagebroker.RateLimit',
    message: 'Failed because of rate limit. It is because as many messages wait for registered-2 as may.',
  },
  {
    name: 'not-base64',
    shows: 'The content must be base64.',
    call: pub({ MessageContent: 'héllo' }),
    status: 200,
    code: 'iot.messagebroker.MessageContentIsNotBase64Encode',
    message: 'The message content is not base64 encoded.',
  },
  {
    name: 'system-topic',
    shows: 'The platform’s own topics are its own.',
    call: pub({ TopicFullName: `/sys/${product.ProductKey}/registered-1/thing/service/property/set` }),
    status: 200,
    code: 'iot.messagebroker.InvalidFormattedTopicName',
    message:
      'Format of the topic is invalid. It must be 1 to 128 letters, digits, _ and /, and none of the …',
  },
  {
    name: 'foreign-topic',
    shows: 'A topic of an ordinary product names product and device.',
    call: pub({ ...ordinaryProduct, DeviceName: undefined }),
    status: 200,
    code: 'iot.messagebroker.InvalidFormattedTopicName',
    message: 'Format of the topic is invalid. It must be /a1TestKey09/${DeviceName}/… of the device.',
  },
  {
    name: 'topic-class',
    shows: 'A message to a device of an ordinary product goes to a topic of a class with SUB or ALL.',
    before: [registered],
    call: pub({ ...ordinary, TopicFullName: ownTopic('get') }),
    status: 200,
    members: { MessageId },
  },
  {
    name: 'new-topic-class',
    shows: 'A topic class that was just created counts, wildcards included.',
    before: [
      registered,
      before('CreateProductTopic', { ...ordinaryProduct, TopicShortName: 'a/+', Operation: 'SUB' }, 'class'),
    ],
    call: pub({ ...ordinary, TopicFullName: ownTopic('a/b'), Qos: '1' }),
    status: 200,
    members: { MessageId },
  },
  {
    name: 'no-topic-class',
    shows: 'There must be a topic class.',
    before: [registered],
    call: pub({ ...ordinary, TopicFullName: ownTopic('other') }),
    ...noTopicClass(ownTopic('other')),
  },
  {
    name: 'publish-topic-class',
    shows: 'A topic class with PUB is for messages of devices.',
    before: [registered],
    call: pub({ ...ordinary, TopicFullName: ownTopic('update') }),
    ...noTopicClass(ownTopic('update')),
  },
  {
    name: 'null-device-name',
    shows: 'Devices of a one-party product share topics, so the call names the device.',
    call: pub({ DeviceName: undefined }),
    status: 200,
    code: 'iot.device.NullDeviceName',
    message:
      'The DeviceName parameter cannot be empty. Devices of this product share topics, so it must be given.',
  },
  {
    name: 'not-existed-device',
    shows: 'There must be such a device.',
    call: pub({ DeviceName: 'nobody' }),
    status: 200,
    code: 'iot.device.NotExistedDevice',
    message: 'The specified device does not exist. There is no "nobody" in a1TestKey01.',
  },
]

const both = { 'DeviceName.1': 'registered-1', 'DeviceName.2': 'registered-2' }
const batchPub = (fields: Fields) =>
  ask('BatchPub', { ...product, ...content, ...both, TopicTemplateName: '/lamps/${deviceName}', ...fields })

const shortName = (TopicShortName: string) => ({ TopicTemplateName: undefined, TopicShortName })

export const batchPubCases: readonly WireCase[] = [
  {
    name: 'refused-name',
    shows: 'A name in a free topic must keep to its characters.',
    call: batchPub({}),
    status: 200,
    code: 'iot.messagebroker.InvalidFormattedTopicName',
    message:
      'Format of the topic is invalid. It must be 1 to 128 letters, digits, _ and /, and none of the …',
  },
  {
    name: 'sent',
    shows: 'A message is sent to several devices.',
    call: batchPub({ TopicTemplateName: '/lamp/set' }),
    status: 200,
    members: {},
  },
  {
    name: 'short-name',
    shows: 'TopicShortName is the end of each device’s own topic.',
    call: v3('BatchPub', { ...product, ...content, ...both, TopicShortName: 'get', Qos: '1' }),
    status: 200,
    members: {},
  },
  {
    name: 'topic-class',
    shows: 'A topic of an ordinary product must be of a topic class with SUB or ALL.',
    before: [registered],
    call: batchPub({
      ...ordinaryProduct,
      'DeviceName.1': 'meter',
      'DeviceName.2': undefined,
      ...shortName('get'),
    }),
    status: 200,
    members: {},
  },
  {
    name: 'no-topic-class',
    shows: 'Nothing is sent if there is no such topic class.',
    before: [registered],
    call: batchPub({
      ...ordinaryProduct,
      'DeviceName.1': 'meter',
      'DeviceName.2': undefined,
      ...shortName('update'),
    }),
    ...noTopicClass(ownTopic('update')),
  },
  {
    name: 'retained',
    shows: 'Retained is accepted and ignored.',
    call: batchPub({ ...shortName('get'), Retained: 'true' }),
    status: 200,
    members: {},
  },
  {
    name: 'null-topic-name',
    shows: 'There must be a topic.',
    call: batchPub({ TopicTemplateName: undefined }),
    status: 200,
    code: 'iot.messagebroker.NullTopicName',
    message: 'Topic cannot be empty. TopicShortName or TopicTemplateName must be given.',
  },
  {
    name: 'not-existed-device',
    shows: 'All devices must exist; nothing is sent otherwise.',
    call: batchPub({ 'DeviceName.2': 'nobody' }),
    status: 200,
    code: 'iot.device.NotExistedDevice',
    message: 'The specified device does not exist. There is no "nobody" in a1TestKey01.',
  },
]

export const pubBroadcastCases: readonly WireCase[] = [
  {
    name: 'all',
    shows: 'A message is sent to all devices that are online.',
    call: ask('PubBroadcast', { ...product, ...content }),
    status: 200,
    members: { MessageId },
  },
  {
    name: 'again',
    shows: 'All devices are sent to once a minute; 55 seconds of this one are left.',
    before: [before('PubBroadcast', { ...product, ...content }, 'first')],
    call: ask('PubBroadcast', { ...product, ...content }),
    status: 400,
    code: 'Throttling.User',
    message: 'Request was denied due to user flow control.',
    headers: { 'x-acs-retry-after': '54750' },
  },
  {
    name: 'both',
    shows: 'A topic’s subscribers have a quota of their own.',
    before: [before('PubBroadcast', { ...product, ...content }, 'first')],
    call: ask('PubBroadcast', {
      ...product,
      ...content,
      TopicFullName: `/broadcast/${product.ProductKey}/news`,
    }),
    status: 200,
    members: { MessageId },
  },
  {
    name: 'topic',
    shows: 'Or to those that have subscribed to a topic.',
    call: v3('PubBroadcast', {
      ...product,
      ...content,
      TopicFullName: `/broadcast/${product.ProductKey}/news`,
    }),
    status: 200,
    members: { MessageId },
  },
  {
    name: 'too-large',
    shows: 'A broadcast has at most 64 KB.',
    call: ask('PubBroadcast', { ...product, MessageContent: Buffer.alloc(64 * 1024 + 1).toString('base64') }),
    status: 200,
    code: 'iot.messagebroker.PublishMessageFailed',
    message: 'Failed to publish message. The message has 65537 bytes and may have 65536.',
  },
  {
    name: 'foreign-topic',
    shows: 'It must be a broadcast topic of the product.',
    call: ask('PubBroadcast', { ...product, ...content, TopicFullName: '/broadcast/a1TestKey09/news' }),
    status: 200,
    code: 'iot.messagebroker.InvalidFormattedTopicName',
    message: 'Format of the topic is invalid. It must be /broadcast/a1TestKey01/….',
  },
]

export const rRpcCases: readonly WireCase[] = [
  {
    name: 'success',
    shows: 'The device answers; here with what it was sent.',
    call: ask('RRpc', { ...online, ...request }),
    status: 200,
    members: { MessageId, RrpcCode: 'SUCCESS', PayloadBase64Byte: content.MessageContent },
  },
  {
    name: 'offline',
    shows: 'A device that is offline is reported with RrpcCode, and the call succeeds.',
    call: v3('RRpc', { ...offline, ...request }),
    status: 200,
    members: { MessageId, RrpcCode: 'OFFLINE' },
  },
  {
    name: 'content-type',
    shows: 'ContentType is accepted and ignored.',
    call: ask('RRpc', { ...online, ...request, ContentType: '240' }),
    status: 200,
    members: { MessageId, RrpcCode: 'SUCCESS', PayloadBase64Byte: content.MessageContent },
  },
  {
    name: 'timeout-value',
    shows: 'Timeout is 1 to 8 seconds.',
    call: ask('RRpc', { ...online, ...request, Timeout: '8001' }),
    status: 200,
    code: 'iot.messagebroker.InvalidTimeoutValue',
    message: 'The timeout value is invalid. Timeout must be from 1000 to 8000, not 8001.',
  },
  {
    name: 'wildcard',
    shows: 'A topic has no wildcards.',
    call: ask('RRpc', { ...online, ...request, Topic: '/a/+' }),
    status: 200,
    code: 'iot.messagebroker.InvalidFormattedTopicName',
    message: 'Format of the topic is invalid. It must begin with / and have no wildcards.',
  },
]

export const asyncRRpcCases: readonly WireCase[] = [
  {
    name: 'sent',
    shows: 'The request is sent, and the call does not wait.',
    call: ask('AsyncRRpc', { ...online, ...content }),
    status: 200,
    members: { MessageId },
  },
  {
    name: 'offline-device',
    shows: 'The device must be online.',
    call: v3('AsyncRRpc', { ...offline, ...content }),
    status: 200,
    code: 'iot.device.OfflineDevice',
    message: 'The specified device is offline.',
  },
]

const topics = { 'Topic.1': '/lamp/set', 'Topic.2': '/lamp/+' }
const subscribed = before('SubscribeTopic', { ...online, ...topics }, 'subscribed')

export const queryDeviceSubTopicCases: readonly WireCase[] = [
  {
    name: 'subscribed',
    shows: 'What a device has subscribed to, and when.',
    before: [subscribed],
    call: ask('QueryDeviceSubTopic', online),
    status: 200,
    members: {
      TopicList: [
        { TopicName: '/lamp/set', Timestamp: now },
        { TopicName: '/lamp/+', Timestamp: now },
      ],
    },
  },
  {
    name: 'none',
    shows: 'A device that never connected has subscribed to nothing.',
    call: v3('QueryDeviceSubTopic', offline),
    status: 200,
    members: { TopicList: [] },
  },
]

export const subscribeTopicCases: readonly WireCase[] = [
  {
    name: 'subscribed',
    shows: 'A device that is online is subscribed.',
    call: ask('SubscribeTopic', { ...online, ...topics }),
    status: 200,
    members: {},
  },
  {
    name: 'offline-device',
    shows: 'It must be online.',
    call: v3('SubscribeTopic', { ...offline, ...topics }),
    status: 200,
    code: 'iot.device.OfflineDevice',
    message: 'The specified device is offline.',
  },
  {
    name: 'topic-class',
    shows: 'A topic class with SUB or ALL lets a device subscribe; this one is not online.',
    before: [registered],
    call: ask('SubscribeTopic', { ...ordinary, 'Topic.1': ownTopic('get'), 'Topic.2': ownTopic('#') }),
    status: 200,
    code: 'iot.device.OfflineDevice',
    message: 'The specified device is offline.',
  },
  {
    name: 'no-topic-class',
    shows: 'There must be a topic class.',
    before: [registered],
    call: ask('SubscribeTopic', { ...ordinary, 'Topic.1': ownTopic('get'), 'Topic.2': ownTopic('update') }),
    ...noTopicClass(ownTopic('update')),
  },
  {
    name: 'foreign-topic',
    shows: 'A device has its own topics alone.',
    call: ask('SubscribeTopic', { ...online, 'Topic.1': '/sys/a1TestKey01/registered-2/#' }),
    status: 200,
    code: 'iot.messagebroker.InvalidFormattedTopicName',
    message:
      'Format of the topic is invalid. The device may not subscribe to "/sys/a1TestKey01/registered-2/#".',
  },
]

export const unsubscribeTopicCases: readonly WireCase[] = [
  {
    name: 'unsubscribed',
    shows: 'A device is unsubscribed.',
    before: [subscribed],
    call: ask('UnsubscribeTopic', { ...online, 'Topic.1': '/lamp/+' }),
    status: 200,
    members: {},
  },
  {
    name: 'offline',
    shows: 'So it is if it was not subscribed.',
    call: v3('UnsubscribeTopic', { ...offline, 'Topic.1': '/lamp/+' }),
    status: 200,
    members: {},
  },
]

const Items = '{"brightness":80}'
const Data = { MessageId }
const notAnObject = (name: string) => ({
  status: 200,
  code: 'iot.common.InvalidFormattedParameter',
  message: `The parameter format is invalid. ${name} must be a JSON object, unlike "[1]".`,
})
const nobody = {
  status: 200,
  code: 'iot.device.NotExistedDevice',
  message: 'The specified device does not exist. There is no "nobody" in a1TestKey01.',
}

export const setDevicePropertyCases: readonly WireCase[] = [
  {
    name: 'sent',
    shows: 'Properties are sent to a device.',
    call: ask('SetDeviceProperty', { ...online, Items }),
    status: 200,
    members: { Data },
  },
  {
    name: 'not-an-object',
    shows: 'They are a JSON object.',
    call: v3('SetDeviceProperty', { ...online, Items: '[1]' }),
    ...notAnObject('Items'),
  },
]

export const setDevicesPropertyCases: readonly WireCase[] = [
  {
    name: 'sent',
    shows: 'Properties are sent to several devices.',
    call: ask('SetDevicesProperty', { ...product, ...both, Items, Qos: '1' }),
    status: 200,
    members: {},
  },
  {
    name: 'not-existed-device',
    shows: 'All devices must exist; nothing is sent otherwise.',
    call: v3('SetDevicesProperty', { ...product, 'DeviceName.1': 'nobody', Items }),
    ...nobody,
  },
]

const service = { Identifier: 'blink', Args: '{"times":3}' }

export const invokeThingServiceCases: readonly WireCase[] = [
  {
    name: 'sent',
    shows: 'A device is asked for a service.',
    call: ask('InvokeThingService', { ...online, ...service }),
    status: 200,
    members: { Data },
  },
  {
    name: 'identifier',
    shows: 'The identifier stands in a topic, so it has no slash.',
    call: v3('InvokeThingService', { ...online, ...service, Identifier: 'a/b' }),
    status: 200,
    code: 'iot.common.InvalidFormattedParameter',
    message:
      'The parameter format is invalid. Identifier must be 1 to 50 letters, digits, _ and :, unlike "a/b".',
  },
]

export const invokeThingsServiceCases: readonly WireCase[] = [
  {
    name: 'sent',
    shows: 'Several devices are asked for a service.',
    call: ask('InvokeThingsService', { ...product, ...both, ...service }),
    status: 200,
    members: {},
  },
  {
    name: 'not-an-object',
    shows: 'Args is a JSON object.',
    call: v3('InvokeThingsService', { ...product, ...both, ...service, Args: '[1]' }),
    ...notAnObject('Args'),
  },
]
