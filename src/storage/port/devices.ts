import type { Column } from '../../lib/columns.ts'
import type { Tag, TagFilter } from './products.ts'
import type { NewDataKey } from './secrets.ts'

export interface DeviceRow {
  /** One of the whole store, never used again; an IotId encodes it. Later imports have higher ones. */
  readonly number: number
  readonly product: number
  readonly name: string
  readonly batch: number
  readonly sn: string | undefined
  readonly nickname: string | undefined
  /** What a vehicle's protocol knows of it, as JSON. */
  readonly vehicle: string | undefined
  readonly disabled: boolean
  /** When anything of it was changed after its import; undefined: never. */
  readonly modifiedAt: number | undefined
}

/** How devices came to be on the roll: with secrets of their own, or with ones that were drawn. */
export type BatchKind = 'Import' | 'Register'

export interface BatchRow {
  /** The ApplyId. */
  readonly id: number
  readonly account: number
  readonly product: number
  /** The batch's devices have numbers of firstNumber … firstNumber + size - 1; some may be missing. */
  readonly firstNumber: number
  readonly size: number
  readonly dataKey: number
  readonly kind: BatchKind
  readonly createdAt: number
}

/** Which batches are asked for: of an account, in an instance of it or in one product of that. */
export interface BatchFilter {
  readonly account: number
  readonly instance: number
  readonly product: number | undefined
  /** Checked lists that nobody has registered are asked for as Check; those of before `checkedSince` are none. */
  readonly kind: BatchKind | 'Check'
  readonly checkedSince: number
}

/** A batch or a checked list, with its product. */
export interface ListedBatch {
  /** The ApplyId. */
  readonly id: number
  readonly kind: BatchFilter['kind']
  readonly productKey: string
  readonly productName: string
  /** How many devices it had when it was made, or how many names were checked. */
  readonly size: number
  readonly createdAt: number
}

/** A batch with what is needed to open its secrets. */
export interface SealedBatch extends BatchRow {
  readonly wrappedKey: Buffer
}

/** Devices that are registered together. */
export interface NewBatch {
  readonly account: number
  readonly product: number
  readonly names: Column
  readonly sns?: Column | undefined
  readonly nicknames?: Column | undefined
  readonly vehicles?: Column | undefined
  readonly size: number
  /** Import where it is not given. */
  readonly kind?: BatchKind | undefined
  readonly dataKey: NewDataKey
  /** Their secrets, sealed; the registry's vault knows how they are cut into blocks. */
  readonly blocks: readonly Buffer[]
  readonly createdAt: number
  /** Its ApplyId, from `drawApplyId`; drawn with the batch if it is not given. */
  readonly id?: number | undefined
  /** The checked list that this batch is the registration of; the batch has its ApplyId. */
  readonly applyId?: number | undefined
}

/** A list that was checked and may be registered by its ApplyId. */
export interface CheckedList {
  readonly applyId: number
  readonly account: number
  readonly product: number
  /** Whether every entry was good. */
  readonly good: boolean
  /** The list and what was found, in a form that only its writer reads. */
  readonly list: string
  /** How many entries it has. */
  readonly size: number
  readonly createdAt: number
}

/** One change of a product's set of device names; its `revision` is the product's since then. */
export interface NameChange {
  readonly revision: number
  readonly removed: boolean
  /** The names, a line feed between each two. */
  readonly names: Uint8Array
  readonly createdAt: number
}

/** Disabled; else never online, or online, or no more, by the leases of the nodes. */
export type DeviceState = 'DISABLE' | 'UNACTIVE' | 'ONLINE' | 'OFFLINE'

/** Which devices are asked for: those of these products, in a state where one is given. */
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

/** What names one device; both, since a name may be used anew by another device. */
export type DeviceKey = Pick<DeviceRow, 'product' | 'name' | 'number'>

/** What may change of a device; null takes a nickname away. */
export interface DeviceChange {
  readonly nickname?: string | null
  readonly disabled?: boolean
}

export interface ChangedDevice {
  readonly device: DeviceKey
  readonly change: DeviceChange
}

