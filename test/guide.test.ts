import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { freshDatabase } from './support/postgres.ts'
import { launcher, temporaryPlace } from './support/process.ts'

// Goal: whoever pastes the guide's commands, from the first to the last, gets what it says.

test('the commands of docs/guide/data.md run as they stand, in their order', async (t) => {
  const url = await freshDatabase(t)
  const guide = readFileSync('docs/guide/data.md', 'utf8')
  const commands = [...guide.matchAll(/^```sh\n(.*?)```/gms)].map(([, block]) => block).join('')
  const shown = 'postgres://rollcall:password@db.example:5432/rollcall'
  assert.ok(commands.includes(shown))
  const here = temporaryPlace(t)
  // `npx rollcall …` is the program of this clone.
  mkdirSync(here.file('bin'))
  writeFileSync(here.file('bin/npx'), `#!/bin/sh\nshift\nexec '${process.execPath}' '${launcher}' "$@"\n`)
  chmodSync(here.file('bin/npx'), 0o755)
  await (await here.serve()).process.stop()

  const shell = here.with({ PATH: `${here.file('bin')}:${process.env.PATH}` })
  const { status, stdout, stderr } = await shell.start('sh', '-ec', commands.replace(shown, url)).ended
  assert.deepEqual([status, stderr], [0, ''])
  const digests = [...stdout.matchAll(/\b[0-9a-f]{64}$/gm)].length
  assert.ok(digests > 3 * 17)
  // The backup, the restored store, the copy and the store itself.
  assert.equal(new Set([...stdout.matchAll(/^all +\d+ +([0-9a-f]{64})$/gm)].map(([, it]) => it)).size, 1)
  assert.equal((statSync(here.file('rollcall.backup')).mode & 0o777).toString(8), '600')
  assert.ok(existsSync(here.file('devices.csv')))
})
