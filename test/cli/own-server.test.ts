import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { temporaryPlace } from '../support/process.ts'
import { credentialsOf } from './credentials.ts'

/** A server that was just started, and nothing in the environment. */
async function started(t: TestContext, ...flags: string[]) {
  const place = temporaryPlace(t)
  const here = place.with({ HOME: place.file('home') })
  const { url } = await here.serve(...flags)
  copyFileSync('docs/samples/devices.csv', here.file('devices.csv'))
  return { here, url, ...credentialsOf(here) }
}

test('after the first start commands need neither a key nor a product nor an endpoint', async (t) => {
  const { here, url, id, productKey, secret } = await started(t)
  const check = await here.run('check', 'devices.csv')
  assert.equal(check.status, 0, check.stderr)
  assert.ok(
    check.stderr.includes(
      `using the access key ${id} at ${url} and the product ${productKey}, from data/credentials.env\n`,
    ),
  )
  assert.match(check.stdout + check.stderr, /5/)

  // Nobody is there to be asked.
  const unconfirmed = await here.run('import', 'devices.csv')
  assert.equal(unconfirmed.status, 2)
  assert.match(unconfirmed.stderr, new RegExp(`--product ${productKey}, or pass --yes`))
  assert.equal((await here.run('import', 'devices.csv', '--dry-run')).status, 0)
  const imported = await here.run('import', 'devices.csv', '--yes', '--json')
  assert.equal(JSON.parse(imported.stdout).accepted, 5)

  const listed = await here.rows('devices', 'list')
  assert.equal(listed.length, 5)
  assert.match((await here.run('devices', 'show', 'lamp-0002')).stdout, /^Sn +QC4002$/m)
  const products = await here.run('products')
  assert.ok(products.stderr.includes(`using the access key ${id} at ${url}, from data/credentials.env`))
  assert.equal((await here.run('call', 'QueryProduct', `ProductKey=${productKey}`)).status, 0)
  for (const { stdout, stderr } of [check, unconfirmed, imported, products])
    assert.ok(!(stdout + stderr).includes(secret))
})

test('the product of the other instance is used if the instance is named', async (t) => {
  const { here } = await started(t)
  const values = readFileSync(here.file('data/credentials.env'), 'utf8')
  const [, instance] = /^ROLLCALL_INSTANCE_ID='(.*)'$/m.exec(values)!
  const [, product] = /^ROLLCALL_INSTANCE_PRODUCT_KEY='(.*)'$/m.exec(values)!
  const { status, stderr } = await here.run('check', 'devices.csv', '--instance', instance!)
  assert.equal(status, 0, stderr)
  assert.match(stderr, new RegExp(`the product ${product},`))
  const unknown = await here.run('check', 'devices.csv', '--instance', 'iot-other')
  assert.equal(unknown.status, 2)
  assert.match(unknown.stderr, /--product PRODUCTKEY/)
})

test('what is given is used, and the file only for this machine', async (t) => {
  const { here, url, id, secret, productKey } = await started(t)
  const notice = async (...[env, ...args]: [Record<string, string>, ...string[]]) => {
    const { status, stderr } = await here.with(env).run(...args)
    return { status, isUsed: stderr.includes('data/credentials.env\n'), stderr }
  }
  // The same key in the environment, as the file loaded by a shell: only the product comes from the file.
  const loaded = {
    ALIBABA_CLOUD_ACCESS_KEY_ID: id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    ROLLCALL_ENDPOINT: url,
  }
  const same = await notice(loaded, 'check', 'devices.csv')
  assert.equal(same.status, 0)
  assert.ok(same.stderr.includes(`using the product ${productKey}, from`))
  assert.equal((await notice(loaded, 'products')).isUsed, false)
  // Another key, a profile, another machine.
  const other = await notice({ ...loaded, ALIBABA_CLOUD_ACCESS_KEY_ID: 'another' }, 'check', 'devices.csv')
  assert.deepEqual([other.status, other.isUsed], [2, false])
  assert.equal((await notice({}, 'products', '--profile', 'none')).isUsed, false)
  const far = await notice({}, 'products', '--endpoint', 'https://iot.example.invalid')
  assert.deepEqual([far.status, far.isUsed], [3, false])
  assert.match(far.stderr, /no access key/)
  assert.equal((await notice({}, 'check', 'devices.csv', '--offline')).isUsed, false)
  // Elsewhere the folder is named by a variable; without it the message says so.
  mkdirSync(here.file('elsewhere'))
  const from = (env: Record<string, string>) =>
    here
      .with({ ...env })
      .start(
        'sh',
        '-c',
        `cd elsewhere && "${process.execPath}" "$0" products`,
        `${process.cwd()}/bin/rollcall.cjs`,
      ).ended
  const without = await from({})
  assert.equal(without.status, 3)
  assert.match(without.stderr, /credentials\.env in its data folder.*ROLLCALL_DATA/)
  assert.equal((await from({ ROLLCALL_DATA: here.file('data') })).status, 0)
})

test('with a generated certificate, the file names it and it is trusted', async (t) => {
  const { here, url } = await started(t, '--tls', 'self-signed')
  assert.match(url, /^https:/)
  const { status, stderr } = await here.run('check', 'devices.csv')
  assert.equal(status, 0, stderr)
})

test('the sample files match the guides', async (t) => {
  const { here } = await started(t)
  writeFileSync(here.file('faults.csv'), readFileSync('docs/samples/devices-with-faults.csv'))
  const { status, stdout } = await here.run('check', 'faults.csv', '--json')
  assert.equal(status, 1)
  const { rows, accepted } = JSON.parse(stdout)
  assert.deepEqual([rows, accepted], [5, 1])
})
