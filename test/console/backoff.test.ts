import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextPoll } from '../../src/console/shell/backoff.ts'

test('a page asks regularly, and in pauses that double while it gets errors, at most a minute', () => {
  const error = new Error('unreachable')
  for (const [state, expected] of [
    [{ error: null, dataUpdatedAt: 100_000, errorUpdatedAt: 0 }, 5000],
    [{ error: null, dataUpdatedAt: 100_000, errorUpdatedAt: 90_000 }, 5000],
    [{ error, dataUpdatedAt: 100_000, errorUpdatedAt: 101_000 }, 5000],
    [{ error, dataUpdatedAt: 100_000, errorUpdatedAt: 110_000 }, 10_000],
    [{ error, dataUpdatedAt: 100_000, errorUpdatedAt: 120_000 }, 20_000],
    [{ error, dataUpdatedAt: 100_000, errorUpdatedAt: 900_000 }, 60_000],
    [{ error, dataUpdatedAt: 0, errorUpdatedAt: 900_000 }, 5000],
  ] as const)
    assert.equal(nextPoll(5000, state), expected, JSON.stringify(state))
})
