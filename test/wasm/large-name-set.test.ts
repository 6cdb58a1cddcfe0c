import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { columnsOf } from '../../src/lib/columns.ts'
import { type HashedColumn, hashed } from '../../src/lib/hashed-column.ts'
import { LargeNameSet, type MemoryPiece } from '../../src/wasm/large-name-set.ts'

// Goal: the set is one, whatever is added to it, removed from it and asked of it, in whatever order. Method: a Set
// beside it. It is asked names whose hashes were changed, too, so that tags and slots say nothing.

const seed = 99
const lines = (names: readonly string[]) => Buffer.from(names.join('\n'))
const columnOf = (names: readonly string[]): HashedColumn =>
  hashed(
    columnsOf(
      ['text'],
      names.map((text) => ({ text })),
    ).members.text,
    names.length,
    seed,
  )
const all = (names: readonly string[]) => Int32Array.from(names, (_, i) => i)

function beside(expected: number) {
  const set = new LargeNameSet(expected, seed)
  const model = new Set<string>()
  return {
    set,
    add(names: readonly string[]) {
      set.addLines(lines(names))
      for (const name of names) model.add(name)
      assert.equal(set.size, model.size)
    },
    remove(names: readonly string[]) {
      set.deleteLines(lines(names))
      for (const name of names) model.delete(name)
      assert.equal(set.size, model.size)
    },
    ask(names: readonly string[]) {
      const hits = set.hits(columnOf(names), all(names))
      assert.deepEqual(
        [...hits].map((i) => names[i]),
        names.filter((name) => model.has(name)),
      )
    },
  }
}

const name = fc.string({ unit: fc.constantFrom('a', 'b', 'ü', '-'), minLength: 1, maxLength: 7 })
const step = fc.record({
  how: fc.constantFrom('add', 'add', 'remove', 'ask'),
  names: fc.array(name, { minLength: 1, maxLength: 40 }),
} as const)

test('it is a set', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const tried = beside(0)
      for (const { how, names } of steps) tried[how as 'add' | 'remove' | 'ask'](names)
      tried.ask(steps.flatMap(({ names }) => names))
    }),
  )
})

test('it is a set through all of its sizes, whatever was expected', () => {
  for (const expected of [0, 60_000]) {
    const tried = beside(expected)
    const nth = (i: number) => `${'x'.repeat(i % 41)}${i}`
    const names = Array.from({ length: 60_000 }, (_, i) => nth(i))
    for (let from = 0; from < names.length; from += 7000) tried.add(names.slice(from, from + 7000))
    tried.add(names.slice(0, 100))
    tried.remove(names.filter((_, i) => i % 3 === 0))
    tried.ask([...names, ...Array.from({ length: 5000 }, (_, i) => `other-${i}`)])
    tried.add(names.filter((_, i) => i % 6 === 0))
    tried.ask(names)
  }
})

test('names with equal hashes are compared by their bytes', () => {
  const { set, add } = beside(0)
  const names = Array.from({ length: 3000 }, (_, i) => `name-${i}`)
  add(names)
  const asked = columnOf(names.map((name, i) => (i % 2 === 0 ? name : `nemo-${i}`)))
  const hashes = columnOf(names).hashes
  assert.deepEqual(
    [...set.hits({ ...asked, hashes }, all(names))],
    [...all(names)].filter((i) => i % 2 === 0),
  )
})

test('a name of 17 bytes takes at most 36 in a set created with its final size', () => {
  const nth = (i: number) => `name-of-17-${String(i).padStart(6, '0')}`
  for (const count of [50_000, 90_000, 120_000, 240_000]) {
    const { set } = beside(count)
    for (let from = 0; from < count; from += 10_000)
      set.addLines(lines(Array.from({ length: 10_000 }, (_, i) => nth(from + i))))
    // The first is room for what the set is asked, whatever its size.
    const each = (set.bytes - 2 ** 20) / count
    assert.ok(set.size === count && each < 36, `${count} names: ${each} bytes each`)
  }
})

