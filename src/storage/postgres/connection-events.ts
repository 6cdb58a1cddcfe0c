import * as rows from '../rows.ts'
import type { ConnectionEventRow, ConnectionEventStore } from '../storage.ts'
import type { Connections } from './connections.ts'

/** The columns with the values of events, in their order. */
const columns: readonly (readonly [
  name: string,
  type: string,
  value: (event: ConnectionEventRow) => string | number,
])[] = [
  ['product', 'bigint', ({ device }) => device.product],
  ['name', 'text', ({ device }) => device.name],
  ['number', 'bigint', ({ device }) => device.number],
  ['time', 'bigint', ({ time }) => time],
  ['id', 'bigint', ({ id }) => id],
  ['last_at', 'bigint', ({ lastAt }) => lastAt],
  ['times', 'integer', ({ times }) => times],
  ['kind', 'text', ({ kind }) => kind],
  ['reason', 'text', ({ reason }) => reason],
  ['detail', 'text', ({ detail }) => detail],
  ['address', 'text', ({ address }) => address],
  ['node', 'bigint', ({ node }) => node],
  ['node_name', 'text', ({ nodeName }) => nodeName],
  ['epoch', 'bigint', ({ epoch }) => epoch],
  ['client_id', 'text', ({ clientId }) => clientId],
  ['protocol_version', 'integer', ({ protocolVersion }) => protocolVersion],
]
const names = columns.map(([name]) => name).join(', ')
const arrays = columns.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')

/** The connection logs of devices, on connections whose commits need not reach the disk. */
export const connectionEventStore = ({ all, allOnce }: Connections): ConnectionEventStore => ({
  async add(events) {
    await allOnce(
      `INSERT INTO connection_event (${names})
         SELECT * FROM unnest(${arrays}) AS e (${names}) ORDER BY product, name, time, id
       ON CONFLICT (product, name, time, id) DO UPDATE SET last_at = excluded.last_at, times = excluded.times`,
      ...columns.map(([, , value]) => events.map(value)),
    )
  },
  async trim(devices, newest) {
    await allOnce(
      `DELETE FROM connection_event e USING (
         SELECT product, name, time, id FROM (
           SELECT l.product, l.name, l.time, l.id,
             row_number() OVER (PARTITION BY l.product, l.name ORDER BY l.time DESC, l.id DESC) AS place
           FROM connection_event l
             JOIN unnest($1::bigint[], $2::text[]) AS d (product, name) ON d.product = l.product AND d.name = l.name
         ) ranked WHERE place > $3) old
       WHERE e.product = old.product AND e.name = old.name AND e.time = old.time AND e.id = old.id`,
      devices.map(({ product }) => product),
      devices.map(({ name }) => name),
      newest,
    )
  },
  async forget(before, limit) {
    await allOnce(
      `DELETE FROM connection_event WHERE (product, name, time, id) IN (
         SELECT product, name, time, id FROM connection_event WHERE time < $1 ORDER BY time LIMIT $2)`,
      before,
      limit,
    )
  },
  of: async ({ product, name, number }, since, limit) =>
    (
      await all(
        `SELECT * FROM connection_event WHERE product = $1 AND name = $2 AND number = $3 AND time >= $4
         ORDER BY time DESC, id DESC LIMIT $5`,
        product,
        name,
        number,
        since,
        limit,
      )
    ).map(rows.connectionEvent),
})
