import * as rows from '../rows.ts'
import type { TrafficStore } from '../storage.ts'
import type { AdmissionLock } from './admission-lock.ts'
import type { Statements } from './statements.ts'

/** How long a write waits for the lock, in milliseconds; it comes once a minute. */
const waitMs = 1000

/** Traffic is in the admission file, beside the counts of calls. */
export function trafficStore({ all, run }: Statements, locked: AdmissionLock): TrafficStore {
  return {
    add: (rows, forgetBefore) =>
      locked(waitMs, () => {
        for (const { account, time, connections, connects, up, down } of rows) {
          run(
            `INSERT INTO traffic (account, time, connections, connects, up, down) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (account, time) DO UPDATE SET connections = connections + excluded.connections,
               connects = connects + excluded.connects, up = up + excluded.up, down = down + excluded.down`,
            account,
            time,
            connections,
            connects,
            up,
            down,
          )
        }
        run('DELETE FROM traffic WHERE time < ?', forgetBefore)
      }),
    of: async (account, since, intervalMs) =>
      all(
        `SELECT account, time - time % ?3 AS time, max(connections) AS connections, sum(connects) AS connects,
           sum(up) AS up, sum(down) AS down
         FROM traffic WHERE account = ?1 AND time >= ?2 GROUP BY 2 ORDER BY 2`,
        account,
        since,
        intervalMs,
      ).map(rows.traffic),
  }
}
