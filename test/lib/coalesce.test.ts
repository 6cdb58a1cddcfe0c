import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coalesce } from '../../src/lib/coalesce.ts'

/** Goes that end when the test says so. */
function held({ max = 10, atOnce = 1 } = {}) {
  const goes: { items: readonly number[]; end: (results: readonly string[] | Error) => void }[] = []
  const add = coalesce<number, string>(
    (items) =>
      new Promise((resolve, reject) => {
        const end = (results: readonly string[] | Error) =>
          results instanceof Error ? reject(results) : resolve(results)
        goes.push({ items, end })
      }),
    { max, atOnce },
  )
  return { goes, add, taken: () => goes.map(({ items }) => items.join()) }
}

const settled = () => new Promise(setImmediate)

test('alone, a thing goes at once; what comes meanwhile goes together, each with its own result', async () => {
  const { goes, add, taken } = held()
  const first = add(1)
  assert.deepEqual(taken(), ['1'])
  const others = [add(2), add(3)]
  assert.deepEqual(taken(), ['1'])
  goes[0]!.end(['one'])
  assert.equal(await first, 'one')
  assert.deepEqual(taken(), ['1', '2,3'])
  goes[1]!.end(['two', 'three'])
  assert.deepEqual(await Promise.all(others), ['two', 'three'])
})

test('a group respects its maximum size and concurrency', async () => {
  const { goes, add, taken } = held({ max: 2, atOnce: 2 })
  for (let item = 1; item <= 7; item++) add(item)
  assert.deepEqual(taken(), ['1', '2'])
  goes[0]!.end(['1'])
  await settled()
  assert.deepEqual(taken(), ['1', '2', '3,4'])
  goes[1]!.end(['2'])
  await settled()
  assert.deepEqual(taken(), ['1', '2', '3,4', '5,6'])
})

test('if a group fails, all of its items fail, and the next group runs', async () => {
  const { goes, add } = held()
  add(1)
  const failing = [add(2), add(3)]
  goes[0]!.end(['one'])
  await settled()
  const after = add(4)
  goes[1]!.end(new Error('gone'))
  for (const one of failing) await assert.rejects(one, /gone/)
  goes[2]!.end(['four'])
  assert.equal(await after, 'four')
})

test('after a go what comes waits for the rest, and goes together', async () => {
  let rested = Promise.withResolvers<void>()
  const goes: string[] = []
  const add = coalesce<number, number>(
    async (items) => {
      goes.push(items.join())
      return items
    },
    { max: 10, atOnce: 1, rest: () => rested.promise },
  )
  assert.equal(await add(1), 1)
  const others = [add(2), add(3)]
  await settled()
  assert.deepEqual(goes, ['1'])
  const before = rested
  rested = Promise.withResolvers()
  before.resolve()
  assert.deepEqual(await Promise.all(others), [2, 3])
  assert.deepEqual(goes, ['1', '2,3'])
  rested.resolve()
})
