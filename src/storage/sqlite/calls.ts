import * as rows from '../rows.ts'
import { schema } from '../schema.ts'
import type { CallStore } from '../storage.ts'
import type { AdmissionLock } from './admission-lock.ts'
import type { Statements } from './statements.ts'

/** How long storing calls waits for another process's lock, in milliseconds. Only a reader of them waits with it. */
const waitMs = 1000

/** Recent calls are in the admission file: their writes delay no import and need not wait for the disk. */
export function callStore({ all, run, insert }: Statements, locked: AdmissionLock): CallStore {
  return {
    add: (calls, counts, { newest, countsSince }) =>
      locked(waitMs, () => {
        for (const call of calls) insert(schema.recentCall, call)
        for (const account of new Set(calls.map(({ account }) => account))) {
          run(
            `DELETE FROM recent_call WHERE account = ?1 AND (time, id) < (
               SELECT time, id FROM recent_call WHERE account = ?1 ORDER BY time DESC, id DESC LIMIT 1 OFFSET ?2)`,
            account,
            newest - 1,
          )
        }
        for (const { account, time, action, calls, throttled, failed, devices } of counts) {
          run(
            `INSERT INTO call_count (account, time, action, calls, throttled, failed, devices)
             VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (account, time, action) DO UPDATE SET calls = calls + excluded.calls,
               throttled = throttled + excluded.throttled, failed = failed + excluded.failed,
               devices = devices + excluded.devices`,
            account,
            time,
            action,
            calls,
            throttled,
            failed,
            devices,
          )
        }
        run('DELETE FROM call_count WHERE time < ?', countsSince)
      }),
    recent: async (account, limit) =>
      all(
        'SELECT * FROM recent_call WHERE account = ? ORDER BY time DESC, id DESC LIMIT ?',
        account,
        limit,
      ).map(rows.call),
    counts: async (account, since) =>
      all(
        'SELECT * FROM call_count WHERE account = ? AND time >= ? ORDER BY time, action',
        account,
        since,
      ).map(rows.callCount),
  }
}
