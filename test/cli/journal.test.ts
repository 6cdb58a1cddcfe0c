import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { Journal } from '../../src/cli/import/journal.ts'
import type { ImportSpec } from '../../src/importer/journal.ts'
import { temporaryPlace } from '../support/process.ts'

const undertaking: ImportSpec = {
  endpoint: 'http://127.0.0.1:1',
  product: 'a1TestKey01',
  instance: null,
  mode: 'create',
  batch: 10,
  reading: '{}',
  size: 100,
}

test('a journal truncated anywhere is read up to there, and continued', (t) => {
  const path = temporaryPlace(t).file('journal')
  const journal = new Journal(path)
  journal.begin(undertaking, 1)
  journal.markLeft(0, [[3, 'ExistingDeviceName']])
  journal.markVerified(20, '0123')
  journal.markSent(0, 'abc')
  journal.markSent(1, 'def')
  journal.markDone(0)
  journal.close()
  const whole = readFileSync(path, 'utf8')
  const first = whole.indexOf('\n') + 1
  for (let end = first; end <= whole.length; end++) {
    writeFileSync(path, whole.slice(0, end))
    const cut = new Journal(path)
    const steps = whole.slice(0, end).split('\n').length - 1
    assert.equal(cut.of(0).left.size, steps >= 2 ? 1 : 0)
    assert.equal(cut.verified, steps >= 3 ? 20 : undefined)
    assert.equal(cut.hasBegun, steps >= 3)
    assert.deepEqual([cut.of(0).sent, cut.of(1).sent], [steps >= 4, steps >= 5])
    assert.equal(cut.of(0).done, steps >= 6)
    if (!cut.hasBegun) continue
    cut.continue()
    cut.markDone(1)
    cut.close()
    assert.ok(new Journal(path).of(1).done)
  }
})

test('a file that is no journal stays unchanged', (t) => {
  const path = temporaryPlace(t).file('journal')
  for (const text of [
    'name,secret\n',
    '{"portion":1,"done":true}\n',
    '{"undertaking":{},"version":2}\n',
    'name,secret',
    '5\n',
    'null\n',
  ]) {
    writeFileSync(path, text)
    assert.throws(() => new Journal(path), { status: 2, message: /is not the journal of an import/ })
    assert.equal(readFileSync(path, 'utf8'), text)
  }
})

test('the previous journal remains until an import starts', (t) => {
  const path = temporaryPlace(t).file('journal')
  const before = new Journal(path)
  before.begin(undertaking, 1)
  before.markVerified(20, '0123')
  before.close()
  const text = readFileSync(path, 'utf8')
  const journal = new Journal(path)
  journal.begin({ ...undertaking, product: 'a1TestKey02' }, 2)
  journal.markLeft(0, [[3, 'ExistingDeviceName']])
  assert.equal(readFileSync(path, 'utf8'), text)
  journal.markSent(0, 'abc')
  journal.close()
  const read = new Journal(path)
  assert.deepEqual([read.undertaking?.product, read.modified, read.verified], ['a1TestKey02', 2, undefined])
  assert.deepEqual([read.of(0).left.size, read.of(0).sent], [1, true])
})
