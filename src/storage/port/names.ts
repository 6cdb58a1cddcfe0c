import type { Column } from '../../lib/columns.ts'
import type { schema } from '../schema.ts'
import type { RowOf } from '../table.ts'

/** One change of a product's set of device names; its `revision` is the product's since then. */
export type NameChange = Pick<RowOf<typeof schema.nameChange>, 'revision' | 'removed' | 'names'>

/** The names of a product's devices, as a whole. */
export interface NameStore {
  /** Which of `entries` of a column of names are registered in the product: those entries, in any order. */
  namesTaken(product: number, names: Column, entries: Int32Array): Promise<number[]>
  /** The product's names after `after` in the order of their bytes, up to `limit`, a line feed between each two. */
  namesAfter(product: number, after: string, limit: number): Promise<{ names: Uint8Array; last?: string }>
  /**
   * What became of the product's names after a revision: up to `limit` changes, oldest first. Changes of long ago
   * may be forgotten.
   */
  changesSince(product: number, revision: number, limit: number): Promise<NameChange[]>
}
