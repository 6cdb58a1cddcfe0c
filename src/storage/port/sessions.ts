import type { schema } from '../schema.ts'
import type { RowOf } from '../table.ts'
import type { DeviceKey } from './devices.ts'
import type { MessageStore } from './messages.ts'
import type { NodeRow, NodeStore } from './nodes.ts'
import type { SubscriptionRow, SubscriptionStore } from './subscriptions.ts'

/** A device that connects to a node. */
export interface NewClaim {
  readonly device: DeviceKey
  /** The device's IP address. */
  readonly address: string
  /** Whether a former persistent session and the messages that wait are discarded. */
  readonly clean: boolean
  /** How long the session continues after the connection, in seconds; 0: it ends with it. */
  readonly expirySeconds: number
}

export interface ClaimRow {
  /** Higher than every earlier epoch of the device. */
  readonly epoch: number
  /** The node that had the device, if its lease is valid. */
  readonly former: NodeRow | undefined
  /** Whether a persistent session is resumed. */
  readonly resumed: boolean
  /** The subscriptions of that session. */
  readonly subscriptions: readonly SubscriptionRow[]
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

/**
 * Writes that concern connections:
 * - `deleted`, `disabled`, `cut`: devices of a product, by number; one that is `cut` may connect again
 * - `product`: the product with all its devices was deleted
 * - `topics`: the topic classes of the product were changed
 */
export type SessionChange = Omit<RowOf<typeof schema.sessionChange>, 'at'>

/** The sessions of devices. Leases go by the store's clock. */
export interface SessionStore extends NodeStore, SubscriptionStore, MessageStore {
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
   * Deletes some of the messages that have expired, changes of an hour ago, and a node whose lease ended an hour ago;
   * devices that it had are offline since the end of its lease.
   */
  sweep(): Promise<void>

  /** Cuts the connections of devices; they may connect again. */
  cut(devices: readonly DeviceKey[]): Promise<void>
}
