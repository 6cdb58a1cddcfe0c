import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { FairQueue } from '../../src/http/fair-queue.ts'

suite('a fair queue', () => {
  test('gives clients turns, and each client its lowest order first', () => {
    const queue = new FairQueue<{ client: string; order: number }>()
    for (const order of [3, 1, 2]) queue.add({ client: 'many', order })
    queue.add({ client: 'one', order: 9 })
    const taken = Array.from({ length: 5 }, () => queue.take())
    assert.deepEqual(
      taken.map((item) => item && `${item.client} ${item.order}`),
      ['many 1', 'one 9', 'many 2', 'many 3', undefined],
    )
  })

  test('gives each item once, unless it was removed, and no client two while another waits', () => {
    const items = fc.array(fc.record({ client: fc.constantFrom<string>('a', 'b', 'c'), order: fc.nat(20) }))
    fc.assert(
      fc.property(items, fc.nat(), (items, which) => {
        const queue = new FairQueue<{ client: string; order: number }>()
        for (const item of items) queue.add(item)
        const removed = items[which % (items.length + 1)]
        if (removed !== undefined) {
          queue.remove(removed)
          queue.remove(removed)
        }
        const left = new Set(items.filter((item) => item !== removed))
        assert.equal(queue.size, left.size)
        let before: { client: string; order: number } | undefined
        for (let item = queue.take(); item !== undefined; item = queue.take()) {
          assert.ok(left.delete(item))
          if (item.client === before?.client) {
            assert.ok([...left].every(({ client }) => client === item!.client))
            assert.ok(before.order <= item.order)
          }
          before = item
        }
        assert.equal(left.size + queue.size, 0)
      }),
    )
  })
})
