import type { DeviceKey } from '../storage/storage.ts'

/** The store's record of connected devices, their sessions and the messages that wait for them. */
export interface Sessions {
  /**
   * Adds this process to the nodes that devices connect to, and renews its lease of 10 s until it leaves.
   * @param address the address at which other nodes reach it: a socket's path, or host:port
   */
  join(address: string): Promise<SessionNode>
  /** The presence of devices, in the same order; right within the lease after a node has died. */
  presence(devices: readonly DeviceKey[]): Promise<Presence[]>
  /** The node that holds each device's connection; undefined: it is offline. */
  owners(devices: readonly DeviceKey[]): Promise<(Owner | undefined)[]>
  /** All nodes whose lease is valid. */
  nodes(): Promise<NodeAddress[]>
  /** What the persistent session of a device has subscribed to; a session that ends with its connection stores nothing. */
  subscriptions(device: DeviceKey): Promise<StoredSubscription[]>
  /**
   * Stores a QoS 1 message until the device acknowledges it.
   * @returns false when as many as may wait for the device do (count or bytes)
   */
  store(device: DeviceKey, message: StoredMessage): Promise<boolean>
}

export interface NodeAddress {
  readonly id: number
  readonly address: string
}

export interface Owner extends NodeAddress {
  readonly epoch: number
}

/** A device's connection state as the wire reports it; times in milliseconds since 1970 UTC. */
export interface Presence {
  readonly online: boolean
  /** When it was first online; undefined: never. */
  readonly activeAt: number | undefined
  /** When it was last online: now, if it is, the time of its connect. */
  readonly onlineAt: number | undefined
  /** When its state last changed; undefined: never. */
  readonly changedAt: number | undefined
  /** Its IP address of the last connect. */
  readonly address: string | undefined
}

/** This process as a node that devices connect to. */
export interface SessionNode extends NodeAddress {
  /**
   * Makes this node the owner of a device's connection, in one write with the claims of the same moment.
   * @returns undefined when the device is gone or disabled
   */
  claim(device: DeviceKey, connection: ClaimingConnection): Promise<Claim | undefined>
  /** Writes that a connection has ended, unless a later epoch owns the device; grouped with others of the moment. */
  end(device: DeviceKey, epoch: number): Promise<void>
  /** Adds or replaces subscriptions of a device, unless a later epoch owns it; grouped. */
  subscribed(device: DeviceKey, epoch: number, subscriptions: readonly StoredSubscription[]): Promise<void>
  unsubscribed(device: DeviceKey, epoch: number, filters: readonly string[]): Promise<void>
  /** Up to `limit` messages that wait for a device after one of them, oldest first; expired ones are left out. */
  waiting(device: DeviceKey, after: number, limit: number): Promise<StoredMessage[]>
  /** Deletes messages that a device has acknowledged; grouped. */
  acknowledged(device: DeviceKey, messageIds: readonly number[]): Promise<void>
  /**
   * Reports, at least once a second, connected devices that were deleted, disabled or reset, by whichever process, and
   * products whose topic classes were changed.
   */
  watch(changed: (changes: SessionChanges) => void): void
  /** Called when the lease could not be renewed in time: nothing is this node's any more. */
  onLeaseLost(lost: () => void): void
  /** Ends all that is online here, and the lease. */
  leave(): Promise<void>
}

/** What the store keeps of a connection. */
export interface ClaimingConnection {
  /** The device's IP address. */
  readonly address: string
  /** Whether a persistent session of before is discarded, and with it the messages that wait. */
  readonly clean: boolean
  /** How long the session goes on after the connection, in seconds; 0: it ends with it. */
  readonly sessionExpirySeconds: number
}

export interface Claim {
  /** Higher than every former one of the device. */
  readonly epoch: number
  /** The connection that this one takes over, if its node's lease is valid; it must be cut. */
  readonly former: Owner | undefined
  /** Whether a persistent session goes on, with what it had subscribed to. */
  readonly sessionPresent: boolean
  readonly subscriptions: readonly StoredSubscription[]
}

export interface StoredSubscription {
  readonly filter: string
  readonly qos: 0 | 1
  readonly at: number
}

export interface StoredMessage {
  /** The MessageId, which orders them. */
  readonly id: number
  readonly topic: string
  readonly payload: Uint8Array
  /** MQTT 5 properties as JSON; undefined: none. */
  readonly properties: string | undefined
  readonly createdAt: number
  readonly expiresAt: number
}

export interface SessionChanges {
  readonly cut: readonly { readonly device: DeviceKey; readonly reason: 'deleted' | 'disabled' }[]
  /** Products whose topic classes must be read again. */
  readonly products: readonly number[]
}
