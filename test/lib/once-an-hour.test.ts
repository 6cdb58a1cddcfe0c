import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onceAnHour } from '../../src/lib/once-an-hour.ts'
import { TestClock } from '../support/deterministic.ts'

test('a key is news once an hour, and beyond a thousand keys all others are one', () => {
  const clock = new TestClock()
  const isNews = onceAnHour(clock)
  assert.deepEqual([isNews('a'), isNews('a'), isNews('b')], [true, false, true])
  clock.advance(60 * 60_000)
  assert.deepEqual([isNews('a'), isNews('a')], [true, false])
  const more = Array.from({ length: 2000 }, (_, i) => isNews(`key ${i}`)).filter(Boolean)
  assert.equal(more.length, 999)
})
