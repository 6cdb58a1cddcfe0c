import assert from 'node:assert/strict'
import { test } from 'node:test'
import mqtt, { type Packet } from 'mqtt-packet'
import { type Frame, readFrame } from '../../src/mqtt/packets/frame.ts'
import { readGenerally } from '../../src/mqtt/packets/general.ts'
import { ProtocolError, type ProtocolVersion } from '../../src/mqtt/packets/packet.ts'
import { readQuickly } from '../../src/mqtt/packets/quick.ts'

/**
 * The quick reader and mqtt-packet judge random and damaged packets alike: what the quick one reads, the general one
 * reads as the same, and nothing makes either of them throw anything but a ProtocolError.
 * MQTT_PACKETS sets how many are tried; a million takes about 15 seconds.
 */
const count = Number(process.env.MQTT_PACKETS ?? 150_000)
const seed = Number(process.env.MQTT_SEED ?? 1)

/** Numbers that look random and are the same in every run (mulberry32). */
function numbers(state: number): (below: number) => number {
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

const draw = numbers(seed)
const pick = <T>(from: readonly T[]): T => from[draw(from.length)]!
const texts = [
  '',
  'a',
  'MQTT',
  'id|securemode=3,ext=1|',
  'device1&a1TestKey01',
  '/a/b/user/update',
  'x'.repeat(130),
  '温度',
  '\0',
  'é',
]
const bytes = () => Buffer.from(Array.from({ length: draw(20) }, () => draw(256)))
const maybe = <T extends object>(part: T): T | object => (draw(3) === 0 ? part : {})

const packets: ((version: ProtocolVersion) => object)[] = [
  (version) => ({
    cmd: 'connect',
    protocolId: version === 3 ? 'MQIsdp' : 'MQTT',
    protocolVersion: version,
    clean: draw(4) > 0 || version === 3,
    keepalive: draw(65_536),
    clientId: pick(texts) || 'id',
    ...(draw(4) > 0 && { username: pick(texts) || 'name', ...(draw(4) > 0 && { password: bytes() }) }),
    ...maybe({ will: { topic: 'will/topic', payload: bytes(), qos: draw(3), retain: draw(2) === 0 } }),
    ...(version === 5 &&
      maybe({ properties: { sessionExpiryInterval: draw(1000), receiveMaximum: 1 + draw(100) } })),
  }),
  (version) => ({
    cmd: 'publish',
    topic: pick(texts) || 'topic',
    payload: bytes(),
    qos: draw(3),
    messageId: 1 + draw(65_535),
    dup: draw(2) === 0,
    retain: draw(2) === 0,
    ...(version === 5 &&
      maybe({
        properties: {
          topicAlias: 1 + draw(30),
          contentType: pick(texts) || 'x',
          userProperties: { a: pick(texts) || 'y' },
        },
      })),
  }),
  () => ({ cmd: 'puback', messageId: 1 + draw(65_535) }),
  () => ({ cmd: 'pingreq' }),
  () => ({
    cmd: 'subscribe',
    messageId: 1 + draw(65_535),
    subscriptions: Array.from({ length: 1 + draw(3) }, () => ({ topic: pick(texts) || '#', qos: draw(3) })),
  }),
  () => ({ cmd: 'unsubscribe', messageId: 1 + draw(65_535), unsubscriptions: [pick(texts) || '#'] }),
  (version) => ({ cmd: 'disconnect', ...(version === 5 && maybe({ reasonCode: 4 })) }),
]

/** Flips, cuts, doubles or puts in bytes. */
function damage(packet: Buffer): Buffer {
  const at = draw(packet.length)
  switch (draw(5)) {
    case 0: {
      const copy = Buffer.from(packet)
      copy[at] = draw(256)
      return copy
    }
    case 1:
      return packet.subarray(0, at)
    case 2:
      return Buffer.concat([packet.subarray(0, at), bytes(), packet.subarray(at)])
    case 3:
      // The length says less or more than there is.
      return Buffer.concat([packet.subarray(0, 1), Buffer.from([draw(200)]), packet.subarray(2)])
    default:
      return Buffer.concat([packet, bytes()])
  }
}

/** The result of reading a packet: the packet, or that it is malformed. */
function judged(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    assert.ok(error instanceof ProtocolError, `${error} is no ProtocolError`)
    return 'malformed'
  }
}

function generated(version: ProtocolVersion): Buffer {
  try {
    return mqtt.generate(pick(packets)(version) as Packet, { protocolVersion: version })
  } catch {
    // mqtt-packet writes no topics with U+0000, say.
    return bytes()
  }
}

test(`${count} random and damaged packets are read alike by the quick and the general reader`, () => {
  const frame: Frame = { body: 0, end: 0 }
  let quickly = 0
  for (let i = 0; i < count; i++) {
    const version = pick([3, 4, 5] as const)
    let packet = generated(version)
    for (let times = draw(3); times > 0 && packet.length > 0; times--) packet = damage(packet)
    const whole = judged(
      () => packet.length > 0 && readFrame(packet, 0, 300_000, frame) && frame.end <= packet.length,
    )
    if (whole !== true) continue
    const { body, end } = frame
    const state = packet[0] === 0x10 ? undefined : version
    const quick = judged(() => readQuickly(packet, 0, { body, end }, state))
    const general = judged(() => readGenerally(packet.subarray(0, end), state))
    if (quick === undefined) continue
    quickly++
    assert.deepEqual(
      quick,
      general,
      `packet ${i} of seed ${seed}, MQTT ${version}: ${packet.toString('hex')}`,
    )
  }
  assert.ok(quickly > count / 10, `${quickly} were read quickly`)
})

test('bytes in pieces of any size are the same packets', async () => {
  const { Partial } = await import('../../src/mqtt/partial.ts')
  for (let round = 0; round < 200; round++) {
    const all = Buffer.concat(Array.from({ length: 5 }, bytes))
    const partial = new Partial(all.subarray(0, 0))
    for (let at = 0; at < all.length; ) {
      const size = 1 + draw(7)
      partial.append(all.subarray(at, at + size))
      at += size
    }
    assert.deepEqual(partial.bytes(), all)
    assert.equal(partial.length, all.length)
  }
})
