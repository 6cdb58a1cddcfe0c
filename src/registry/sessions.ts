import type { DeviceKey } from '../storage/storage.ts'

/** The store's record of connected devices, their sessions and their queued messages. */
export interface Sessions {
  /**
   * Adds this process to the nodes that devices connect to, and renews its lease of 10 s until it leaves.
   * @param address address at which other nodes reach it: a socket path or host:port
   */
  join(address: string): Promise<SessionNode>
  /**
   * Returns the presence of devices in the same order. After a node's crash it is correct once the lease has
   * expired.
   */
  presence(devices: readonly DeviceKey[]): Promise<Presence[]>
  /** Returns the node that holds each device's connection; undefined if it is offline. */
  owners(devices: readonly DeviceKey[]): Promise<(Owner | undefined)[]>
  /** Returns whether the device has resumed its session on a connect after that of an epoch. */
  isResumed(device: DeviceKey, epoch: number): Promise<boolean>
  /** Returns all nodes with a valid lease. */
  nodes(): Promise<NodeAddress[]>
  /**
   * Returns the subscriptions of a device's persistent session; a session that ends with its connection stores
   * none.
   */
  subscriptions(device: DeviceKey): Promise<StoredSubscription[]>
  /**
   * Stores a QoS 1 message until the device acknowledges it.
   * @returns false if the device's queue is full (count or bytes)
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

/** A device's connection state as the API reports it; times in milliseconds since 1970 UTC. */
export interface Presence {
  readonly online: boolean
  /** First time online; undefined: never. */
  readonly activeAt: number | undefined
  /** Last time online: now if it is online, otherwise the time of its last connect. */
  readonly onlineAt: number | undefined
  /** Last change of the state; undefined: never. */
  readonly changedAt: number | undefined
  /** IP address of the last connect. */
  readonly address: string | undefined
}

/** This process as a node that devices connect to. */
export interface SessionNode extends NodeAddress {
  /**
   * Makes this node the owner of a device's connection; concurrent claims share one write.
   * @returns undefined if the device is gone or disabled
   */
  claim(device: DeviceKey, connection: ClaimingConnection): Promise<Claim | undefined>
  /** Writes that a connection has ended, unless a later epoch owns the device; grouped. */
  end(device: DeviceKey, epoch: number): Promise<void>
  /** Adds or replaces a device's subscriptions, unless a later epoch owns it; grouped. */
  subscribed(device: DeviceKey, epoch: number, subscriptions: readonly StoredSubscription[]): Promise<void>
  unsubscribed(device: DeviceKey, epoch: number, filters: readonly string[]): Promise<void>
  /**
   * Returns up to `limit` queued messages of a device after the given one, oldest first; omits expired ones.
   */
  waiting(device: DeviceKey, after: number, limit: number): Promise<StoredMessage[]>
  /** Deletes messages that a device has acknowledged; grouped. */
  acknowledged(device: DeviceKey, messageIds: readonly number[]): Promise<void>
  /**
   * Reports, at least once a second, connected devices that any process deleted, disabled or reset, and
   * products whose topic classes changed.
   */
  watch(changed: (changes: SessionChanges) => void): void
  /** Called if the lease was not renewed in time: the node then owns no device. */
  onLeaseLost(lost: () => void): void
  /** Ends all sessions on this node, and its lease. */
  leave(): Promise<void>
}

/** The stored part of a connection. */
export interface ClaimingConnection {
  /** IP address of the device. */
  readonly address: string
  /** Whether to discard the previous persistent session and its queued messages. */
  readonly clean: boolean
  /** Seconds that the session outlives the connection; 0: the session ends with it. */
  readonly sessionExpirySeconds: number
}

export interface Claim {
  /** Greater than all former epochs of the device. */
  readonly epoch: number
  /** The connection that this one takes over, if its node's lease is valid; the caller must cut it. */
  readonly former: Owner | undefined
  /** Whether a persistent session resumes, with its subscriptions. */
  readonly sessionPresent: boolean
  readonly subscriptions: readonly StoredSubscription[]
}

export interface StoredSubscription {
  readonly filter: string
  readonly qos: 0 | 1
  readonly at: number
}

export interface StoredMessage {
  /** The MessageId; messages are ordered by it. */
  readonly id: number
  readonly topic: string
  readonly payload: Uint8Array
  /** MQTT 5 properties as JSON; undefined: none. */
  readonly properties: string | undefined
  readonly createdAt: number
  readonly expiresAt: number
}

export interface SessionChanges {
  readonly cut: readonly { readonly device: DeviceKey; readonly reason: 'deleted' | 'disabled' | 'reset' }[]
  /** Products whose topic classes must be read again. */
  readonly products: readonly number[]
}
