import type { schema } from '../schema.ts'
import type { RowOf } from '../table.ts'

/** A process that devices connect to. */
export type NodeRow = Omit<RowOf<typeof schema.node>, 'leaseUntil'>

/** The nodes of a store and their leases, which go by the store's clock. */
export interface NodeStore {
  /** Adds a node with a lease of `leaseMs` milliseconds; `lastChange` is the id of the newest change. */
  join(address: string, leaseMs: number): Promise<{ readonly id: number; readonly lastChange: number }>
  /** Renews a lease. False when it had expired: it is not renewed then. */
  renew(node: number, leaseMs: number): Promise<boolean>
  /** Ends a lease. */
  leave(node: number): Promise<void>
  /** All nodes whose lease is valid. */
  nodes(): Promise<NodeRow[]>
}
