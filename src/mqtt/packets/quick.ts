import type { Frame } from './frame.ts'
import type { ConnectPacket, Packet, ProtocolVersion, PublishPacket, SubscribePacket } from './packet.ts'

/**
 * Reads the packets that make up nearly all traffic (CONNECT, PUBLISH, PUBACK, PINGREQ) in their usual form,
 * several times as fast as mqtt-packet. Returns undefined for any other or malformed packet, which the general
 * reader then reads; a property test checks that both give the same result.
 * @param version undefined before CONNECT
 */
export function readQuickly(bytes: Buffer, at: number, frame: Frame, version: ProtocolVersion | undefined) {
  const first = bytes[at]!
  if (version === undefined) return first === 0x10 ? readConnect(bytes, frame) : undefined
  if (first >> 4 === 3) return readPublish(bytes, first, frame, version)
  if (first === 0x40) return readPuback(bytes, frame)
  if (first === 0x82) return readSubscribe(bytes, frame, version)
  return first === 0xc0 && frame.end === frame.body ? pingreq : undefined
}

const pingreq: Packet = { type: 'pingreq' }

/** Returns the length-prefixed text at `at` if it is ASCII without U+0000; otherwise undefined. */
function asciiAt(bytes: Buffer, at: number, end: number): string | undefined {
  const start = at + 2
  if (start > end) return undefined
  const stop = start + ((bytes[at]! << 8) | bytes[at + 1]!)
  if (stop > end) return undefined
  for (let i = start; i < stop; i++) if (bytes[i]! - 1 >= 0x7f || bytes[i] === 0) return undefined
  return bytes.toString('latin1', start, stop)
}

function readPublish(
  bytes: Buffer,
  first: number,
  { body, end }: Frame,
  version: ProtocolVersion,
): PublishPacket | undefined {
  const qos = (first >> 1) & 3
  if (qos > 1) return undefined
  const topic = asciiAt(bytes, body, end)
  if (topic === undefined || topic.length === 0) return undefined
  let at = body + 2 + topic.length
  let packetId = 0
  if (qos === 1) {
    if (at + 2 > end) return undefined
    packetId = (bytes[at]! << 8) | bytes[at + 1]!
    if (packetId === 0) return undefined
    at += 2
  }
  // In MQTT 5 a 0 byte is an empty list of properties.
  if (version === 5 && (at >= end || bytes[at++] !== 0)) return undefined
  const payload = bytes.subarray(at, end)
  return {
    type: 'publish',
    topic,
    payload,
    qos: qos as 0 | 1,
    packetId,
    topicAlias: undefined,
    properties: undefined,
  }
}

function readPuback(bytes: Buffer, { body, end }: Frame): Packet | undefined {
  if (end - body !== 2) return undefined
  const packetId = (bytes[body]! << 8) | bytes[body + 1]!
  return packetId === 0 ? undefined : { type: 'puback', packetId }
}

function readSubscribe(
  bytes: Buffer,
  { body, end }: Frame,
  version: ProtocolVersion,
): SubscribePacket | undefined {
  let at = body + 2
  if (at >= end) return undefined
  const packetId = (bytes[body]! << 8) | bytes[body + 1]!
  if (packetId === 0) return undefined
  if (version === 5 && bytes[at++] !== 0) return undefined
  const requests: { readonly filter: string; readonly qos: 0 | 1 | 2 }[] = []
  while (at < end) {
    const filter = asciiAt(bytes, at, end)
    if (filter === undefined || filter === '') return undefined
    at += 2 + filter.length
    // Options of MQTT 5 other than the QoS are rare.
    if (at >= end || bytes[at]! > 2) return undefined
    requests.push({ filter, qos: bytes[at++] as 0 | 1 | 2 })
  }
  if (requests.length === 0) return undefined
  return { type: 'subscribe', packetId, requests, hasIdentifier: false }
}

const userNameFlag = 0x80
const passwordFlag = 0x40
const cleanFlag = 0x02

function readConnect(bytes: Buffer, { body, end }: Frame): ConnectPacket | undefined {
  const name = asciiAt(bytes, body, end)
  let at = body + 2 + (name?.length ?? 0)
  // Level, flags and keep-alive.
  if (at + 4 > end) return undefined
  const level = bytes[at]!
  if (!(name === 'MQTT' && (level === 4 || level === 5)) && !(name === 'MQIsdp' && level === 3))
    return undefined
  const flags = bytes[at + 1]!
  // A will, or reserved bits.
  if ((flags & ~(userNameFlag | passwordFlag | cleanFlag)) !== 0) return undefined
  if ((flags & passwordFlag) !== 0 && (flags & userNameFlag) === 0) return undefined
  const keepAliveSeconds = (bytes[at + 2]! << 8) | bytes[at + 3]!
  at += 4
  if (level === 5 && (at >= end || bytes[at++] !== 0)) return undefined
  const clientId = asciiAt(bytes, at, end)
  if (clientId === undefined) return undefined
  at += 2 + clientId.length
  let userName: string | undefined
  if ((flags & userNameFlag) !== 0) {
    userName = asciiAt(bytes, at, end)
    if (userName === undefined) return undefined
    at += 2 + userName.length
  }
  let password: Uint8Array | undefined
  if ((flags & passwordFlag) !== 0) {
    const start = at + 2
    if (start > end) return undefined
    at = start + ((bytes[at]! << 8) | bytes[at + 1]!)
    if (at > end) return undefined
    password = bytes.subarray(start, at)
  }
  if (at !== end) return undefined
  return {
    type: 'connect',
    protocolVersion: level as ProtocolVersion,
    clean: (flags & cleanFlag) !== 0,
    keepAliveSeconds,
    clientId,
    userName,
    password,
    will: undefined,
    sessionExpirySeconds: 0,
    receiveMaximum: 65_535,
    maximumPacketSize: 2 ** 32 - 1,
    authenticationMethod: undefined,
  }
}
