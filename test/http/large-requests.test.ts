import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { LargeRequests } from '../../src/http/large-requests.ts'

const mega = 1024 * 1024

/** Large requests whose turns and clock are the test's. */
function setting() {
  const at = { ms: 0, accepted: 0 }
  const scheduled: (() => void)[] = []
  const large = new LargeRequests({
    accepted: () => at.accepted,
    elapsed: () => at.ms,
    afterReads: (turn) => scheduled.push(turn),
  })
  /** Ends a turn of the event loop that took so long; returns whether another one was asked for. */
  const endTurn = (ms = 1) => {
    at.ms += ms
    for (const turn of scheduled.splice(0)) turn()
    return scheduled.length > 0
  }
  return { at, large, endTurn }
}

suite('large requests', () => {
  test('one alone is read and answered without waiting', async () => {
    const { large, endTurn } = setting()
    const request = large.begin('a', true)
    for (let read = 0; read < 8 * mega; read += 64 * 1024) {
      if (read % mega === 0) endTurn()
      assert.ok(request.read(64 * 1024, assert.fail))
    }
    endTurn()
    await request.answer(8 * mega)
    while (endTurn());
  })

  test('of 100 a turn reads 1 MiB and the first read of each, then the oldest go on', () => {
    const { large, endTurn } = setting()
    const resumed: number[] = []
    const requests = Array.from({ length: 100 }, () => large.begin('a', true))
    const running = requests.map((request, i) => request.read(64 * 1024, () => resumed.push(i)))
    assert.equal(running.filter(Boolean).length, 4)
    endTurn()
    assert.deepEqual(resumed, [4, 5, 6, 7])
    // Those that were read first are the oldest again as soon as they wait.
    for (const i of [0, 1, 2])
      assert.equal(
        requests[i]!.read(mega, () => resumed.push(i)),
        false,
      )
    endTurn()
    assert.deepEqual(resumed.slice(4), [0, 1, 2, 8])
  })

  test('clients take turns, however many requests one of them has', () => {
    const { large, endTurn } = setting()
    const resumed: string[] = []
    const read = (client: string) => large.begin(client, true).read(mega, () => resumed.push(client))
    for (let i = 0; i < 50; i++) read('many')
    for (const client of ['one', 'two']) read(client)
    endTurn()
    assert.deepEqual(resumed, ['many', 'one', 'two', 'many'])
  })

  test('a turn answers one that is larger than a turn, and the next the next', async () => {
    const { large, endTurn } = setting()
    const answered: number[] = []
    for (const i of [0, 1, 2])
      large
        .begin('a', true)
        .answer(4 * mega)
        .then(() => answered.push(i))
    for (const expected of [[0], [0, 1], [0, 1, 2]]) {
      await Promise.resolve()
      await Promise.resolve()
      assert.deepEqual(answered, expected)
      endTurn()
    }
  })

  test('while clients connect, two thirds of the time are theirs', () => {
    const { at, large, endTurn } = setting()
    let resumed = 0
    const requests = Array.from({ length: 50 }, () => large.begin('a', true))
    for (const request of requests) request.read(mega, () => resumed++)
    endTurn()
    const [before, workMs] = [resumed, 10]
    at.accepted++
    // The turn that read for them took 10 ms: the following 20 ms belong to those that connect.
    endTurn(workMs)
    for (let ms = 0; ms < 2 * workMs - 1; ms++) {
      at.accepted++
      assert.ok(endTurn())
      assert.equal(resumed, before)
    }
    at.accepted++
    endTurn()
    assert.ok(resumed > before)
    const after = resumed
    // Nobody connects: nothing waits.
    endTurn()
    assert.ok(resumed > after)
  })

  test('one that turns out to be small waits for nothing', async () => {
    const { large } = setting()
    for (let i = 0; i < 10; i++) large.begin('a', true).read(mega, () => {})
    const small = large.begin('a', false)
    assert.ok(small.read(60_000, assert.fail))
    await small.answer(60_000)
  })

  test('one that ended is not resumed', () => {
    const { large, endTurn } = setting()
    const requests = Array.from({ length: 10 }, () => large.begin('a', true))
    for (const request of requests) request.read(mega, assert.fail)
    for (const request of requests) request.end()
    assert.equal(endTurn(), false)
  })
})
