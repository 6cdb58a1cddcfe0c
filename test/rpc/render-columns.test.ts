import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ColumnRows, ColumnTexts } from '../../src/lib/column-lists.ts'
import { columnsOf } from '../../src/lib/columns.ts'
import { render } from '../../src/rpc/render.ts'
import { entriesInColumns } from '../../src/rpc/render-columns.ts'
import { withKinds } from '../support/kinds.ts'

// Goal: what is written from columns is, byte for byte, what is written of the same rows as objects, in JSON and in
// XML, whether the kinds of the values are known or not.

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcXYZ019-_@.:'), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.toWellFormed()),
)
const row = fc.record(
  { DeviceName: text, DeviceSecret: text, Sn: fc.option(text, { nil: undefined }) },
  { requiredKeys: [] },
)

test('columns are written like the equivalent objects and texts', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), fc.boolean(), fc.nat(), (rows, known, seed) => {
      const list = columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], rows)
      const { members } = known ? withKinds(list) : list
      const entries = Int32Array.from(rows.keys()).filter((entry) => ((seed >> (entry % 20)) & 1) === 1)
      const fields = [
        { name: 'DeviceName', column: members.DeviceName, always: true },
        { name: 'DeviceSecret', column: members.DeviceSecret, always: false },
        { name: 'Sn', column: members.Sn, always: false },
      ]
      const answer = (detail: unknown, names: unknown) => ({
        RequestId: 'r',
        Success: true,
        // Texts that look like what stands for a list while XML is made.
        Texts: ['{0}', '\u00010', '\u0001', '0'],
        Data: { detail, inner: { names }, left: undefined, none: [], text: 'ä"', nothing: {} },
      })
      const inColumns = answer(new ColumnRows(fields, entries), new ColumnTexts(members.Sn, entries))
      assert.equal(entriesInColumns(inColumns), 2 * entries.length)
      const chosen = Array.from(entries, (entry) => rows[entry]!)
      const inObjects = answer(
        chosen.map(({ DeviceName = '', DeviceSecret, Sn }) => ({ DeviceName, DeviceSecret, Sn })),
        chosen.map(({ Sn = '' }) => Sn),
      )
      for (const format of ['JSON', 'XML'] as const) {
        assert.equal(render(format, 'Root', inColumns).toString(), render(format, 'Root', inObjects))
      }
    }),
    { numRuns: 500 },
  )
})

test('other answers are not taken for such', () => {
  assert.equal(entriesInColumns({ Data: { List: [{ a: 1 }], name: 'x' }, Success: true }), undefined)
})
