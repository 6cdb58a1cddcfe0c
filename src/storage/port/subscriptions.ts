import type { schema } from '../schema.ts'
import type { RowOf } from '../table.ts'
import type { DeviceKey } from './devices.ts'
import type { HeldDevice } from './sessions.ts'

export type SubscriptionRow = Pick<RowOf<typeof schema.deviceSubscription>, 'filter' | 'qos' | 'at'>

/** The subscriptions of devices. */
export interface SubscriptionStore {
  /**
   * Adds or replaces subscriptions, except of devices that a later epoch has claimed. The last of several for one filter
   * of one device counts.
   */
  subscribe(added: readonly (HeldDevice & { readonly subscription: SubscriptionRow })[]): Promise<void>
  /** Deletes subscriptions, except of devices that a later epoch has claimed. */
  unsubscribe(removed: readonly (HeldDevice & { readonly filter: string })[]): Promise<void>
  /** In the order of their filters. */
  subscriptions(device: DeviceKey): Promise<SubscriptionRow[]>
}
