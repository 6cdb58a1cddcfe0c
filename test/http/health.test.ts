import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { health } from '../../src/http/health.ts'
import { TestClock } from '../support/deterministic.ts'

test('the store is checked once a second for any number of clients, and the result may change', async () => {
  const clock = new TestClock()
  let [asked, isWell] = [0, true]
  const healthy = health(async () => {
    asked++
    if (!isWell) throw new Error('the disk is gone')
  }, clock)
  const all = (count: number) => Promise.all(Array.from({ length: count }, healthy))
  assert.deepEqual([new Set(await all(100)), asked], [new Set([true]), 1])
  isWell = false
  clock.advance(999)
  assert.deepEqual([await all(2), asked], [[true, true], 1])
  clock.advance(1)
  assert.deepEqual([await all(2), asked], [[false, false], 2])
  isWell = true
  clock.advance(1000)
  assert.deepEqual([await all(2), asked], [[true, true], 3])
})

test('a store that does not answer is not checked again meanwhile', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const clock = new TestClock()
  let asked = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  const healthy = health(() => {
    asked++
    return promise
  }, clock)
  const first = healthy()
  t.mock.timers.tick(900)
  assert.equal(await first, false)
  clock.advance(60_000)
  assert.deepEqual([await healthy(), asked], [false, 1])
  resolve()
  await turn()
  assert.deepEqual([await healthy(), asked], [true, 2])
})
