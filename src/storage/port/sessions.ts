import type { DeviceKey } from './devices.ts'

/** A process that devices connect to. */
export interface NodeRow {
  readonly id: number
  /** Where other nodes reach it: a socket's path, or host:port. */
  readonly address: string
}

/** A device that connects to a node. */
export interface NewClaim {
  readonly device: DeviceKey
  /** The device's IP address. */
  readonly address: string
  /** Whether a persistent session of before and the messages that wait are discarded. */
  readonly clean: boolean
  /** How long the session goes on after the connection, in seconds; 0: it ends with it. */
  readonly expirySeconds: number
}

export interface ClaimRow {
  /** Higher than every former one of the device. */
  readonly epoch: number
  /** The node that had the device, if its lease is valid. */
  readonly former: NodeRow | undefined
  /** Whether a persistent session goes on. */
  readonly resumed: boolean
  /** What that session has subscribed to. */
  readonly subscriptions: readonly SubscriptionRow[]
}

export interface SubscriptionRow {
  readonly filter: string
  readonly qos: 0 | 1
  readonly at: number
}

/** A device's session as it is now, by the store's clock. */
export interface SessionRow {
  /** The node that has the device's connection; undefined: the device is offline. */
  readonly owner: NodeRow | undefined
  readonly epoch: number
  /** Whether its last connect resumed a session. */
  readonly resumed: boolean
  /** When the device was first online. */
  readonly activeAt: number
  /** When it last came online. */
  readonly onlineAt: number
  /** When it last came online or went offline; the lease's end if its node died. */
  readonly changedAt: number
  /** The IP address that it last connected from. */
  readonly address: string
}

/** Numbers of devices. */
export interface SessionCounts {
  /** Those that have ever been online. */
  readonly active: number
  readonly online: number
  /** Those of the active ones that are disabled. */
  readonly disabled: number
}

/** An owner's claim of a device. */
export interface HeldDevice {
  readonly device: DeviceKey
  readonly epoch: number
}

/** A QoS 1 message that waits for its device. */
export interface MessageRow {
  readonly id: number
  readonly topic: string
  readonly payload: Uint8Array
  /** MQTT 5 properties as JSON. */
  readonly properties: string | undefined
  readonly createdAt: number
  readonly expiresAt: number
}

/** What may wait for one device. */
export interface MessageLimits {
  readonly messages: number
  readonly bytes: number
}

/**
 * What was written and concerns connections:
 * - `deleted`, `disabled`, `cut`: devices of a product, by number; one that is `cut` may connect again
 * - `product`: the product with all its devices was deleted
 * - `topics`: the topic classes of the product were changed
 */
export interface SessionChange {
  readonly id: number
  readonly product: number
  readonly kind: 'deleted' | 'disabled' | 'cut' | 'product' | 'topics'
  /** Device numbers and ranges of them: 3,7-9. Empty for `product` and `topics`. */
  readonly numbers: string
}

/** Nodes, the sessions of devices, and what waits for them. Leases go by the store's clock. */
export interface SessionStore {
  /** Adds a node with a lease of so many milliseconds; `lastChange` is the id of the newest change. */
  join(address: string, leaseMs: number): Promise<{ readonly id: number; readonly lastChange: number }>
  /** Renews a lease. False when it had run out: it is not renewed then. */
  renew(node: number, leaseMs: number): Promise<boolean>
  /** Ends a lease. */
  leave(node: number): Promise<void>
  /** All nodes whose lease is valid. */
  nodes(): Promise<NodeRow[]>
  /**
   * Makes a node the owner of devices, each once, in one write. A commit that the disk does not have yet may be lost
   * with the power.
   * @returns undefined in the place of a device that is gone or disabled
   */
  claim(node: number, claims: readonly NewClaim[]): Promise<(ClaimRow | undefined)[]>
  /** Writes that connections have ended, except of devices that a later epoch has claimed. */
  end(node: number, ended: readonly HeldDevice[]): Promise<void>
  /** In the same order; undefined in the place of a device that has never been online. */
  sessions(devices: readonly DeviceKey[]): Promise<(SessionRow | undefined)[]>
  /** Counts the devices of products, or those of a group among them. */
  count(products: readonly number[], group?: number): Promise<SessionCounts>
  /** Changes after one, oldest first; those of an hour ago may be gone. */
  changesAfter(id: number, limit: number): Promise<SessionChange[]>

  /**
   * Adds or replaces subscriptions, except of devices that a later epoch has claimed; of one filter of one device the
   * last one counts.
   */
  subscribe(added: readonly (HeldDevice & { readonly subscription: SubscriptionRow })[]): Promise<void>
  /** Deletes subscriptions, except of devices that a later epoch has claimed. */
  unsubscribe(removed: readonly (HeldDevice & { readonly filter: string })[]): Promise<void>
  /** In the order of their filters. */
  subscriptions(device: DeviceKey): Promise<SubscriptionRow[]>

  /**
   * Stores messages until they are deleted or expire; they are on the disk when this resolves.
   * @returns false in the place of a message for which its device has no room. Calls at the same moment, of one node
   *   or of several, may each fill the room that is left
   */
  addMessages(
    added: readonly { readonly device: DeviceKey; readonly message: MessageRow }[],
    limits: MessageLimits,
  ): Promise<boolean[]>
  /** Messages of a device after one that have not expired, oldest first. */
  messages(device: DeviceKey, after: number, limit: number): Promise<MessageRow[]>
  /** Under whichever epoch: what a device has acknowledged it has, also if another connection has taken over. */
  deleteMessages(deleted: readonly { readonly device: DeviceKey; readonly id: number }[]): Promise<void>
  /**
   * Deletes some of the messages that have expired, changes of an hour ago, and a node whose lease ended an hour ago;
   * devices that it had are offline since the end of its lease.
   */
  sweep(): Promise<void>

  /** Cuts the connections of devices; they may connect again. */
  cut(devices: readonly DeviceKey[]): Promise<void>
}
