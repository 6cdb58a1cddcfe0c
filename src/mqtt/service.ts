/** What the MQTT door is handed: it knows packets, sessions' windows and topics, and nothing of accounts or stores. */
export interface MqttService {
  /** Verifies a device's sign-in. Rejects when the store can't answer; the door answers CONNACK 3 then. */
  signIn(attempt: SignInAttempt): Promise<SignInResult>
  /**
   * Makes a connection the device's only one, on every node, before CONNACK is sent. The former connection is cut.
   * @returns undefined when the device was deleted, disabled or taken by a later connection meanwhile
   */
  attach(device: SignedInDevice, connection: Connection): Promise<Attachment | undefined>
}

/** CONNECT as it arrived. */
export interface SignInAttempt {
  /** The whole client id, with its parameters between bars. */
  readonly clientId: string
  readonly userName: string | undefined
  readonly password: Uint8Array | undefined
  /** The address of the device: an IP address without a port. */
  readonly address: string
  /** The port that the device connected to, and the SNI name that it sent; a product may be bound to either. */
  readonly port: number
  readonly serverName: string | undefined
  readonly encrypted: boolean
}

export type SignInResult =
  | { readonly kind: 'accepted'; readonly device: SignedInDevice }
  | { readonly kind: 'refused'; readonly reason: SignInRefusal }

/**
 * - `identifier`: the client id or its parameters are malformed (CONNACK 2)
 * - `credentials`: wrong password, unknown device or unknown product alike, so that names can't be probed (CONNACK 4)
 * - `disabled`: the credentials are right and the device is disabled (CONNACK 5)
 * - `throttled`: too many failed sign-ins of this device or address; nothing was verified (CONNACK 3)
 */
export type SignInRefusal = 'identifier' | 'credentials' | 'disabled' | 'throttled'

export interface SignedInDevice {
  /** The store's numbers of its product and of the device itself: a name may be used anew by another device. */
  readonly product: number
  readonly number: number
  readonly productKey: string
  readonly name: string
  /** Whether every topic of 1–128 letters, digits, _ and / may be used without a topic class (one-party products). */
  readonly hasFreeTopics: boolean
  /** The product's topic classes as they are now. */
  readonly topicClasses: () => readonly TopicClass[]
}

/** A topic class of a product: `/${productKey}/${deviceName}/user/get` with what a device may do there. */
export interface TopicClass {
  /** The topic with `${deviceName}` for the device's name; of a one-party product it may be any topic. */
  readonly template: string
  readonly operation: 'SUB' | 'PUB' | 'ALL'
}

/** A connection as the service sees it. */
export interface Connection {
  readonly address: string
  /** Whether the session of before is discarded: clean session of MQTT 3, clean start of MQTT 5. */
  readonly clean: boolean
  /**
   * How long the session goes on after the connection, in seconds; 0: it ends with it, so a later connect finds none.
   * MQTT 3: 0 if clean, else 7 days; MQTT 5: the session expiry that the device asked for, at most 7 days.
   */
  readonly sessionExpirySeconds: number
  readonly protocolVersion: 3 | 4 | 5
  readonly keepAliveSeconds: number
  /** Whether RRPC requests on any topic are sent on /ext/rrpc/… (bit 0 of `ext=` in the client id). */
  readonly takesExtendedRrpc: boolean
  /**
   * Writes a message to the device. A QoS 1 message is acknowledged by `Attachment.acknowledged`.
   * @returns `full`: 100 messages are unacknowledged or the socket is behind; try again after `Attachment.drained`.
   *   `unsubscribed`: no filter of the device matches and the topic needs one; nothing was sent
   */
  deliver(message: DownMessage): 'sent' | 'full' | 'unsubscribed'
  /** What the device has subscribed to. */
  subscriptions(): readonly Subscription[]
  /** Subscribes or unsubscribes the device as if it had asked (SubscribeTopic, UnsubscribeTopic). */
  subscribe(filters: readonly string[], at: number): void
  unsubscribe(filters: readonly string[]): void
  /** Ends the connection: DISCONNECT with the reason in MQTT 5, then the socket. */
  cut(reason: CutReason): void
}

export type CutReason = 'taken over' | 'deleted' | 'disabled' | 'lease lost' | 'shutting down'

/** The service's side of a connection. The door calls it in the order of the packets. */
export interface Attachment {
  /** Whether a session of before goes on, and what it had subscribed to. */
  readonly sessionPresent: boolean
  readonly subscriptions: readonly Subscription[]
  /** CONNACK was sent: messages that wait may be delivered. */
  ready(): void
  /**
   * A message of the device on a topic that it may use.
   * @returns a promise when PUBACK must wait for it; undefined: acknowledge at once
   */
  published(message: UpMessage): Promise<void> | undefined
  subscribed(subscriptions: readonly Subscription[]): void
  unsubscribed(filters: readonly string[]): void
  /** The device acknowledged a QoS 1 message. */
  acknowledged(messageId: number): void
  /** `deliver` answered `full` and there is room again. */
  drained(): void
  /** The connection has ended, by whichever side. Called once. */
  ended(reason: string): void
}

export interface Subscription {
  readonly filter: string
  readonly qos: 0 | 1
  /** Milliseconds since 1970 UTC. */
  readonly at: number
}

/** A message to a device. */
export interface DownMessage {
  /** Below 2^53; unique for its device. */
  readonly id: number
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1
  /** Whether a former connection may have sent it: it waited in the store when this one began. DUP is set then. */
  readonly duplicate?: boolean | undefined
  /** MQTT 5 properties, in mqtt-packet's form; connections of MQTT 3 leave them out. */
  readonly properties?: MessageProperties | undefined
}

/** A message of a device. */
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
