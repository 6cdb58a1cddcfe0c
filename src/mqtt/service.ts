/**
 * The service behind the MQTT door. The door knows packets, in-flight windows and topics; the service knows
 * accounts and the store.
 */
export interface MqttService {
  /** Verifies a device's sign-in. Rejects if the store can't answer; the door then sends CONNACK 3. */
  signIn(attempt: SignInAttempt): Promise<SignInResult>
  /**
   * Makes a connection the only one of its device, on all nodes, before CONNACK is sent. The previous
   * connection is cut.
   * @returns undefined if the device was deleted or disabled, or a later connection took over meanwhile
   */
  attach(device: SignedInDevice, connection: Connection): Promise<Attachment | undefined>
}

/** The content of CONNECT. */
export interface SignInAttempt {
  /** The complete client ID, with its parameters between bars. */
  readonly clientId: string
  readonly userName: string | undefined
  readonly password: Uint8Array | undefined
  /** IP address of the device, without a port. */
  readonly address: string
  /** The port that the device connected to, and the SNI name it sent; either may be bound to a product. */
  readonly port: number
  readonly serverName: string | undefined
  readonly encrypted: boolean
}

export type SignInResult =
  | { readonly kind: 'accepted'; readonly device: SignedInDevice }
  | { readonly kind: 'refused'; readonly reason: SignInRefusal }

/**
 * - `identifier`: the client ID or its parameters are malformed (CONNACK 2)
 * - `credentials`: wrong password, unknown device or unknown product; the same for all, so that names can't be
 *   probed (CONNACK 4)
 * - `disabled`: the credentials are right and the device is disabled (CONNACK 5)
 * - `throttled`: too many failed sign-ins of this device or address; nothing was verified (CONNACK 3)
 */
export type SignInRefusal = 'identifier' | 'credentials' | 'disabled' | 'throttled'

export interface SignedInDevice {
  /** The store's numbers of its product and of the device; a name may be reused by another device. */
  readonly product: number
  readonly number: number
  readonly productKey: string
  readonly name: string
  /** The store's number of the account that it belongs to. */
  readonly account: number
  /**
   * Whether the device may use any topic of 1–128 letters, digits, _ and / without a topic class (one-party
   * products).
   */
  readonly hasFreeTopics: boolean
  /** Returns the product's current topic classes. */
  readonly topicClasses: () => readonly TopicClass[]
}

/** A topic class of a product: `/${productKey}/${deviceName}/user/get` with the permitted operations. */
export interface TopicClass {
  /**
   * The topic, with `${deviceName}` as placeholder for the device's name; in one-party products it may be any
   * topic.
   */
  readonly template: string
  readonly operation: 'SUB' | 'PUB' | 'ALL'
}

/** A connection as the service sees it. */
export interface Connection {
  readonly address: string
  /** Whether the previous session is discarded: clean session of MQTT 3, clean start of MQTT 5. */
  readonly clean: boolean
  /**
   * Seconds that the session outlives the connection; 0: the session ends with it. MQTT 3: 0 if clean,
   * otherwise 7 days; MQTT 5: the session expiry that the device asked for, at most 7 days.
   */
  readonly sessionExpirySeconds: number
  readonly protocolVersion: 3 | 4 | 5
  readonly keepAliveSeconds: number
  /** Whether RRPC requests on any topic are sent on /ext/rrpc/… (bit 0 of `ext=` in the client ID). */
  readonly takesExtendedRrpc: boolean
  /**
   * Sends a message to the device. `Attachment.acknowledged` reports the acknowledgement of a QoS 1 message.
   * @returns `full`: 100 messages are unacknowledged or the socket is behind; retry after `Attachment.drained`.
   *   `unsubscribed`: no filter of the device matches although the topic requires one; nothing was sent
   */
  deliver(message: DownMessage): 'sent' | 'full' | 'unsubscribed'
  /** Returns the device's subscriptions. */
  subscriptions(): readonly Subscription[]
  /** Subscribes or unsubscribes the device as if it had sent the packet (SubscribeTopic, UnsubscribeTopic). */
  subscribe(filters: readonly string[], at: number): void
  unsubscribe(filters: readonly string[]): void
  /** Ends the connection: in MQTT 5 sends DISCONNECT with the reason, then closes the socket. */
  cut(reason: CutReason): void
}

/** Why the service ends a connection; `reset`: the device may connect again at once. */
export type CutReason = 'taken over' | 'deleted' | 'disabled' | 'reset' | 'lease lost' | 'shutting down'

/**
 * Why a connection has ended, besides a cut:
 * - `disconnected`: the device sent DISCONNECT
 * - `closed`: the connection was closed without one
 * - `keep-alive`: nothing came for one and a half times the keep-alive
 * - `unread`: the device did not read what was sent to it
 * - `protocol error`: the device sent what MQTT or this server does not allow
 * - `not stored`: a QoS 1 message of the device could not be stored
 * - `server error`: a bug of the server
 */
export type EndReason =
  | CutReason
  | 'disconnected'
  | 'closed'
  | 'keep-alive'
  | 'unread'
  | 'protocol error'
  | 'not stored'
  | 'server error'

/** The service's side of a connection. The door calls it in packet order. */
export interface Attachment {
  /** Whether a previous session resumes, and its subscriptions. */
  readonly sessionPresent: boolean
  readonly subscriptions: readonly Subscription[]
  /** CONNACK was sent; queued messages may be delivered. @param clientId as CONNECT had it */
  ready(clientId: string): void
  /**
   * Handles a message of the device on a permitted topic.
   * @returns a promise if PUBACK must wait for it; undefined to acknowledge at once
   */
  published(message: UpMessage): Promise<void> | undefined
  subscribed(subscriptions: readonly Subscription[]): void
  unsubscribed(filters: readonly string[]): void
  /** The device acknowledged a QoS 1 message. */
  acknowledged(messageId: number): void
  /** There is room again after `deliver` returned `full`. */
  drained(): void
  /** The connection has ended. Called once. */
  ended(reason: EndReason, detail?: string): void
  /**
   * Whether the device has resumed its session since this connection ended, on any node.
   * Rejects if the store can't answer.
   */
  isResumed(): Promise<boolean>
}

export interface Subscription {
  readonly filter: string
  readonly qos: 0 | 1
  /** Milliseconds since 1970 UTC. */
  readonly at: number
}

/** A message to a device. */
export interface DownMessage {
  /** Below 2^53; unique per device. */
  readonly id: number
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1
  /**
   * Whether a previous connection may have sent it, because it was queued when this connection began. DUP is
   * set then.
   */
  readonly duplicate?: boolean | undefined
  /** MQTT 5 properties in mqtt-packet's form; MQTT 3 connections ignore them. */
  readonly properties?: MessageProperties | undefined
}

/** A message from a device. */
export interface UpMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1
  readonly properties?: MessageProperties | undefined
}

export interface MessageProperties {
  readonly payloadFormatIndicator?: boolean | undefined
  readonly messageExpiryInterval?: number | undefined
  readonly contentType?: string | undefined
  readonly responseTopic?: string | undefined
  readonly correlationData?: Uint8Array | undefined
  readonly userProperties?: Readonly<Record<string, string | readonly string[]>> | undefined
}
