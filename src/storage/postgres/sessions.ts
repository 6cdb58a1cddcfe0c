import type { Clock } from '../../lib/clock.ts'
import { messagesSweptAtOnce, sessionChangesMs } from '../retention.ts'
import * as rows from '../rows.ts'
import type { SessionStore } from '../storage.ts'
import { claimDevices } from './claims.ts'
import type { Connections } from './connections.ts'
import { messageStore } from './messages.ts'
import { columnsOf, nodeStore, storeTime, validNodes } from './nodes.ts'
import { sessionChanged } from './session-changes.ts'
import { subscriptionStore } from './subscriptions.ts'

/**
 * Statements that devices wait for run on `gate`, whose commits need not reach the disk. What was promised to a caller,
 * such as a QoS 1 message, is written on `roll`.
 * @param clock of tests; the database's otherwise, which all nodes share
 */
export function sessionStore(roll: Connections, gate: Connections, clock: Clock | undefined): SessionStore {
  const testTime = () => clock?.now() ?? null

  return {
    ...nodeStore(gate, clock),
    ...sessionReads(gate, clock),
    ...subscriptionStore(gate),
    ...messageStore(roll, gate, clock),
    claim: (node, claims) => claimDevices(gate, clock, node, claims),
    async end(node, ended) {
      await gate.allOnce(
        `UPDATE device_session s SET online = false, ended_at = $6
         FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[]) AS e (product, name, number, epoch)
         WHERE s.product = e.product AND s.name = e.name AND s.number = e.number AND s.epoch = e.epoch
           AND s.node = $1`,
        node,
        ...columnsOf(ended.map(({ device }) => device)),
        ended.map(({ epoch }) => epoch),
        await storeTime(gate, clock),
      )
    },
    async sweep() {
      await gate.allOnce(
        `DELETE FROM device_message WHERE (product, name, id) IN (
           SELECT product, name, id FROM device_message WHERE expires_at <= store_time($1)
             ORDER BY expires_at LIMIT $2)`,
        testTime(),
        messagesSweptAtOnce,
      )
      await gate.allOnce('DELETE FROM session_change WHERE at < store_time(NULL) - $1', sessionChangesMs)
      await deleteOldNode(gate, testTime())
    },

    cut: (devices) =>
      roll.transaction(async (session) => {
        for (const { product, number } of devices) await sessionChanged(session, product, 'cut', [number])
      }),
  }
}

/**
 * The node's devices stay offline since the end of its lease, as they were reported before. In statements of their
 * own, because Citus doesn't join a table of its coordinator with a distributed one.
 */
async function deleteOldNode(gate: Connections, testTime: number | null): Promise<void> {
  const node = await gate.one(
    'SELECT id, lease_until FROM node WHERE lease_until < store_time($1) - $2 ORDER BY id LIMIT 1',
    testTime,
    sessionChangesMs,
  )
  if (node === undefined) return
  const { id, lease_until: endedAt } = node
  await gate.allOnce(
    'UPDATE device_session SET online = false, ended_at = $2 WHERE node = $1 AND online',
    id,
    endedAt,
  )
  await gate.allOnce('DELETE FROM node WHERE id = $1', id)
}

function sessionReads(
  gate: Connections,
  clock: Clock | undefined,
): Pick<SessionStore, 'sessions' | 'count' | 'changesAfter'> {
  const nodesWithLeases = (ids: readonly number[]) =>
    gate.all(
      `SELECT id, address AS node_address, lease_until, store_time($2) AS now FROM node
       WHERE id = ANY($1::bigint[])`,
      ids,
      clock?.now() ?? null,
    )

  return {
    async sessions(devices) {
      const found = await gate.all(
        `SELECT w.place, s.* FROM unnest($1::bigint[], $2::text[], $3::bigint[])
             WITH ORDINALITY w (product, name, number, place)
           JOIN device_session s ON s.product = w.product AND s.name = w.name AND s.number = w.number`,
        ...columnsOf(devices),
      )
      const owners = [...new Set(found.filter(({ online }) => online).map(({ node }) => node as number))]
      const nodes = owners.length === 0 ? [] : await nodesWithLeases(owners)
      const leases = new Map(nodes.map(({ id, ...lease }) => [id, lease]))
      const session = (row: rows.Row) => {
        const { lease_until = null, node_address, now = 0 } = leases.get(row.node) ?? {}
        return rows.session({ ...row, lease_until, node_address }, now)
      }
      const byPlace = new Map(found.map((row) => [row.place, session(row)]))
      return devices.map((_, i) => byPlace.get(i + 1))
    },
    async count(products, group) {
      const nodes = (await validNodes(gate, clock)).map(({ id }) => id)
      const where = `s.product = ANY($1::bigint[]) AND ($3::bigint IS NULL OR EXISTS (
        SELECT 1 FROM group_device g WHERE g.device_group = $3 AND g.product = s.product AND g.name = s.name))`
      const [counts, disabled] = await Promise.all([
        gate.one(
          `SELECT count(*) AS active, count(*) FILTER (WHERE s.online AND s.node = ANY($2::bigint[])) AS online
           FROM device_session s WHERE ${where}`,
          products,
          nodes,
          group ?? null,
        ),
        gate.one(
          `SELECT count(*) AS count FROM device d JOIN device_session s ON s.product = d.product AND s.name = d.name
           WHERE d.disabled AND d.product = ANY($2::bigint[]) AND ${where}`,
          products,
          products,
          group ?? null,
        ),
      ])
      return { active: counts!.active, online: counts!.online, disabled: disabled!.count }
    },
    changesAfter: async (id, limit) =>
      (await gate.all('SELECT * FROM session_change WHERE id > $1 ORDER BY id LIMIT $2', id, limit)).map(
        rows.sessionChange,
      ),
  }
}
