import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { test } from 'node:test'
import mqtt from 'mqtt-packet'
import { connectTimeoutMs } from '../../src/mqtt/limits.ts'
import { connectPacket } from '../support/mqtt-device.ts'
import type { MemoryService } from '../support/mqtt-service.ts'
import { openDoor } from './open-door.ts'

const prefix = '/a1TestKey01/device1/user'
/** The door's side of the connection of `device1`. */
const socketOf = (service: MemoryService) =>
  (service.sessions.get('device1')!.connection as unknown as { readonly socket: Duplex }).socket
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const until = async (is: () => boolean) => {
  while (!is()) await turn()
}

test('a connection that sends nothing, or a CONNECT in part, ends in time', async (t) => {
  const { open, door, clock, events } = await openDoor(t)
  const silent = await open()
  const slow = await open()
  slow.send(mqtt.generate(connectPacket({})).subarray(0, 20))
  await until(() => door.tally.bytes.up === 20)
  clock.advance(connectTimeoutMs - 1)
  door.sweep()
  await turn()
  assert.deepEqual(events, [])
  clock.advance(2)
  door.sweep()
  await Promise.all([silent.closed, slow.closed])
  assert.deepEqual(events, ['refused: timeout', 'refused: timeout'])
})

test('a device that is silent for one and a half times its keep-alive is cut', async (t) => {
  const { connected, door, clock, service } = await openDoor(t)
  const device = await connected({ version: 5, keepalive: 40 })
  clock.advance(59_000)
  await device.settled()
  clock.advance(60_000)
  door.sweep()
  await device.settled()
  // Half a packet is no packet.
  device.send(Buffer.from([0x30]))
  await turn()
  clock.advance(60_001)
  door.sweep()
  assert.equal((await device.next()).reasonCode, 0x8d)
  await device.closed
  assert.match(service.told[0]!, /keep-alive/)
})

test('a store that never answers is CONNACK 3 after 60 seconds', async (t) => {
  const { connect, service, clock, door } = await openDoor(t)
  service.beforeSignIn = () => new Promise(() => {})
  const device = await connect()
  await until(() => service.attempts.length === 1)
  clock.advance(60_001)
  door.sweep()
  assert.equal((await device.next()).returnCode, 3)
})

for (const [what, bytes] of [
  ['a CONNECT of 256 MB', '10ffffff7f'],
  ['a CONNECT of 20 KB', '10a09c01'],
  ['a length of five bytes', '10ffffffff7f'],
] as const) {
  test(`${what} is refused by its header`, async (t) => {
    const { open, door } = await openDoor(t)
    const device = await open()
    device.send(Buffer.from(bytes, 'hex'))
    await device.closed
    assert.equal(door.tally.refusals.malformed, 1)
  })
}

test('a packet that is too large is refused by its header, a payload of 256 KB is taken', async (t) => {
  const { connected, service } = await openDoor(t)
  const device = await connected()
  const payload = Buffer.alloc(256 * 1024, 'x')
  const publish = {
    cmd: 'publish',
    topic: `${prefix}/update`,
    qos: 1,
    messageId: 1,
    dup: false,
    retain: false,
  } as const
  device.send({ ...publish, payload })
  assert.equal((await device.next()).cmd, 'puback')
  assert.equal(service.published[0]!.payload.length, payload.length)
  device.send({ ...publish, payload: Buffer.concat([payload, payload.subarray(0, 1)]) })
  await device.closed
  assert.match(service.told[0]!, /a payload has 262145 bytes/)
  const five = await connected({ version: 5 })
  five.send(Buffer.from('30ffffff7f', 'hex'))
  assert.equal((await five.next()).reasonCode, 0x95)
})

test('a packet may come a byte at a time', async (t) => {
  const { connected, service, door } = await openDoor(t)
  const device = await connected()
  device.socket.setNoDelay(true)
  const bytes = mqtt.generate({
    cmd: 'publish',
    topic: `${prefix}/update`,
    payload: 'slow',
    qos: 1,
    messageId: 3,
    dup: false,
    retain: false,
  })
  const before = door.tally.bytes.up
  for (let i = 0; i < bytes.length; i++) {
    device.send(bytes.subarray(i, i + 1))
    await until(() => door.tally.bytes.up === before + i + 1)
  }
  assert.equal((await device.next()).messageId, 3)
  assert.equal(Buffer.from(service.published[0]!.payload).toString(), 'slow')
})

