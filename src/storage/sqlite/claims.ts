import * as rows from '../rows.ts'
import type { ClaimRow, NewClaim } from '../storage.ts'
import type { Statements } from './statements.ts'

/** Makes a node the owner of a device, within a transaction. Undefined: the device is gone or disabled. */
export function claimDevice(
  { one, all, run, now }: Statements,
  node: number,
  { device, address, clean, expirySeconds }: NewClaim,
): ClaimRow | undefined {
  const { product, name, number } = device
  const claimed = one(
    `INSERT INTO device_session AS s
       (product, name, number, node, epoch, online, expiry_seconds, active_at, online_at, address)
     SELECT product, name, number, ?4, 1, 1, ?5, ?6, ?6, ?7 FROM device
       WHERE product = ?1 AND name = ?2 AND number = ?3 AND disabled = 0
     ON CONFLICT (product, name) DO UPDATE SET
       former_node = CASE WHEN s.online AND s.number = excluded.number THEN s.node END,
       resumed = NOT ?8 AND s.number = excluded.number AND s.expiry_seconds > 0
         AND (s.online OR coalesce(s.ended_at, s.online_at) + 1000 * s.expiry_seconds > ?6),
       active_at = CASE WHEN s.number = excluded.number THEN s.active_at ELSE excluded.active_at END,
       number = excluded.number, node = excluded.node, epoch = s.epoch + 1, online = 1,
       expiry_seconds = excluded.expiry_seconds, online_at = excluded.online_at, address = excluded.address
     RETURNING epoch, former_node, resumed`,
    product,
    name,
    number,
    node,
    expirySeconds,
    now(),
    address,
    Number(clean),
  )
  if (claimed === undefined) return undefined
  const resumed = claimed.resumed === 1
  // A device that was never claimed has nothing but messages.
  if (!resumed && claimed.epoch > 1)
    run('DELETE FROM device_subscription WHERE product = ? AND name = ?', product, name)
  if (clean) run('DELETE FROM device_message WHERE product = ? AND name = ?', product, name)
  const sql = 'SELECT filter, qos, at FROM device_subscription WHERE product = ? AND name = ? ORDER BY filter'
  const former =
    claimed.former_node === null
      ? undefined
      : one('SELECT id, address FROM node WHERE id = ? AND lease_until > ?', claimed.former_node, now())
  return {
    epoch: claimed.epoch,
    former: rows.maybe(former, rows.node),
    resumed,
    subscriptions: resumed ? all(sql, product, name).map(rows.subscription) : [],
  }
}
