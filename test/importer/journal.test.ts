import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { ImportJournal, type JournalLine } from '../../src/importer/journal.ts'

const undertaking = {
  endpoint: 'http://127.0.0.1:1',
  product: 'a1TestKey01',
  instance: null,
  mode: 'create',
  batch: 10,
  reading: '{}',
  size: 100,
}

/** Writes when it is told to. */
class SlowJournal extends ImportJournal {
  readonly writes: { lines: readonly JournalLine[]; anew: boolean; end: PromiseWithResolvers<void> }[] = []

  protected override write(lines: readonly JournalLine[], anew: boolean): Promise<void> {
    const end = Promise.withResolvers<void>()
    this.writes.push({ lines: [...lines], anew, end })
    return end.promise
  }
}

test('a journal that takes its time writes one line after the other, and knows only what is written', async () => {
  const journal = new SlowJournal()
  journal.begin(undertaking, 1)
  journal.markLeft(0, [[3, 'ExistingDeviceName']])
  assert.equal(journal.of(0).left.size, 1)
  assert.equal(journal.writes.length, 0)
  let sent = false
  const sending = Promise.resolve(journal.markSent(0, 'abc')).then(() => {
    sent = true
  })
  const other = journal.markSent(1, 'def')
  await turn()
  assert.equal(journal.writes.length, 1)
  assert.equal(journal.writes[0]!.lines.length, 3)
  assert.equal(journal.writes[0]!.anew, true)
  assert.deepEqual([sent, journal.hasBegun], [false, false])
  journal.writes[0]!.end.resolve()
  await sending
  await turn()
  assert.deepEqual([journal.of(0).sent, journal.of(1).sent], [true, false])
  assert.deepEqual(
    journal.writes.slice(1).map(({ lines, anew }) => ({ lines, anew })),
    [{ lines: [{ portion: 1, sent: 'def' }], anew: false }],
  )
  const done = journal.markDone(0)
  journal.writes[1]!.end.reject(new Error('no room'))
  await assert.rejects(async () => other, /no room/)
  await assert.rejects(async () => done, /no room/)
  assert.deepEqual([journal.writes.length, journal.of(1).sent, journal.of(0).done], [2, false, false])
})
