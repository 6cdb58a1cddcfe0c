import type { Column } from '../../lib/columns.ts'
import type { BatchKind, schema } from '../schema.ts'
import type { RowOf } from '../table.ts'
import type { DeviceRow } from './devices.ts'
import type { NewDataKey } from './secrets.ts'

export type BatchRow = RowOf<typeof schema.batch>

/** Selects batches of an account, in one of its instances or in one product of that. */
export interface BatchFilter {
  readonly account: number
  readonly instance: number
  readonly product: number | undefined
  /** Check selects checked lists that were not registered, except those older than `checkedSince`. */
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
  /** Import if not given. */
  readonly kind?: BatchKind | undefined
  readonly dataKey: NewDataKey
  /** Their secrets, sealed; the registry's vault knows how they are cut into blocks. */
  readonly blocks: readonly Buffer[]
  readonly createdAt: number
  /** Its ApplyId, from `nextApplyId`; generated with the batch if not given. */
  readonly id?: number | undefined
  /** The checked list that this batch is the registration of; the batch has its ApplyId. */
  readonly applyId?: number | undefined
}

/** A list that was checked and may be registered by its ApplyId. */
export type CheckedList = RowOf<typeof schema.checkedList>

/** Batches, their devices as a whole, and lists that were checked. */
export interface BatchStore {
  /** Generates an ApplyId that no other batch or checked list gets, before secrets are sealed for it. */
  nextApplyId(): Promise<number>
  /**
   * Registers all devices of a batch or none.
   * @throws Duplicate when a name is already registered, or is in the batch twice; nothing is written then
   * @throws NotFound when its checked list is gone or was registered already, or its product is gone
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
  /** In any order; those that don't exist are left out. */
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
   * @param until devices that were changed up to then count as never changed
   * @returns how many were deleted
   * @throws Conflict when one of `numbers` was changed or deleted, or one of `blocks` was; nothing is written then
   */
  deleteUnchanged(
    batch: BatchRow,
    at: number,
    numbers?: readonly number[],
    blocks?: readonly BlockChange[],
    until?: number,
  ): Promise<number>

  /** Stores a checked list under a new ApplyId, and deletes those of its product that were made before a time. */
  insertChecked(list: Omit<CheckedList, 'applyId'>, forgetBefore: number): Promise<number>
  checked(applyId: number): Promise<CheckedList | undefined>
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
