import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { BadRows } from '../../../src/console/import/bad-rows.ts'
import type { Filter, ListedRow } from '../../../src/console/import/messages.ts'
import { otherReason, reasons } from '../../../src/importer/reasons.ts'

const codes = ['InvalidDeviceName', 'InvalidSn', 'Rejected']
const unit = fc.constantFrom('a', 'B', '"', '\\', '\n', '密', '😀', ',')
const row = fc.record(
  {
    line: fc.nat(),
    reasons: fc
      .subarray(codes, { minLength: 1 })
      .map((some) => some.map((code) => ({ field: 'Sn', code, reason: `what ${code} means` }))),
    cells: fc.array(fc.string({ unit }), { maxLength: 4 }),
  },
  { noNullPrototype: true },
) as fc.Arbitrary<ListedRow>
const filter = fc.record({
  code: fc.option(fc.constantFrom(...codes, 'Other'), { nil: undefined }),
  text: fc.constantFrom('', 'a', 'b', '"', ',', '密', 'ab'),
}) as fc.Arbitrary<Filter>

const passes = ({ code, text }: Filter, { reasons, cells }: ListedRow) =>
  (code === undefined || reasons.some((reason) => reason.code === code)) &&
  (text === '' || cells.some((cell) => cell.toLowerCase().includes(text.toLowerCase())))

suite('the bad rows of a file', () => {
  test('are returned unchanged, and filtered like a list of objects', () => {
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
          assert.deepEqual([...kept.all()], all)
          assert.deepEqual(kept.rows(from, count), passed.slice(from, from + count))
          const { count: listed, all: total, codes: counts } = kept.listing()
          assert.deepEqual([listed, total], [passed.length, all.length])
          for (const code of codes)
            assert.equal(
              counts[code] ?? 0,
              all.filter(({ reasons }) => reasons.some((one) => one.code === code)).length,
            )
        },
      ),
    )
  })

  test('may exceed a chunk in number and size', () => {
    const kept = new BadRows()
    const large = 'x'.repeat(3_000_000)
    const rows = Array.from({ length: 3000 }, (_, i) => ({
      line: i,
      reasons: [reasons.snIllegal],
      cells: [i === 1500 ? large : `${i}`.repeat(200)],
    }))
    for (const one of rows) kept.add(one)
    assert.deepEqual(kept.rows(1499, 3), rows.slice(1499, 1502))
    assert.deepEqual(kept.rows(2990, 20), rows.slice(2990))
  })

  test('contain the server’s messages, each with its row', () => {
    const kept = new BadRows()
    const row = { line: 2, sheet: 'A', reasons: [otherReason('Quota.')], cells: ['a'] }
    kept.add(row)
    assert.deepEqual(kept.rows(0, 1), [row])
  })
})
