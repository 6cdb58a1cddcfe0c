import mqtt, {
  type IConnectPacket,
  type IDisconnectPacket,
  type IPublishPacket,
  type ISubscribePacket,
  type IUnsubscribePacket,
  type Packet as ParsedPacket,
} from 'mqtt-packet'
import type { MessageProperties } from '../service.ts'
import {
  type ConnectPacket,
  judgeText,
  type Packet,
  ProtocolError,
  type ProtocolVersion,
  type PublishPacket,
  type SubscribePacket,
  UnknownProtocolLevel,
  type Will,
} from './packet.ts'
import { reasonCodes } from './reason-codes.ts'

/**
 * Reads any client packet with mqtt-packet.
 * @param packet one complete packet with its fixed header
 * @param version undefined before CONNECT
 * @throws ProtocolError if the packet is malformed
 */
export function readGenerally(packet: Buffer, version: ProtocolVersion | undefined): Packet {
  if (version === undefined && packet[0]! >> 4 !== 1)
    throw new ProtocolError('the first packet is not CONNECT', reasonCodes.protocolError)
  if (version === undefined) judgeLevel(packet)
  return packetOf(parse(packet, version ?? 4), version)
}

/**
 * Detects unknown protocol levels: mqtt-packet reports them as malformed, but the client must get a response
 * (MQTT-3.1.2-2).
 */
function judgeLevel(packet: Buffer): void {
  const at = packet.indexOf('MQ', 2, 'latin1')
  if (at < 0 || at > 7) return
  const name = packet.toString('latin1', at, at + packet[at - 1]!)
  const level = packet[at + name.length]
  if (level === undefined || (name !== 'MQTT' && name !== 'MQIsdp')) return
  // Mosquitto bridges set the highest bit.
  const plain = level & 0x7f
  if (name === 'MQIsdp' ? plain !== 3 : plain !== 4 && plain !== 5)
    throw new UnknownProtocolLevel(
      `${name} has no protocol level ${level} here`,
      reasonCodes.unsupportedProtocolVersion,
    )
}

function parse(packet: Buffer, protocolVersion: ProtocolVersion): ParsedPacket {
  const parser = mqtt.parser({ protocolVersion })
  let parsed: ParsedPacket | undefined
  let error: Error | undefined
  parser.on('packet', (one: ParsedPacket) => (parsed ??= one))
  parser.on('error', (one: Error) => (error ??= one))
  try {
    parser.parse(packet)
  } catch (thrown) {
    error ??= thrown as Error
  }
  if (parsed === undefined || error !== undefined)
    throw new ProtocolError(`a packet is malformed: ${error?.message ?? 'it is incomplete'}`)
  return parsed
}

function packetOf(parsed: ParsedPacket, version: ProtocolVersion | undefined): Packet {
  switch (parsed.cmd) {
    case 'connect':
      if (version !== undefined)
        throw new ProtocolError('a second CONNECT was sent', reasonCodes.protocolError)
      return connectOf(parsed)
    case 'publish':
      return publishOf(parsed)
    case 'puback':
      return { type: 'puback', packetId: packetIdOf(parsed) }
    case 'subscribe':
      return subscribeOf(parsed)
    case 'unsubscribe':
      return {
        type: 'unsubscribe',
        packetId: packetIdOf(parsed),
        filters: filtersOf((parsed as IUnsubscribePacket).unsubscriptions),
      }
    case 'pingreq':
      return { type: 'pingreq' }
    case 'disconnect':
      return disconnectOf(parsed)
    default:
      throw new ProtocolError(`a client may not send ${parsed.cmd.toUpperCase()}`, reasonCodes.protocolError)
  }
}

function connectOf(parsed: IConnectPacket): ConnectPacket {
  const { protocolVersion, username, password } = parsed
  const properties = parsed.properties ?? {}
  // MQTT 5 allows a password without a user name.
  if (password !== undefined && username === undefined && protocolVersion !== 5)
    throw new ProtocolError('a password came without a user name')
  const maximum = (value: unknown, what: string, least: number, fallback: number) =>
    wholeNumber(value, what, least) ?? fallback
  return {
    type: 'connect',
    protocolVersion: protocolVersion as ProtocolVersion,
    clean: parsed.clean ?? false,
    keepAliveSeconds: parsed.keepalive ?? 0,
    clientId: judgeText(parsed.clientId, 'client id'),
    userName: username === undefined ? undefined : judgeText(username, 'user name'),
    password: password as Buffer | undefined,
    will: willOf(parsed),
    sessionExpirySeconds: maximum(properties.sessionExpiryInterval, 'session expiry interval', 0, 0),
    receiveMaximum: maximum(properties.receiveMaximum, 'receive maximum', 1, 65_535),
    maximumPacketSize: maximum(properties.maximumPacketSize, 'maximum packet size', 1, 2 ** 32 - 1),
    authenticationMethod: textOf(properties.authenticationMethod, 'authentication method'),
  }
}

