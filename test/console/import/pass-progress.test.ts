import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Progress } from '../../../src/console/import/messages.ts'
import { PassProgress } from '../../../src/console/import/pass-progress.ts'

test('progress is reported at most ten times a second, with rate and remaining time', () => {
  const told: Progress[] = []
  let now = 0
  const progress = new PassProgress(
    (one) => told.push(one),
    () => now,
  )
  for (now = 10; now <= 10_000; now += 10) progress.at(now, 1, now / 20_000)
  assert.ok(told.length > 50 && told.length <= 100, `${told.length} times`)
  const { rows, perSecond, secondsLeft } = told.at(-1)!
  assert.equal(Math.round(perSecond), 1000)
  assert.ok(Math.abs(secondsLeft! - (20_000 - rows) / 1000) < 0.1, `${secondsLeft} s`)
})

test('a stalled pass has no remaining time, and its end is always reported', () => {
  const told: Progress[] = []
  const progress = new PassProgress(
    (one) => told.push(one),
    () => 5,
  )
  progress.at(0, 0, 0)
  progress.at(10, 0, 1)
  assert.deepEqual(
    told.map(({ share, secondsLeft }) => [share, secondsLeft]),
    [
      [0, undefined],
      [1, undefined],
    ],
  )
})
