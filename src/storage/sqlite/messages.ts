import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import type { DeviceKey, MessageLimits, MessageStore } from '../storage.ts'
import type { Statements } from './statements.ts'
import { subject } from './subject.ts'

export const messages = subject<MessageStore, 'messages'>(
  ({ all, now }) => ({
    messages: ({ product, name, number }, after, limit) =>
      all(
        `SELECT * FROM device_message WHERE product = ? AND name = ? AND id > ? AND number = ? AND expires_at > ?
         ORDER BY id LIMIT ?`,
        product,
        name,
        after,
        number,
        now(),
        limit,
      ).map(rows.message),
  }),
  (statements) => ({
    addMessages: (added, limits) =>
      statements.transaction(() =>
        added.map(({ device, message }) => {
          if (!hasRoom(statements, device, message.payload.length, limits)) return false
          statements.insert(schema.deviceMessage, {
            ...device,
            ...message,
            payload: rows.buffer(message.payload),
          })
          return true
        }),
      ),
    deleteMessages: (deleted) =>
      statements.unflushed(() => {
        const sql = 'DELETE FROM device_message WHERE product = ? AND name = ? AND id = ?'
        for (const { device, id } of deleted) statements.run(sql, device.product, device.name, id)
      }),
  }),
)

/** Whether a device has room for a message of that size. */
function hasRoom(
  { one, now }: Statements,
  { product, name }: DeviceKey,
  bytes: number,
  limits: MessageLimits,
): boolean {
  const waiting = one(
    `SELECT count(*) AS count, coalesce(sum(length(payload)), 0) AS bytes FROM device_message
     WHERE product = ? AND name = ? AND expires_at > ?`,
    product,
    name,
    now(),
  )!
  return waiting.count < limits.messages && waiting.bytes + bytes <= limits.bytes
}
