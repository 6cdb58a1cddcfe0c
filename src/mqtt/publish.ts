import { mayPublish } from '../rules/topics.ts'
import type { DeviceConnection } from './connection.ts'
import type { Door } from './door.ts'
import { payloadBytesMax, topicAliasesMax, unansweredMax } from './limits.ts'
import { ProtocolError, type PublishPacket } from './packets/packet.ts'
import { type ReasonCode, reasonCodes } from './packets/reason-codes.ts'
import { writePuback } from './packets/write.ts'
import { SecondWindow } from './rate.ts'
import type { DropReason } from './tally.ts'
import { Unanswered } from './unanswered.ts'

/**
 * Checks a message of a device, passes it to the service, and acknowledges it, either at once or when the
 * service is done.
 */
export function publishFromDevice(connection: DeviceConnection, door: Door, packet: PublishPacket): void {
  const { qos, payload, properties } = packet
  if (qos === 2) throw new ProtocolError('QoS 2 is not served', reasonCodes.qosNotSupported)
  if (payload.length > payloadBytesMax)
    throw new ProtocolError(
      `a payload has ${payload.length} bytes; at most ${payloadBytesMax} are taken`,
      reasonCodes.packetTooLarge,
    )
  const topic = resolveAlias(connection, packet)
  door.tally.messages.up++
  const why = whyDropped(connection, door, topic, payload.length)
  if (why !== undefined) drop(connection, door, packet, why)
  else {
    const stored = connection.attachment.published({ topic, payload, qos, properties })
    if (qos === 1) acknowledge(connection, packet.packetId, stored)
    else stored?.catch(() => {})
  }
}

/** Resolves an MQTT 5 topic alias (§3.3.2.3.4). */
function resolveAlias(connection: DeviceConnection, { topic, topicAlias }: PublishPacket): string {
  if (topicAlias === undefined) return topic
  if (topicAlias === 0 || topicAlias > topicAliasesMax)
    throw new ProtocolError(
      `topic alias ${topicAlias} is not from 1 to ${topicAliasesMax}`,
      reasonCodes.topicAliasInvalid,
    )
  if (topic !== '') {
    connection.aliases ??= new Map()
    connection.aliases.set(topicAlias, topic)
    return topic
  }
  const known = connection.aliases?.get(topicAlias)
  if (known === undefined)
    throw new ProtocolError(`topic alias ${topicAlias} stands for no topic yet`, reasonCodes.protocolError)
  return known
}

function whyDropped(
  connection: DeviceConnection,
  door: Door,
  topic: string,
  bytes: number,
): DropReason | undefined {
  if (door.limitsMessages) {
    connection.sent ??= new SecondWindow()
    if (!connection.sent.take(door.rates, door.clock.elapsed(), bytes)) return 'rate'
  }
  return mayPublish(connection.device, topic) ? undefined : 'foreign topic'
}

/**
 * Drops a message. MQTT 3 has no way to refuse one: a message on a foreign topic is acknowledged and lost; one
 * over the rate limit gets no response (mqtt-facts §1.7).
 */
function drop(connection: DeviceConnection, door: Door, packet: PublishPacket, why: DropReason): void {
  door.dropped(connection, why)
  if (packet.qos === 0) return
  if (connection.protocolVersion === 5)
    answer(
      connection,
      packet.packetId,
      why === 'rate' ? reasonCodes.quotaExceeded : reasonCodes.notAuthorized,
    )
  else if (why === 'foreign topic') acknowledge(connection, packet.packetId, undefined)
}

function answer(connection: DeviceConnection, packetId: number, reason: ReasonCode): void {
  writePuback(connection.out(), packetId, reason)
  connection.sendOut()
}

function acknowledge(
  connection: DeviceConnection,
  packetId: number,
  stored: Promise<void> | undefined,
): void {
  if (stored === undefined && connection.unanswered === undefined) {
    answer(connection, packetId, reasonCodes.success)
    return
  }
  connection.unanswered ??= new Unanswered()
  connection.unanswered.add(
    packetId,
    stored,
    () => answerInOrder(connection),
    // The device sends it again after it reconnects.
    () => connection.end('a message could not be stored', reasonCodes.unspecifiedError),
  )
  if (connection.unanswered.size >= unansweredMax) connection.socket.pause()
}

function answerInOrder(connection: DeviceConnection): void {
  const { unanswered } = connection
  if (unanswered === undefined) return
  for (const packetId of unanswered.take()) answer(connection, packetId, reasonCodes.success)
  if (unanswered.size === 0) connection.unanswered = undefined
  resumeReading(connection)
}

/** Resumes reading unless the device has too many unanswered messages or does not read its responses. */
export function resumeReading({ socket, unanswered }: DeviceConnection): void {
  if ((unanswered?.size ?? 0) < unansweredMax && !socket.writableNeedDrain) socket.resume()
}
