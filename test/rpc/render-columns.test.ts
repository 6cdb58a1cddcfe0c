import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ColumnRows, ColumnTexts } from '../../src/lib/column-lists.ts'
import { columnsOf } from '../../src/lib/columns.ts'
import { render } from '../../src/rpc/render.ts'
import { entriesInColumns } from '../../src/rpc/render-columns.ts'
import { withKinds } from '../support/kinds.ts'
import { inSlot } from '../support/slots.ts'

// Goal: what is written from columns is, byte for byte, what is written of the same rows as objects, in JSON and in
// XML, whether the kinds of the values are known or not, and whether they lie where WebAssembly writes them.

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abcXYZ019-_@.:'), maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.toWellFormed()),
)
const row = fc.record(
  { DeviceName: text, DeviceSecret: text, Sn: fc.option(text, { nil: undefined }) },
  { requiredKeys: [] },
)

const plainText = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_@.:'), maxLength: 40 })
const plainRow = fc.record(
  { DeviceName: plainText, DeviceSecret: plainText, Sn: plainText },
  { requiredKeys: [] },
)

test('columns are written like the equivalent objects and texts', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.array(row, { maxLength: 30 }), fc.array(plainRow, { maxLength: 30 })),
      fc.constantFrom('in a slot', 'known', 'unknown'),
      fc.nat(),
      (rows, where, seed) => {
        const list = columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], rows)
        const { members } = where === 'in a slot' ? inSlot(list) : where === 'known' ? withKinds(list) : list
        const reasons = columnsOf(
          ['text'],
          rows.map((_, i) => ({ text: i % 3 === 0 ? 'The sn is illegal.' : 'x | y' })),
        ).members.text
        const entries = Int32Array.from(rows.keys()).filter((entry) => ((seed >> (entry % 20)) & 1) === 1)
        const fields = [
          { name: 'DeviceName', column: members.DeviceName, always: true },
          { name: 'DeviceSecret', column: members.DeviceSecret, always: false },
          { name: 'Sn', column: members.Sn, always: false },
          { name: 'ErrorMsg', column: reasons, always: true },
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
          chosen.map(({ DeviceName = '', DeviceSecret, Sn }, i) => ({
            DeviceName,
            DeviceSecret,
            Sn,
            ErrorMsg: entries[i]! % 3 === 0 ? 'The sn is illegal.' : 'x | y',
          })),
          chosen.map(({ Sn = '' }) => Sn),
        )
        for (const format of ['JSON', 'XML'] as const) {
          assert.equal(render(format, 'Root', inColumns).toString(), render(format, 'Root', inObjects))
        }
      },
    ),
    { numRuns: 500 },
  )
})

test('other answers are not taken for such', () => {
  assert.equal(entriesInColumns({ Data: { List: [{ a: 1 }], name: 'x' }, Success: true }), undefined)
})

test('answers of many pieces are the same with escapes in some rows, and without any Sn', () => {
  const long = 'x'.repeat(4000)
  for (const [every, hasSn] of [
    [1000, true],
    [7, false],
    [0, true],
  ] as const) {
    const rows = Array.from(
      { length: 10_000 },
      (_, i): { DeviceName: string; DeviceSecret: string; Sn?: string | undefined } => ({
        DeviceName: every > 0 && i % every === every - 1 ? `na"me-${i}` : `name-${i}`,
        DeviceSecret: i % 977 === 0 ? long : `secret-${i}`,
        ...(hasSn && { Sn: i % 5 === 0 ? undefined : `sn${i}` }),
      }),
    )
    const { members } = inSlot(columnsOf(['DeviceName', 'DeviceSecret', 'Sn'] as const, rows))
    const fields = (['DeviceName', 'DeviceSecret', 'Sn'] as const).map((name) => ({
      name,
      column: members[name],
      always: false,
    }))
    const entries = Int32Array.from(rows.keys())
    for (const format of ['JSON', 'XML'] as const) {
      const written = render(format, 'Root', {
        detail: new ColumnRows(fields, entries),
        names: new ColumnTexts(members.DeviceName, entries),
      })
      const asObjects = render(format, 'Root', { detail: rows, names: rows.map((one) => one.DeviceName) })
      assert.equal(written.toString() === asObjects, true, `${format}, escapes every ${every}`)
    }
  }
})
