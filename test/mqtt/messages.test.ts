import assert from 'node:assert/strict'
import { test } from 'node:test'
import mqtt from 'mqtt-packet'
import type { UpMessage } from '../../src/mqtt/service.ts'
import { openDoor } from './open-door.ts'

const prefix = '/a1TestKey01/device1/user'
const text = ({ payload }: { readonly payload: Uint8Array }) => Buffer.from(payload).toString()
const publish = (
  topic: string,
  qos: 0 | 1 | 2,
  messageId: number,
  payload: string | Buffer = 'hi',
  more = {},
) => ({ cmd: 'publish', topic, payload, qos, messageId, dup: false, retain: false, ...more }) as const
const subscribe = (messageId: number, filters: readonly string[], qos: 0 | 1 | 2 = 1, more = {}) =>
  ({ cmd: 'subscribe', messageId, subscriptions: filters.map((topic) => ({ topic, qos })), ...more }) as const

for (const version of [3, 4, 5] as const) {
  test(`MQTT ${version}: messages of QoS 0 and 1 reach the service, QoS 1 is acknowledged`, async (t) => {
    const { connected, service, door } = await openDoor(t)
    const device = await connected({ version })
    device.send(publish(`${prefix}/update`, 0, 0, 'zero'))
    device.send(publish(`${prefix}/update`, 1, 77, 'one'))
    device.send(publish(`${prefix}/update`, 1, 78, ''))
    const acks = await device.settled()
    assert.deepEqual(
      acks.map(({ cmd, messageId }) => [cmd, messageId]),
      [
        ['puback', 77],
        ['puback', 78],
      ],
    )
    assert.deepEqual(
      service.published.map((message) => [message.topic, text(message), message.qos]),
      [
        [`${prefix}/update`, 'zero', 0],
        [`${prefix}/update`, 'one', 1],
        [`${prefix}/update`, '', 1],
      ],
    )
    assert.equal(door.tally.messages.up, 3)
  })

  test(`MQTT ${version}: a subscription gets what is sent, of the sender’s QoS`, async (t) => {
    const { connected, service } = await openDoor(t)
    const device = await connected({ version })
    assert.equal(service.send('device1', `${prefix}/get`, 'before'), 'unsubscribed')
    device.send(subscribe(5, [`${prefix}/get`], 0))
    assert.deepEqual((await device.next()).granted, [0])
    assert.equal(service.send('device1', `${prefix}/get`, 'zero'), 'sent')
    assert.equal(service.send('device1', `${prefix}/get`, 'one', 1), 'sent')
    const [zero, one] = [await device.next(), await device.next()]
    assert.deepEqual([zero.topic, text(zero), zero.qos, zero.retain], [`${prefix}/get`, 'zero', 0, false])
    assert.deepEqual([text(one), one.qos, one.dup], ['one', 1, false])
    device.send({ cmd: 'puback', messageId: one.messageId })
    await device.settled()
    assert.deepEqual(service.told, ['device1 acknowledged 3'])
    device.send({ cmd: 'unsubscribe', messageId: 6, unsubscriptions: [`${prefix}/get`, 'none'] })
    const unsuback = await device.next()
    assert.deepEqual(unsuback.granted ?? [], version === 5 ? [0, 0x11] : [])
    assert.equal(service.send('device1', `${prefix}/get`, 'after'), 'unsubscribed')
  })

  test(`MQTT ${version}: a system topic needs no subscription`, async (t) => {
    const { connected, service } = await openDoor(t)
    const device = await connected({ version })
    const topic = '/sys/a1TestKey01/device1/thing/service/property/set'
    assert.equal(service.send('device1', topic, '{}'), 'sent')
    assert.equal((await device.next()).topic, topic)
  })

  test(`MQTT ${version}: a message on a foreign topic is dropped and counted`, async (t) => {
    const { connected, service, door, events } = await openDoor(t)
    const device = await connected({ version })
    device.send(publish('/a1TestKey01/device2/user/update', 1, 9))
    const [puback] = await device.settled()
    assert.equal(puback.messageId, 9)
    if (version === 5) assert.equal(puback.reasonCode, 0x87)
    assert.deepEqual(service.published, [])
    assert.equal(door.tally.drops['foreign topic'], 1)
    assert.deepEqual(events, ['dropped of device1: foreign topic'])
  })

  test(`MQTT ${version}: a message of QoS 2 ends the connection`, async (t) => {
    const { connected, service } = await openDoor(t)
    const device = await connected({ version })
    device.send(publish(`${prefix}/update`, 2, 9))
    if (version === 5) assert.equal((await device.next()).reasonCode, 0x9b)
    await device.closed
    assert.deepEqual(service.told, ['device1 ended: QoS 2 is not served'])
  })

  test(`MQTT ${version}: each refused subscription is reported`, async (t) => {
    const { connected, service } = await openDoor(t)
    const device = await connected({ version })
    device.send(subscribe(1, [`${prefix}/get`, '/a1TestKey01/device2/user/get', `${prefix}/update`], 2))
    const refused = version === 5 ? 0x87 : 0x80
    assert.deepEqual((await device.next()).granted, [1, refused, refused])
    device.send(
      subscribe(
        2,
        Array.from({ length: 9 }, (_, i) => `${prefix}/x${i}/#`),
      ),
    )
    assert.deepEqual((await device.next()).granted, [...Array(8).fill(1), version === 5 ? 0x97 : 0x80])
    for (let i = 0; i < 12; i++) {
      device.send(
        subscribe(
          3 + i,
          Array.from({ length: 8 }, (_, j) => `${prefix}/y${8 * i + j}/#`),
        ),
      )
      const { granted } = await device.next()
      // Nine are there before, so the hundredth is the third of the twelfth.
      const full = version === 5 ? 0x97 : 0x80
      assert.deepEqual(granted, i < 11 ? Array(8).fill(1) : [1, 1, 1, ...Array(5).fill(full)])
    }
    assert.equal(service.sessions.get('device1')!.subscriptions.length, 100)
    // One that is there already may be sent again.
    device.send(subscribe(20, [`${prefix}/get`], 0))
    assert.deepEqual((await device.next()).granted, [0])
  })
}

