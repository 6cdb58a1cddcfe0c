import type { PublishedMembers } from './published.ts'

/** The operations that send messages to devices. */
export const publishedMessages: Readonly<Record<string, PublishedMembers>> = {
  Pub: { MessageId: 'string' },
  BatchPub: {},
  PubBroadcast: { MessageId: 'int64' },
  RRpc: { MessageId: 'int64', RrpcCode: 'string', PayloadBase64Byte: 'string' },
  AsyncRRpc: { MessageId: 'int64' },
  QueryDeviceSubTopic: { TopicList: [{ TopicName: 'string', Timestamp: 'int64' }] },
  SubscribeTopic: {},
  UnsubscribeTopic: { FailureTopics: { topic: ['string'] } },
  SetDeviceProperty: { Data: { MessageId: 'string' } },
  SetDevicesProperty: {},
  InvokeThingService: { Data: { MessageId: 'string', Result: 'string' } },
  InvokeThingsService: {},
}
