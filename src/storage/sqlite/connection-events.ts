import { connectionEvent, connectionEventColumns, connectionEventValues } from '../connection-rows.ts'
import type { ConnectionEventRow, ConnectionEventStore, DeviceKey } from '../storage.ts'
import type { Statements } from './statements.ts'
import type { Writer } from './writer.ts'

/** Writes of the connection logs, on the thread that writes sessions. */
export const connectionEventWrites = ({ run, unflushed }: Statements) => ({
  addConnectionEvents: (events: readonly ConnectionEventRow[]): void =>
    unflushed(() => {
      const sql = `INSERT OR REPLACE INTO connection_event (${connectionEventColumns})
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
      for (const event of events) run(sql, ...connectionEventValues(event))
    }),
  trimConnectionEvents: (devices: readonly DeviceKey[], newest: number): void =>
    unflushed(() => {
      const sql = `DELETE FROM connection_event WHERE product = ?1 AND name = ?2 AND (time, id) <= (
        SELECT time, id FROM connection_event WHERE product = ?1 AND name = ?2
          ORDER BY time DESC, id DESC LIMIT 1 OFFSET ?3)`
      for (const { product, name } of devices) run(sql, product, name, newest)
    }),
  forgetConnectionEvents: (before: number, limit: number): void =>
    unflushed(() => {
      run(
        `DELETE FROM connection_event WHERE (product, name, time, id) IN
           (SELECT product, name, time, id FROM connection_event WHERE time < ? ORDER BY time LIMIT ?)`,
        before,
        limit,
      )
    }),
})

export const sqliteConnectionEvents = ({ all }: Statements, writer: Writer): ConnectionEventStore => ({
  add: (events) => writer.run('addConnectionEvents', events),
  trim: (devices, newest) => writer.run('trimConnectionEvents', devices, newest),
  forget: (before, limit) => writer.run('forgetConnectionEvents', before, limit),
  of: async ({ product, name, number }, since, limit) =>
    all(
      `SELECT * FROM connection_event WHERE product = ? AND name = ? AND number = ? AND time >= ?
       ORDER BY time DESC, id DESC LIMIT ?`,
      product,
      name,
      number,
      since,
      limit,
    ).map(connectionEvent),
})
