import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SignInRefusal } from '../../src/mqtt/service.ts'
import { openDoor } from './open-door.ts'

for (const version of [3, 4, 5] as const) {
  test(`MQTT ${version}: a device with the right password is accepted`, async (t) => {
    const { connect, service, door } = await openDoor(t)
    const connack = await (await connect({ version, clientId: 'c|securemode=3|' })).next()
    assert.equal(connack.cmd, 'connack')
    assert.equal(version === 5 ? connack.reasonCode : connack.returnCode, 0)
    assert.equal(connack.sessionPresent, false)
    const { clientId, userName, address, encrypted, serverName } = service.attempts[0]!
    assert.deepEqual(
      { clientId, userName, address, encrypted, serverName },
      {
        clientId: 'c|securemode=3|',
        userName: 'device1',
        address: '127.0.0.1',
        encrypted: false,
        serverName: undefined,
      },
    )
    assert.equal(door.tally.connects, 1)
  })
}

test('CONNACK of MQTT 5 has the properties of the vendor’s platform', async (t) => {
  const { connect } = await openDoor(t)
  const device = await connect({
    version: 5,
    clientId: '',
    keepalive: 100,
    properties: { sessionExpiryInterval: 3600 },
  })
  const { properties } = await device.next()
  assert.deepEqual(
    { ...properties },
    {
      sessionExpiryInterval: 3600,
      maximumQoS: 1,
      retainAvailable: true,
      maximumPacketSize: 262_144,
      assignedClientIdentifier: 'a1TestKey01.device1',
      topicAliasMaximum: 20,
      wildcardSubscriptionAvailable: true,
      subscriptionIdentifiersAvailable: false,
      sharedSubscriptionAvailable: true,
      serverKeepAlive: 100,
    },
  )
})

const refusals: [SignInRefusal, number, number][] = [
  ['identifier', 2, 0x85],
  ['credentials', 4, 0x86],
  ['disabled', 5, 0x87],
  ['throttled', 3, 0x9f],
]
for (const [reason, returnCode, reasonCode] of refusals) {
  test(`a sign-in refused for ${reason} gets its CONNACK, and the connection ends`, async (t) => {
    const { connect, service, events, door } = await openDoor(t)
    service.signIn = async () => ({ kind: 'refused', reason })
    const device = await connect()
    assert.equal((await device.next()).returnCode, returnCode)
    await device.closed
    const five = await connect({ version: 5 })
    const connack = await five.next()
    assert.equal(connack.reasonCode, reasonCode)
    assert.match(connack.properties.reasonString, /\w/)
    await five.closed
    assert.deepEqual(events, [`refused: ${reason}`, `refused: ${reason}`])
    assert.equal(door.tally.refusals[reason], 2)
    assert.equal(door.tally.connections, 0)
  })
}

test('a store that fails is CONNACK 3', async (t) => {
  const { connect, service, events } = await openDoor(t)
  service.signIn = async () => {
    throw new Error('the database is away')
  }
  assert.equal((await (await connect()).next()).returnCode, 3)
  service.signIn = async () => ({ kind: 'accepted', device: service.devices.get('device1')! })
  service.attach = async () => undefined as never
  assert.equal((await (await connect()).next()).returnCode, 3)
  assert.deepEqual(events, ['broke: the database is away', 'refused: unavailable', 'refused: unavailable'])
})

for (const [keepalive, accepted] of [
  [0, false],
  [29, false],
  [30, true],
  [1200, true],
  [1201, false],
] as const) {
  test(`a keep-alive of ${keepalive} seconds is ${accepted ? 'taken' : 'refused'}`, async (t) => {
    const { connect } = await openDoor(t)
    assert.equal((await (await connect({ keepalive })).next()).returnCode, accepted ? 0 : 2)
    const five = await (await connect({ version: 5, keepalive })).next()
    assert.equal(five.reasonCode, accepted ? 0 : 0x83)
  })
}

