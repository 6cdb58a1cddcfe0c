import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import type { NodeStore } from '../storage.ts'
import type { Statements } from './statements.ts'
import { subject } from './subject.ts'

export const nodes = subject<NodeStore, 'nodes'>(
  ({ all, now }) => ({
    nodes: () => all('SELECT id, address FROM node WHERE lease_until > ? ORDER BY id', now()).map(rows.node),
  }),
  ({ one, run, insert, transaction, unflushed, now }) => ({
    join: (address, leaseMs) =>
      transaction(() => ({
        id: insert(schema.node, { address, leaseUntil: now() + leaseMs }),
        lastChange: one('SELECT coalesce(max(id), 0) AS id FROM session_change')!.id as number,
      })),
    renew: (node, leaseMs) =>
      unflushed(() => {
        const sql = 'UPDATE node SET lease_until = ? WHERE id = ? AND lease_until > ?'
        return run(sql, now() + leaseMs, node, now()) === 1
      }),
    leave: (node) =>
      unflushed(() => {
        run('UPDATE node SET lease_until = ?2 WHERE id = ?1 AND lease_until > ?2', node, now())
      }),
  }),
)

/**
 * Extends a lease for a node that is too busy to do so. It never shortens a lease that the node itself has renewed.
 * @returns false if the lease has ended
 */
export const extendLease = ({ run, unflushed }: Statements, node: number, until: number, now: number) =>
  unflushed(
    () =>
      run(
        'UPDATE node SET lease_until = max(lease_until, ?2) WHERE id = ?1 AND lease_until > ?3',
        node,
        until,
        now,
      ) === 1,
  )
