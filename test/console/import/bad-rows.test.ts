import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { BadRows } from '../../../src/console/import/bad-rows.ts'
import type { Filter, ListedRow } from '../../../src/console/import/messages.ts'

const codes = ['InvalidDeviceName', 'InvalidSn', 'Rejected']
const unit = fc.constantFrom('a', 'B', '"', '\\', '\n', '密', '😀', ',')
const row = fc.record(
  {
    line: fc.nat(),
    codes: fc.subarray(codes, { minLength: 1 }),
    cells: fc.array(fc.string({ unit }), { maxLength: 4 }),
  },
  { noNullPrototype: true },
) as fc.Arbitrary<ListedRow>
const filter = fc.record({
  code: fc.option(fc.constantFrom(...codes, 'Other'), { nil: undefined }),
  text: fc.constantFrom('', 'a', 'b', '"', ',', '密', 'ab'),
}) as fc.Arbitrary<Filter>

const passes = ({ code, text }: Filter, { codes, cells }: ListedRow) =>
  (code === undefined || codes.includes(code)) &&
  (text === '' || cells.some((cell) => cell.toLowerCase().includes(text.toLowerCase())))

const sorted = (one: ListedRow) => ({ ...one, codes: [...one.codes].sort() })

suite('the bad rows of a file', () => {
  test('are given as they were, and filtered as a list of objects would be', () => {
    fc.assert(
      fc.property(
        fc.array(row),
        fc.array(row),
        filter,
        fc.nat(5),
        fc.nat(20),
        (before, after, filter, from, count) => {
          const kept = new BadRows()
          for (const one of before) kept.add(one)
          kept.filter(filter)
          for (const one of after) kept.add(one)
          const all = [...before, ...after]
          const passed = all.filter((one) => passes(filter, one))
          assert.deepEqual([...kept.all()].map(sorted), all.map(sorted))
          assert.deepEqual(kept.rows(from, count).map(sorted), passed.slice(from, from + count).map(sorted))
          const { count: listed, all: total, codes: counts } = kept.listing()
          assert.deepEqual([listed, total], [passed.length, all.length])
          for (const code of codes)
            assert.equal(counts[code] ?? 0, all.filter((one) => one.codes.includes(code)).length)
        },
      ),
    )
  })

  test('may be more than a chunk holds, and larger', () => {
    const kept = new BadRows()
    const large = 'x'.repeat(3_000_000)
    const rows = Array.from({ length: 3000 }, (_, i) => ({
      line: i,
      codes: ['InvalidSn'],
      cells: [i === 1500 ? large : `${i}`.repeat(200)],
    }))
    for (const one of rows) kept.add(one)
    assert.deepEqual(kept.rows(1499, 3), rows.slice(1499, 1502))
    assert.deepEqual(kept.rows(2990, 20), rows.slice(2990))
  })

  test('tell what the server said, and are not mixed up with it', () => {
    const kept = new BadRows()
    kept.add({ line: 2, codes: ['Rejected'], cells: ['a'], said: 'Quota.' })
    assert.deepEqual(kept.rows(0, 1), [{ line: 2, codes: ['Rejected'], cells: ['a'], said: 'Quota.' }])
  })
})
