import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { lock } from '../../src/cli/import/lock.ts'
import { temporaryPlace } from '../support/process.ts'

/** A process that takes the lock of a journal and keeps it until it is killed, whatever its collector frees meanwhile. */
const holder = `
import { lock } from './src/cli/import/lock.ts'
lock(process.argv[1])
await new Promise(setImmediate)
gc()
await new Promise(setImmediate)
console.log('locked')
setInterval(() => {}, 1000)
`

test('a lock is refused while its process runs, and free once it was killed', async (t) => {
  const path = temporaryPlace(t).file('journal')
  const other = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', holder, path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => other.kill('SIGKILL'))
  await once(other.stdout, 'data')
  assert.throws(() => lock(path), {
    status: 2,
    message: `process ${other.pid} is importing this file (${path}.lock); wait until it ends`,
  })
  other.kill('SIGKILL')
  await once(other, 'exit')
  const release = lock(path)
  assert.throws(() => lock(path), { status: 2 })
  release()
  assert.ok(!existsSync(`${path}.lock`))
})

test('a lock is not taken on a file that its holder has removed', (t) => {
  const path = temporaryPlace(t).file('journal')
  for (let round = 0; round < 20; round++) lock(path)()
  assert.ok(!existsSync(`${path}.lock`))
})

test('a lock of another version is not removed', (t) => {
  const path = temporaryPlace(t).file('journal')
  writeFileSync(`${path}.lock`, JSON.stringify({ pid: process.pid, note: 'x'.repeat(200) }))
  assert.throws(() => lock(path), { status: 2, message: /is not a lock of this version; remove it/ })
  assert.ok(existsSync(`${path}.lock`))
})

test('a place that can’t be written is reported with the flag that names another', (t) => {
  const path = temporaryPlace(t).file('none/journal')
  assert.throws(() => lock(path), { status: 2, message: /ENOENT.*choose another place with --journal FILE$/ })
})
