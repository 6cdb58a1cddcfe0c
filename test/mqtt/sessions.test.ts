import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDoor } from './open-door.ts'

/**
 * The checks of Paho's interoperability suite for MQTT 3.1.1 and 5 that apply here, to QoS 0 and 1: messages for a device
 * that is away, redelivery, zero-length client ids (connect.test.ts), refused subscriptions (messages.test.ts),
 * keep-alive (hostile.test.ts), unsubscribing, overlapping filters, session expiry, assigned client ids, wills.
 */
const prefix = '/a1TestKey01/device1/user'
const text = ({ payload }: { readonly payload: Uint8Array }) => Buffer.from(payload).toString()
const subscribe = (filters: readonly string[]) =>
  ({
    cmd: 'subscribe',
    messageId: 1,
    subscriptions: filters.map((topic) => ({ topic, qos: 1 as const })),
  }) as const
const lasting = (version: 4 | 5) =>
  version === 4
    ? { version, clean: false }
    : { version, clean: false, properties: { sessionExpiryInterval: 1000 } }

for (const version of [4, 5] as const) {
  test(`MQTT ${version}: messages of QoS 1 wait for a device that is away, and come in order with DUP`, async (t) => {
    const { connected, connect, service } = await openDoor(t)
    const first = await connected(lasting(version))
    first.send(subscribe([`${prefix}/get`]))
    await first.next()
    service.send('device1', `${prefix}/get`, 'unanswered', 1)
    const before = await first.next()
    assert.equal(before.dup, false)
    first.end()
    await first.closed
    while (service.sessions.get('device1')!.connection !== undefined) await new Promise(setImmediate)
    for (const payload of ['one', 'two']) service.send('device1', `${prefix}/get`, payload, 1)
    const again = await connect(lasting(version))
    assert.equal((await again.next()).sessionPresent, true)
    const came = [await again.next(), await again.next(), await again.next()]
    assert.deepEqual(came.map(text), ['unanswered', 'one', 'two'])
    assert.ok(came.every(({ dup, qos }) => dup === true && qos === 1))
    // MQTT-4.4.0-1: with the packet identifier that it had.
    assert.equal(came[0].messageId, before.messageId)
    for (const { messageId } of came) again.send({ cmd: 'puback', messageId })
    await again.settled()
    assert.equal(service.sessions.get('device1')!.waiting.size, 0)
  })

  test(`MQTT ${version}: a clean connect finds no session and leaves none`, async (t) => {
    const { connected, connect, service } = await openDoor(t)
    const first = await connected(lasting(version))
    first.send(subscribe([`${prefix}/get`]))
    await first.next()
    const clean = await connect({ version, clean: true })
    assert.equal((await clean.next()).sessionPresent, false)
    assert.equal(service.send('device1', `${prefix}/get`, 'x'), 'unsubscribed')
    clean.send({ cmd: 'disconnect' })
    await clean.closed
    const next = await connect(lasting(version))
    assert.equal((await next.next()).sessionPresent, false)
  })

  test(`MQTT ${version}: filters that overlap bring a message once`, async (t) => {
    const { connected, service } = await openDoor(t)
    const device = await connected({ version })
    device.send(subscribe([`${prefix}/get`, `${prefix}/#`, `${prefix}/+`]))
    await device.next()
    service.send('device1', `${prefix}/get`, 'once')
    assert.deepEqual((await device.settled()).map(text), ['once'])
    device.send({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: [`${prefix}/#`, `${prefix}/get`] })
    await device.next()
    service.send('device1', `${prefix}/get`, 'still')
    assert.deepEqual((await device.settled()).map(text), ['still'])
  })

  test(`MQTT ${version}: DISCONNECT ends the session of a connection in order`, async (t) => {
    const { connected, service, door } = await openDoor(t)
    const device = await connected({ version })
    device.send({ cmd: 'disconnect' })
    await device.closed
    assert.deepEqual(service.told, ['device1 ended: disconnected'])
    assert.equal(door.tally.connections, 0)
  })
}

test('MQTT 5: clean start with a session expiry discards the former session and keeps the new one', async (t) => {
  const { connected, connect } = await openDoor(t)
  const first = await connected(lasting(5))
  first.send(subscribe([`${prefix}/get`]))
  await first.next()
  const fresh = await connect({ ...lasting(5), clean: true })
  assert.equal((await fresh.next()).sessionPresent, false)
  const next = await connect(lasting(5))
  assert.equal((await next.next()).sessionPresent, true)
})

