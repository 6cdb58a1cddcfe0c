import type { schema } from '../schema.ts'
import type { NewRow, RowOf } from '../table.ts'
import type { NewDataKey } from './secrets.ts'

export type ProductRow = RowOf<typeof schema.product>

export type NewProductRow = Omit<NewRow<typeof schema.product>, 'dataKey'>

/** The members of a product that may change; omitted ones stay. */
export interface ProductChange {
  readonly name?: string
  readonly description?: string
  readonly released?: boolean
}

export interface ProductStore {
  /** @throws Duplicate when the product key, or the name in its instance, is in use */
  insert(row: NewProductRow, dataKey: NewDataKey): Promise<number>
  find(instance: number, productKey: string): Promise<ProductRow | undefined>
  findById(instance: number, id: number): Promise<ProductRow | undefined>
  /** Newest first. */
  page(instance: number, filter: ProductFilter, offset: number, limit: number): Promise<ProductRow[]>
  count(instance: number, filter: ProductFilter): Promise<number>
  /** The number of products and devices of each instance of an account, in any order, without those that have none. */
  sums(account: number): Promise<ProductSum[]>
  /**
   * False when it is gone.
   * @throws Duplicate when the name is in use in its instance
   */
  update(id: number, change: ProductChange): Promise<boolean>
  /**
   * Deletes a product and all that is tied to it: devices, sessions, batches, tags, secrets. False when it was gone.
   */
  delete(id: number): Promise<boolean>

  /** In the order of their keys. */
  tags(product: number): Promise<Tag[]>
  /**
   * Adds tags or replaces their values, all or none.
   * @returns false when the product would have more than `max`; nothing is written then
   * @throws NotFound when the product is gone
   */
  setTags(product: number, tags: readonly Tag[], max: number): Promise<boolean>
  deleteTags(product: number, keys: readonly string[]): Promise<void>
}

/** How many products an instance has, and how many devices those have together. */
export interface ProductSum {
  readonly instance: number
  readonly products: number
  readonly devices: number
}

export type Tag = Omit<RowOf<typeof schema.productTag>, 'product'>

/** Selects tags of a key and, if given, a value. */
export interface TagFilter {
  readonly key: string
  readonly value?: string | undefined
}

export interface ProductFilter {
  readonly commodityCode?: string | undefined
  /** Products that have any of these tags. */
  readonly anyTag?: readonly TagFilter[] | undefined
}
