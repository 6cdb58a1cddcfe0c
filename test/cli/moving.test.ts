import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { cuttingProxy } from '../support/cutting-proxy.ts'
import type { Place } from '../support/process.ts'
import { lamps, served, stored, tallyOf } from './served.ts'

/** The devices of a product, as rows of what each has of name, secret and serial number. */
const rows = async (here: Place, productKey: string) =>
  (await stored(here, productKey)).map((row) => row.trim().replace(/,(undefined)?$/, ''))

test('an export of ThingsBoard goes in, with nicknames and tags, as one job, and out again', async (t) => {
  const { here, product, productKey } = await served(t)
  writeFileSync(
    here.file('tb.csv'),
    'name,type,label,ACCESS_TOKEN,serialNumber\nDevice 1,pump,North gate,tok1,SN1\n Device 2,pump,,tok2,SN2\n',
  )
  const plain = await here.run('check', 'tb.csv', '--from', 'thingsboard', ...product)
  assert.match(plain.stderr, /2 bad rows have values that --set 'name=\| replace " " -' makes legal/)
  assert.match(plain.stderr, /1 bad row has a value that --fix trim makes legal/)
  const flags = ['--from', 'thingsboard', '--set', 'name=| trim | replace " " -', ...product]
  const dry = await here.run('import', 'tb.csv', '--dry-run', ...flags)
  assert.match(
    dry.stderr,
    /line 2: name "Device·1" → "Device-1", sn "SN1", nickname "North_gate", tag type=pump/,
  )
  const { accepted, attributes, jobId } = await tallyOf(here.run('import', 'tb.csv', '--json', ...flags))
  assert.deepEqual([accepted, attributes.nicknames, attributes.tagged], [2, 1, 2])
  assert.deepEqual(await rows(here, productKey), ['Device-1,tok1,SN1', 'Device-2,tok2,SN2'])
  const jobs = JSON.parse((await here.run('jobs', 'list', '--json')).stdout)
  assert.deepEqual(
    [jobs[0].JobId, jobs[0].FileName, jobs[0].State, jobs[0].devices],
    [jobId, 'tb.csv', 'Finished', 2],
  )
  assert.match((await here.run('jobs', 'undo', jobId, '--dry-run')).stdout, /would delete +kept\n\S+ +2 +0/)
  assert.equal((await stored(here, productKey)).length, 2)
  assert.match((await here.run('jobs', 'undo', jobId)).stdout, /deleted +kept\n\S+ +2 +0/)
  assert.deepEqual(await stored(here, productKey), [])
})

test('generated secrets are on the disk for their owner alone, and a resumed import has the same', async (t) => {
  const { here, url, product, productKey } = await served(t)
  writeFileSync(here.file('names.csv'), `DeviceName\n${lamps(30).replaceAll(/^name.*\n|,.*/gm, '')}`)
  const flags = ['--secret', 'generate', '--secrets-out', 'secrets.csv', '--batch', '10', ...product]
  assert.equal((await here.run('import', 'names.csv', '--secret', 'generate', ...product)).status, 2)
  const lost = await here.run('import', 'names.csv', ...flags, '--endpoint', 'http://127.0.0.1:1')
  assert.equal(lost.status, 3)
  assert.equal((statSync(here.file('secrets.csv')).mode & 0o777).toString(8), '600')
  const before = readFileSync(here.file('secrets.csv'), 'utf8')
  assert.equal((await here.run('import', 'names.csv', ...flags, '--endpoint', url)).status, 0)
  assert.equal(readFileSync(here.file('secrets.csv'), 'utf8'), before)
  const kept = before.trim().split('\n').slice(1)
  assert.deepEqual((await rows(here, productKey)).sort(), kept.sort())
  assert.match(kept[0]!, /^lamp-\d+,[0-9a-f]{32}$/)
  // A file that does not hold secrets is not overwritten.
  writeFileSync(here.file('other.csv'), 'mine\n')
  const other = await here.run('import', 'names.csv', ...flags.with(3, 'other.csv'))
  assert.deepEqual([other.status, readFileSync(here.file('other.csv'), 'utf8')], [2, 'mine\n'])
})

test('the counts of a job are right when answers were lost', async (t) => {
  const { here, url, product } = await served(t)
  writeFileSync(here.file('devices.csv'), lamps(50))
  const proxy = await cuttingProxy(t, url)
  proxy.cut('after', 'BatchImportDevice', 2)
  const flags = ['--json', '--batch', '10', '--endpoint', proxy.url, ...product]
  const { jobId } = await tallyOf(here.run('import', 'devices.csv', ...flags))
  assert.equal(proxy.left, 0)
  const [job] = JSON.parse((await here.run('jobs', 'show', jobId, '--json')).stdout)
  assert.deepEqual([job.DeviceCount, job.BatchCount, job.AcceptedCount, job.RemainingCount], [50, 5, 50, 50])
})

test('a fixed row is imported and stands in the report', async (t) => {
  const { here, product, productKey } = await served(t)
  writeFileSync(here.file('a.csv'), 'DeviceName,DeviceSecret\n"lamp-1 ",k1\nlamp-2,k2\n')
  const flags = [...product, '--report', 'report.csv']
  assert.equal((await here.run('import', 'a.csv', ...flags)).status, 1)
  assert.equal((await here.run('import', 'a.csv', ...flags, '--fix', 'trim')).status, 0)
  assert.deepEqual(await rows(here, productKey), ['lamp-1,k1', 'lamp-2,k2'])
  assert.match(
    readFileSync(here.file('report.csv'), 'utf8'),
    /^lamp-1 ,k1,2,DeviceName,Fixed,"changed by trim/m,
  )
})
