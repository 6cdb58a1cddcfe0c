import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latencyOf } from '../../bench/measure.ts'

test('percentiles are values that were measured, by the nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
  assert.deepEqual(latencyOf(hundred), { p50: 50, p90: 90, p99: 99, max: 100 })
  assert.deepEqual(latencyOf([...hundred, 101]), { p50: 51, p90: 91, p99: 100, max: 101 })
  assert.deepEqual(latencyOf([7]), { p50: 7, p90: 7, p99: 7, max: 7 })
  assert.deepEqual(latencyOf([2, 1]), { p50: 1, p90: 2, p99: 2, max: 2 })
})
