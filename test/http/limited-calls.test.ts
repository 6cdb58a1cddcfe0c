import assert from 'node:assert/strict'
import { test } from 'node:test'
import { limitedCalls } from '../../src/http/limited-calls.ts'
import { TestClock } from '../support/deterministic.ts'

test('refused calls are a line of the log every ten seconds, with their number', () => {
  const clock = new TestClock()
  const lines: [address: string, calls: number][] = []
  const note = limitedCalls(clock, (...line) => lines.push(line))
  note('203.0.113.5')
  for (let i = 0; i < 1000; i++) note('203.0.113.6')
  clock.advance(9999)
  note('203.0.113.7')
  clock.advance(1)
  note('203.0.113.8')
  assert.deepEqual(lines, [
    ['203.0.113.5', 1],
    ['203.0.113.8', 1002],
  ])
})
