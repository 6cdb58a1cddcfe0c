import * as rows from '../rows.ts'
import type { TrafficStore } from '../storage.ts'
import type { Connections } from './connections.ts'

/** Traffic of devices by the minute, on connections whose commits need not reach the disk. */
export const trafficStore = ({ all, run }: Connections): TrafficStore => ({
  async add(rows, forgetBefore) {
    const sorted = [...rows].sort((a, b) => a.account - b.account || a.time - b.time)
    await run(
      `INSERT INTO traffic AS t (account, time, connections, connects, up, down)
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
       ON CONFLICT (account, time) DO UPDATE SET connections = t.connections + excluded.connections,
         connects = t.connects + excluded.connects, up = t.up + excluded.up, down = t.down + excluded.down`,
      sorted.map(({ account }) => account),
      sorted.map(({ time }) => time),
      sorted.map(({ connections }) => connections),
      sorted.map(({ connects }) => connects),
      sorted.map(({ up }) => up),
      sorted.map(({ down }) => down),
    )
    await run('DELETE FROM traffic WHERE time < $1', forgetBefore)
  },
  of: async (account, since, intervalMs) =>
    (
      await all(
        `SELECT account, time - time % $3 AS time, max(connections) AS connections, sum(connects)::bigint AS connects,
           sum(up)::bigint AS up, sum(down)::bigint AS down
         FROM traffic WHERE account = $1 AND time >= $2 GROUP BY 1, 2 ORDER BY 2`,
        account,
        since,
        intervalMs,
      )
    ).map(rows.traffic),
})