test('a device that reads nothing gets no more than its socket takes, and is cut after a minute', async (t) => {
  const { connected, service, door, clock } = await openDoor(t)
  const device = await connected({ keepalive: 1200 })
  device.socket.pause()
  const topic = '/sys/a1TestKey01/device1/thing/service/property/set'
  let sent = 0
  while (service.send('device1', topic, Buffer.alloc(100_000)) === 'sent') {
    sent++
    await turn()
  }
  const socket = socketOf(service)
  assert.ok(socket.writableLength < 400_000, `${socket.writableLength} bytes wait after ${sent} messages`)
  for (let second = 0; second < 62; second++) {
    clock.advance(1000)
    door.sweep()
  }
  assert.deepEqual(service.told, ['device1 ended: it does not read what is sent to it'])
  clock.advance(2001)
  door.sweep()
  await until(() => socket.destroyed)
})

test('a device that reads late continues when it does', async (t) => {
  const { connected, service } = await openDoor(t)
  const device = await connected()
  device.socket.pause()
  const topic = '/sys/a1TestKey01/device1/x'
  while (service.send('device1', topic, Buffer.alloc(100_000)) === 'sent') await turn()
  device.socket.resume()
  await until(() => service.told.length > 0)
  assert.deepEqual(service.told, ['device1 drained'])
})

test('a device that sends requests but reads no responses is no longer read', async (t) => {
  const { connected, door, service } = await openDoor(t)
  const device = await connected({ keepalive: 1200 })
  device.socket.pause()
  const pings = Buffer.alloc(200_000, Buffer.from([0xc0, 0]))
  let before = -1
  // Until nothing is taken from the socket any more.
  for (let rounds = 0; rounds < 400 && door.tally.bytes.up !== before; rounds++) {
    before = door.tally.bytes.up
    for (let i = 0; i < 10; i++) {
      device.socket.write(pings)
      await turn()
    }
  }
  assert.ok(socketOf(service).writableLength < 1_000_000, `${socketOf(service).writableLength} bytes wait`)
})

test('bytes before CONNACK are bounded, for one connection and for all', async (t) => {
  const { connect: connectDevice, service, door, port } = await openDoor(t)
  service.beforeSignIn = () => new Promise(() => {})
  const device = await connectDevice()
  await until(() => service.attempts.length === 1)
  device.send(Buffer.alloc(1_000_000))
  await device.closed
  assert.equal(door.tally.refusals['early bytes'], 1)
  const sockets = await Promise.all(
    Array.from({ length: 150 }, async () => {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      socket.on('error', () => {})
      socket.write(Buffer.concat([mqtt.generate(connectPacket({})), Buffer.alloc(300_000)]))
      return socket
    }),
  )
  await until(() => door.tally.refusals['early bytes'] > 1)
  assert.ok(door.earlyBytes <= 32 * 1024 * 1024)
  for (const socket of sockets) socket.destroy()
  await until(() => door.earlyBytes === 0)
})

test('sign-ins wait for their turn, and each gets it', async (t) => {
  const { connect, service } = await openDoor(t)
  const gate = Promise.withResolvers<void>()
  service.beforeSignIn = () => gate.promise
  for (let i = 0; i < 1100; i++) service.add(`fleet${i}`)
  const devices = await Promise.all(
    Array.from({ length: 1100 }, (_, i) => connect({ username: `fleet${i}` })),
  )
  await until(() => service.attempts.length === 1000)
  gate.resolve()
  for (const device of devices) assert.equal((await device.next()).returnCode, 0)
})

test('floods of subscriptions and wildcards are answered within the limits', async (t) => {
  const { connected, service } = await openDoor(t)
  const device = await connected()
  for (let i = 0; i < 500; i++) {
    device.send({
      cmd: 'subscribe',
      messageId: i + 1,
      subscriptions: Array.from({ length: 50 }, (_, j) => ({
        topic: `${prefix}/${'+/'.repeat(20)}${i}${j}`,
        qos: 1,
      })),
    })
  }
  const subacks = await device.settled()
  assert.equal(subacks.length, 500)
  assert.equal(service.sessions.get('device1')!.subscriptions.length, 100)
})

test('random bytes after CONNECT end a connection and nothing else', async (t) => {
  const { connected, connect, events } = await openDoor(t)
  let state = 12345
  const byte = () => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) >>> 24
  for (let round = 0; round < 200; round++) {
    const device = await connected({ version: round % 2 === 0 ? 4 : 5 })
    device.send(Buffer.from(Array.from({ length: 200 }, byte)))
    device.socket.end()
    await device.closed
  }
  assert.equal((await (await connect()).next()).returnCode, 0)
  assert.ok(
    !events.some((event) => event.startsWith('broke')),
    events.find((event) => event.startsWith('broke')),
  )
})