test('what the service stores is acknowledged when that is done, in the order of the messages', async (t) => {
  const { connected, service } = await openDoor(t)
  const stored = new Map<string, PromiseWithResolvers<void>>()
  service.onPublished = (_, message: UpMessage) => {
    if (text(message) === 'now') return undefined
    const one = Promise.withResolvers<void>()
    stored.set(text(message), one)
    return one.promise
  }
  const device = await connected()
  for (const [i, payload] of ['a', 'now', 'b'].entries())
    device.send(publish(`${prefix}/update`, 1, i + 1, payload))
  assert.deepEqual(await device.settled(), [])
  stored.get('b')!.resolve()
  assert.deepEqual(await device.settled(), [])
  stored.get('a')!.resolve()
  assert.deepEqual(
    (await device.settled()).map(({ messageId }) => messageId),
    [1, 2, 3],
  )
  device.send(publish(`${prefix}/update`, 1, 4, 'c'))
  await device.settled()
  stored.get('c')!.reject(new Error('the log is away'))
  await device.closed
  assert.match(service.told.at(-1)!, /could not be stored/)
})

test('acknowledgements of one chunk are written at once', async (t) => {
  const { connected } = await openDoor(t)
  const device = await connected()
  const chunks = device.chunks.length
  device.send(
    Buffer.concat(Array.from({ length: 50 }, (_, i) => mqtt.generate(publish(`${prefix}/update`, 1, i + 1)))),
  )
  const acks = []
  for (let i = 0; i < 50; i++) acks.push(await device.next())
  assert.deepEqual(
    acks.map(({ messageId }) => messageId),
    Array.from({ length: 50 }, (_, i) => i + 1),
  )
  assert.equal(device.chunks.length, chunks + 1)
})

test('100 messages wait for acknowledgement; then the service is notified when there is room', async (t) => {
  const { connected, service } = await openDoor(t)
  const device = await connected()
  device.send(subscribe(1, [`${prefix}/get`]))
  await device.next()
  for (let i = 0; i < 100; i++) assert.equal(service.send('device1', `${prefix}/get`, `${i}`, 1), 'sent')
  assert.equal(service.send('device1', `${prefix}/get`, 'more', 1), 'full')
  assert.equal(service.send('device1', `${prefix}/get`, 'zero', 0), 'sent')
  const first = await device.next()
  device.send({ cmd: 'puback', messageId: first.messageId })
  device.send({ cmd: 'puback', messageId: first.messageId })
  await device.settled()
  assert.deepEqual(service.told, ['device1 acknowledged 1', 'device1 drained'])
  assert.equal(service.send('device1', `${prefix}/get`, 'room', 1), 'sent')
})

test('a device of MQTT 5 sets a smaller window and the largest packet', async (t) => {
  const { connected, service, door } = await openDoor(t)
  const device = await connected({ version: 5, properties: { receiveMaximum: 2, maximumPacketSize: 200 } })
  const topic = '/sys/a1TestKey01/device1/x'
  assert.equal(service.send('device1', topic, 'x'.repeat(200), 1), 'sent')
  assert.deepEqual(await device.settled(), [])
  assert.deepEqual(service.told, ['device1 acknowledged 1'])
  assert.equal(door.tally.drops['too large for the device'], 1)
  for (const expected of ['sent', 'sent', 'full'])
    assert.equal(service.send('device1', topic, 'x', 1), expected)
})

