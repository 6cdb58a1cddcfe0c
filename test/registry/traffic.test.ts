import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minuteMs, traffic } from '../../src/registry/traffic.ts'
import { type TrafficRow, type TrafficStore, Unavailable } from '../../src/storage/storage.ts'
import { TestClock } from '../support/deterministic.ts'

test('each minute is written once, with the connections at its end; a failed one counts for the next', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const clock = new TestClock('2026-12-01T00:00:10.000Z')
  const written: TrafficRow[][] = []
  let fails = false
  const store: TrafficStore = {
    async add(rows) {
      if (fails) throw new Unavailable('the disk is full')
      written.push([...rows])
    },
    of: async () => [],
  }
  const counted = traffic(store, clock)
  const start = Date.parse('2026-12-01T00:00:00.000Z')
  /** Passes time, with a timer that is somewhat late. */
  const pass = async (milliseconds: number) => {
    clock.advance(milliseconds + 7)
    t.mock.timers.tick(milliseconds)
    await new Promise(setImmediate)
  }
  const of = counted.of(3)
  of.connections = 2
  of.connects = 2
  of.up = 5
  await pass(50_000)
  assert.deepEqual(written, [[{ account: 3, time: start, connections: 2, connects: 2, up: 5, down: 0 }]])
  fails = true
  of.down = 4
  await pass(minuteMs)
  fails = false
  await pass(minuteMs)
  const second = { account: 3, time: start + 2 * minuteMs, connections: 2, connects: 0, up: 0, down: 4 }
  assert.deepEqual(written[1], [second])
  of.connections = 0
  await pass(minuteMs)
  assert.equal(written.length, 2, 'a minute without anything is not written')
  of.connections = 7
  of.up = 1
  await counted.close()
  assert.deepEqual(
    written[2]!.map(({ connections, up }) => [connections, up]),
    [[0, 1]],
  )
  await pass(10 * minuteMs)
  assert.equal(written.length, 3)
})
