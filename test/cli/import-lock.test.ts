import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Holder, isRunning, present } from '../../src/cli/import/holder.ts'
import { lock } from '../../src/cli/import/lock.ts'
import { temporaryPlace } from '../support/process.ts'

const hasProc = existsSync('/proc/self/stat')

test('a lock is taken over from who is gone, whoever has its PID now', { skip: !hasProc }, (t) => {
  const path = temporaryPlace(t).file('journal')
  const parent: Holder = { ...present(), pid: process.ppid }
  const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]!
  const held = (holder: unknown) => writeFileSync(`${path}.lock`, JSON.stringify(holder))

  for (const running of [{ ...parent, started }, process.ppid]) {
    held(running)
    assert.throws(() => lock(path), {
      status: 2,
      message: new RegExp(`^process ${process.ppid} is importing .*if it is not, remove ${path}\\.lock$`),
    })
  }
  for (const gone of [
    { ...parent, started, boot: 'another' },
    { ...parent, started, space: 'pid:[1]' },
    { ...parent, started: '1' },
    present(),
    process.pid,
    '',
  ]) {
    held(gone)
    const unlock = lock(path)
    assert.deepEqual(JSON.parse(readFileSync(`${path}.lock`, 'utf8')), present())
    unlock()
    assert.ok(!existsSync(`${path}.lock`))
  }
})

test('a process that ended and was not asked how is not running', { skip: !hasProc }, async (t) => {
  // The shell's child ends, and the program that the shell becomes asks nobody.
  const shell = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  t.after(() => shell.kill())
  const pid = Number(await new Promise((resolve) => shell.stdout.once('data', resolve)))
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await delay(5)
  assert.equal(isRunning({ pid }), false)
})

test('a place that can’t be written is told, and that there are others', (t) => {
  const path = temporaryPlace(t).file('none/journal')
  assert.throws(() => lock(path), { status: 2, message: /ENOENT.*name another place: --journal FILE$/ })
})
