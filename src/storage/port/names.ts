import type { Column } from '../../lib/columns.ts'
import type { schema } from '../schema.ts'
import type { RowOf } from '../table.ts'

/** One change of a product's set of device names; its `revision` is the product's since then. */
export type NameChange = Pick<RowOf<typeof schema.nameChange>, 'revision' | 'removed' | 'names' | 'createdAt'>

/** The names of a product's devices, as a whole. */
export interface NameStore {
  /** Returns those of `entries` of a column of names that are registered in the product, in any order. */
  namesTaken(product: number, names: Column, entries: Int32Array): Promise<number[]>
  /** The product's names after `after` in the order of their bytes, up to `limit`, separated by line feeds. */
  namesAfter(product: number, after: string, limit: number): Promise<{ names: Uint8Array; last?: string }>
  /**
   * Changes of the product's names after a revision: up to `limit`, oldest first. Changes older than an hour may be
   * missing.
   */
  changesSince(product: number, revision: number, limit: number): Promise<NameChange[]>
}
