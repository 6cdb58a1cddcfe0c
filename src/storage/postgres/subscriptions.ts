import * as rows from '../rows.ts'
import type { SessionStore } from '../storage.ts'
import type { Connections } from './connections.ts'
import { columnsOf, keyOf } from './nodes.ts'

type SubscriptionStore = Pick<SessionStore, 'subscribe' | 'unsubscribe' | 'subscriptions'>

/** What devices have subscribed to. */
export const subscriptionStore = (gate: Connections): SubscriptionStore => ({
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
})
