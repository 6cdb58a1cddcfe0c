import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { freshDatabase } from './support/postgres.ts'
import { launcher, type Place, temporaryPlace } from './support/process.ts'

// The commands of a guide, run in order, print what the guide says.

const commandsOf = (guide: string) =>
  [...readFileSync(guide, 'utf8').matchAll(/^```sh\n(.*?)```/gms)].map(([, block]) => block).join('')

/** A place where `npx --no-install rollcall …` is the program of this clone. */
function withNpx(t: TestContext): Place {
  const here = temporaryPlace(t)
  mkdirSync(here.file('bin'))
  const run = `[ "$1 $2" = '--no-install rollcall' ] || exit 99; shift 2; exec '${process.execPath}' '${launcher}' "$@"`
  writeFileSync(here.file('bin/npx'), `#!/bin/sh\n${run}\n`)
  chmodSync(here.file('bin/npx'), 0o755)
  return here.with({ PATH: `${here.file('bin')}:${process.env.PATH}` })
}

test('the commands of docs/guide/data.md run unchanged, in order', async (t) => {
  const url = await freshDatabase(t)
  const commands = commandsOf('docs/guide/data.md')
  const shown = 'postgres://rollcall:password@db.example:5432/rollcall?sslmode=verify-full'
  assert.ok(commands.includes(shown))
  const here = withNpx(t)
  await (await here.serve()).process.stop()

  const { status, stdout, stderr } = await here.start('sh', '-ec', commands.replace(shown, url)).ended
  assert.deepEqual([status, stderr], [0, ''])
  const digests = [...stdout.matchAll(/\b[0-9a-f]{64}$/gm)].length
  assert.ok(digests > 3 * 17)
  // The backup, the restored store, the copy and the store itself.
  assert.equal(new Set([...stdout.matchAll(/^all +\d+ +([0-9a-f]{64})$/gm)].map(([, it]) => it)).size, 1)
  assert.equal((statSync(here.file('rollcall.backup')).mode & 0o777).toString(8), '600')
  assert.ok(existsSync(here.file('devices.csv')))
})

const spreadsheet = 'docs/guide/spreadsheet.md'

test(`the commands of ${spreadsheet} run unchanged, in order`, async (t) => {
  const here = withNpx(t)
  await here.serve()
  const shell = here.with({ HOME: here.folder })
  const { status, stdout, stderr } = await shell.start('sh', '-ec', commandsOf(spreadsheet)).ended
  assert.equal(status, 0, stderr)
  assert.deepEqual(
    [...stdout.matchAll(/^(\d+ rows: .*) \(|^(status \d)$/gm)].map(([, sums, told]) => sums ?? told),
    [
      '5 rows: 3 accepted, 2 rejected, 0 skipped',
      'status 1',
      '5 rows: 3 accepted, 2 rejected, 0 skipped',
      'status 1',
      '5 rows: 5 accepted, 0 rejected, 0 skipped',
      '5 rows: 5 to be imported, 0 rejected, 0 skipped',
      '5 rows: 5 imported, 0 rejected, 0 skipped',
      '5 rows: 5 imported, 0 rejected, 0 skipped',
      '6 rows: 1 imported, 0 rejected, 5 skipped',
      '6 rows: 6 accepted, 0 rejected, 0 skipped',
    ],
  )
  assert.match(stdout, /"deviceCount": 6/)
  assert.match(stdout, /lamp%0003,s3cret-of-3,QC4003,typed badly,4,DeviceName,InvalidDeviceName,/)
})

test('the guide in Chinese has the same commands', () => {
  assert.equal(commandsOf('docs/guide/spreadsheet.zh-CN.md'), commandsOf(spreadsheet))
})

const firstDevice = 'docs/guide/first-device.md'

test(`the commands of ${firstDevice} run unchanged, in order`, async (t) => {
  const here = withNpx(t)
  const { process } = await here.serve()
  const [, port] = await process.until(/^devices connect to mqtt:\/\/127\.0\.0\.1:(\d+)$/m)
  const commands = commandsOf(firstDevice)
  assert.equal(commands, commandsOf('docs/guide/first-device.zh-CN.md'))
  const shell = here.with({ HOME: here.folder })
  // The guide's server has the ports that a server has by default.
  const { status, stdout, stderr } = await shell.start(
    'sh',
    '-ec',
    commands.replaceAll('-p 1883', `-p ${port}`),
  ).ended
  assert.equal(status, 0, stderr)
  assert.match(stdout, /^1 row: 1 imported/m)
  assert.match(stdout, /^sent as message \d+\n\{"on":true\}$/m)
})
