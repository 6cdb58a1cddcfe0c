import type { MessageProperties } from '../service.ts'
import { type ReasonCode, reasonCodes } from './reason-codes.ts'

/** 3 is MQTT 3.1, 4 is MQTT 3.1.1, as CONNECT says it. */
export type ProtocolVersion = 3 | 4 | 5

/** The packets that a client sends. */
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
  /** Of MQTT 5, with the protocol's defaults. */
  readonly sessionExpirySeconds: number
  /** How many QoS 1 messages the client takes before it acknowledges one. */
  readonly receiveMaximum: number
  /** Bytes of the largest packet that the client takes. */
  readonly maximumPacketSize: number
  readonly authenticationMethod: string | undefined
}

export interface Will {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1 | 2
  readonly properties: MessageProperties | undefined
}

export interface PublishPacket {
  readonly type: 'publish'
  /** Empty when an alias of MQTT 5 stands for it. */
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
  /** Whether the will is published though the client ends in order (reason code 0x04). */
  readonly withWill: boolean
  /** A session expiry that replaces the one of CONNECT. */
  readonly sessionExpirySeconds: number | undefined
}

/** A packet that breaks the protocol; its connection ends. */
export class ProtocolError extends Error {
  readonly reason: ReasonCode

  constructor(message: string, reason: ReasonCode = reasonCodes.malformedPacket) {
    super(message)
    this.reason = reason
  }
}

/** CONNECT of a protocol level that is not spoken: it is answered, unlike what is malformed (MQTT-3.1.2-2). */
export class UnknownProtocolLevel extends ProtocolError {}

/**
 * A string of the protocol is UTF-8 without U+0000 (MQTT-1.5.4-1, -2). What was malformed reads as U+FFFD, which no
 * legal name or topic holds.
 */
export function judgeText(text: string, what: string): string {
  if (/[\0\ufffd]/.test(text)) throw new ProtocolError(`the ${what} is not UTF-8, or holds U+0000`)
  return text
}