export interface DeviceStore {
  /** Which of `entries` of a column of names are registered in the product: those entries, in any order. */
  namesTaken(product: number, names: Column, entries: Int32Array): Promise<number[]>
  /** The product's names after `after` in the order of their bytes, up to `limit`, a line feed between each two. */
  namesAfter(product: number, after: string, limit: number): Promise<{ names: Uint8Array; last?: string }>
  /**
   * What became of the product's names after a revision: up to `limit` changes, oldest first. Changes of long ago
   * may be forgotten.
   */
  changesSince(product: number, revision: number, limit: number): Promise<NameChange[]>

  /** Draws an ApplyId that no batch and no checked list has had or will have, before secrets are sealed for it. */
  nextApplyId(): Promise<number>
  /**
   * Registers all devices of a batch or none.
   * @throws Taken when a name is registered already, or stands in the batch twice; nothing is written then
   * @throws NotThere when its checked list is gone or was registered already, or its product is gone
   */
  insertBatch(batch: NewBatch): Promise<BatchRow>
  /**
   * Registers those devices of a batch whose names are free, in one transaction; the others' numbers stay unused.
   * @returns the batch and the entries whose names were taken; the batch is undefined when all were
   */
  insertFree(batch: NewBatch): Promise<{ batch: BatchRow | undefined; taken: number[] }>
  batch(id: number): Promise<BatchRow | undefined>
  /** Batches of one kind below an ApplyId, the newest first. */
  batchPage(filter: BatchFilter, below: number, limit: number): Promise<ListedBatch[]>
  /** In any order; those that are not there are left out. */
  batches(ids: readonly number[]): Promise<SealedBatch[]>
  /** Sealed secrets by batch and block; in any order. */
  blocks(wanted: readonly BlockKey[]): Promise<(BlockKey & { readonly sealed: Buffer })[]>
  /** A page of a batch's devices in the order of their numbers. */
  ofBatch(batch: BatchRow, offset: number, limit: number): Promise<DeviceRow[]>
  countOfBatch(batch: BatchRow): Promise<number>
  /**
   * Deletes devices of a batch that were never changed.
   * @param numbers which of them, perhaps none; all that were never changed if it is not given
   * @param blocks the blocks of the batch without the secrets of those devices
   * @returns how many were deleted
   * @throws Conflict when one of `numbers` was changed or deleted, or one of `blocks` was; nothing is written then
   */
  deleteUnchanged(
    batch: BatchRow,
    at: number,
    numbers?: readonly number[],
    blocks?: readonly BlockChange[],
  ): Promise<number>

  /** Keeps a checked list under a new ApplyId, and forgets those of its product that were made before a time. */
  insertChecked(list: Omit<CheckedList, 'applyId'>, forgetBefore: number): Promise<number>
  checked(applyId: number): Promise<CheckedList | undefined>

  findByName(product: number, name: string): Promise<DeviceRow | undefined>
  /** In any order; those that are not there are left out. */
  findByNames(product: number, names: readonly string[]): Promise<DeviceRow[]>
  findByNumbers(numbers: readonly number[]): Promise<DeviceRow[]>
  page(filter: DeviceFilter, page: DevicePage): Promise<DeviceRow[]>
  /**
   * A product's devices whose names begin with `prefix`, in the order of their names, byte for byte.
   * @param after they come after this one, which begins with the prefix; empty for the first of them
   */
  pageByName(product: number, prefix: string, after: string, limit: number): Promise<DeviceRow[]>
  count(filter: DeviceFilter): Promise<number>
  /**
   * Changes devices, each once, all or none. `at` is the time of the change.
   * @returns the one that is gone, where one is; nothing is written then
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
   * Sets tags, new and old alike, all or none.
   * @returns false when the device would have more than `max`; nothing is written then
   */
  setTags(device: DeviceKey, tags: readonly Tag[], max: number, at: number): Promise<boolean>
  /** False when it had no tag of that key. */
  deleteTag(device: DeviceKey, key: string, at: number): Promise<boolean>
}

/** A block of sealed secrets that replaces another. */
export interface BlockChange extends BlockKey {
  readonly before: Buffer
  readonly after: Buffer
}

/** Which block of sealed secrets of which batch. */
export interface BlockKey {
  readonly batch: number
  readonly block: number
}
