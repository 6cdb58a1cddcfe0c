import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { absentColumn, columnsOf, composed, cut, filled, textAt } from '../../src/lib/columns.ts'

const value = fc.option(fc.string({ unit: 'binary', maxLength: 6 }), { nil: undefined })
const rows = fc.array(fc.record({ a: value, b: value }), { maxLength: 20 })

test('a composed column is what joining its parts as texts gives', () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const { a, b } = columnsOf(['a', 'b'], rows).members
      const column = composed(rows.length, ['<ä>', a, '', b, '_', a])
      assert.deepEqual(
        rows.map((_, entry) => textAt(column, entry)),
        rows.map(({ a = '', b = '' }) => `<ä>${a}${b}_${a}`),
      )
    }),
  )
})

test('a filled column has another’s entry where its own is absent or empty', () => {
  fc.assert(
    fc.property(rows, (rows) => {
      const { a, b } = columnsOf(['a', 'b'], rows).members
      const column = filled(a, b, rows.length)
      assert.deepEqual(
        rows.map((_, entry) => textAt(column, entry)),
        rows.map(({ a, b }) => a || b),
      )
    }),
  )
})

test('a text is cut into entries, and an absent column has none', () => {
  assert.deepEqual(
    [0, 1, 2].map((entry) => textAt(cut('aabbcc', 2), entry)),
    ['aa', 'bb', 'cc'],
  )
  assert.equal(textAt(absentColumn(2), 1), undefined)
})
