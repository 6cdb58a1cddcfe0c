import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LargeCalls } from '../../src/http/large-calls.ts'

test('large calls are answered one in each turn of the event loop, the first at once', async () => {
  const calls = new LargeCalls()
  const log: string[] = []
  const answer = async (name: string) => {
    await calls.turn()
    log.push(name)
  }
  const turns = async () => {
    for (let i = 1; i <= 3; i++) {
      await new Promise(setImmediate)
      log.push(`turn ${i}`)
    }
  }
  const all = [answer('a'), answer('b'), answer('c'), turns()]
  await Promise.resolve()
  assert.deepEqual(log, ['a'])
  await Promise.all(all)
  assert.deepEqual(log, ['a', 'b', 'turn 1', 'c', 'turn 2', 'turn 3'])
  await answer('d')
  assert.equal(log.at(-1), 'd')
})
