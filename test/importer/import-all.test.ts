import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Pace } from '../../src/client/pace.ts'
import { importAll } from '../../src/importer/import-all.ts'
import type { ImportEvent } from '../../src/importer/import-job.ts'
import type { JournalLine } from '../../src/importer/journal.ts'
import { sha256 } from '../support/hashes.ts'
import { chunksOf, Endpoint, type Fault, illegal, KeptJournal } from './import-model.ts'

const spec = {
  ...{ endpoint: 'http://127.0.0.1:1', product: 'a1', instance: null, mode: 'create' },
  ...{ batch: 10, reading: '{}', size: 100 },
}

const lamps = (count: number) => Array.from({ length: count }, (_, i) => [`lamp-${i}`, `s${i}`])

/** Runs an import once. @returns what it reported, and how it ended */
async function runOnce(
  rows: readonly (readonly string[])[],
  size: number,
  endpoint: Endpoint,
  journal: KeptJournal,
) {
  const events: ImportEvent[] = []
  if (journal.undertaking === undefined) journal.begin(spec, 1)
  const [outcome] = await Promise.allSettled([
    importAll({
      ...{ client: endpoint, journal, target: { productKey: 'a1' }, mode: 'create' },
      ...{ chunks: chunksOf(rows, size), pace: new Pace(3), seed: 7, sha256: sha256.hash },
      signal: endpoint.controller.signal,
      report: (event) => events.push(event),
    }),
  ])
  return { events, outcome }
}

const done = (events: readonly ImportEvent[]) => events.filter((event) => event.type === 'batchDone')
const sum = (counts: readonly { readonly rows: number }[]) =>
  counts.reduce((total, { rows }) => total + rows, 0)

test('whatever is lost, paused, aborted or killed, the events are legal and add up to the store', async () => {
  const fault = fc.constantFrom<Fault>(
    ...([
      'none',
      'none',
      'none',
      'lostBefore',
      'lostAfter',
      'late',
      'failed',
      'unreachable',
      'abort',
    ] as const),
  )
  const run = fc.record({
    faults: fc.array(fault, { maxLength: 12 }),
    crashAt: fc.option(fc.nat({ max: 15 }), { nil: Number.POSITIVE_INFINITY }),
    isSlow: fc.boolean(),
  })
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 18 }),
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 6 }),
    fc.subarray([0, 1, 5, 9]),
    fc.subarray([2, 5, 10]),
    fc.array(run, { maxLength: 4 }),
    fc.scheduler(),
    async (count, size, rowsMax, theirs, illegalNames, runs, scheduler) => {
      const rows = Array.from({ length: count }, (_, i) => [
        illegalNames.includes(i) ? `lamp%${i}` : `lamp-${i}`,
        `s${i}`,
      ])
      const turn = () => scheduler.schedule(Promise.resolve())
      const endpoint = new Endpoint(rowsMax, scheduler)
      for (const i of theirs) endpoint.devices.set(`lamp-${i}`, 'theirs')
      const kept: JournalLine[] = []
      const all: ImportEvent[] = []
      for (const { faults, crashAt, isSlow } of [
        ...runs,
        { faults: [], crashAt: Number.POSITIVE_INFINITY, isSlow: false },
      ]) {
        endpoint.faults = [...faults]
        endpoint.controller = new AbortController()
        const journal = new KeptJournal(kept, crashAt, isSlow ? turn : undefined)
        const { events, outcome } = await scheduler.waitFor(runOnce(rows, size, endpoint, journal))
        all.push(...events)
        assert.equal(illegal(events, outcome!.status === 'rejected'), undefined)
        if (outcome!.status === 'fulfilled') assert.equal(outcome.value.rows, count)
      }
      const own = rows.filter((_, i) => !illegalNames.includes(i) && !theirs.includes(i))
      for (const [name, secret] of own) assert.equal(endpoint.devices.get(name!), secret)
      assert.equal(sum(done(all)), own.length)
      const last = new KeptJournal(kept)
      assert.equal(last.finished, true)
      assert.equal(
        [...last.chunks.values()].reduce((total, { imported }) => total + imported, 0),
        own.length,
      )
      const applyIds = done(all).flatMap(({ applyId }) => applyId ?? [])
      assert.deepEqual(last.applyIds, applyIds)
      for (const { applyId, rows } of done(all))
        if (applyId !== undefined) assert.equal(rows, endpoint.applied.get(applyId))
    },
  )
  await fc.assert(property, { numRuns: 300 })
})

/** Three rows; each letter of a line is an event, S sent, ? in doubt, L looking up, D done, P paused, . chunk done. */
const letters = {
  ...{ batchSent: 'S', batchInDoubt: '?', reconciling: 'L', batchDone: 'D', paused: 'P', chunkDone: '.' },
} as const

for (const [what, rowsMax, runs] of [
  ['all goes well', 3, [[[], 'S3 D3#1 .']]],
  ['the answer is lost, and the call was executed', 3, [[['lostAfter'], 'S3 ?3 L3 D3 .']]],
  ['the answer is lost, and the call was not executed', 3, [[['lostBefore'], 'S3 ?3 L3 S3 D3#1 .']]],
  ['the endpoint does not know', 3, [[['failed'], 'S3 ?3 L3 S3 D3#1 .']]],
  [
    'no connection',
    3,
    [
      [['unreachable'], 'S3 P'],
      [[], 'L3 S3 D3#1 .'],
    ],
  ],
  [
    'an abort ends what is under way',
    3,
    [
      [['abort'], 'S3 D3#1 . P'],
      [[], '.'],
    ],
  ],
  ['too large', 2, [[[], 'S3 S1 D1#1 S2 D2#2 .']]],
  [
    'half of it is in when it stops, twice',
    2,
    [
      // Sent, a half sent, and its look-up.
      [['none', 'lostAfter', 'unreachable'], 'S3 S1 ?1 L1 P'],
      // The check of three rows, of one and of two, the detail, the other half.
      [['none', 'none', 'none', 'none', 'unreachable'], 'L3 D1 S2 P'],
      [[], 'L3 S2 D2#2 .'],
    ],
  ],
  [
    'no answer ever comes',
    3,
    [
      // Each call but the first is preceded by a check.
      [
        Array.from({ length: 11 }, (_, i) => (i % 2 === 0 ? 'lostBefore' : 'none')),
        `${'S3 ?3 L3 '.repeat(5)}S3 ?3 P`,
      ],
      [[], 'L3 S3 D3#1 .'],
    ],
  ],
] as readonly (readonly [string, number, readonly (readonly [readonly Fault[], string])[]])[])
  test(`the events when ${what}`, async () => {
    const endpoint = new Endpoint(rowsMax)
    const kept: JournalLine[] = []
    for (const [faults, expected] of runs) {
      endpoint.faults = [...faults]
      endpoint.controller = new AbortController()
      const { events } = await runOnce(lamps(3), 3, endpoint, new KeptJournal(kept))
      const told = events.map((event) => {
        const rows = event.type === 'chunkDone' || event.type === 'paused' ? '' : event.rows
        const applyId = event.type === 'batchDone' && event.applyId ? `#${event.applyId}` : ''
        return `${letters[event.type]}${rows}${applyId}`
      })
      assert.equal(told.join(' '), expected)
    }
    assert.equal(endpoint.devices.size, 3)
  })
