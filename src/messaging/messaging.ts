/**
 * The messaging port: what operations need in order to reach devices, on whichever node they are connected. Drivers
 * stand beside this file.
 */
export interface Messaging {
  /**
   * Sends a message to a device. A QoS 1 message is stored before this resolves and kept until the device acknowledges
   * it, at most 7 days; QoS 0 is delivered now or dropped and counted.
   * @returns the MessageId
   * @throws RateLimited when the device's connection or its store of messages is full
   */
  publish(to: Recipient, message: OutgoingMessage): Promise<number>
  /**
   * Sends a message to the devices of a product that are online now: to the subscribers of a topic, or to all on the
   * broadcast topic of each.
   * @returns the MessageId
   */
  broadcast(product: RecipientProduct, message: BroadcastMessage): Promise<number>
  /** Sends a request and waits at the owner's node for the device's answer. */
  request(to: Recipient, request: RrpcRequest): Promise<RrpcAnswer>
  /** What a device has subscribed to, whether it is online or not. */
  subscriptions(of: Recipient): Promise<readonly { readonly topic: string; readonly at: number }[]>
  /** Subscribes a device that is online. @returns false when it is not */
  subscribe(device: Recipient, topics: readonly string[]): Promise<boolean>
  unsubscribe(device: Recipient, topics: readonly string[]): Promise<void>
  /**
   * What devices of a product send from now on, at any node, and from a bounded buffer what came after `after`.
   * Ends when `signal` aborts.
   * @returns once every node that can be reached passes messages on
   */
  follow(filter: FollowFilter, signal: AbortSignal): Promise<AsyncIterable<DeviceMessage>>
}

/** A device as a message is addressed to it. */
export interface Recipient {
  /** The store's numbers of its product and of the device itself: a name may be used anew by another device. */
  readonly product: number
  readonly number: number
  readonly productKey: string
  readonly name: string
}

export interface RecipientProduct {
  readonly product: number
  readonly productKey: string
}

export interface OutgoingMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1
  /** MQTT 5 properties in mqtt-packet's form, `correlationData` in base64; devices of MQTT 3 get none. */
  readonly properties?: Readonly<Record<string, unknown>> | undefined
}

export interface BroadcastMessage {
  /** Undefined: all devices that are online, each on /sys/${productKey}/${deviceName}/broadcast/request/${MessageId}. */
  readonly topic: string | undefined
  readonly payload: Uint8Array
}

export interface RrpcRequest {
  /** Undefined: /sys/${productKey}/${deviceName}/rrpc/request/${MessageId}. */
  readonly topic: string | undefined
  readonly payload: Uint8Array
  /** 0: it is answered SUCCESS once it is sent, and the device's answer is a message like its others. */
  readonly timeoutMs: number
}

export interface RrpcAnswer {
  readonly messageId: number
  readonly code: 'UNKNOWN' | 'SUCCESS' | 'TIMEOUT' | 'OFFLINE' | 'HALFCONN'
  readonly payload?: Uint8Array | undefined
}

export interface FollowFilter extends RecipientProduct {
  /** Undefined: every device of the product. */
  readonly name: string | undefined
  /** The id after which buffered messages are wanted; undefined: none. */
  readonly after: string | undefined
}

/** A message of a device as programs get it. */
export interface DeviceMessage {
  /** Opaque; `FollowFilter.after` takes it. */
  readonly id: string
  readonly messageId: number
  readonly productKey: string
  readonly deviceName: string
  readonly topic: string
  readonly payload: Uint8Array
  readonly qos: 0 | 1
  /** Milliseconds since 1970 UTC. */
  readonly generateTime: number
}

/** The device's connection is behind, or as many messages as may wait for it do. */
export class RateLimited extends Error {}
