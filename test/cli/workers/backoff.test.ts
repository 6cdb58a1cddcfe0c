import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Backoff } from '../../../src/cli/workers/backoff.ts'
import { TestClock } from '../../support/deterministic.ts'

test('a process that ends early is replaced at once, then later and later; one that lived starts anew', () => {
  const clock = new TestClock()
  const backoff = new Backoff(clock)
  const delayAfter = (lifeMs: number) => {
    const startedAt = clock.elapsed()
    clock.advance(lifeMs)
    backoff.ended(startedAt)
    return backoff.remainingMs
  }
  const short = [0, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]
  for (const delay of short) assert.equal(delayAfter(9_999), delay)
  assert.equal(delayAfter(10_000), 0)
  assert.equal(delayAfter(0), 100)
  clock.advance(40)
  assert.equal(backoff.remainingMs, 60)
  clock.set(-3_600_000)
  assert.equal(backoff.remainingMs, 60, 'a clock that is set back makes no wait longer')
})

test('processes that end early together count as one', () => {
  const clock = new TestClock()
  const backoff = new Backoff(clock)
  const endTogether = () => {
    const startedAt = clock.elapsed()
    clock.advance(10)
    for (let i = 0; i < 8; i++) backoff.ended(startedAt)
    return backoff.remainingMs
  }
  assert.deepEqual([endTogether(), endTogether(), endTogether()], [0, 100, 200])
})
