/** The messaging port: how operations reach devices on any node. Drivers are beside this file. */
export interface Messaging {
  /**
   * Sends a message to a device. A QoS 1 message is stored before this resolves, and kept until the device
   * acknowledges it, at most 7 days. QoS 0 is delivered now or dropped and counted.
   * @returns the MessageId
   * @throws RateLimited if the device's connection or its queue is full
   */
  publish(to: Recipient, message: OutgoingMessage): Promise<number>
  /**
   * Sends a message to the online devices of a product: to the subscribers of a topic, or to all on the
   * broadcast topic of each.
   * @returns the MessageId
   */
  broadcast(product: RecipientProduct, message: BroadcastMessage): Promise<number>
  /** Sends a request and waits at the owner's node for the device's answer. */
  request(to: Recipient, request: RrpcRequest): Promise<RrpcAnswer>
  /** Returns a device's subscriptions, whether it is online or not. */
  subscriptions(of: Recipient): Promise<readonly { readonly topic: string; readonly at: number }[]>
  /** Subscribes an online device. @returns false if it is offline */
  subscribe(device: Recipient, topics: readonly string[]): Promise<boolean>
  unsubscribe(device: Recipient, topics: readonly string[]): Promise<void>
  /**
   * Follows the messages of a product's devices at any node from now on, starting with the buffered messages
   * after `after`. Ends when `signal` aborts.
   * @returns once every reachable node passes messages on
   */
  follow(filter: FollowFilter, signal: AbortSignal): Promise<AsyncIterable<DeviceMessage>>
}

/** A device as the recipient of messages. */
export interface Recipient {
  /** The store's numbers of its product and of the device; a name may be reused by another device. */
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
  /** MQTT 5 properties in mqtt-packet's form, with `correlationData` in Base64; not sent to MQTT 3 devices. */
  readonly properties?: Readonly<Record<string, unknown>> | undefined
}

export interface BroadcastMessage {
  /** Undefined: all online devices, each on /sys/${productKey}/${deviceName}/broadcast/request/${MessageId}. */
  readonly topic: string | undefined
  readonly payload: Uint8Array
}

export interface RrpcRequest {
  /** Undefined: /sys/${productKey}/${deviceName}/rrpc/request/${MessageId}. */
  readonly topic: string | undefined
  readonly payload: Uint8Array
  /** 0: returns SUCCESS once the request is sent, and the device's answer is an ordinary message. */
  readonly timeoutMs: number
}

export interface RrpcAnswer {
  readonly messageId: number
  readonly code: 'UNKNOWN' | 'SUCCESS' | 'TIMEOUT' | 'OFFLINE' | 'HALFCONN'
  readonly payload?: Uint8Array | undefined
}

export interface FollowFilter extends RecipientProduct {
  /** Undefined: all devices of the product. */
  readonly name: string | undefined
  /** The ID after which buffered messages are sent; undefined: none. */
  readonly after: string | undefined
}

/** A message from a device, as programs receive it. */
export interface DeviceMessage {
  /** Opaque; can be passed as `FollowFilter.after`. */
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

/** The device's connection is behind, or its queue is full. */
export class RateLimited extends Error {}
