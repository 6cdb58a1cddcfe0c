import assert from 'node:assert/strict'
import { beforeEach, suite, test } from 'node:test'
import { Desk, type WorkerPort } from '../../../src/console/import/desk.ts'
import type { FromWorker, Preview, ToWorker } from '../../../src/console/import/messages.ts'

const target = { productKey: 'a1', productName: 'lamps' }
const account = { id: '1', name: 'own' }
const preview: Preview = {
  format: 'csv',
  hasHeader: true,
  isReport: false,
  columns: ['DeviceName', 'DeviceSecret'],
  places: { name: 0, secret: 1, sn: -1 },
  notes: [],
  damage: [],
  wasMarked: false,
  rows: [{ line: 2, cells: ['lamp-1', 's'], codes: [] }],
  hasMore: false,
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
  let desk: Desk
  const tell = (message: FromWorker) => port.onmessage!({ data: message })
  const turn = () => asked.findLast((message) => 'turn' in message)!.turn
  const file = new Blob(['x'])
  const take = () => desk.take({ name: 'devices.csv', size: 1, file, isPasted: false })

  /** As somebody does who has a file verified. */
  function verify() {
    desk.chooseTarget(target)
    take()
    tell({ type: 'preview', turn: turn(), preview })
    desk.verify()
    tell({ type: 'listing', listing: { count: 1, version: 1, all: 1, codes: counts.codes } })
    tell({ type: 'verified', turn: turn(), counts, damage: [], milliseconds: 5 })
  }

  beforeEach(() => {
    asked = []
    port = { postMessage: (message) => asked.push(message), onmessage: null, onerror: null, terminate() {} }
    desk = new Desk(port, { accessKey: { id: 'k', secret: 's' }, account })
  })

  for (const [before, arrange] of [
    ['another file was verified', verify],
    [
      'another import has ended',
      () => {
        verify()
        desk.import()
        tell({ type: 'begun', turn: turn(), id: 'ended', isKept: true })
        tell({ type: 'imported', turn: turn(), summary })
      },
    ],
  ] as const) {
    test(`shows nothing of what was before of an import that is gone on with: ${before}`, () => {
      arrange()
      desk.resume('kept')
      const { phase, source, counts, listing, summary, importId } = desk.state()
      assert.deepEqual(
        { phase, source, counts, all: listing.all, summary, importId },
        {
          phase: 'importing',
          source: undefined,
          counts: undefined,
          all: 0,
          summary: undefined,
          importId: undefined,
        },
      )
      tell({ type: 'busy', turn: turn() })
      assert.deepEqual([desk.state().phase, desk.state().isBusy], ['choosing', true])
    })
  }

  test('keeps what it shows of an import that was paused and is gone on with', () => {
    verify()
    desk.import()
    tell({ type: 'begun', turn: turn(), id: 'own', isKept: true })
    tell({ type: 'ended', turn: turn() })
    desk.resume('own')
    const { source, counts, importId } = desk.state()
    assert.deepEqual([source?.name, counts?.rows, importId], ['devices.csv', 3, 'own'])
  })

  test('takes no other file and begins nothing anew while it imports', () => {
    verify()
    desk.import()
    tell({ type: 'begun', turn: turn(), id: 'own', isKept: true })
    const before = asked.length
    take()
    desk.import()
    desk.verify()
    assert.deepEqual([asked.slice(before), desk.state().phase], [[], 'importing'])
  })

  test('looks anew which imports are kept when one could not be gone on with', () => {
    desk.resume('kept')
    const before = asked.length
    tell({ type: 'ended', turn: turn(), trouble: { kind: 'takenOver' } })
    assert.deepEqual(
      asked.slice(before).map(({ type }) => type),
      ['list'],
    )
  })
})
