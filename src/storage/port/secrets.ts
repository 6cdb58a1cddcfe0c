import type { SealedAccessKey } from './access.ts'
import type { SealedBatch } from './batches.ts'
import type { ProductRow } from './products.ts'

/** A data key wrapped by the master key, stored with what it seals. */
export interface NewDataKey {
  readonly wrapped: Buffer
  /** The master key it is wrapped by; a write under another than the store's is refused as StaleMasterKey. */
  readonly masterKeyId: string
}

export interface DataKeyStore {
  /** The key, wrapped. */
  find(id: number): Promise<Buffer | undefined>
  /** Returns the id of the data key that the store has under a name, after adding the given one if it has none. */
  settle(name: string, dataKey: NewDataKey): Promise<number>
  /** Rewraps every data key in one transaction, and makes `masterKeyId` the store's. Returns their number. */
  rewrap(masterKeyId: string, rewrap: (wrapped: Buffer) => Buffer): Promise<number>
  /** Counts data keys by what they seal. */
  counts(): Promise<DataKeyCounts>
  /**
   * Reseals every secret of a store of the former form under fresh data keys and makes `masterKeyId` the store's,
   * all in one transaction. No data key is added meanwhile, and none afterwards by a program that knows the store's
   * master key by its former ID.
   * @param formerId what the store calls its master key until then
   * @returns false if the store calls its master key something else, so there is nothing to do
   */
  reseal(formerId: string, masterKeyId: string, anew: Resealing): Promise<boolean>
  /**
   * Truncates the driver's own log, which still contains what was overwritten or deleted.
   * @returns false if a reader kept it from being truncated; undefined if the log is the database server's
   */
  truncateLog(): Promise<boolean | undefined>
}

/** Numbers of data keys by what they seal. */
export interface DataKeyCounts {
  readonly accessKeys: number
  readonly products: number
  readonly batches: number
}

/** A resealed secret with its fresh data key. */
export interface Resealed {
  readonly wrapped: Buffer
  readonly sealed: Buffer
}

/** Reseals the secrets of a store; each function throws if it cannot open what it is given. */
export interface Resealing {
  accessKey(row: SealedAccessKey): Resealed
  /** @param account the account whose instance the product is in */
  product(row: ProductRow, wrappedKey: Buffer, account: number): Resealed
  /**
   * @param account the account in whose product the batch's devices are
   * @param numbers the numbers of those that were not deleted
   * @returns the fresh data key of the batch, and what seals each of its blocks under it
   */
  batch(
    row: SealedBatch,
    account: number,
    numbers: ReadonlySet<number>,
  ): { readonly wrapped: Buffer; readonly block: (block: number, sealed: Buffer) => Buffer }
}

export interface FactStore {
  get(name: string): Promise<string | undefined>
  /** Sets it if it has no value yet, and gives the value that it has then. */
  settle(name: string, value: string): Promise<string>
}
