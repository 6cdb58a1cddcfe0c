import assert from 'node:assert/strict'
import { beforeEach, suite, test } from 'node:test'
import { ImportController, type WorkerPort } from '../../../src/console/import/import-controller.ts'
import type { FromWorker, Preview, ToWorker } from '../../../src/console/import/messages.ts'
import { reportColumns } from '../../../src/device-files/columns.ts'

const target = { productKey: 'a1', productName: 'lamps' }
const account = { id: '1', name: 'own' }
const preview: Preview = {
  format: 'csv',
  hasHeader: true,
  isReport: false,
  columns: ['DeviceName', 'DeviceSecret'],
  places: { name: 0, secret: 1, sn: -1 },
  notes: [],
  mayBeDevice: false,
  lacks: [],
  findings: [],
  hasBom: false,
  rows: [{ line: 2, cells: ['lamp-1', 's'], reasons: [] }],
  hasMore: false,
}
const kept = {
  id: 'kept',
  accountId: account.id,
  accountName: account.name,
  target,
  fileName: 'kept.csv',
  begun: 0,
  rows: 3,
  done: 0,
}
const counts = { rows: 3, good: 2, existing: 0, bad: 1, codes: { InvalidSn: 1 } }
const summary = {
  rows: 3,
  imported: 2,
  leftOut: 1,
  codes: { InvalidSn: 1 },
  applyIds: ['7'],
  lostAnswers: 0,
  milliseconds: 9,
}

suite('the desk', () => {
  let asked: ToWorker[]
  let port: WorkerPort
  let controller: ImportController
  const tell = (message: FromWorker) => port.onmessage!({ data: message })
  const turn = () => asked.findLast((message) => 'turn' in message)!.turn
  const file = new Blob(['x'])
  const take = () => controller.take({ name: 'devices.csv', size: 1, file, isPasted: false })

  /** As somebody does who has a file verified. */
  function verify() {
    controller.chooseTarget(target)
    take()
    tell({ type: 'preview', turn: turn(), preview })
    controller.verify()
    tell({ type: 'listing', listing: { count: 1, version: 1, changed: 0, all: 1, codes: counts.codes } })
    tell({ type: 'verified', turn: turn(), counts, findings: [], offers: [], milliseconds: 5 })
  }

  beforeEach(() => {
    asked = []
    port = { postMessage: (message) => asked.push(message), onmessage: null, onerror: null, terminate() {} }
    controller = new ImportController(port, { accessKey: { id: 'k', secret: 's' }, account })
  })

  for (const [before, arrange] of [
    ['another file was verified', verify],
    [
      'another import has ended',
      () => {
        verify()
        controller.import()
        tell({ type: 'begun', turn: turn(), id: 'ended', isSaved: true })
        tell({ type: 'imported', turn: turn(), summary })
      },
    ],
  ] as const) {
    test(`shows what it showed until an import can be gone on with, and then nothing of it: ${before}`, () => {
      arrange()
      const { phase, source, counts, listing, summary } = controller.state()
      const shown = () => {
        const state = controller.state()
        return [state.phase, state.source, state.counts, state.listing, state.summary]
      }
      for (const message of [
        { type: 'busy', id: 'kept' },
        { type: 'ended', importError: { kind: 'takenOver' } },
      ] as const) {
        controller.resume('kept')
        take()
        controller.verify()
        controller.import()
        assert.deepEqual(shown(), [phase, source, counts, listing, summary])
        tell({ ...message, turn: turn() })
        assert.deepEqual(shown(), [phase, source, counts, listing, summary])
      }
      controller.resume('kept')
      tell({ type: 'taken', turn: turn(), kept, preview, size: 9 })
      const state = controller.state()
      assert.deepEqual(
        [state.phase, state.source?.name, state.counts, state.listing.all, state.summary, state.importId],
        ['importing', 'kept.csv', undefined, 0, undefined, 'kept'],
      )
    })
  }

  test('reads a file to its end before it resumes another import', () => {
    take()
    controller.resume('kept')
    tell({ type: 'preview', turn: turn(), preview })
    assert.deepEqual(
      [controller.state().source?.name, controller.state().resuming],
      ['devices.csv', undefined],
    )
  })

  test('reports the import that another tab is running', () => {
    controller.resume('kept')
    tell({ type: 'busy', turn: turn(), id: 'kept' })
    assert.deepEqual([controller.state().phase, controller.state().busy], ['choosing', 'kept'])
    controller.resume('another')
    assert.equal(controller.state().busy, undefined)
  })

  test('is at its beginning again when another tab has gone on with its import, or discarded it', () => {
    verify()
    controller.import()
    tell({ type: 'begun', turn: turn(), id: 'own', isSaved: true })
    tell({ type: 'ended', turn: turn(), importError: { kind: 'takenOver' } })
    const { phase, source, importError, importId } = controller.state()
    assert.deepEqual(
      [phase, source, importError?.kind, importId],
      ['choosing', undefined, 'takenOver', undefined],
    )
  })

  suite('columns that were chosen by hand', () => {
    const map = { name: '2', secret: 'DeviceSecret', sn: null }
    const chosenIn = () => asked.findLast((message) => message.type === 'read')!.reading
    const named = { ...preview, columns: ['Device', 'Name', 'Secret'] }
    const report = { ...named, columns: [...named.columns, ...reportColumns] }
    const bare = { ...preview, hasHeader: false, columns: ['DeviceName', '2', 'DeviceSecret'] }
    const other = { ...preview, columns: ['Device', 'Secret', 'Name'] }
    for (const [what, first, next, isPasted, isSaved] of [
      ['are kept for a list of its bad rows', named, report, false, true],
      ['are kept for a text that is mended', named, named, true, true],
      ['are kept for one without a header', bare, bare, true, true],
      ['are not taken for those of another file without a header', bare, bare, false, false],
      ['are not taken for those of a list with other columns', named, other, true, false],
    ] as const) {
      test(what, () => {
        const source = { name: 'devices', size: 1, file, isPasted }
        controller.take(source)
        tell({ type: 'preview', turn: turn(), preview: first })
        controller.read({ delimiter: ';', map })
        tell({ type: 'preview', turn: turn(), preview: first })
        controller.take(source)
        assert.deepEqual(chosenIn(), isPasted ? { delimiter: ';', map: {} } : { map: {} })
        tell({ type: 'preview', turn: turn(), preview: next })
        assert.deepEqual(chosenIn().map, isSaved ? map : {})
      })
    }
  })

  test('keeps what it shows of an import that was paused and is gone on with', () => {
    verify()
    controller.import()
    tell({ type: 'begun', turn: turn(), id: 'own', isSaved: true })
    tell({ type: 'ended', turn: turn() })
    controller.resume('own')
    const { source, counts, importId } = controller.state()
    assert.deepEqual([source?.name, counts?.rows, importId], ['devices.csv', 3, 'own'])
  })

  test('takes no other file and begins nothing anew while it imports', () => {
    verify()
    controller.import()
    tell({ type: 'begun', turn: turn(), id: 'own', isSaved: true })
    const before = asked.length
    take()
    controller.import()
    controller.verify()
    assert.deepEqual([asked.slice(before), controller.state().phase], [[], 'importing'])
  })

  test('looks anew which imports are kept when one could not be gone on with', () => {
    controller.resume('kept')
    const before = asked.length
    tell({ type: 'ended', turn: turn(), importError: { kind: 'takenOver' } })
    assert.deepEqual(
      asked.slice(before).map(({ type }) => type),
      ['list'],
    )
  })
})
