import type { schema } from '../schema.ts'
import type { RowOf } from '../table.ts'
import type { DeviceKey } from './devices.ts'

/** A QoS 1 message that waits for its device. */
export type MessageRow = Omit<
  RowOf<typeof schema.deviceMessage>,
  'product' | 'name' | 'number' | 'payload'
> & {
  readonly payload: Uint8Array
}

/** How much may wait for one device. */
export interface MessageLimits {
  readonly messages: number
  readonly bytes: number
}

/** Messages that wait for devices. */
export interface MessageStore {
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
  /** In any epoch: a device has what it has acknowledged, even if another connection has taken over. */
  deleteMessages(deleted: readonly { readonly device: DeviceKey; readonly id: number }[]): Promise<void>
}
