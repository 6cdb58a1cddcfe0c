import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Backoff } from '../../src/cli/workers/backoff.ts'
import { TestClock } from '../support/deterministic.ts'

test('who dies at once is replaced at once, then later and later; who lived begins anew', () => {
  const clock = new TestClock()
  const backoff = new Backoff(clock)
  const delayAfter = (lifeMs: number) => {
    const startedAt = clock.now()
    clock.advance(lifeMs)
    return backoff.after(startedAt)
  }
  const short = [0, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]
  for (const delay of short) assert.equal(delayAfter(9_999), delay)
  assert.equal(delayAfter(10_000), 0)
  assert.equal(delayAfter(0), 100)
})
