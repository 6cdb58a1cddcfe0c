import * as rows from '../rows.ts'
import type { SubscriptionStore } from '../storage.ts'
import type { Connections } from './connections.ts'
import { columnsOf, keyOf } from './nodes.ts'

/** The subscriptions of devices. */
export const subscriptionStore = (gate: Connections): SubscriptionStore => ({
  async subscribe(added) {
    // A statement can't change a row twice.
    const last = [
      ...new Map(added.map((one) => [`${keyOf(one.device)}\n${one.subscription.filter}`, one])).values(),
    ]
    await gate.allOnce(
      `WITH asked AS (
         SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::integer[], $7::bigint[])
           AS a (product, name, number, epoch, filter, qos, at)
       ), held AS (
         -- Changes nothing, and waits for a claim that is under way: what was subscribed before is the claim's to discard.
         UPDATE device_session d SET epoch = d.epoch FROM asked a
           WHERE d.product = a.product AND d.name = a.name AND d.number = a.number AND d.epoch = a.epoch
           RETURNING d.product, d.name
       )
       INSERT INTO device_subscription AS s (product, name, number, filter, qos, at)
         SELECT a.product, a.name, a.number, a.filter, a.qos, a.at
           FROM asked a JOIN held h ON h.product = a.product AND h.name = a.name
           ORDER BY a.product, a.name, a.filter
         ON CONFLICT (product, name, filter) DO UPDATE SET number = excluded.number, qos = excluded.qos, at = excluded.at
           WHERE s.number <> excluded.number OR s.qos <> excluded.qos`,
      ...columnsOf(last.map(({ device }) => device)),
      last.map(({ epoch }) => epoch),
      last.map(({ subscription }) => subscription.filter),
      last.map(({ subscription }) => subscription.qos),
      last.map(({ subscription }) => subscription.at),
    )
  },
  async unsubscribe(removed) {
    await gate.allOnce(
      `DELETE FROM device_subscription s
         USING unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[])
             AS r (product, name, number, epoch, filter)
           JOIN device_session d ON d.product = r.product AND d.name = r.name AND d.number = r.number
             AND d.epoch = r.epoch
         WHERE s.product = r.product AND s.name = r.name AND s.filter = r.filter`,
      ...columnsOf(removed.map(({ device }) => device)),
      removed.map(({ epoch }) => epoch),
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
})
