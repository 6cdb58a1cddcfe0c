import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import * as iot from '@alicloud/iot20180120'
import { goodDevices } from '../../support/sdk-devices.ts'
import { openTarget, ownServerOnly } from '../../support/sdk-target.ts'
import { typedAddress, typedClient, typedDevices } from '../../support/sdk-typed.ts'

/** The operations that send messages to devices, by the SDK's own models; the devices are offline. */
const target = await openTarget()
after(() => target.close())

interface Common {
  readonly success?: boolean
  readonly code?: string
  readonly errorMessage?: string
}

async function answered<B extends Common>(call: Promise<{ body: B }>): Promise<B> {
  const { body } = await call
  assert.deepEqual([body.success, body.code], [true, undefined], body.errorMessage)
  return body
}
const codeOf = async (call: Promise<{ body: Common }>) => (await call).body.code

test('the official SDK manages topic classes', { skip: ownServerOnly }, async () => {
  const product = typedAddress(target.product)
  const client = typedClient(target)
  const topic = { topicShortName: '/lamp/state', operation: 'PUB' }
  const { topicId } = await answered(
    client.createProductTopic(new iot.CreateProductTopicRequest({ ...product, ...topic })),
  )
  const { iotInstanceId } = product
  const named = { topicId: `${topicId}`, iotInstanceId }
  await answered(
    client.updateProductTopic(new iot.UpdateProductTopicRequest({ ...topic, ...named, operation: 'ALL' })),
  )
  const { data } = await answered(client.queryProductTopic(new iot.QueryProductTopicRequest(product)))
  const found = data!.productTopicInfo!.find(({ id }) => id === `${topicId}`)
  assert.deepEqual([found?.topicShortName, found?.operation], ['/lamp/state', '2'])
  await answered(client.deleteProductTopic(new iot.DeleteProductTopicRequest(named)))
})

const signatures = [
  { name: 'ACS3-HMAC-SHA256', client: typedClient(target) },
  { name: 'signature V1', client: typedClient(target, 'v2') },
]

for (const { name, client } of signatures) {
  test(`iot20180120 with its models, ${name}, sends messages`, { skip: ownServerOnly }, async () => {
    const product = typedAddress(target.product)
    const [first, second] = goodDevices(2)
    const deviceList = typedDevices([first!, second!])
    await client.batchImportDevice(new iot.BatchImportDeviceRequest({ ...product, deviceList }))
    const device = { ...product, deviceName: first!.DeviceName }
    const messageContent = Buffer.from('hello').toString('base64')
    const topic = { topicFullName: '/lamp/set', messageContent }

    const sent = await answered(client.pub(new iot.PubRequest({ ...device, ...topic, qos: 1 })))
    assert.match(sent.messageId!, /^\d{10,16}$/)
    const names = { deviceName: [first!.DeviceName, second!.DeviceName] }
    await answered(
      client.batchPub(
        new iot.BatchPubRequest({ ...product, ...names, topicShortName: 'get', messageContent }),
      ),
    )
    const all = await answered(
      client.pubBroadcast(new iot.PubBroadcastRequest({ ...product, messageContent })),
    )
    assert.ok(Number.isSafeInteger(all.messageId))
    const asked = await answered(
      client.rRpc(new iot.RRpcRequest({ ...device, requestBase64Byte: messageContent, timeout: 1000 })),
    )
    assert.equal(asked.rrpcCode, 'OFFLINE')
    const subscribed = await answered(client.queryDeviceSubTopic(new iot.QueryDeviceSubTopicRequest(device)))
    assert.deepEqual(subscribed.topicList ?? [], [])
    const items = '{"brightness":80}'
    const set = await answered(
      client.setDeviceProperty(new iot.SetDevicePropertyRequest({ ...device, items })),
    )
    assert.match(set.data!.messageId!, /^\d{10,16}$/)
    await answered(
      client.setDevicesProperty(new iot.SetDevicesPropertyRequest({ ...product, ...names, items })),
    )
    const service = { identifier: 'blink', args: '{"times":3}' }
    const invoked = await answered(
      client.invokeThingService(new iot.InvokeThingServiceRequest({ ...device, ...service })),
    )
    assert.match(invoked.data!.messageId!, /^\d{10,16}$/)
    await answered(
      client.invokeThingsService(new iot.InvokeThingsServiceRequest({ ...product, ...names, ...service })),
    )
    const list = { topic: ['/lamp/set'] }
    assert.equal(
      await codeOf(client.subscribeTopic(new iot.SubscribeTopicRequest({ ...device, ...list }))),
      'iot.device.OfflineDevice',
    )
  })
}
