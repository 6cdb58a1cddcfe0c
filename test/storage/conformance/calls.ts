import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CallCountRow, CallRow } from '../../../src/storage/storage.ts'
import type { TestStore } from './store.ts'

/** Recent calls. */
export function callConformance(store: () => TestStore, skip: string | false): void {
  const call = (account: number, time: number, requestId: string): CallRow => ({
    account,
    time,
    action: 'QueryDevice',
    result: 'failed',
    code: 'iot.prod.NotExistedProduct',
    status: 200,
    milliseconds: 3,
    requestId,
    entries: 4,
    devices: 5,
  })
  const count = (account: number, time: number, action: string, calls: number): CallCountRow => ({
    account,
    action,
    time,
    calls,
    throttled: 1,
    failed: 2,
    devices: 10_000 * calls,
  })
  const ids = (calls: readonly CallRow[]) => calls.map(({ requestId }) => requestId).join('')

  test('calls are stored unchanged, newest first, up to a limit for each account', async () => {
    const { calls } = store().storage
    const kept = { newest: 3, countsSince: 0 }
    await calls.add([call(1, 20, 'a'), call(1, 20, 'b'), call(2, 1, 'z')], [], kept)
    assert.deepEqual(await calls.recent(1, 1), [call(1, 20, 'b')])
    assert.equal(ids(await calls.recent(1, 9)), 'ba')
    // Another node writes what is older, later.
    await calls.add([call(1, 10, 'c'), call(1, 30, 'd'), call(1, 5, 'e')], [], kept)
    assert.equal(ids(await calls.recent(1, 9)), 'dba')
    assert.equal(ids(await calls.recent(2, 9)), 'z')
    assert.deepEqual(await calls.recent(3, 9), [])
  })

  test('counts add up, by account, action and interval, until they are old', async () => {
    const { calls } = store().storage
    const kept = { newest: 3, countsSince: 5000 }
    await calls.add([], [count(1, 5000, 'B', 1), count(1, 5000, 'A', 2), count(2, 5000, 'A', 4)], kept)
    await calls.add([], [count(1, 5000, 'A', 3), count(1, 10_000, 'A', 1)], kept)
    const sum = { ...count(1, 5000, 'A', 5), throttled: 2, failed: 4 }
    assert.deepEqual(await calls.counts(1, 5000), [sum, count(1, 5000, 'B', 1), count(1, 10_000, 'A', 1)])
    assert.deepEqual(await calls.counts(1, 10_000), [count(1, 10_000, 'A', 1)])
    await calls.add([], [], { newest: 3, countsSince: 10_000 })
    assert.deepEqual(await calls.counts(2, 0), [])
    assert.equal((await calls.counts(1, 0)).length, 1)
  })

  test('openings that add at once lose nothing', { skip }, async () => {
    const { storage, again } = store()
    const all = [storage, await again(), await again()]
    await Promise.all(
      all.flatMap(({ calls }, i) =>
        Array.from({ length: 10 }, (_, n) =>
          calls.add([call(1, n, String(i))], [count(1, 5000, 'A', 1), count(1, 5000, 'B', 1)], {
            newest: 30,
            countsSince: 0,
          }),
        ),
      ),
    )
    for (const { calls } of all) {
      assert.equal((await calls.recent(1, 99)).length, 30)
      assert.deepEqual(
        (await calls.counts(1, 0)).map(({ action, calls }) => [action, calls]),
        [
          ['A', 30],
          ['B', 30],
        ],
      )
    }
  })
}
