import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import type { CallStore } from '../storage.ts'
import type { Connections } from './connections.ts'
import { insertRows } from './insert.ts'
import { lockUntilCommit } from './locks.ts'

/** @param connections those whose commits need not wait for the disk */
export const callStore = ({ all, transaction }: Connections): CallStore => ({
  add: (calls, counts, { newest, countsSince }) =>
    transaction(async (session) => {
      const { run } = session
      // Nodes take turns, so that no two of them wait for each other.
      await run(lockUntilCommit('calls'))
      if (calls.length > 0) await insertRows(session, schema.recentCall, calls)
      for (const account of new Set(calls.map(({ account }) => account))) {
        await run(
          `DELETE FROM recent_call WHERE account = $1 AND (time, id) < (
             SELECT time, id FROM recent_call WHERE account = $1 ORDER BY time DESC, id DESC LIMIT 1 OFFSET $2)`,
          account,
          newest - 1,
        )
      }
      if (counts.length > 0) {
        const added = (column: string) => `${column} = call_count.${column} + excluded.${column}`
        const sums = ['calls', 'throttled', 'failed', 'devices'].map(added).join(', ')
        const conflict = `ON CONFLICT (account, time, action) DO UPDATE SET ${sums}`
        await insertRows(session, schema.callCount, counts, conflict)
      }
      await run('DELETE FROM call_count WHERE time < $1', countsSince)
    }),
  recent: async (account, limit) => {
    const sql = 'SELECT * FROM recent_call WHERE account = $1 ORDER BY time DESC, id DESC LIMIT $2'
    return (await all(sql, account, limit)).map(rows.call)
  },
  counts: async (account, since) => {
    const sql = 'SELECT * FROM call_count WHERE account = $1 AND time >= $2 ORDER BY time, action'
    return (await all(sql, account, since)).map(rows.callCount)
  },
})
