import type { Clock } from '../../lib/clock.ts'
import * as rows from '../rows.ts'
import type { DeviceKey, NodeRow, NodeStore } from '../storage.ts'
import type { Connections } from './connections.ts'

/** The time by the clock that leases go by: that of tests, or the coordinator's, since machines of a cluster may differ. */
export const storeTime = async (
  { one }: Pick<Connections, 'one'>,
  clock: Clock | undefined,
): Promise<number> => clock?.now() ?? (await one('SELECT store_time(NULL) AS now'))!.now

/** Nodes whose lease is valid, in the order of their ids. */
export const validNodes = async (
  { all }: Pick<Connections, 'all'>,
  clock: Clock | undefined,
): Promise<NodeRow[]> =>
  (
    await all(
      'SELECT id, address FROM node WHERE lease_until > store_time($1) ORDER BY id',
      clock?.now() ?? null,
    )
  ).map(rows.node)

/** The key of a device among those of one statement. */
export const keyOf = ({ product, name }: Pick<DeviceKey, 'product' | 'name'>) => `${product} ${name}`

/** Columns of devices, as arrays for unnest. */
export const columnsOf = (devices: readonly DeviceKey[]) =>
  [
    devices.map(({ product }) => product),
    devices.map(({ name }) => name),
    devices.map(({ number }) => number),
  ] as const

/** Nodes and their leases. @param clock of tests */
export const nodeStore = (gate: Connections, clock: Clock | undefined): NodeStore => {
  const testTime = () => clock?.now() ?? null
  return {
    async join(address, leaseMs) {
      const [row] = await gate.allOnce(
        `INSERT INTO node (address, lease_until) VALUES ($1, store_time($3) + $2)
         RETURNING id, (SELECT coalesce(max(id), 0) FROM session_change) AS last_change`,
        address,
        leaseMs,
        testTime(),
      )
      return { id: row!.id, lastChange: row!.last_change }
    },
    renew: async (node, leaseMs) =>
      (
        await gate.allOnce(
          `UPDATE node SET lease_until = store_time($3) + $2 WHERE id = $1 AND lease_until > store_time($3)
           RETURNING id`,
          node,
          leaseMs,
          testTime(),
        )
      ).length === 1,
    async leave(node) {
      await gate.allOnce(
        'UPDATE node SET lease_until = least(lease_until, store_time($2)) WHERE id = $1',
        node,
        testTime(),
      )
    },
    nodes: () => validNodes(gate, clock),
  }
}
