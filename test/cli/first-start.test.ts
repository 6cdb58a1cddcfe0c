import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { launcher, temporaryPlace } from '../support/process.ts'
import { call, goodDevices } from '../support/sign.ts'
import { credentialsOf } from './credentials.ts'
import { eventually, health } from './load.ts'

const mode = (file: string) => (statSync(file).mode & 0o777).toString(8)

test('a first start makes an account that can call, and keeps its secret for the owner of the files', async (t) => {
  const here = temporaryPlace(t)
  const { url, process } = await here.serve()
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
  await process.until(/^JS$/m)

  for (const file of ['data/credentials.env', 'data/master.key'])
    assert.equal(mode(here.file(file)), '600', file)
  assert.equal(mode(here.file('data')), '700')
  const { id, secret, endpoint, productKey, instanceId, instanceProductKey } = credentialsOf(here)
  assert.equal(endpoint, url)
  for (const told of [id, productKey, instanceId, instanceProductKey]) {
    assert.ok(process.stdout.includes(told), told)
  }
  // Standard output is not a terminal here, so it may end up in a log.
  assert.ok(secret.length >= 30)
  assert.ok(!process.stdout.includes(secret) && !process.stderr.includes(secret))

  const check = (parameters: Readonly<Record<string, string>>) =>
    call(url, 'BatchCheckImportDevice', { ...parameters, ...goodDevices(1) }, { id, secret })
  assert.equal((await check({ ProductKey: productKey })).body.Success, true)
  const inInstance = { ProductKey: instanceProductKey, IotInstanceId: instanceId }
  assert.equal((await check(inInstance)).body.Success, true)
})

test('a terminal is shown the secret', async (t) => {
  if (spawnSync('script', ['--version']).status !== 0)
    return t.skip('there is no script(1) to make a terminal with')
  const here = temporaryPlace(t)
  const command = `'${process.execPath}' '${launcher}' serve --port 0`
  const terminal = here.start('script', '-qec', command, '/dev/null')
  await terminal.until(/^JS\r?$/m)
  assert.ok(terminal.stdout.includes(credentialsOf(here).secret))
})

test('a server stops when its terminal is closed', async (t) => {
  if (spawnSync('script', ['--version']).status !== 0)
    return t.skip('there is no script(1) to make a terminal with')
  const command = `'${process.execPath}' '${launcher}' serve --port 0`
  const terminal = temporaryPlace(t).start('script', '-qec', command, '/dev/null')
  const [, url] = await terminal.until(/listening on (\S+)\r?$/m)
  terminal.child.kill('SIGKILL')
  await eventually('nobody listens', async () => (await health(url!)) === undefined)
})

for (const folder of ['./data', 'some where/else', '/absolute']) {
  test(`the printed snippet runs unchanged, with the data in ${folder}`, async (t) => {
    const here = temporaryPlace(t)
    const data = folder.startsWith('/') ? here.file('absolute') : folder
    const { process } = await here.serve('--data', data)
    await process.until(/^JS$/m)
    const [snippet] = /^set -a;.*^JS$/ms.exec(process.stdout)!
    writeFileSync(here.file('snippet.sh'), snippet)

    const { status, stdout, stderr } = await here.start('bash', 'snippet.sh').ended
    assert.deepEqual([status, stderr], [0, ''])
    const { Success, Data } = JSON.parse(stdout)
    assert.equal(Success, true)
    assert.deepEqual(Data.InvalidDeviceNameList, ['light%'])
    assert.deepEqual([Data.InvalidDeviceSecretList, Data.InvalidSnList], [[], []])
  })
}

test('a second start keeps the account, and prints neither the secret nor the first start’s text', async (t) => {
  const here = temporaryPlace(t)
  const first = await here.serve()
  const { id, secret, productKey } = credentialsOf(here)
  await first.process.stop()

  const second = await here.serve()
  const [listening, console, devices, ...more] = second.process.stdout.split('\n')
  assert.deepEqual(
    [listening, console, more],
    [`rollcall is listening on ${second.url}`, `the console is at ${second.url}/console/`, ['']],
  )
  assert.match(devices!, /^devices connect to mqtt:\/\/127\.0\.0\.1:\d+$/)
  const { body } = await call(
    second.url,
    'BatchCheckImportDevice',
    { ProductKey: productKey, ...goodDevices(1) },
    { id, secret },
  )
  assert.equal(body.Success, true)
  assert.equal((await here.rows('account', 'list')).length, 1)
  const { stdout } = await second.process.stop()
  assert.ok(!stdout.includes(secret))
})

const chosen = {
  'access-key-id': 'my-own.key@1',
  'access-key-secret': `it's-$ecret"\`with\\everything`,
  'product-key': 'myProduct1',
  'instance-id': 'iot-mine_1',
  'instance-product-key': 'myProduct2',
}

test('credentials and keys that were chosen are the ones that are made', async (t) => {
  const here = temporaryPlace(t)
  const flags = Object.entries(chosen).flatMap(([name, value]) => [`--${name}`, value])
  const { url } = await here.serve(...flags)
  const { id, secret, productKey, instanceId, instanceProductKey } = credentialsOf(here)
  assert.deepEqual([id, secret, productKey, instanceId, instanceProductKey], Object.values(chosen))
  const parameters = { ProductKey: instanceProductKey, IotInstanceId: instanceId, ...goodDevices(1) }
  assert.equal((await call(url, 'BatchCheckImportDevice', parameters, { id, secret })).body.Success, true)

  // The file is for a shell: what a shell reads from it must be the same.
  const script = '. data/credentials.env; printf %s "$ALIBABA_CLOUD_ACCESS_KEY_SECRET"'
  assert.equal((await here.start('bash', '-c', script).ended).stdout, chosen['access-key-secret'])
})

test('a store in memory leaves no file, and its secret can be chosen', async (t) => {
  const here = temporaryPlace(t).with({ ROLLCALL_EPHEMERAL: '1' })
  const { url } = await here.serve(
    '--access-key-id',
    'id',
    '--access-key-secret',
    'secret',
    '--product-key',
    'pk1',
  )
  const parameters = { ProductKey: 'pk1', ...goodDevices(1) }
  const { body } = await call(url, 'BatchCheckImportDevice', parameters, { id: 'id', secret: 'secret' })
  assert.equal(body.Success, true)
  assert.ok(!existsSync(here.file('data')))
})

test('credentials written over a file that others may read are for the owner alone', async (t) => {
  const here = temporaryPlace(t)
  mkdirSync(here.file('data'))
  writeFileSync(here.file('data/credentials.env'), 'of an earlier store', { mode: 0o644 })
  await here.serve()
  assert.equal(mode(here.file('data/credentials.env')), '600')
})