test('MQTT 5: DISCONNECT may change the session expiry, but not give one to a session without', async (t) => {
  const { connected, connect } = await openDoor(t)
  const first = await connected(lasting(5))
  first.send({ cmd: 'disconnect', reasonCode: 0, properties: { sessionExpiryInterval: 0 } })
  await first.closed
  const none = await connect({ version: 5, clean: false })
  assert.equal((await none.next()).sessionPresent, false)
  none.send({ cmd: 'disconnect', reasonCode: 0, properties: { sessionExpiryInterval: 10 } })
  assert.equal((await none.next()).reasonCode, 0x82)
})

const will = { topic: `${prefix}/update`, payload: Buffer.from('gone'), qos: 1, retain: false }
for (const [what, version, end, sent] of [
  ['of MQTT 3 is ignored', 4, undefined, false],
  ['of MQTT 5 is sent when the connection breaks', 5, undefined, true],
  ['of MQTT 5 is not sent after DISCONNECT', 5, 0, false],
  ['of MQTT 5 is sent after DISCONNECT with 0x04', 5, 4, true],
] as const) {
  test(`a will ${what}`, async (t) => {
    const { connected, service } = await openDoor(t)
    const device = await connected({ version, will })
    if (end === undefined) device.end()
    else device.send({ cmd: 'disconnect', reasonCode: end })
    await device.closed
    while (service.told.length === 0) await new Promise(setImmediate)
    assert.deepEqual(service.published.map(text), sent ? ['gone'] : [])
  })
}

const lastingFor = (sessionExpiryInterval: number) => ({
  version: 5 as const,
  clean: false,
  properties: { sessionExpiryInterval },
})
const delayed = (seconds: number, sessionExpiryInterval = 600) => ({
  ...lastingFor(sessionExpiryInterval),
  will: { ...will, properties: { willDelayInterval: seconds } },
})
/** Steps after a connection with a delayed will has broken; `sent` is the state of the will after each. */
const delays: readonly {
  readonly what: string
  readonly delay: object
  readonly steps: readonly (number | 'connects' | 'connects clean' | 'connects elsewhere')[]
  readonly sent: readonly boolean[]
}[] = [
  { what: 'is sent when it has passed', delay: delayed(30), steps: [29, 1], sent: [false, true] },
  { what: 'ends with the session', delay: delayed(30, 10), steps: [9, 1], sent: [false, true] },
  { what: 'is none without a session', delay: delayed(30, 0), steps: [0], sent: [true] },
  {
    what: 'is given up when the device goes on with its session',
    delay: delayed(30),
    steps: [10, 'connects', 60],
    sent: [false, false, false],
  },
  {
    what: 'ends with a session that a clean start discards',
    delay: delayed(30),
    steps: [10, 'connects clean', 60],
    sent: [false, true, true],
  },
  {
    what: 'is given up when the device goes on with its session at another node',
    delay: delayed(30),
    steps: [10, 'connects elsewhere', 60],
    sent: [false, false, false],
  },
]
for (const { what, delay, steps, sent } of delays) {
  test(`MQTT 5: the delay of a will ${what}`, async (t) => {
    const { connected, service, door, clock } = await openDoor(t)
    const device = await connected({ version: 5, ...delay })
    device.end()
    await device.closed
    while (service.told.length === 0) await new Promise(setImmediate)
    const seen: boolean[] = []
    for (const step of steps) {
      if (step === 'connects' || step === 'connects clean')
        await connected({ ...lastingFor(600), clean: step === 'connects clean' })
      else if (step === 'connects elsewhere') service.resumedElsewhere.add('device1')
      else clock.advance(1000 * (step as number))
      door.sweep()
      await new Promise(setImmediate)
      seen.push(service.published.length > 0)
    }
    assert.deepEqual(seen, sent)
    assert.deepEqual(service.published.map(text), sent.at(-1) ? ['gone'] : [])
  })
}

test('MQTT 5: a connection that takes over sends the will of the former one, unless it goes on with the session', async (t) => {
  for (const [clean, delay, sent] of [
    [false, 30, false],
    [true, 30, true],
    [false, 0, true],
  ] as const) {
    const { connected, service } = await openDoor(t)
    const former = await connected(delayed(delay))
    await connected({ ...lastingFor(600), clean })
    await former.closed
    assert.deepEqual(service.published.map(text), sent ? ['gone'] : [], `clean ${clean}, delay ${delay}`)
  }
})

test('what a client may not send ends its connection', async (t) => {
  const { connected } = await openDoor(t)
  for (const bytes of [
    '2002000000',
    '90030001ff',
    'd000',
    '500200010000',
    '82020001',
    'c00100',
    '00',
    'f000',
  ]) {
    const device = await connected()
    device.send(Buffer.from(bytes, 'hex'))
    // A packet that is whole is judged; one in part ends with the connection.
    device.socket.end()
    await device.closed
  }
})
