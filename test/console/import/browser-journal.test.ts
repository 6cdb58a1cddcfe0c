import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BrowserJournal } from '../../../src/console/import/browser-journal.ts'
import type { JournalLine } from '../../../src/importer/journal.ts'

test('a journal that a browser has kept since an earlier release has its ApplyIds beside its lines', () => {
  const undertaking = {
    ...{ endpoint: 'http://127.0.0.1:1', product: 'a1', instance: null, mode: 'create' },
    ...{ batch: 10_000, reading: '{"map":{}}', size: 100 },
  }
  const old: readonly (readonly [JournalLine, ...string[]])[] = [
    [{ undertaking, version: 1, modified: 1 }],
    [{ portion: 1, left: [[3, 'ExistingDeviceName']] }],
    [{ verified: 30_000, digest: 'a' }],
    [{ portion: 0, sent: 'b' }],
    [{ portion: 1, sent: 'c' }],
    [{ portion: 0, done: true }, '8', '7'],
  ]
  const journal = new BrowserJournal(
    undefined,
    old.map(([line, ...applyIds]) => ({ of: 'x', line, applyIds })),
  )
  const { applyIds, verified, hasSent, finished } = journal
  assert.deepEqual(
    { applyIds, verified, hasSent, finished },
    { applyIds: ['8', '7'], verified: 30_000, hasSent: true, finished: false },
  )
  assert.deepEqual(
    [0, 1, 2].map((chunk) => [journal.of(chunk).sent, journal.of(chunk).done, journal.of(chunk).left.size]),
    [
      [true, true, 0],
      [true, false, 1],
      [false, false, 0],
    ],
  )
})
