import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { Report } from '../../src/cli/check/report.ts'
import { rowsOf } from '../../src/device-files/rows-of.ts'
import { reasons } from '../../src/importer/reasons.ts'
import { temporaryPlace } from '../support/process.ts'

const reportOf = (path: string, columns: readonly string[], cells: readonly string[]) => {
  const report = new Report(path, [], { columns, hasBom: false })
  const rows = rowsOf([cells], () => 2, { name: 0, secret: 1, sn: -1 })
  report.add(rows, [[0, [reasons.nameIllegal]]])
  report.finish()
  return readFileSync(path, 'utf8').split('\n').slice(0, 2)
}
const told = '2,DeviceName,InvalidDeviceName,is illegal'

test('a report leaves out the columns of a report it was made from, and none of the input’s own', (t) => {
  const path = temporaryPlace(t).file('bad.csv')
  const added = ['line', 'field', 'code', 'reason']
  assert.deepEqual(
    reportOf(path, ['name', 'line', 'secret', ...added], ['la', 'A', 's', '9', 'f', 'c', 'r']),
    ['name,line,secret,line,field,code,reason', `la,A,s,${told}`],
  )
  assert.deepEqual(reportOf(path, ['reason', 'name', 'line', 'field', 'code'], ['r', 'la', '9', 'f', 'c']), [
    'reason,name,line,field,code,line,field,code,reason',
    `r,la,9,f,c,${told}`,
  ])
})

test('a report keeps cells beyond the header', (t) => {
  const path = temporaryPlace(t).file('bad.csv')
  assert.deepEqual(reportOf(path, ['name', 'secret'], ['la', 's', 'more', 'and more']), [
    'name,secret,line,field,code,reason',
    `la,s,${told},more,and more`,
  ])
})

test('a report that can’t be moved to its path leaves no file behind', (t) => {
  const here = temporaryPlace(t)
  const path = here.file('bad.csv')
  const report = new Report(path, [], { columns: ['name'], hasBom: false })
  // Came to be there meanwhile.
  mkdirSync(path)
  assert.throws(() => report.finish(), {
    status: 2,
    message: /bad\.csv.*choose another file with --report FILE$/,
  })
  report.abandon()
  assert.deepEqual(readdirSync(here.folder), ['bad.csv'])
})

test('a report is not written over what is no regular file, nor over what is in use', (t) => {
  const here = temporaryPlace(t)
  mkdirSync(here.file('folder'))
  writeFileSync(here.file('devices.csv'), '')
  symlinkSync('devices.csv', here.file('link'))
  const before = readdirSync(here.folder)
  const inUse = [here.file('devices.csv'), here.file('devices.csv.import.jsonl')]
  for (const path of ['folder', 'link', '/dev/null', './devices.csv', 'folder/../devices.csv.import.jsonl'])
    assert.throws(
      () =>
        new Report(path.startsWith('/') ? path : `${here.folder}/${path}`, inUse, {
          columns: [],
          hasBom: false,
        }),
      { status: 2, message: /choose another file/ },
      path,
    )
  assert.throws(() => new Report(here.file('none/bad.csv'), [], { columns: [], hasBom: false }), {
    status: 2,
    message: /ENOENT.*none\/bad\.csv/,
  })
  assert.deepEqual(readdirSync(here.folder), before)
})
