import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Counts, ImportError, Preview } from '../../../src/console/import/messages.ts'
import {
  fieldsOf,
  firstState,
  isFixed,
  nextOf,
  reduce,
  type State,
  unverified,
} from '../../../src/console/import/model.ts'

const target = { productKey: 'a1', productName: 'lamps' }
const source = { name: 'devices.csv', size: 3, isPasted: false }
const preview: Preview = {
  format: 'csv',
  hasHeader: true,
  isReport: false,
  columns: ['备注', 'DeviceName', 'DeviceSecret'],
  places: { name: 1, secret: 2, sn: -1 },
  notes: [],
  mayBeDevice: false,
  lacks: [],
  findings: [],
  hasBom: false,
  rows: [{ line: 2, cells: ['', 'lamp-1', 's'], reasons: [] }],
  hasMore: false,
}
const counts: Counts = { rows: 10, good: 10, existing: 0, bad: 0, codes: {} }
const importError: ImportError = { kind: 'other', message: 'broken' }

const chosen: State = { ...firstState, target, source, preview }
const everything = () => true
const verified: State = { ...chosen, phase: 'verified', counts }

suite('what blocks the next step', () => {
  for (const [state, step, code] of [
    [firstState, 1, 'noProduct'],
    [{ ...firstState, source, preview }, 1, 'noProduct'],
    [{ ...firstState, target }, 2, 'noFile'],
    [{ ...firstState, target, source, isReading: true }, 2, 'reading'],
    [{ ...firstState, target, source }, 2, 'unreadable'],
    [
      { ...chosen, preview: { ...preview, places: { name: -1, secret: 2, sn: -1 }, lacks: ['name'] } },
      3,
      'noColumn',
    ],
    [
      { ...chosen, preview: { ...preview, places: { name: 1, secret: -1, sn: -1 }, lacks: ['secret'] } },
      3,
      'noColumn',
    ],
    [{ ...chosen, preview: { ...preview, rows: [] } }, 2, 'noRows'],
    [chosen, 4, 'verify'],
    [{ ...chosen, phase: 'verifying' }, 4, 'verifying'],
    [{ ...chosen, phase: 'verifying', isLost: true }, 4, 'lost'],
    [verified, 6, 'import'],
    [{ ...verified, counts: { ...counts, good: 0, bad: 10 } }, 5, 'noneGood'],
    [{ ...verified, counts: { ...counts, good: 0, existing: 10 } }, 5, 'allExist'],
    [{ ...verified, counts: { ...counts, good: 0, existing: 9, bad: 1 } }, 5, 'noneGood'],
    [{ ...verified, counts: { ...counts, good: 8, bad: 2 } }, 5, 'someBad'],
    [{ ...verified, counts: { ...counts, good: 8, existing: 2 } }, 5, 'someExist'],
    [{ ...chosen, phase: 'verifying', isThrottled: true }, 4, 'quota'],
    [{ ...verified, phase: 'importing', isThrottled: true }, 6, 'quota'],
    [{ ...verified, phase: 'importing', isThrottled: true, isLost: true }, 6, 'importLost'],
    [{ ...verified, phase: 'importing' }, 6, 'importing'],
    [{ ...verified, phase: 'importing', isLost: true }, 6, 'importLost'],
    [{ ...verified, phase: 'paused' }, 6, 'paused'],
    [{ ...verified, phase: 'paused', importId: 'own', busy: 'own' }, 6, 'busy'],
    [{ ...verified, phase: 'paused', importId: 'own', busy: 'other' }, 6, 'paused'],
    [{ ...verified, resuming: 'other' }, 6, 'importing'],
    [{ ...verified, phase: 'imported' }, 7, 'imported'],
  ] as const satisfies readonly (readonly [State, number, string])[]) {
    test(`${code} at step ${step}`, () => {
      const next = nextOf(state, everything)
      assert.deepEqual([next.step, next.code], [step, code])
    })
  }

  test('is reported with its numbers', () => {
    const some = { ...verified, counts: { ...counts, good: 7, bad: 2, existing: 1 } }
    assert.deepEqual(nextOf(some, everything), { step: 5, code: 'someBad', bad: 2, good: 7 })
    const choice = { leaveBad: true, skipExisting: false }
    assert.deepEqual(nextOf({ ...some, choice }, everything), {
      step: 5,
      code: 'someExist',
      existing: 1,
      good: 7,
    })
    assert.deepEqual(nextOf({ ...some, choice: { leaveBad: true, skipExisting: true } }, everything), {
      step: 6,
      code: 'import',
      good: 7,
    })
  })

  test('of a column that is missing, with whether another sheet may have it', () => {
    const places = { name: -1, secret: 1, sn: -1 }
    for (const [sheets, hasSheets] of [
      [undefined, false],
      [['only'], false],
      [['cover', 'devices'], true],
    ] as const) {
      const state = {
        ...chosen,
        preview: { ...preview, places, lacks: ['name'] as const, ...(sheets && { sheets }) },
      }
      assert.deepEqual(nextOf(state, everything), { step: 3, code: 'noColumn', field: 'name', hasSheets })
    }
  })

  for (const [state, denied, step] of [
    [firstState, 'QueryProductList', 1],
    [chosen, 'BatchCheckImportDevice', 4],
    [verified, 'BatchImportDevice', 6],
    [verified, 'BatchQueryDeviceDetail', 6],
  ] as const) {
    test(`a key that may not call ${denied}`, () => {
      const next = nextOf(state, (action) => action !== denied)
      assert.deepEqual(next, { step, code: 'mayNot', action: denied })
    })
  }
})

suite('messages of the worker', () => {
  test('an end of reading is the file’s, and leaves what was chosen', () => {
    const after = reduce({ ...chosen, isReading: true }, { type: 'ended', turn: 1, importError })
    assert.equal(after.unreadable, importError)
    assert.equal(after.preview, undefined)
    assert.equal(after.source, source)
  })

  test('an end of verification goes back to before it', () => {
    const after = reduce({ ...chosen, phase: 'verifying' }, { type: 'ended', turn: 1, importError })
    assert.deepEqual([after.phase, after.importError], ['choosing', importError])
  })

  test('an import that ended early can be gone on with once it was written down', () => {
    const importing: State = { ...verified, phase: 'importing' }
    const early = reduce(importing, { type: 'ended', turn: 1 })
    assert.equal(early.phase, 'verified')
    const begun = reduce(importing, { type: 'begun', turn: 1, id: 'x', isSaved: true })
    const late = reduce(begun, { type: 'ended', turn: 1, importError })
    assert.deepEqual([late.phase, late.importError, isFixed(late)], ['paused', importError, true])
  })

  test('findings of one file are not displayed for another', () => {
    const found: State = { ...verified, choice: { leaveBad: true, skipExisting: true } }
    const after = { ...found, ...unverified }
    assert.equal(nextOf(after, everything).code, 'verify')
    assert.deepEqual(after.choice, { leaveBad: false, skipExisting: false })
  })
})

test('the field of each column is known', () => {
  assert.deepEqual(fieldsOf(preview), [undefined, 'name', 'secret'])
})