/** Copies a set, calling `meanwhile` between the pieces, and resumes the copy. */
async function copied(set: LargeNameSet, meanwhile: () => void, resumedSeed = seed) {
  const bytesMax = set.bytes + 2 ** 20
  const pieces: MemoryPiece[] = []
  const copy = set.copy(bytesMax)
  for (;;) {
    const { done, value } = copy.next()
    if (done) {
      if (!value) return undefined
      break
    }
    pieces.push(value)
    meanwhile()
  }
  const resumed = await LargeNameSet.resume(resumedSeed, bytesMax, async (memory) => {
    for (const { at, bytes } of pieces) memory.set(bytes, at)
  })
  return { resumed, pieces }
}

test('a copy equals the set after the changes made during the copy are applied again', async () => {
  const { set, add, remove, ask } = beside(250_000)
  const nth = (i: number) => `${'x'.repeat(i % 23)}${i}`
  const names = Array.from({ length: 260_000 }, (_, i) => nth(i))
  for (let from = 0; from < 240_000; from += 10_000) add(names.slice(from, from + 10_000))
  remove(names.slice(0, 5000))
  const changes: { readonly added: string[]; readonly removed: string[] }[] = []
  const made = await copied(set, () => {
    const i = changes.length
    const change = {
      // Adds some removed names again, and removes some new ones at once.
      added: [...names.slice(240_000 + 20 * i, 240_020 + 20 * i), ...names.slice(5 * i, 5 * i + 5)],
      removed: [...names.slice(10_000 + 50 * i, 10_050 + 50 * i), nth(240_000 + 20 * i)],
    }
    changes.push(change)
    add(change.added)
    remove(change.removed)
  })
  assert.ok(made!.pieces.length > 8, `${made!.pieces.length} pieces`)
  const resumed = made!.resumed!
  for (const { added, removed } of changes) {
    resumed.addLines(lines(added))
    resumed.deleteLines(lines(removed))
  }
  assert.equal(resumed.size, set.size)
  ask(names)
  const asked = columnOf(names)
  assert.deepEqual(resumed.hits(asked, all(names)), set.hits(asked, all(names)))
  // The resumed set grows like any other.
  resumed.addLines(lines(names.map((name) => `${name}-2`)))
  assert.equal(resumed.size, set.size + names.length)
})

test('a copy contains neither queried nor removed names', async () => {
  const { set, add, remove, ask } = beside(1000)
  add(Array.from({ length: 1000 }, (_, i) => `name-${i}`))
  add(['secret-removed'])
  remove(['secret-removed'])
  ask(['secret-asked'])
  ask(Array.from({ length: 40_000 }, (_, i) => `secret-asked-${i}`))
  const { pieces } = (await copied(set, () => {}))!
  assert.equal(Buffer.concat(pieces.map(({ bytes }) => bytes)).includes('secret-'), false)
})

test('a copy is rejected if a part has grown, or with another seed', async () => {
  const { set, add } = beside(0)
  add(['aaaa'])
  const more = Array.from({ length: 10_000 }, (_, i) => `name-${i}`)
  assert.equal(await copied(set, () => set.addLines(lines(more))), undefined)
  assert.equal((await copied(set, () => {}, seed + 1))!.resumed, undefined)
  assert.equal((await copied(set, () => {}))!.resumed!.size, 10_001)
})

test('it is worn when a quarter of it is names that were removed', () => {
  const { set } = beside(0)
  const long = 'x'.repeat(60)
  const names = Array.from({ length: 40_000 }, (_, i) => `${long}${i}`)
  set.addLines(lines(names))
  set.deleteLines(lines(names.slice(0, 10_000)))
  assert.equal(set.worn, false)
  set.deleteLines(lines(names))
  assert.deepEqual([set.worn, set.size], [true, 0])
})
