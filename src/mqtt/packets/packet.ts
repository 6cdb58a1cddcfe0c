import type { MessageProperties } from '../service.ts'
import { type ReasonCode, reasonCodes } from './reason-codes.ts'

/** The protocol level in CONNECT: 3 is MQTT 3.1, 4 is MQTT 3.1.1. */
export type ProtocolVersion = 3 | 4 | 5

/** The packets that clients send. */
export type Packet =
  | ConnectPacket
  | PublishPacket
  | PubackPacket
  | SubscribePacket
  | UnsubscribePacket
  | DisconnectPacket
  | { readonly type: 'pingreq' }

export interface ConnectPacket {
  readonly type: 'connect'
  readonly protocolVersion: ProtocolVersion
  readonly clean: boolean
  readonly keepAliveSeconds: number
  readonly clientId: string
  readonly userName: string | undefined
  readonly password: Uint8Array | undefined
  readonly will: Will | undefined
  /** MQTT 5 only; otherwise the protocol's default. */
  readonly sessionExpirySeconds: number
  /** Maximum unacknowledged QoS 1 messages that the client accepts. */
  readonly receiveMaximum: number
  /** Maximum packet size that the client accepts, in bytes. */
  readonly maximumPacketSize: number
  readonly authenticationMethod: string | undefined
}

export interface Will {
  /** How long after the end of its connection it is sent, in seconds (MQTT 5). */
  readonly delaySeconds: number
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1 | 2
  readonly properties: MessageProperties | undefined
}

export interface PublishPacket {
  readonly type: 'publish'
  /** Empty if an MQTT 5 alias replaces it. */
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1 | 2
  /** 0 at QoS 0. */
  readonly packetId: number
  readonly topicAlias: number | undefined
  readonly properties: MessageProperties | undefined
}

export interface PubackPacket {
  readonly type: 'puback'
  readonly packetId: number
}

export interface SubscribePacket {
  readonly type: 'subscribe'
  readonly packetId: number
  readonly requests: readonly { readonly filter: string; readonly qos: 0 | 1 | 2 }[]
  readonly hasIdentifier: boolean
}

export interface UnsubscribePacket {
  readonly type: 'unsubscribe'
  readonly packetId: number
  readonly filters: readonly string[]
}

export interface DisconnectPacket {
  readonly type: 'disconnect'
  /** Whether the will is published despite a regular disconnect (reason code 0x04). */
  readonly withWill: boolean
  /** A session expiry that overrides that of CONNECT. */
  readonly sessionExpirySeconds: number | undefined
}

/** A packet violates the protocol; its connection ends. */
export class ProtocolError extends Error {
  readonly reason: ReasonCode

  constructor(message: string, reason: ReasonCode = reasonCodes.malformedPacket) {
    super(message)
    this.reason = reason
  }
}

/**
 * CONNECT with an unsupported protocol level: the client gets a response, unlike after a malformed packet
 * (MQTT-3.1.2-2).
 */
export class UnknownProtocolLevel extends ProtocolError {}

/**
 * Checks a protocol string: UTF-8 without U+0000 (MQTT-1.5.4-1, -2). Invalid UTF-8 was decoded as U+FFFD, which
 * no legal name or topic contains.
 */
export function judgeText(text: string, what: string): string {
  if (/[\0\ufffd]/.test(text)) throw new ProtocolError(`the ${what} is not UTF-8, or holds U+0000`)
  return text
}
