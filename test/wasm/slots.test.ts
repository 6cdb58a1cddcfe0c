import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { withRoom } from '../../src/lib/http-message.ts'
import { moduleOf } from '../../src/wasm/module.ts'
import { RequestMemory } from '../../src/wasm/request-memory.ts'
import { Slots } from '../../src/wasm/slots.ts'

suite('slots', () => {
  test('no two share a byte, each is within the memory, and all of it is free again in the end', () => {
    const step = fc.record({ bytes: fc.integer({ min: 1, max: 4000 }), give: fc.nat(9) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const slots = new Slots(70, 64_000)
        const out: { start: number; bytes: number }[] = []
        for (const { bytes, give } of steps) {
          const start = slots.take(bytes)
          if (start !== undefined) {
            assert.ok(start >= 70 && start % 64 === 0 && start + bytes <= 64_000)
            assert.ok(
              out.every((other) => start + bytes <= other.start || other.start + other.bytes <= start),
            )
            out.push({ start, bytes })
          }
          const [given] = out.splice(give, 1)
          if (given !== undefined) slots.give(given.start, given.bytes)
        }
        for (const { start, bytes } of out) slots.give(start, bytes)
        assert.equal(slots.used, 0)
        assert.equal(slots.take(64_000 - 128), 128)
      }),
    )
  })

  test('the lowest gap that has room is taken, so small slots lie between large ones', () => {
    const slots = new Slots(0, 10_000)
    const [first, second, third] = [slots.take(640), slots.take(64), slots.take(640)]
    slots.give(first!, 640)
    assert.deepEqual([slots.take(1000), slots.take(64), slots.take(64)], [1344, 0, 64])
    assert.deepEqual([second, third], [640, 704])
  })
})

suite('the memory of requests', () => {
  test('a slot is reused, and a request without a slot gets separate memory', () => {
    const memory = new RequestMemory(2 ** 20)
    const first = memory.take(50_000)
    assert.notEqual(moduleOf(first), undefined)
    memory.give(first)
    assert.equal(memory.take(60_000).byteOffset, first.byteOffset)
    const large = memory.take(2 ** 23)
    assert.deepEqual([large.length, moduleOf(large)], [2 ** 23, undefined])
    memory.give(large)
    assert.equal(large.length, 0, 'it is gone at once')
  })

  test('consecutive calls touch no more memory than one needs', () => {
    const memory = new RequestMemory(2 ** 28)
    for (let i = 0; i < 100; i++) memory.give(memory.take(withRoom(1_400_000)))
    assert.ok(memory.touchedBytes < 2_000_000)
  })

  test('a burst is not paid for ever after: calls go on in a new memory, and those under way in theirs', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const memory = new RequestMemory(2 ** 28)
    const burst = Array.from({ length: 50 }, () => memory.take(2 ** 20))
    for (const slot of burst.splice(1)) memory.give(slot)
    t.mock.timers.tick(10_000)
    assert.ok(memory.touchedBytes >= 50 * 2 ** 20, 'all of it was wanted just now')
    memory.give(memory.take(2 ** 20))
    t.mock.timers.tick(10_000)
    assert.ok(memory.touchedBytes < 2 ** 20)
    const next = memory.take(2 ** 20)
    assert.notEqual(next.buffer, burst[0]!.buffer)
    memory.give(burst[0]!)
    memory.give(next)
  })
})
