import assert from 'node:assert/strict'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { temporaryPlace } from '../support/process.ts'
import { call, goodDevices } from '../support/sign.ts'
import { credentialsOf } from './credentials.ts'

/** A port of this machine that somebody else has. */
async function portInUse(t: TestContext): Promise<string> {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  t.after(() => other.close())
  return String((other.address() as { port: number }).port)
}

test('a wrong value ends the start with a line, and makes nothing', async (t) => {
  const here = temporaryPlace(t).with({ ROLLCALL_METRICS: 'all' })
  const { status, stdout, stderr } = await here.run('serve')
  assert.equal(stdout, '')
  assert.equal(stderr, 'rollcall: --metrics (ROLLCALL_METRICS) must be one of loopback, anyone, not "all"\n')
  assert.notEqual(status, 0)
  assert.ok(!existsSync(here.file('data')))
})

test('a port in use is reported in one line', async (t) => {
  const port = await portInUse(t)
  for (const more of [[], ['--workers', '2']]) {
    const { status, stdout, stderr } = await temporaryPlace(t).run('serve', '--port', port, ...more)
    assert.deepEqual([status, stdout], [1, ''])
    assert.match(stderr, new RegExp(`^rollcall: .*port ${port} of 127\\.0\\.0\\.1 is in use .*--port.*\\n$`))
  }
})

test('a folder that can’t be created is reported in one line', async (t) => {
  const here = temporaryPlace(t)
  writeFileSync(here.file('file'), '')
  const { status, stderr } = await here.run('serve', '--port', '0', '--data', 'file/data')
  assert.equal(status, 1)
  assert.match(stderr, /^rollcall: .*file\/data.*\n$/)
})

test('a missing file is reported with the flag that named it', async (t) => {
  const here = temporaryPlace(t)
  const { status, stderr } = await here.run('serve', '--tls-cert', 'no.pem', '--tls-key', 'no.key')
  assert.equal(status, 1)
  assert.match(stderr, /^rollcall: .*--tls-cert.*no\.pem.*\n$/)
})

test('a file that is not a store is reported in one line', async (t) => {
  const here = temporaryPlace(t)
  mkdirSync(here.file('data'))
  writeFileSync(here.file('data/roll.db'), 'this is a text')
  const { status, stderr } = await here.run('serve', '--port', '0')
  assert.equal(status, 1)
  assert.match(stderr, /^rollcall: .*roll\.db.*\n$/)
})

// A first start that fails on its way must not leave an account behind whose key nobody was told.
for (const [what, env, complaint] of [
  ['a wrong product key', { ROLLCALL_PRODUCT_KEY: 'a b' }, /ProductKey "a b"/],
  ['a wrong instance ID', { ROLLCALL_INSTANCE_ID: 'a b' }, /instance ID "a b"/],
  [
    'a wrong access key',
    { ROLLCALL_ACCESS_KEY_ID: 'a b', ROLLCALL_ACCESS_KEY_SECRET: 'x' },
    /AccessKeyId "a b"/,
  ],
  [
    'two products of one key',
    { ROLLCALL_PRODUCT_KEY: 'pk', ROLLCALL_INSTANCE_PRODUCT_KEY: 'pk' },
    /product/i,
  ],
  ['a port in use', {}, /is in use by another process/],
] as const) {
  test(`after a first start that failed by ${what}, the next one is a first start`, async (t) => {
    const here = temporaryPlace(t)
    const port = what === 'a port in use' ? await portInUse(t) : '0'
    const { status, stdout, stderr } = await here.with(env).run('serve', '--port', port)
    assert.deepEqual([status, stdout], [1, ''])
    assert.match(stderr, complaint)
    assert.equal(stderr.trimEnd().split('\n').length, 1)

    const { url, process } = await here.serve()
    assert.match(process.stdout, /The store was empty/)
    const { id, secret, productKey } = credentialsOf(here)
    const parameters = { ProductKey: productKey, ...goodDevices(1) }
    assert.equal((await call(url, 'BatchCheckImportDevice', parameters, { id, secret })).body.Success, true)
  })
}