test('properties of MQTT 5 go both ways; devices of MQTT 3 get none', async (t) => {
  const { connected, service } = await openDoor(t)
  const properties = {
    payloadFormatIndicator: true,
    messageExpiryInterval: 60,
    contentType: 'application/json',
    responseTopic: 'answers',
    correlationData: Buffer.from('42'),
    userProperties: { a: ['1', '2'], b: '3' },
  }
  const five = await connected({ version: 5 })
  five.send(publish(`${prefix}/update`, 1, 1, 'up', { properties }))
  await five.settled()
  const { userProperties, ...rest } = service.published[0]!.properties!
  assert.deepEqual({ ...rest, userProperties: { ...userProperties } }, properties)
  const topic = '/sys/a1TestKey01/device1/x'
  service.send('device1', topic, 'down', 1, { properties })
  const down = await five.next()
  assert.deepEqual({ ...down.properties, userProperties: { ...down.properties.userProperties } }, properties)
  const four = await connected()
  service.send('device1', topic, 'down', 1, { properties })
  assert.equal((await four.next()).properties, undefined)
})

test('topic aliases of MQTT 5', async (t) => {
  const { connected, service } = await openDoor(t)
  const device = await connected({ version: 5 })
  const alias = (topicAlias: number) => ({ properties: { topicAlias } })
  device.send(publish(`${prefix}/update`, 0, 0, 'a', alias(20)))
  device.send(publish('', 1, 1, 'b', alias(20)))
  device.send(publish(`${prefix}/update/error`, 0, 0, 'c', alias(20)))
  device.send(publish('', 0, 0, 'd', alias(20)))
  await device.settled()
  assert.deepEqual(
    service.published.map((message) => `${message.topic.slice(prefix.length)} ${text(message)}`),
    ['/update a', '/update b', '/update/error c', '/update/error d'],
  )
  for (const [wrong, code] of [
    [alias(21), 0x94],
    [alias(7), 0x82],
  ] as const) {
    const other = await connected({ version: 5 })
    other.send(publish('', 0, 0, 'x', wrong))
    assert.equal((await other.next()).reasonCode, code)
    await other.closed
  }
})

test('a subscription identifier of MQTT 5 is refused by its code', async (t) => {
  const { connected } = await openDoor(t)
  const device = await connected({ version: 5 })
  device.send(subscribe(1, [`${prefix}/get`], 1, { properties: { subscriptionIdentifier: 5 } }))
  assert.equal((await device.next()).reasonCode, 0xa1)
})

test('a shared subscription is the device’s own', async (t) => {
  const { connected, service } = await openDoor(t)
  const device = await connected({ version: 5 })
  device.send(subscribe(1, [`$share/group/${prefix}/get`]))
  assert.deepEqual((await device.next()).granted, [1])
  assert.equal(service.send('device1', `${prefix}/get`, 'hi'), 'sent')
})

test('two devices of a one-party product use the same topic and never see each other’s messages', async (t) => {
  const { connected, service } = await openDoor(t)
  for (const name of ['free1', 'free2']) service.add(name, { hasFreeTopics: true })
  const [one, two] = [await connected({ username: 'free1' }), await connected({ username: 'free2' })]
  for (const device of [one, two]) {
    device.send(subscribe(1, ['state', '#']))
    assert.deepEqual((await device.next()).granted, [1, 1])
  }
  one.send(publish('state', 1, 2, 'mine'))
  assert.deepEqual(
    (await one.settled()).map(({ cmd }) => cmd),
    ['puback'],
  )
  assert.deepEqual(await two.settled(), [])
  service.send('free2', 'state', 'for two')
  assert.equal(text((await two.settled())[0]), 'for two')
  assert.deepEqual(await one.settled(), [])
})

test('rates of a device, when they are set: what is beyond them is dropped without an answer', async (t) => {
  const { connected, service, clock, door } = await openDoor(t, {
    rates: { connectsPerMinute: 2, messagesPerSecond: 3, bytesPerSecond: 1000 },
  })
  const device = await connected()
  for (let i = 1; i <= 5; i++) device.send(publish(`${prefix}/update`, 1, i))
  assert.deepEqual(
    (await device.settled()).map(({ messageId }) => messageId),
    [1, 2, 3],
  )
  clock.advance(1000)
  for (let i = 1; i <= 3; i++) device.send(publish(`${prefix}/update`, 1, i, 'x'.repeat(600)))
  assert.deepEqual(
    (await device.settled()).map(({ messageId }) => messageId),
    [1],
  )
  assert.equal(service.published.length, 4)
  assert.equal(door.tally.drops.rate, 4)
  const five = await connected({ version: 5 })
  clock.advance(1000)
  for (let i = 1; i <= 4; i++) five.send(publish(`${prefix}/update`, 1, i))
  assert.equal((await five.settled())[3].reasonCode, 0x97)
  await assert.rejects(connected(), /refused.*3/)
  clock.advance(60_000)
  await connected()
})