function willOf({ will }: IConnectPacket): Will | undefined {
  if (will === undefined) return undefined
  return {
    delaySeconds: wholeNumber(will.properties?.willDelayInterval, 'will delay interval', 0) ?? 0,
    topic: judgeText(will.topic, 'will topic'),
    payload: will.payload as Buffer,
    qos: qosOf(will.qos),
    properties: messageProperties(will.properties),
  }
}

function qosOf(qos: number | undefined): 0 | 1 | 2 {
  if (qos === 0 || qos === 1 || qos === 2) return qos
  throw new ProtocolError('the will has QoS 3')
}

function publishOf(parsed: IPublishPacket): PublishPacket {
  const topicAlias = wholeNumber(parsed.properties?.topicAlias, 'topic alias', 0)
  const topic = judgeText(parsed.topic, 'topic')
  if (topic === '' && topicAlias === undefined)
    throw new ProtocolError('a PUBLISH has no topic', reasonCodes.protocolError)
  return {
    type: 'publish',
    topic,
    payload: parsed.payload as Buffer,
    qos: parsed.qos,
    packetId: parsed.qos === 0 ? 0 : packetIdOf(parsed),
    topicAlias,
    properties: messageProperties(parsed.properties),
  }
}

function subscribeOf(parsed: ISubscribePacket): SubscribePacket {
  const { subscriptions, properties } = parsed
  filtersOf(subscriptions.map(({ topic }) => topic))
  if (subscriptions.some(({ topic, nl }) => nl === true && topic.startsWith('$share/')))
    throw new ProtocolError('a shared subscription may not be "no local"', reasonCodes.protocolError)
  return {
    type: 'subscribe',
    packetId: packetIdOf(parsed),
    requests: subscriptions.map(({ topic, qos }) => ({ filter: topic, qos })),
    hasIdentifier: properties?.subscriptionIdentifier !== undefined,
  }
}

function disconnectOf(parsed: IDisconnectPacket): Packet {
  return {
    type: 'disconnect',
    withWill: parsed.reasonCode === 0x04,
    sessionExpirySeconds: wholeNumber(parsed.properties?.sessionExpiryInterval, 'session expiry interval', 0),
  }
}

function filtersOf(filters: readonly string[]): readonly string[] {
  if (filters.length === 0) throw new ProtocolError('no topic filter was sent', reasonCodes.protocolError)
  for (const filter of filters) judgeText(filter, 'topic filter')
  return filters
}

function packetIdOf({ messageId }: { readonly messageId?: number | undefined }): number {
  if (messageId === undefined || messageId <= 0)
    throw new ProtocolError('a packet identifier is missing or 0')
  return messageId
}

/** mqtt-packet returns repeated properties as arrays, and truncated ones as -1 or absent. */
function wholeNumber(value: unknown, what: string, least: number): number | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'number' && value >= least) return value
  throw new ProtocolError(`the ${what} is malformed`, reasonCodes.protocolError)
}

function textOf(value: unknown, what: string): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') return judgeText(value, what)
  throw new ProtocolError(`the ${what} is malformed`, reasonCodes.protocolError)
}

function messageProperties(found: IPublishPacket['properties'] | undefined): MessageProperties | undefined {
  if (found === undefined) return undefined
  const { payloadFormatIndicator, correlationData, userProperties } = found
  for (const value of [payloadFormatIndicator, correlationData])
    if (Array.isArray(value) || value === null)
      throw new ProtocolError('a property of a message is malformed', reasonCodes.protocolError)
  return {
    payloadFormatIndicator,
    messageExpiryInterval: wholeNumber(found.messageExpiryInterval, 'message expiry interval', 0),
    contentType: textOf(found.contentType, 'content type'),
    responseTopic: textOf(found.responseTopic, 'response topic'),
    correlationData,
    userProperties: userProperties as MessageProperties['userProperties'],
  }
}
