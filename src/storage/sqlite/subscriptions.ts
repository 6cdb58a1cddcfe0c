import * as rows from '../rows.ts'
import type { SubscriptionStore } from '../storage.ts'
import { subject } from './subject.ts'

export const subscriptions = subject<SubscriptionStore, 'subscriptions'>(
  ({ all }) => ({
    subscriptions: ({ product, name, number }) =>
      all(
        `SELECT filter, qos, at FROM device_subscription WHERE product = ? AND name = ? AND number = ?
         ORDER BY filter`,
        product,
        name,
        number,
      ).map(rows.subscription),
  }),
  ({ run, unflushed }) => ({
    subscribe: (added) =>
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
    unsubscribe: (removed) =>
      unflushed(() => {
        const sql = `DELETE FROM device_subscription WHERE product = ?1 AND name = ?2 AND filter = ?3 AND EXISTS
          (SELECT 1 FROM device_session WHERE product = ?1 AND name = ?2 AND number = ?4 AND epoch = ?5)`
        for (const { device, epoch, filter } of removed)
          run(sql, device.product, device.name, filter, device.number, epoch)
      }),
  }),
)
