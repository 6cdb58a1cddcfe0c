import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { launcher } from '../support/process.ts'

const bash = '/bin/bash'

test('bash completes commands, operations, options and their values', { skip: !existsSync(bash) }, () => {
  const script = spawnSync(process.execPath, [launcher, 'completion', 'bash'], { encoding: 'utf8' })
  assert.equal(script.status, 0, script.stderr)
  const completed = (...words: string[]) => {
    const program = `${script.stdout}
COMP_WORDS=(rollcall ${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length}
_rollcall
printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = spawnSync(bash, ['--norc', '-c', program], { encoding: 'utf8' })
    assert.equal(stderr, '')
    return stdout.trim().split('\n')
  }
  assert.deepEqual(completed('ch'), ['check'])
  assert.deepEqual(completed('devices', 'e'), ['export'])
  assert.deepEqual(completed('call', 'BatchCheckI'), ['BatchCheckImportDevice'])
  assert.deepEqual(completed('check', 'devices.csv', '--prod'), ['--product'])
  assert.deepEqual(completed('import', '--mode', ''), ['create', 'skip-existing'])
  assert.deepEqual(completed('check', '--format', 'x'), ['xlsx'])
})

test('the manual page has every command, and nothing that groff warns of', () => {
  const groff = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-P-cbou', 'docs/reference/rollcall.1'], {
    encoding: 'utf8',
  })
  if (groff.error !== undefined) return
  assert.equal(groff.stderr, '')
  const text = groff.stdout.replaceAll('‐', '-')
  for (const told of [
    'rollcall import [options] <file>',
    '--report <file>',
    'rollcall devices export',
    'skip-existing',
  ])
    assert.ok(text.includes(told), told)
})
