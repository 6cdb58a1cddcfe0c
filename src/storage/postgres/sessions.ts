import type { Clock } from '../../lib/clock.ts'
import * as rows from '../rows.ts'
import type {
  ClaimRow,
  DeviceKey,
  MessageLimits,
  MessageRow,
  NewClaim,
  NodeRow,
  SessionStore,
} from '../storage.ts'
import type { Connections } from './connections.ts'
import { sessionChanged } from './session-changes.ts'

/** Changes are kept for so long, in milliseconds; a node that has not read for longer has lost its lease. */
const changesKeptMs = 60 * 60_000
/** Expired messages that one sweep deletes. */
const sweptAtOnce = 500

/** In the order of which rows are locked: of two groups that share devices, one waits for the other. */
const claimDevices = `
  WITH asked AS (
    SELECT * FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::boolean[], $6::bigint[], $7::text[])
      AS a (product, name, number, clean, expiry_seconds, address)
  ), claimed AS (
    INSERT INTO device_session AS s
      (product, name, number, node, epoch, online, resumed, expiry_seconds, active_at, online_at, address)
    SELECT d.product, d.name, d.number, $1, 1, true, NOT a.clean, a.expiry_seconds, t.now, t.now, a.address
      FROM asked a
        JOIN device d ON d.product = a.product AND d.name = a.name AND d.number = a.number AND NOT d.disabled
        CROSS JOIN (SELECT store_time($8) AS now) t
      ORDER BY d.product, d.name
    ON CONFLICT (product, name) DO UPDATE SET
      former_node = CASE WHEN s.online AND s.number = excluded.number THEN s.node END,
      resumed = excluded.resumed AND s.number = excluded.number AND s.expiry_seconds > 0 AND
        (s.online OR coalesce(s.ended_at, s.online_at) + 1000 * s.expiry_seconds > excluded.online_at),
      active_at = CASE WHEN s.number = excluded.number THEN s.active_at ELSE excluded.active_at END,
      number = excluded.number, node = excluded.node, epoch = s.epoch + 1, online = true,
      expiry_seconds = excluded.expiry_seconds, online_at = excluded.online_at, address = excluded.address
    RETURNING product, name, epoch, former_node, resumed AND epoch > 1 AS resumed
  ), unsubscribed AS (
    DELETE FROM device_subscription u USING claimed c
      WHERE u.product = c.product AND u.name = c.name AND NOT c.resumed AND c.epoch > 1
  ), discarded AS (
    DELETE FROM device_message m USING claimed c, asked a
      WHERE a.clean AND a.product = c.product AND a.name = c.name AND m.product = c.product AND m.name = c.name
  )
  SELECT product, name, epoch, resumed, former_node FROM claimed`

interface NewMessage {
  readonly device: DeviceKey
  readonly message: MessageRow
}

const keyOf = ({ product, name }: Pick<DeviceKey, 'product' | 'name'>) => `${product} ${name}`

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

/** Columns of devices, as arrays for unnest. */
const columnsOf = (devices: readonly DeviceKey[]) =>
  [
    devices.map(({ product }) => product),
    devices.map(({ name }) => name),
    devices.map(({ number }) => number),
  ] as const

/**
 * What devices wait for runs on `gate`, whose commits need not reach the disk; what was promised to a caller, such as
 * a QoS 1 message, on `roll`.
 * @param clock of tests; the database's otherwise, which all nodes share
 */
