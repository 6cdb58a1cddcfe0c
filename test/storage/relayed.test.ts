import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isConnectionLost, mayBeRunAgain, storageError } from '../../src/storage/postgres/errors.ts'
import { Duplicate, NotFound, Unavailable } from '../../src/storage/storage.ts'

/**
 * Errors as a coordinator of Citus 12.1 reported them while its workers were killed, stopped and restarted under
 * imports, and while nodes raced for names. `again`: the coordinator has rolled the transaction back and its connection still works.
 */
const reported = [
  // Races, and what a worker's COPY failed with: the code is lost.
  {
    code: 'XX000',
    message: 'duplicate key value violates unique constraint "device_pkey_102032"',
    is: Duplicate,
  },
  {
    code: 'XX000',
    message: 'doppelter Schlüsselwert verletzt Unique-Constraint »device_pkey_102032«',
    is: Duplicate,
  },
  { code: 'XX000', message: '重复键违反唯一约束"device_pkey_102032"', is: Duplicate },
  {
    code: '23505',
    message: 'duplicate key value violates unique constraint "device_pkey_102032"',
    is: Duplicate,
  },
  { code: 'XX000', message: 'deadlock detected', is: Unavailable, again: true },
  {
    code: '40P01',
    message: 'canceling the transaction since it was involved in a distributed deadlock',
    is: Unavailable,
    again: true,
  },
  { code: 'XX000', message: 'canceling statement due to lock timeout', is: Unavailable },
  { code: 'XX000', message: 'canceling statement due to statement timeout', is: Unavailable },
  { code: 'XX000', message: 'cannot execute COPY FROM in a read-only transaction', is: Unavailable },
  {
    code: 'XX000',
    message: 'could not extend file "base/5/16390": No space left on device',
    is: Unavailable,
  },
  { code: 'XX000', message: 'sorry, too many clients already', is: Unavailable },
  // A worker was lost.
  {
    code: 'XX000',
    message: 'terminating connection due to administrator command',
    is: Unavailable,
    again: true,
  },
  {
    code: 'XX000',
    message: 'failure on connection marked as essential: 10.0.0.2:5432',
    is: Unavailable,
    again: true,
  },
  {
    code: 'XX000',
    message: "failed to prepare transaction 'citus_0_1234_56_1' on host 10.0.0.2:5432",
    is: Unavailable,
    again: true,
  },
  {
    code: 'XX000',
    message:
      'server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally',
    where: 'while executing command on 10.0.0.2:5432',
    is: Unavailable,
    again: true,
  },
  { code: '58030', message: 'failed to COPY to shard 102032 on 10.0.0.2:5432', is: Unavailable, again: true },
  {
    code: '57P01',
    message: 'terminating connection due to administrator command',
    where: 'while executing command on 10.0.0.2:5432',
    is: Unavailable,
    again: true,
  },
  {
    code: '08006',
    message:
      'connection to the remote node rollcall@10.0.0.2:5432 failed with the following error: Connection refused',
    is: Unavailable,
    again: true,
  },
  {
    code: '08006',
    message:
      'connection to the remote node rollcall@10.0.0.2:5432 failed with the following error: FATAL:  the database system is starting up',
    is: Unavailable,
    again: true,
  },
  // It was waited for long enough.
  {
    code: '08006',
    message: 'could not establish any connections to the node 10.0.0.2:5432 after 5000 ms',
    is: Unavailable,
  },
  // The coordinator itself was lost: its connection is broken.
  {
    code: '57P01',
    message: 'terminating connection due to administrator command',
    is: Unavailable,
    lost: true,
  },
  { code: 'ECONNRESET', message: 'read ECONNRESET', is: Unavailable, lost: true },
  // Neither a race nor a loss: a bug, which is logged as one.
  { code: 'XX000', message: 'cache lookup failed for relation 16390', is: Error },
  { code: '23503', message: 'violates foreign key constraint', is: NotFound },
]

for (const { code, message, where, is, again = false, lost = false } of reported) {
  test(`${code} ${message.slice(0, 90)}`, () => {
    const error = Object.assign(new Error(message), { code, ...(where !== undefined && { where }) })
    const told = storageError(error)
    assert.ok(told instanceof is)
    if (is === Error) assert.equal(told, error)
    assert.equal(mayBeRunAgain(error), again)
    assert.equal(isConnectionLost(error), lost)
  })
}
