import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CallCounts, intervalsOf, plottedQuota, usesOf } from '../../../src/console/overview/counts.ts'
import { closestToQuota, failuresSince, inOrder } from '../../../src/console/overview/own-calls.ts'

const begin = 1_700_000_000_000
const count = (Time: number, Action: string, Calls: number, Throttled = 0, Failed = 0, Devices = 0) => ({
  Time,
  Action,
  Calls,
  Throttled,
  Failed,
  Devices,
})

test('all intervals of ten minutes are listed, the running one last, and older ones are omitted', () => {
  const counts: CallCounts = {
    IntervalSeconds: 5,
    Now: begin + 3000,
    CallCount: [
      count(begin - 600_000, 'A', 99),
      count(begin - 595_000, 'A', 1),
      count(begin - 5000, 'A', 10, 4, 1, 7),
      count(begin - 5000, 'B', 5, 0, 2, 3),
      count(begin, 'B', 2),
    ],
  }
  const all = intervalsOf(counts)
  assert.equal(all.length, 120)
  assert.deepEqual(
    all.map(({ time }) => time),
    Array.from({ length: 120 }, (_, i) => begin - 595_000 + i * 5000),
  )
  assert.equal(all[0]!.calls, 1)
  assert.deepEqual(all.slice(-3), [
    { time: begin - 10_000, calls: 0, throttled: 0, failed: 0, devices: 0 },
    { time: begin - 5000, calls: 15, throttled: 4, failed: 3, devices: 10 },
    { time: begin, calls: 2, throttled: 0, failed: 0, devices: 0 },
  ])
  assert.deepEqual(
    intervalsOf(counts, 'B')
      .filter(({ calls }) => calls > 0)
      .map(({ calls }) => calls),
    [5, 2],
  )
})

test('what each action came to, the most called of the last minute first', () => {
  const uses = usesOf({
    IntervalSeconds: 5,
    Now: begin,
    CallCount: [
      count(begin - 300_000, 'Old', 500, 100, 0, 9),
      count(begin - 60_000, 'New', 10),
      count(begin - 10_000, 'New', 20, 5, 1, 2),
      count(begin - 5000, 'New', 3, 0, 1, 1),
    ],
  })
  assert.deepEqual(uses, [
    { action: 'New', lastMinute: 23, busiest: 3, throttled: 5, failed: 2, devices: 3 },
    { action: 'Old', lastMinute: 0, busiest: 80, throttled: 100, failed: 0, devices: 9 },
  ])
})

test('a quota is drawn if the calls remain visible', () => {
  for (const [busiest, quota, drawn] of [
    [1, 50, undefined],
    [10, 50, 50],
    [60, 50, 50],
    [0, 0, 0],
    [5, undefined, undefined],
  ] as const)
    assert.equal(plottedQuota(busiest, quota), drawn)
})

test('the facts of the overview: failures of an hour, the operation closest to its quota, and rows in place', () => {
  const calls = [
    { Time: 10, Result: 'failed' },
    { Time: 20, Result: 'refused' },
    { Time: 30, Result: 'answered' },
  ]
  assert.equal(failuresSince(calls, 20), 1)
  const quotas = new Map([
    ['A', 100],
    ['B', 10],
    ['C', 0],
  ])
  const uses = ['A', 'B', 'C', 'D'].map((action) => ({ action, busiest: 5 }))
  assert.deepEqual(closestToQuota(uses, quotas), { action: 'B', share: 0.5 })
  assert.equal(closestToQuota(uses, new Map()), undefined)
  assert.deepEqual(
    inOrder(['n', 'b', 'a'], ['a', 'b', 'gone'], (row) => row),
    ['a', 'b', 'n'],
  )
})