for (const [what, bytes, code] of [
  ['MQTT 3.1', '100e00064d51497364700302003c0000', 2],
  ['MQTT 3.1.1 with a session that lasts', '100c00044d5154540400003c0000', 2],
  // No user name: the service refuses it.
  ['MQTT 3.1.1 with a clean session', '100c00044d5154540402003c0000', 4],
] as const) {
  test(`an empty client id: ${what} is answered ${code}`, async (t) => {
    const { open } = await openDoor(t)
    const device = await open()
    device.send(Buffer.from(bytes, 'hex'))
    assert.equal((await device.next()).returnCode, code)
  })
}

test('another protocol level is CONNACK 1; another protocol is not answered', async (t) => {
  const { open, events } = await openDoor(t)
  const old = await open()
  old.send(Buffer.from('100c00044d5154540602003c0000', 'hex'))
  assert.equal((await old.next()).returnCode, 1)
  await old.closed
  const other = await open()
  other.send(Buffer.from('100c00044d5154580402003c0000', 'hex'))
  await other.closed
  assert.equal(other.chunks.length, 0)
  const http = await open()
  http.send(Buffer.from('GET / HTTP/1.1\r\n\r\n'))
  await http.closed
  assert.deepEqual(events, ['refused: protocol level', 'refused: malformed', 'refused: malformed'])
})

test('an authentication method of MQTT 5 is refused by its code', async (t) => {
  const { connect } = await openDoor(t)
  const device = await connect({ version: 5, properties: { authenticationMethod: 'SCRAM-SHA-1' } })
  assert.equal((await device.next()).reasonCode, 0x8c)
})

test('a device need not wait for CONNACK: what it sends before it is read after it', async (t) => {
  const { connect, service } = await openDoor(t)
  const signingIn = Promise.withResolvers<void>()
  service.beforeSignIn = () => signingIn.promise
  const device = await connect()
  device.send({
    cmd: 'publish',
    topic: '/a1TestKey01/device1/user/update',
    payload: 'early',
    qos: 1,
    messageId: 7,
    dup: false,
    retain: false,
  })
  device.send({ cmd: 'pingreq' })
  while (service.attempts.length === 0) await new Promise(setImmediate)
  signingIn.resolve()
  assert.deepEqual(
    [await device.next(), await device.next(), await device.next()].map(({ cmd }) => cmd),
    ['connack', 'puback', 'pingresp'],
  )
  assert.equal(Buffer.from(service.published[0]!.payload).toString(), 'early')
})

test('a second CONNECT ends the connection', async (t) => {
  const { connected, service } = await openDoor(t)
  const device = await connected()
  device.send(Buffer.from('100e00044d5154540402003c00026964', 'hex'))
  await device.closed
  assert.deepEqual(service.told, ['device1 ended: a second CONNECT was sent'])
})

test('a device that connects again ends its former connection, whatever its client id', async (t) => {
  const { connected, service, door } = await openDoor(t)
  const first = await connected({ version: 5, clientId: 'a' })
  await connected({ clientId: 'b' })
  const disconnect = await first.next()
  assert.equal(disconnect.cmd, 'disconnect')
  assert.equal(disconnect.reasonCode, 0x8e)
  await first.closed
  assert.deepEqual(service.told, ['device1 ended: taken over'])
  assert.equal(door.tally.connections, 1)
})

test('a device that goes while it signs in leaves nothing behind', async (t) => {
  const { connect, service, door } = await openDoor(t)
  const signingIn = Promise.withResolvers<void>()
  service.beforeSignIn = () => signingIn.promise
  const attach = service.attach.bind(service)
  const device = await connect()
  while (service.attempts.length === 0) await new Promise(setImmediate)
  service.attach = async (signedIn, connection) => {
    device.end()
    await device.closed
    while (!(connection as unknown as { hasEnded: boolean }).hasEnded) await new Promise(setImmediate)
    return attach(signedIn, connection)
  }
  signingIn.resolve()
  while (service.told.length === 0) await new Promise(setImmediate)
  assert.deepEqual(service.told, ['device1 ended: the connection was closed'])
  assert.equal(door.tally.connections, 0)
})
