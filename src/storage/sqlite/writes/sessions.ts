import * as rows from '../../rows.ts'
import type {
  ClaimRow,
  DeviceKey,
  HeldDevice,
  MessageLimits,
  MessageRow,
  NewClaim,
  SubscriptionRow,
} from '../../storage.ts'
import type { Statements } from '../statements.ts'
import { sessionChanged } from './session-changes.ts'

/** Changes, and nodes after their lease, are kept for so long; a node that has not read for longer has lost its lease. */
const keptMs = 60 * 60_000
/** Expired messages that one sweep deletes: it holds other writes for a few milliseconds. */
const sweptAtOnce = 500

export function sessionWrites(statements: Statements) {
  const { one, all, run, insert, transaction, unflushed } = statements

  function claimDevice(
    node: number,
    { device, address, clean, expirySeconds }: NewClaim,
    now: number,
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
      now,
      address,
      Number(clean),
    )
    if (claimed === undefined) return undefined
    const resumed = claimed.resumed === 1
    // Of a device that was never claimed there is nothing but messages.
    if (!resumed && claimed.epoch > 1)
      run('DELETE FROM device_subscription WHERE product = ? AND name = ?', product, name)
    if (clean) run('DELETE FROM device_message WHERE product = ? AND name = ?', product, name)
    const sql =
      'SELECT filter, qos, at FROM device_subscription WHERE product = ? AND name = ? ORDER BY filter'
    return {
      epoch: claimed.epoch,
      former: claimed.former_node === null ? undefined : validNode(claimed.former_node, now),
      resumed,
      subscriptions: resumed ? all(sql, product, name).map(rows.subscription) : [],
    }
  }

  const validNode = (id: number, now: number) =>
    rows.maybe(one('SELECT id, address FROM node WHERE id = ? AND lease_until > ?', id, now), rows.node)

  /** Whether a device has room for a message of so many bytes. */
  function hasRoom({ product, name }: DeviceKey, bytes: number, limits: MessageLimits, now: number): boolean {
    const waiting = one(
      `SELECT count(*) AS count, coalesce(sum(length(payload)), 0) AS bytes FROM device_message
       WHERE product = ? AND name = ? AND expires_at > ?`,
      product,
      name,
      now,
    )!
    return waiting.count < limits.messages && waiting.bytes + bytes <= limits.bytes
  }

  /** Devices that it had are offline since the end of its lease, as they were reported before. */
  function deleteOldNode(now: number): void {
    const sql = 'SELECT id, lease_until FROM node WHERE lease_until < ? ORDER BY id LIMIT 1'
    const node = one(sql, now - keptMs)
    if (node === undefined) return
    const { id, lease_until: endedAt } = node
    run('UPDATE device_session SET online = 0, ended_at = ? WHERE node = ? AND online = 1', endedAt, id)
    run('DELETE FROM node WHERE id = ?', id)
  }

  return {
    joinNode: (address: string, leaseUntil: number) =>
      transaction(() => ({
        id: insert('INSERT INTO node (address, lease_until) VALUES (?, ?)', address, leaseUntil),
        lastChange: one('SELECT coalesce(max(id), 0) AS id FROM session_change')!.id as number,
      })),
    renewLease: (node: number, leaseUntil: number, now: number): boolean =>
      unflushed(
        () =>
          run('UPDATE node SET lease_until = ? WHERE id = ? AND lease_until > ?', leaseUntil, node, now) ===
          1,
      ),
    /** The same, but it never shortens a lease that the node itself has renewed. */
    extendLease: (node: number, leaseUntil: number, now: number): boolean =>
      unflushed(
        () =>
          run(
            'UPDATE node SET lease_until = max(lease_until, ?2) WHERE id = ?1 AND lease_until > ?3',
            node,
            leaseUntil,
            now,
          ) === 1,
      ),
    endLease: (node: number, now: number): void =>
      unflushed(() => {
        run('UPDATE node SET lease_until = ?2 WHERE id = ?1 AND lease_until > ?2', node, now)
      }),

    claimDevices: (node: number, claims: readonly NewClaim[], now: number): (ClaimRow | undefined)[] =>
      unflushed(() => claims.map((claim) => claimDevice(node, claim, now))),
    endSessions: (node: number, ended: readonly HeldDevice[], now: number): void =>
      unflushed(() => {
        for (const { device, epoch } of ended) {
          run(
            `UPDATE device_session SET online = 0, ended_at = ?
             WHERE product = ? AND name = ? AND number = ? AND epoch = ? AND node = ?`,
            now,
            device.product,
            device.name,
            device.number,
            epoch,
            node,
          )
        }
      }),

    subscribe: (added: readonly (HeldDevice & { subscription: SubscriptionRow })[]): void =>
      unflushed(() => {
        for (const { device, epoch, subscription } of added) {
          run(
            `INSERT INTO device_subscription AS s (product, name, filter, number, qos, at)
             SELECT product, name, ?, number, ?, ? FROM device_session
               WHERE product = ? AND name = ? AND number = ? AND epoch = ?
             ON CONFLICT (product, name, filter) DO UPDATE SET number = excluded.number, qos = excluded.qos, at = excluded.at
               WHERE s.number <> excluded.number OR s.qos <> excluded.qos`,
            subscription.filter,
            subscription.qos,
            subscription.at,
            device.product,
            device.name,
            device.number,
            epoch,
          )
        }
      }),
    unsubscribe: (removed: readonly (HeldDevice & { filter: string })[]): void =>
      unflushed(() => {
        const sql = `DELETE FROM device_subscription WHERE product = ?1 AND name = ?2 AND filter = ?3 AND EXISTS
          (SELECT 1 FROM device_session WHERE product = ?1 AND name = ?2 AND number = ?4 AND epoch = ?5)`
        for (const { device, epoch, filter } of removed)
          run(sql, device.product, device.name, filter, device.number, epoch)
      }),

    addMessages: (
      added: readonly { device: DeviceKey; message: MessageRow }[],
      limits: MessageLimits,
      now: number,
    ): boolean[] =>
      transaction(() =>
        added.map(({ device, message }) => {
          if (!hasRoom(device, message.payload.length, limits, now)) return false
          run(
            `INSERT INTO device_message (product, name, id, number, topic, payload, properties, created_at, expires_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
            device.product,
            device.name,
            message.id,
            device.number,
            message.topic,
            message.payload,
            message.properties ?? null,
            message.createdAt,
            message.expiresAt,
          )
          return true
        }),
      ),
    deleteMessages: (deleted: readonly { device: DeviceKey; id: number }[]): void =>
      unflushed(() => {
        const sql = 'DELETE FROM device_message WHERE product = ? AND name = ? AND id = ?'
        for (const { device, id } of deleted) run(sql, device.product, device.name, id)
      }),
    sweepSessions: (now: number): void =>
      unflushed(() => {
        run(
          `DELETE FROM device_message WHERE rowid IN
             (SELECT rowid FROM device_message WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)`,
          now,
          sweptAtOnce,
        )
        run('DELETE FROM session_change WHERE at < ?', now - keptMs)
        deleteOldNode(now)
      }),

    cutDevices: (devices: readonly DeviceKey[], now: number): void =>
      transaction(() => {
        for (const { product, number } of devices) sessionChanged(statements, product, 'cut', [number], now)
      }),
  }
}
