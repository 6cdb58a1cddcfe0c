import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { settings, variableOf } from '../../src/settings.ts'
import { temporaryPlace } from '../support/process.ts'

const words = (text: string) => text.split(' ')

// Status 2 and one line that names the thing; what may follow is where help is.
for (const [command, line] of [
  ['serve --prot 8080', /^error: unknown option '--prot'$/],
  ['serve extra', /^error: too many arguments for 'serve'/],
  ['serve --port', /^error: option '--port <number>' argument missing$/],
  ['srve', /^error: unknown command 'srve'$/],
  ['account crate main', /^error: unknown command 'crate'$/],
  ['account create', /^error: missing required argument 'name'$/],
  ['account create main --uuid 1', /^error: unknown option '--uuid'$/],
  ['quota unset', /^error: required option '--action <name>' not specified$/],
  ['quota set --action ImportDevice', /^error: required option '--per-second <calls>' not specified$/],
  ['access-key disable', /^error: missing required argument 'id'$/],
  ['ram-user allow main', /^error: missing required argument 'patterns'$/],
  ['instance create main --kind private', /^error: option '--kind <kind>' argument 'private' is invalid/],
  ['product create main --auth-type none', /^error: option '--auth-type <type>' argument 'none' is invalid/],
  ['backup', /^error: missing required argument 'file'$/],
  ['copy --from data', /^error: required option '--to <store>' not specified$/],
  ['export --format xml', /^error: option '--format <format>' argument 'xml' is invalid/],
  ['migrate --stat', /^error: unknown option '--stat'$/],
  ['master-key rotate now', /^error: too many arguments for 'rotate'/],
] as const) {
  test(`rollcall ${command} exits with status 2 and a line with the reason`, async (t) => {
    const here = temporaryPlace(t)
    const { status, stdout, stderr } = await here.run(...words(command))
    const [first = '', ...others] = stderr.trimEnd().split('\n')
    assert.match(first, line)
    for (const other of others) assert.match(other, /^\(.*\)$/)
    assert.deepEqual([status, stdout], [2, ''])
    assert.ok(!existsSync(here.file('data')))
  })
}

for (const command of ['', 'account', 'master-key']) {
  test(`"rollcall ${command}" ends with status 2 and the commands that there are`, async (t) => {
    const { status, stdout, stderr } = await temporaryPlace(t).run(...words(command).filter(Boolean))
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, /^Usage: rollcall.*^Commands:$/ms)
  })
}

for (const command of ['--help', 'help', 'serve --help', 'help serve', 'account create --help']) {
  test(`rollcall ${command} prints help, with status 0`, async (t) => {
    const { status, stdout, stderr } = await temporaryPlace(t).run(...words(command))
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(stdout, /^Usage: rollcall/)
  })
}

test('the help of serve has every setting with its variable and default', async (t) => {
  const { stdout } = await temporaryPlace(t).run('serve', '--help')
  const text = stdout.replace(/\s+/g, ' ')
  for (const setting of Object.values(settings)) {
    assert.ok(text.includes(`--${setting.flag}`), setting.flag)
    assert.ok(text.includes(`[${variableOf(setting)}]`), setting.flag)
    if (setting.default !== undefined) assert.ok(text.includes(`(default: ${setting.default})`), setting.flag)
  }
})
