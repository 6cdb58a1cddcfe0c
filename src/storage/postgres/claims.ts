import type { Clock } from '../../lib/clock.ts'
import * as rows from '../rows.ts'
import type { ClaimRow, NewClaim } from '../storage.ts'
import type { Connections } from './connections.ts'
import { columnsOf, keyOf, validNodes } from './nodes.ts'

/** Locks rows in one order, so that of two claims that share devices one waits for the other. */
const claiming = `
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

/** Makes a node the owner of devices, each once. @param clock of tests */
export async function claimDevices(
  gate: Connections,
  clock: Clock | undefined,
  node: number,
  claims: readonly NewClaim[],
): Promise<(ClaimRow | undefined)[]> {
  const claimed = await gate.allOnce(
    claiming,
    node,
    ...columnsOf(claims.map(({ device }) => device)),
    claims.map(({ clean }) => String(clean)),
    claims.map(({ expirySeconds }) => expirySeconds),
    claims.map(({ address }) => address),
    clock?.now() ?? null,
  )
  await discardLate(gate, claims, claimed)
  // Apart: Citus joins no table of its coordinator with one that is spread.
  const isTaken = claimed.some(({ former_node }) => former_node !== null)
  const nodes = new Map((isTaken ? await validNodes(gate, clock) : []).map((node) => [node.id, node]))
  const subscriptions = await subscriptionsOf(
    gate,
    claimed.filter(({ resumed }) => resumed),
  )
  const rowOf = (row: rows.Row): ClaimRow => ({
    epoch: row.epoch,
    former: nodes.get(row.former_node),
    resumed: row.resumed,
    subscriptions: (subscriptions.get(`${row.product} ${row.name}`) ?? []).map(rows.subscription),
  })
  const byKey = new Map(claimed.map((row) => [`${row.product} ${row.name}`, rowOf(row)]))
  return claims.map(({ device }) => byKey.get(keyOf(device)))
}

/**
 * Deletes what a former connection has subscribed to since the claim's statement began, which therefore did not see it.
 * Only sessions that go on after their connection read what is stored.
 */
async function discardLate(
  gate: Connections,
  claims: readonly NewClaim[],
  claimed: readonly rows.Row[],
): Promise<void> {
  const kept = new Set(
    claims.filter(({ expirySeconds }) => expirySeconds > 0).map(({ device }) => keyOf(device)),
  )
  const begun = claimed.filter(
    ({ product, name, resumed, epoch }) => !resumed && epoch > 1 && kept.has(`${product} ${name}`),
  )
  if (begun.length === 0) return
  await gate.allOnce(
    `DELETE FROM device_subscription u
       USING unnest($1::bigint[], $2::text[], $3::bigint[]) AS c (product, name, epoch)
         JOIN device_session d ON d.product = c.product AND d.name = c.name AND d.epoch = c.epoch
       WHERE u.product = c.product AND u.name = c.name`,
    begun.map(({ product }) => product),
    begun.map(({ name }) => name),
    begun.map(({ epoch }) => epoch),
  )
}

async function subscriptionsOf(
  { all }: Connections,
  devices: readonly rows.Row[],
): Promise<Map<string, rows.Row[]>> {
  if (devices.length === 0) return new Map()
  const found = await all(
    `SELECT s.product, s.name, s.filter, s.qos, s.at FROM unnest($1::bigint[], $2::text[]) a (product, name)
         JOIN device_subscription s ON s.product = a.product AND s.name = a.name ORDER BY s.filter`,
    devices.map(({ product }) => product),
    devices.map(({ name }) => name),
  )
  return Map.groupBy(found, ({ product, name }) => `${product} ${name}`)
}
