import mqtt, { type IConnackPacket } from 'mqtt-packet'
import type { ByteWriter } from '../../lib/byte-writer.ts'
import type { DownMessage } from '../service.ts'
import type { ProtocolVersion } from './packet.ts'
import type { ReasonCode } from './reason-codes.ts'

/** Writers for the packets that the server sends. mqtt-packet writes those with MQTT 5 properties. */

function remainingLength(out: ByteWriter, length: number): void {
  out.reserve(4)
  let rest = length
  do {
    const byte = rest & 0x7f
    rest >>= 7
    out.bytes[out.end++] = rest > 0 ? byte | 0x80 : byte
  } while (rest > 0)
}

function byte(out: ByteWriter, value: number): void {
  out.reserve(1)
  out.bytes[out.end++] = value
}

function twoBytes(out: ByteWriter, value: number): void {
  out.reserve(2)
  out.bytes[out.end++] = value >> 8
  out.bytes[out.end++] = value & 0xff
}

function raw(out: ByteWriter, bytes: Uint8Array): void {
  out.reserve(bytes.length)
  out.bytes.set(bytes, out.end)
  out.end += bytes.length
}

/** @param code a return code of MQTT 3 or a reason code of MQTT 5 */
export function writeConnack(
  out: ByteWriter,
  version: ProtocolVersion,
  sessionPresent: boolean,
  code: number,
  properties: IConnackPacket['properties'],
): void {
  if (version !== 5) {
    twoBytes(out, 0x2002)
    byte(out, sessionPresent ? 1 : 0)
    byte(out, code)
    return
  }
  const packet = {
    cmd: 'connack',
    sessionPresent,
    reasonCode: code,
    ...(properties && { properties }),
  } as const
  raw(out, mqtt.generate(packet, { protocolVersion: 5 }))
}

/** @param reason MQTT 5 only; success is omitted */
export function writePuback(out: ByteWriter, packetId: number, reason: ReasonCode = 0): void {
  if (reason === 0) {
    out.reserve(4)
    const { bytes } = out
    bytes[out.end++] = 0x40
    bytes[out.end++] = 2
    bytes[out.end++] = packetId >> 8
    bytes[out.end++] = packetId & 0xff
    return
  }
  twoBytes(out, 0x4003)
  twoBytes(out, packetId)
  byte(out, reason)
}

/** SUBACK, or UNSUBACK of MQTT 5. */
function writeAcks(
  out: ByteWriter,
  type: number,
  version: ProtocolVersion,
  id: number,
  codes: readonly number[],
) {
  byte(out, type)
  remainingLength(out, 2 + (version === 5 ? 1 : 0) + codes.length)
  twoBytes(out, id)
  if (version === 5) byte(out, 0)
  for (const code of codes) byte(out, code)
}

export const writeSuback = (
  out: ByteWriter,
  version: ProtocolVersion,
  id: number,
  codes: readonly number[],
) => writeAcks(out, 0x90, version, id, codes)

export const writeUnsuback = (
  out: ByteWriter,
  version: ProtocolVersion,
  id: number,
  codes: readonly number[],
) => writeAcks(out, 0xb0, version, id, version === 5 ? codes : [])

export const writePingresp = (out: ByteWriter): void => twoBytes(out, 0xd000)

/** MQTT 5 only: in MQTT 3 a server can't send DISCONNECT. */
export const writeDisconnect = (out: ByteWriter, reasonCode: ReasonCode, reasonString: string): void =>
  raw(
    out,
    mqtt.generate({ cmd: 'disconnect', reasonCode, properties: { reasonString } }, { protocolVersion: 5 }),
  )

/** @param packetId ignored at QoS 0 */
export function writePublish(
  out: ByteWriter,
  version: ProtocolVersion,
  message: DownMessage,
  packetId: number,
): void {
  const { topic, payload, qos, duplicate = false } = message
  if (version === 5 && message.properties !== undefined) {
    writeWithProperties(out, message, packetId)
    return
  }
  byte(out, 0x30 | (duplicate && qos === 1 ? 8 : 0) | (qos << 1))
  const topicLength = Buffer.byteLength(topic)
  remainingLength(out, 2 + topicLength + (qos === 1 ? 2 : 0) + (version === 5 ? 1 : 0) + payload.length)
  twoBytes(out, topicLength)
  out.text(topic)
  if (qos === 1) twoBytes(out, packetId)
  if (version === 5) byte(out, 0)
  raw(out, payload)
}

function writeWithProperties(out: ByteWriter, message: DownMessage, messageId: number): void {
  const { topic, payload, qos, duplicate = false } = message
  const properties = Object.fromEntries(
    Object.entries(message.properties!).filter(([, value]) => value !== undefined),
  )
  const packet = {
    cmd: 'publish',
    topic,
    payload: Buffer.from(payload.buffer, payload.byteOffset, payload.length),
    qos,
    dup: duplicate && qos === 1,
    retain: false,
    ...(qos === 1 && { messageId }),
    properties,
  } as const
  raw(out, mqtt.generate(packet, { protocolVersion: 5 }))
}
