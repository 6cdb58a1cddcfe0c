import * as rows from '../rows.ts'
import type { CallStore } from '../storage.ts'
import { type Connections, lockSpace } from './connections.ts'

/** Second number of the lock that nodes take turns at, so that none of them waits for another in a ring. */
const callsLock = 5

/** @param admission the connections whose commits need not wait for the disk */
export function callStore({ all, transaction }: Connections): CallStore {
  return {
    add: (calls, counts, { newest, countsSince }) =>
      transaction(async ({ run }) => {
        await run(`SELECT pg_advisory_xact_lock(${lockSpace}, ${callsLock})`)
        if (calls.length > 0) {
          await run(
            `INSERT INTO recent_call
               (account, time, action, result, code, status, milliseconds, request_id, entries, devices)
             SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::integer[],
               $7::bigint[], $8::text[], $9::integer[], $10::integer[])`,
            calls.map(({ account }) => account),
            calls.map(({ time }) => time),
            calls.map(({ action }) => action),
            calls.map(({ result }) => result),
            calls.map(({ code }) => code),
            calls.map(({ status }) => status),
            calls.map(({ milliseconds }) => milliseconds),
            calls.map(({ requestId }) => requestId),
            calls.map(({ entries }) => entries),
            calls.map(({ devices }) => devices),
          )
        }
        for (const account of new Set(calls.map(({ account }) => account))) {
          await run(
            `DELETE FROM recent_call WHERE account = $1 AND (time, id) < (
               SELECT time, id FROM recent_call WHERE account = $1 ORDER BY time DESC, id DESC LIMIT 1 OFFSET $2)`,
            account,
            newest - 1,
          )
        }
        if (counts.length > 0) {
          await run(
            `INSERT INTO call_count AS c (account, time, action, calls, throttled, failed, devices)
             SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[],
               $7::bigint[])
             ON CONFLICT (account, time, action) DO UPDATE SET calls = c.calls + excluded.calls,
               throttled = c.throttled + excluded.throttled, failed = c.failed + excluded.failed,
               devices = c.devices + excluded.devices`,
            counts.map(({ account }) => account),
            counts.map(({ time }) => time),
            counts.map(({ action }) => action),
            counts.map(({ calls }) => calls),
            counts.map(({ throttled }) => throttled),
            counts.map(({ failed }) => failed),
            counts.map(({ devices }) => devices),
          )
        }
        await run('DELETE FROM call_count WHERE time < $1', countsSince)
      }),
    recent: async (account, limit) =>
      (
        await all(
          'SELECT * FROM recent_call WHERE account = $1 ORDER BY time DESC, id DESC LIMIT $2',
          account,
          limit,
        )
      ).map(rows.call),
    counts: async (account, since) =>
      (
        await all(
          'SELECT * FROM call_count WHERE account = $1 AND time >= $2 ORDER BY time, action',
          account,
          since,
        )
      ).map(rows.callCount),
  }
}
