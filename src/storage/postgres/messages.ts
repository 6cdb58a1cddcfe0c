import type { Clock } from '../../lib/clock.ts'
import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import type { DeviceKey, MessageLimits, MessageStore } from '../storage.ts'
import type { Connections } from './connections.ts'
import { insertRows } from './insert.ts'
import { keyOf, storeTime } from './nodes.ts'

/** Messages that wait for devices: stored on `roll`, whose commits reach the disk. @param clock of tests */
export function messageStore(roll: Connections, gate: Connections, clock: Clock | undefined): MessageStore {
  /** The number and bytes of further messages that may wait for each device. */
  async function roomOf(devices: readonly DeviceKey[], { messages, bytes }: MessageLimits) {
    const asked = [...new Map(devices.map((device) => [keyOf(device), device])).values()]
    const waiting = await roll.all(
      `SELECT m.product, m.name, count(*) AS messages, sum(octet_length(m.payload))::bigint AS bytes
       FROM unnest($1::bigint[], $2::text[]) a (product, name)
         JOIN device_message m ON m.product = a.product AND m.name = a.name
       WHERE m.expires_at > $3 GROUP BY m.product, m.name`,
      asked.map(({ product }) => product),
      asked.map(({ name }) => name),
      await storeTime(gate, clock),
    )
    const room = new Map(asked.map((device) => [keyOf(device), { messages, bytes }]))
    for (const row of waiting) {
      const left = room.get(`${row.product} ${row.name}`)!
      left.messages -= row.messages
      left.bytes -= row.bytes
    }
    return room
  }

  return {
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
      if (some.length > 0) {
        const stored = some.map(({ device, message }) => ({
          ...device,
          ...message,
          payload: rows.buffer(message.payload),
        }))
        await insertRows(roll, schema.deviceMessage, stored)
      }
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
          clock?.now() ?? null,
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
  }
}