export function sessionStore(roll: Connections, gate: Connections, clock: Clock | undefined): SessionStore {
  const testTime = () => clock?.now() ?? null
  /** By the coordinator's clock: those of a cluster's machines may differ. */
  const storeTime = async (): Promise<number> =>
    clock?.now() ?? (await gate.one('SELECT store_time(NULL) AS now'))!.now

  async function subscriptionsOf(devices: readonly rows.Row[]): Promise<Map<string, rows.Row[]>> {
    if (devices.length === 0) return new Map()
    const found = await gate.all(
      `SELECT s.product, s.name, s.filter, s.qos, s.at FROM unnest($1::bigint[], $2::text[]) a (product, name)
         JOIN device_subscription s ON s.product = a.product AND s.name = a.name ORDER BY s.filter`,
      devices.map(({ product }) => product),
      devices.map(({ name }) => name),
    )
    return Map.groupBy(found, ({ product, name }) => `${product} ${name}`)
  }

  async function claim(node: number, claims: readonly NewClaim[]): Promise<(ClaimRow | undefined)[]> {
    const claimed = await gate.allOnce(
      claimDevices,
      node,
      ...columnsOf(claims.map(({ device }) => device)),
      claims.map(({ clean }) => String(clean)),
      claims.map(({ expirySeconds }) => expirySeconds),
      claims.map(({ address }) => address),
      testTime(),
    )
    // Apart: Citus joins no table of its coordinator with one that is spread.
    const isTaken = claimed.some(({ former_node }) => former_node !== null)
    const nodes = new Map((isTaken ? await validNodes(gate, clock) : []).map((node) => [node.id, node]))
    const subscriptions = await subscriptionsOf(claimed.filter(({ resumed }) => resumed))
    const rowOf = (row: rows.Row): ClaimRow => ({
      epoch: row.epoch,
      former: nodes.get(row.former_node),
      resumed: row.resumed,
      subscriptions: (subscriptions.get(`${row.product} ${row.name}`) ?? []).map(rows.subscription),
    })
    const byKey = new Map(claimed.map((row) => [`${row.product} ${row.name}`, rowOf(row)]))
    return claims.map(({ device }) => byKey.get(keyOf(device)))
  }

  /** What may wait for each device besides what waits now. */
  async function roomOf(devices: readonly DeviceKey[], { messages, bytes }: MessageLimits) {
    const asked = [...new Map(devices.map((device) => [keyOf(device), device])).values()]
    const waiting = await roll.all(
      `SELECT m.product, m.name, count(*) AS messages, sum(octet_length(m.payload))::bigint AS bytes
       FROM unnest($1::bigint[], $2::text[]) a (product, name)
         JOIN device_message m ON m.product = a.product AND m.name = a.name
       WHERE m.expires_at > $3 GROUP BY m.product, m.name`,
      asked.map(({ product }) => product),
      asked.map(({ name }) => name),
      await storeTime(),
    )
    const room = new Map(asked.map((device) => [keyOf(device), { messages, bytes }]))
    for (const row of waiting) {
      const left = room.get(`${row.product} ${row.name}`)!
      left.messages -= row.messages
      left.bytes -= row.bytes
    }
    return room
  }

  const insertMessages = (added: readonly NewMessage[]) =>
    roll.run(
      `INSERT INTO device_message (product, name, number, id, topic, payload, properties, created_at, expires_at)
       SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::bytea[], $7::text[],
         $8::bigint[], $9::bigint[]) a (product, name, number, id, topic, payload, properties, created_at, expires_at)`,
      ...columnsOf(added.map(({ device }) => device)),
      added.map(({ message }) => message.id),
      added.map(({ message }) => message.topic),
      added.map(({ message }) => Buffer.from(message.payload)),
      added.map(({ message }) => message.properties ?? null),
      added.map(({ message }) => message.createdAt),
      added.map(({ message }) => message.expiresAt),
    )

  const nodesWithLeases = (ids: readonly number[]) =>
    gate.all(
      `SELECT id, address AS node_address, lease_until, store_time($2) AS now FROM node
       WHERE id = ANY($1::bigint[])`,
      ids,
      testTime(),
    )

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
    claim,
    async end(node, ended) {
      await gate.allOnce(
        `UPDATE device_session s SET online = false, ended_at = $6
         FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[]) AS e (product, name, number, epoch)
         WHERE s.product = e.product AND s.name = e.name AND s.number = e.number AND s.epoch = e.epoch
           AND s.node = $1`,
        node,
        ...columnsOf(ended.map(({ device }) => device)),
        ended.map(({ epoch }) => epoch),
        await storeTime(),
      )
    },
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
      (
        await gate.all(
          'SELECT id, product, kind, numbers FROM session_change WHERE id > $1 ORDER BY id LIMIT $2',
          id,
          limit,
        )
      ).map(rows.sessionChange),

    async subscribe(added) {
      // A statement can't change a row twice.
      const last = [
        ...new Map(added.map((one) => [`${keyOf(one.device)}\n${one.subscription.filter}`, one])).values(),
      ]
      await gate.allOnce(
        `INSERT INTO device_subscription AS s (product, name, number, filter, qos, at)
         SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::integer[], $6::bigint[])
           AS a (product, name, number, filter, qos, at) ORDER BY product, name, filter
         ON CONFLICT (product, name, filter) DO UPDATE SET number = excluded.number, qos = excluded.qos, at = excluded.at
           WHERE s.number <> excluded.number OR s.qos <> excluded.qos`,
        ...columnsOf(last.map(({ device }) => device)),
        last.map(({ subscription }) => subscription.filter),
        last.map(({ subscription }) => subscription.qos),
        last.map(({ subscription }) => subscription.at),
      )
    },
    async unsubscribe(removed) {
      await gate.allOnce(
        `DELETE FROM device_subscription s USING unnest($1::bigint[], $2::text[], $3::text[]) AS r (product, name, filter)
         WHERE s.product = r.product AND s.name = r.name AND s.filter = r.filter`,
        removed.map(({ device }) => device.product),
        removed.map(({ device }) => device.name),
        removed.map(({ filter }) => filter),
      )
    },
    subscriptions: async ({ product, name, number }) =>
      (
        await gate.all(
          `SELECT filter, qos, at FROM device_subscription WHERE product = $1 AND name = $2 AND number = $3
           ORDER BY filter`,
          product,
          name,
          number,
        )
      ).map(rows.subscription),

    async addMessages(added, limits) {
      const room = await roomOf(
        added.map(({ device }) => device),
        limits,
      )
      const stored = added.map(({ device, message }) => {
        const left = room.get(keyOf(device))!
        if (left.messages < 1 || left.bytes < message.payload.length) return false
        left.messages--
        left.bytes -= message.payload.length
        return true
      })
      const some = added.filter((_, i) => stored[i])
      if (some.length > 0) await insertMessages(some)
      return stored
    },
    messages: async ({ product, name, number }, after, limit) =>
      (
        await gate.all(
          `SELECT * FROM device_message WHERE product = $1 AND name = $2 AND id > $3 AND number = $4
             AND expires_at > store_time($6) ORDER BY id LIMIT $5`,
          product,
          name,
          after,
          number,
          limit,
          testTime(),
        )
      ).map(rows.message),
    async deleteMessages(deleted) {
      await gate.allOnce(
        `DELETE FROM device_message m USING unnest($1::bigint[], $2::text[], $3::bigint[]) AS r (product, name, id)
         WHERE m.product = r.product AND m.name = r.name AND m.id = r.id`,
        deleted.map(({ device }) => device.product),
        deleted.map(({ device }) => device.name),
        deleted.map(({ id }) => id),
      )
    },
    async sweep() {
      await gate.allOnce(
        `DELETE FROM device_message WHERE (product, name, id) IN (
           SELECT product, name, id FROM device_message WHERE expires_at <= store_time($1)
             ORDER BY expires_at LIMIT $2)`,
        testTime(),
        sweptAtOnce,
      )
      await gate.allOnce('DELETE FROM session_change WHERE at < store_time(NULL) - $1', changesKeptMs)
    },

    cut: (devices) =>
      roll.transaction(async (session) => {
        for (const { product, number } of devices) await sessionChanged(session, product, 'cut', [number])
      }),
  }
}
