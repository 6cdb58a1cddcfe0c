import type { schema } from '../schema.ts'
import type { RowOf } from '../table.ts'
import type { BatchStore, BlockChange } from './batches.ts'
import type { NameStore } from './names.ts'
import type { Tag, TagFilter } from './products.ts'

export type DeviceRow = RowOf<typeof schema.device>

/** Disabled; otherwise never online, online, or offline since, by the leases of the nodes. */
export type DeviceState = 'DISABLE' | 'UNACTIVE' | 'ONLINE' | 'OFFLINE'

/** Selects the devices of products, in one state if it is given. */
export interface DeviceFilter {
  readonly products: readonly number[]
  readonly state?: DeviceState | undefined
  /** Devices that have all of these tags. */
  readonly everyTag?: readonly TagFilter[] | undefined
}

/** A page in the order newest first: by distance from the newest, or below a device's number. */
export type DevicePage = { readonly limit: number } & (
  | { readonly offset: number }
  | { readonly below: number }
)

/** Identifies one device: by its name, and by its number because another device may use the name later. */
export type DeviceKey = Pick<DeviceRow, 'product' | 'name' | 'number'>

/** The members of a device that may change; null removes a nickname. */
export interface DeviceChange {
  readonly nickname?: string | null
  readonly disabled?: boolean
}

export interface ChangedDevice {
  readonly device: DeviceKey
  readonly change: DeviceChange
}

export interface DeviceStore extends BatchStore, NameStore {
  findByName(product: number, name: string): Promise<DeviceRow | undefined>
  /** In any order; those that don't exist are left out. */
  findByNames(product: number, names: readonly string[]): Promise<DeviceRow[]>
  findByNumbers(numbers: readonly number[]): Promise<DeviceRow[]>
  page(filter: DeviceFilter, page: DevicePage): Promise<DeviceRow[]>
  /**
   * A product's devices whose names begin with `prefix`, in the order of their names, byte for byte.
   * @param after the name before the page, which begins with the prefix; empty for the first page
   */
  pageByName(product: number, prefix: string, after: string, limit: number): Promise<DeviceRow[]>
  count(filter: DeviceFilter): Promise<number>
  /**
   * Changes devices, each once, all or none. `at` is the time of the change.
   * @returns a device that is gone, if any; nothing is written then
   */
  update(changes: readonly ChangedDevice[], at: number): Promise<DeviceKey | undefined>
  /**
   * Deletes a device and what is tied to it. False when it was gone.
   * @param block its block of secrets without its own
   * @throws Conflict when the block was changed; nothing is written then
   */
  delete(device: DeviceKey, at: number, block?: BlockChange): Promise<boolean>

  /** The device's tags, which the wire calls its props, in the order of their keys. */
  tags(device: DeviceKey): Promise<Tag[]>
  /**
   * Adds tags or replaces their values, all or none.
   * @returns false when the device would have more than `max`; nothing is written then
   */
  setTags(device: DeviceKey, tags: readonly Tag[], max: number, at: number): Promise<boolean>
  /** False when it had no tag of that key. */
  deleteTag(device: DeviceKey, key: string, at: number): Promise<boolean>
}
