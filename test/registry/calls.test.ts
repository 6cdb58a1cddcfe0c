import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calls, intervalMs, recentMax } from '../../src/registry/calls.ts'
import { type CallRow, type CallStore, Unavailable } from '../../src/storage/storage.ts'
import { TestClock } from '../support/deterministic.ts'

const call = (time: number, requestId: string, more: Partial<CallRow> = {}): CallRow => ({
  account: 1,
  time,
  action: 'QueryDevice',
  result: 'answered',
  code: '',
  status: 200,
  milliseconds: 0,
  requestId,
  entries: 0,
  devices: 2,
  ...more,
})

/** Keeps what was added, one list an addition; fails while it is told to. */
function recordingStore() {
  const added: Parameters<CallStore['add']>[] = []
  const store: CallStore & { fails: boolean } = {
    fails: false,
    async add(...addition) {
      if (store.fails) throw new Unavailable('the disk is full')
      added.push(addition)
    },
    recent: async () => [],
    counts: async () => [],
  }
  return { store, added }
}

test('the newest calls are written once, in their order, and all are counted', async () => {
  const { store, added } = recordingStore()
  const clock = new TestClock()
  const log = calls(store, clock)
  const at = clock.now()
  for (let i = 0; i < recentMax + 50; i++) log.note(call(at, String(i)), i % 2 === 0 || i > 100)
  await log.recent(1, 9)
  await log.counts(1)
  assert.equal(added.length, 1, 'nothing is written where nothing was noted')
  const [rows, counts] = added[0]!
  const listed = Array.from({ length: recentMax + 50 }, (_, i) => i).filter((i) => i % 2 === 0 || i > 100)
  assert.deepEqual(
    rows.map(({ requestId }) => requestId),
    listed.slice(-recentMax).map(String),
  )
  const { time, ...count } = counts[0]!
  assert.equal(time, at - (at % intervalMs))
  assert.deepEqual(count, {
    account: 1,
    action: 'QueryDevice',
    calls: recentMax + 50,
    throttled: 0,
    failed: 0,
    devices: 2 * (recentMax + 50),
  })
  await log.close()
})

test('calls are counted by account, action and interval, and by how they ended', async () => {
  const { store, added } = recordingStore()
  const clock = new TestClock()
  const log = calls(store, clock)
  const at = clock.now() - (clock.now() % intervalMs)
  const rows: [CallRow, throttled: number, failed: number][] = [
    [call(at, 'a'), 0, 0],
    [call(at + intervalMs - 1, 'b', { result: 'refused', code: 'Throttling.User' }), 1, 0],
    [call(at, 'c', { action: 'A', result: 'refused', code: 'SignatureNonceUsed' }), 0, 1],
    [call(at, 'd', { account: 2, result: 'failed', code: 'iot.prod.NotExistedProduct' }), 0, 1],
    [call(at + intervalMs, 'e', { result: 'broken', code: 'iot.system.SystemException' }), 0, 1],
  ]
  for (const [row] of rows) log.note(row, true)
  await log.close()
  const told = added[0]![1].map(({ account, action, time, calls, throttled, failed }) =>
    [account, action, time - at, calls, throttled, failed].join(' '),
  )
  assert.deepEqual(told, [
    '1 QueryDevice 0 2 1 0',
    '1 A 0 1 0 1',
    '2 QueryDevice 0 1 0 1',
    `1 QueryDevice ${intervalMs} 1 0 1`,
  ])
})

test('what could not be written is written later, with what came since, and stays within bounds', async () => {
  const { store, added } = recordingStore()
  const clock = new TestClock()
  const log = calls(store, clock)
  store.fails = true
  for (let round = 0; round < 5; round++) {
    for (let i = 0; i < recentMax; i++) log.note(call(clock.now(), `${round} ${i}`), true)
    await log.recent(1, 9)
  }
  log.note(call(clock.now(), 'last'), true)
  store.fails = false
  await log.recent(1, 9)
  const [rows, counts] = added[0]!
  assert.equal(rows.length, recentMax)
  assert.deepEqual([rows[0]!.requestId, rows.at(-1)!.requestId], ['4 1', 'last'])
  assert.equal(counts[0]!.calls, 5 * recentMax + 1)

  // Counts that are too old by then are forgotten.
  store.fails = true
  log.note(call(clock.now(), 'old'), true)
  await log.recent(1, 9)
  clock.advance(11 * 60_000)
  store.fails = false
  log.note(call(clock.now(), 'new'), true)
  await log.close()
  assert.equal(added[1]![1].length, 1)
  assert.equal(added.length, 2)
})

test('a stopping process writes its recorded calls, and records no more', async () => {
  const { store, added } = recordingStore()
  const log = calls(store, new TestClock())
  log.note(call(1, 'a'), true)
  await log.close()
  log.note(call(2, 'b'), true)
  await log.recent(1, 9)
  assert.deepEqual(
    added.map(([rows]) => rows.map(({ requestId }) => requestId)),
    [['a']],
  )
})

test('what was answered is written within about a second, unasked', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { store, added } = recordingStore()
  const log = calls(store, new TestClock())
  log.note(call(1, 'a'), true)
  log.note(call(1, 'b'), true)
  t.mock.timers.tick(999)
  assert.equal(added.length, 0)
  t.mock.timers.tick(1)
  await Promise.resolve().then(() => {})
  assert.equal(added.length, 1)
  assert.equal(added[0]![0].length, 2)
  await log.close()
})
