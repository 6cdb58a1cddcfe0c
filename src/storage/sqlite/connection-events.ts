import * as rows from '../rows.ts'
import type { ConnectionEventStore } from '../storage.ts'
import { subject } from './subject.ts'

export const connectionEvents = subject<ConnectionEventStore, 'of'>(
  ({ all }) => ({
    of: ({ product, name, number }, since, limit) =>
      all(
        `SELECT * FROM connection_event WHERE product = ? AND name = ? AND number = ? AND time >= ?
         ORDER BY time DESC, id DESC LIMIT ?`,
        product,
        name,
        number,
        since,
        limit,
      ).map(rows.connectionEvent),
  }),
  ({ run, unflushed }) => ({
    add: (events) =>
      unflushed(() => {
        for (const { device, ...event } of events)
          run(
            `INSERT OR REPLACE INTO connection_event (product, name, number, time, id, last_at, times, kind, reason,
               detail, address, node, node_name, epoch, client_id, protocol_version)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
            device.product,
            device.name,
            device.number,
            event.time,
            event.id,
            event.lastAt,
            event.times,
            event.kind,
            event.reason,
            event.detail,
            event.address,
            event.node,
            event.nodeName,
            event.epoch,
            event.clientId,
            event.protocolVersion,
          )
      }),
    trim: (devices, newest) =>
      unflushed(() => {
        const sql = `DELETE FROM connection_event WHERE product = ?1 AND name = ?2 AND (time, id) <= (
          SELECT time, id FROM connection_event WHERE product = ?1 AND name = ?2
            ORDER BY time DESC, id DESC LIMIT 1 OFFSET ?3)`
        for (const { product, name } of devices) run(sql, product, name, newest)
      }),
    forget: (before, limit) =>
      unflushed(() => {
        run(
          `DELETE FROM connection_event WHERE (product, name, time, id) IN
             (SELECT product, name, time, id FROM connection_event WHERE time < ? ORDER BY time LIMIT ?)`,
          before,
          limit,
        )
      }),
  }),
)
