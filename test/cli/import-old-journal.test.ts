import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { lamps, rowsIn, served, stored, tallyOf } from './served.ts'

/** A journal as an earlier release has kept it: its done lines have no rows and no ApplyId. */
const oldJournal = `{"undertaking":{"endpoint":"ENDPOINT","product":"PRODUCT","instance":null,"mode":"create","batch":10,"reading":"{\\"header\\":true}","size":765},"version":1,"modified":MODIFIED}
{"verified":30,"digest":"08a9996c7afbcedd"}
{"portion":0,"sent":"4c2c24f65f17e6c8"}
{"portion":1,"sent":"13acc7e7c554222d"}
{"portion":0,"done":true}
`

test('an import that an earlier release has started is resumed', async (t) => {
  const { here, url, product, productKey } = await served(t)
  writeFileSync(here.file('devices.csv'), lamps(30))
  const { mtimeMs } = statSync(here.file('devices.csv'))
  const old = oldJournal
    .replace('ENDPOINT', url)
    .replace('PRODUCT', productKey)
    .replace('MODIFIED', String(mtimeMs))
  writeFileSync(here.file('devices.csv.import.jsonl'), old)
  // The rows that its calls have registered: the answer of the second was lost.
  writeFileSync(here.file('registered.csv'), lamps(20))
  await here.run('import', 'registered.csv', ...product)

  const flags = [...product, '--batch', '10', '--json']
  const { status, accepted, stderr } = await tallyOf(here.run('import', 'devices.csv', ...flags))
  assert.deepEqual([status, accepted], [0, 30], stderr)
  assert.deepEqual(await stored(here, productKey), rowsIn(lamps(30)))
  const journal = readFileSync(here.file('devices.csv.import.jsonl'), 'utf8')
  assert.ok(journal.startsWith(old))
  const since = journal.slice(old.length).trimEnd().split('\n')
  const done = since.map((line) => JSON.parse(line)).filter(({ done }) => done)
  assert.deepEqual(
    // Chunks are done in any order.
    done.sort((a, b) => a.portion - b.portion),
    [
      { portion: 1, done: true, rows: 10 },
      { portion: 2, done: true, rows: 10, applyId: '1000002' },
    ],
  )
})
