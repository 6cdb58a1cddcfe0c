import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { columnsOf } from '../../src/lib/columns.ts'
import { hashed } from '../../src/lib/hashed-column.ts'
import { NameSet } from '../../src/lib/name-set.ts'

// Goal: the set is one, whatever is added to it, taken from it and asked of it, in whatever order. Method: a Set
// beside it. Hashes are cut down to a few bits, so that names collide and slots wrap around.

type Step = { readonly how: 'add' | 'delete'; readonly name: string }

function beside(bits: number) {
  const names = new NameSet()
  const model = new Set<string>()
  const column = (texts: readonly string[]) => {
    const { text } = columnsOf(
      ['text'],
      texts.map((text) => ({ text })),
    ).members
    const full = hashed(text, texts.length, 99)
    // Those that are left are the top ones and the lowest: parts and slots are told by them.
    return {
      ...full,
      hashes: full.hashes.map((hash) => hash & (bits === 32 ? -1 : (3 << 30) | ((1 << bits) - 1))),
    }
  }
  return {
    step({ how, name }: Step): void {
      const { view, hashes, length } = column([name])
      names[how](view, 0, length[0]!, hashes[0]!)
      if (how === 'add') model.add(name)
      else model.delete(name)
      assert.equal(names.size, model.size)
    },
    ask(texts: readonly string[]): void {
      const hits = names.hits(
        column(texts),
        Int32Array.from(texts, (_, i) => i),
      )
      assert.deepEqual(
        Array.from(hits, (i) => texts[i]),
        texts.filter((text) => model.has(text)),
      )
    },
    names,
  }
}

const name = fc.string({ unit: fc.constantFrom('a', 'b', 'ü'), maxLength: 9 })
const steps = fc.array(fc.record({ how: fc.constantFrom('add', 'add', 'delete'), name }), { maxLength: 300 })

for (const bits of [2, 5, 32]) {
  test(`it is a set even if hashes have only ${bits} bits`, () => {
    fc.assert(
      fc.property(steps, fc.array(name, { maxLength: 50 }), (steps, asked) => {
        const { step, ask } = beside(bits)
        for (const each of steps) step(each as Step)
        ask([...asked, ...steps.map(({ name }) => name)])
      }),
    )
  })
}

test('it is a set through all of its sizes: one table, many, and pieces without end', () => {
  const { step, ask, names } = beside(32)
  const long = 'x'.repeat(120)
  const nth = (i: number) => `${long}${i}`
  for (let i = 0; i < 60_000; i++) step({ how: 'add', name: nth(i) })
  for (let i = 0; i < 60_000; i += 3) step({ how: 'delete', name: nth(i) })
  ask(Array.from({ length: 61_000 }, (_, i) => nth(i)))
  assert.ok(names.bytes > 60_000 * 120 && names.bytes < 12e6, `${names.bytes}`)
  assert.equal(names.worn, false)
  for (let i = 0; i < 60_000; i++) if (i % 3 !== 0) step({ how: 'delete', name: nth(i) })
  ask([nth(1), nth(2), nth(3)])
  assert.equal(names.worn, true, 'what was removed takes most of its room')
})
