import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import type { Running } from '../../src/main.ts'
import { temporaryPlace } from '../support/process.ts'
import { startServer } from '../support/server.ts'
import { call, goodDevices } from '../support/sign.ts'

const device = { DeviceName: 'light-00001', DeviceSecret: 'of-the-seed', Sn: 'SN1' }
const product = { name: 'Gateway', authType: 'one-party', productKey: 'pk1', devices: [device] }
const account = {
  name: 'main',
  uid: '1234567890123456',
  accessKeys: [{ id: 'key1', secret: 'secret1' }],
  ramUsers: [
    { name: 'reader', allowed: ['iot:Query*'], accessKeys: [{ id: 'key2', secret: 'secret2' }] },
    { name: 'anything', accessKeys: [{ id: 'key3', secret: 'secret3' }] },
  ],
  quotas: { BatchImportDevice: 0 },
  instances: [
    { kind: 'public', products: [product] },
    {
      kind: 'enterprise-standard',
      instanceId: 'iot-1',
      name: 'Standard',
      products: [{ ...product, productKey: 'pk2' }],
    },
  ],
}
const good = { accounts: [account, { name: 'other', accessKeys: [{ id: 'key4', secret: 'secret4' }] }] }

test('a seed fills an empty store: accounts, keys, RAM users, quotas, instances, products, devices', async (t) => {
  const here = temporaryPlace(t)
  writeFileSync(here.file('seed.json'), JSON.stringify(good))
  const { url, process } = await here.serve('--seed', 'seed.json')
  const check = async (key: string, parameters: Readonly<Record<string, string>>) =>
    (
      await call(
        url,
        'BatchCheckImportDevice',
        { ...parameters, ...goodDevices(2) },
        { id: `key${key}`, secret: `secret${key}` },
      )
    ).body

  for (const parameters of [{ ProductKey: 'pk1' }, { ProductKey: 'pk2', IotInstanceId: 'iot-1' }]) {
    const { Data } = await check('1', parameters as Readonly<Record<string, string>>)
    assert.deepEqual(Data.RepeatedDeviceNameList, ['light-00001'])
  }
  assert.equal((await check('2', { ProductKey: 'pk1' })).Code, 'iot.common.RamActionPermissionDeny')
  assert.equal((await check('3', { ProductKey: 'pk1' })).Success, true)
  assert.equal((await check('4', { ProductKey: 'pk1' })).Code, 'iot.system.InstanceNotFound')
  const throttled = await call(url, 'BatchImportDevice', {}, { id: 'key1', secret: 'secret1' })
  assert.equal(throttled.body.Code, 'Throttling.User')

  // The file holds the secrets already: they are not told, nor written once more.
  const [listening, console, devices] = process.stdout.split('\n')
  assert.deepEqual(
    [listening, console],
    [`rollcall is listening on ${url}`, `the console is at ${url}/console/`],
  )
  assert.match(devices!, /^devices connect to mqtt:/)
  assert.deepEqual(
    (await here.rows('account', 'list')).map(({ name }) => name),
    ['main', 'other'],
  )
})

test('a seed is left aside by a store that is not empty, with a warning', async (t) => {
  const here = temporaryPlace(t)
  await (await here.serve()).process.stop()
  writeFileSync(here.file('seed.json'), JSON.stringify(good))
  const { process } = await here.with({ ROLLCALL_SEED: 'seed.json' }).serve()
  assert.match(process.stderr, /"level":40.*the seed was left aside/)
  assert.deepEqual(
    (await here.rows('account', 'list')).map(({ name }) => name),
    ['main'],
  )
})

// Each is the good seed with one thing broken; the message must lead to it.
// biome-ignore lint/suspicious/noExplicitAny: what is broken on purpose has no type.
function broken(change: (account: any, seed: any) => void): string {
  const seed = JSON.parse(JSON.stringify(good))
  change(seed.accounts[0], seed)
  return JSON.stringify(seed)
}
const { DeviceSecret } = device

suite('an invalid seed is reported with the path of the error', () => {
  for (const [what, text, place] of [
    ['no JSON', '{"accounts": [', /seed\.json can't be read as JSON: /],
    ['null', 'null', /a seed is \{"accounts": \[ … \]\}/],
    ['no accounts', '{}', /a seed is \{"accounts": \[ … \]\}/],
    ['an account that is null', '{"accounts":[null]}', /accounts\[0\]/],
    ['an account without a name', broken((_, seed) => delete seed.accounts[1].name), /accounts\[1\]\.name/],
    ['a UID of letters', broken((account) => (account.uid = 'abc')), /UID "abc"/],
    ['keys that are no list', broken((account) => (account.accessKeys = {})), /accounts\[0\]\.accessKeys/],
    [
      'a key that is null',
      broken((account) => (account.accessKeys = [null])),
      /accounts\[0\]\.accessKeys\[0\]/,
    ],
    // Drawn, it would be told to nobody.
    [
      'a key without a secret',
      broken((account) => delete account.accessKeys[0].secret),
      /accessKeys\[0\]\.secret/,
    ],
    ['an ID with a space', broken((account) => (account.accessKeys[0].id = 'a b')), /AccessKeyId "a b"/],
    [
      'a secret that is a number',
      broken((account) => (account.accessKeys[0].secret = 5)),
      /accessKeys\[0\]\.secret/,
    ],
    ['two keys of one ID', broken((account) => account.accessKeys.push(account.accessKeys[0])), /key1/],
    ['RAM users that are no list', broken((account) => (account.ramUsers = {})), /accounts\[0\]\.ramUsers/],
    [
      'a RAM user without a name',
      broken((account) => delete account.ramUsers[0].name),
      /ramUsers\[0\]\.name/,
    ],
    [
      'a pattern that is none',
      broken((account) => (account.ramUsers[0].allowed = ['x'])),
      /the action pattern "x" must be iot:/,
    ],
    [
      'patterns that are no list',
      broken((account) => (account.ramUsers[0].allowed = 'iot:*')),
      /ramUsers\[0\]\.allowed/,
    ],
    [
      'a quota that is a text',
      broken((account) => (account.quotas.ImportDevice = 'many')),
      /quotas\.ImportDevice/,
    ],
    ['a quota below 0', broken((account) => (account.quotas.ImportDevice = -1)), /quotas\.ImportDevice/],
    ['instances that are no list', broken((account) => (account.instances = {})), /accounts\[0\]\.instances/],
    [
      'another kind of instance',
      broken((account) => (account.instances[1].kind = 'x')),
      /instances\[1\]\.kind/,
    ],
    ['two public instances', broken((account) => account.instances.push({ kind: 'public' })), /public/],
    [
      'another authType',
      broken((account) => (account.instances[1].products[0].authType = 'x')),
      /\.products\[0\]\.authType/,
    ],
    [
      'a short product name',
      broken((account) => (account.instances[1].products[0].name = 'x')),
      /"x"|\.products\[0\]\.name/,
    ],
    [
      'a wrong product key',
      broken((account) => (account.instances[1].products[0].productKey = 'a b')),
      /"a b"/,
    ],
    [
      'two products of one key',
      broken((account) => (account.instances[1].products[0].productKey = 'pk1')),
      /pk1/,
    ],
    [
      'devices that are no list',
      broken((account) => (account.instances[0].products[0].devices = {})),
      /instances\[0\]\.products\[0\]\.devices/,
    ],
    [
      'a device that is null',
      broken((account) => account.instances[0].products[0].devices.push(null)),
      /products\[0\]\.devices\[1\]/,
    ],
    [
      'a device whose secret is a number',
      broken((account) =>
        account.instances[0].products[0].devices.push({ DeviceName: 'light', DeviceSecret: 5 }),
      ),
      /"light" of pk1|products\[0\]\.devices\[1\]/,
    ],
    [
      'a device with an illegal name',
      broken((account) => account.instances[1].products[0].devices.push({ DeviceName: 'a%', DeviceSecret })),
      /"a%" of pk2: The device name is illegal\./,
    ],
    [
      'a device twice',
      broken((account) => account.instances[1].products[0].devices.push(device)),
      /"light-00001" of pk2: The device name is repeated\./,
    ],
  ] as const) {
    test(what, async (t) => {
      const file = temporaryPlace(t).file('seed.json')
      writeFileSync(file, text)
      let running: Running | undefined
      t.after(() => running?.close())
      await assert.rejects(async () => (running = await startServer({ seed: file })), place)
    })
  }
})

test('a seed that was refused ends the start with a line', async (t) => {
  const here = temporaryPlace(t)
  writeFileSync(here.file('seed.json'), '{}')
  const { status, stdout, stderr } = await here.run('serve', '--port', '0', '--seed', 'seed.json')
  assert.deepEqual([status, stdout, stderr], [1, '', 'rollcall: a seed is {"accounts": [ … ]}\n'])
})

test('a seed that was refused left nothing behind: put right, it is taken', async (t) => {
  const here = temporaryPlace(t)
  const wrong = { DeviceName: 'a%', DeviceSecret }
  writeFileSync(
    here.file('seed.json'),
    broken((account) => account.instances[1].products[0].devices.push(wrong)),
  )
  assert.equal((await here.run('serve', '--port', '0', '--seed', 'seed.json')).status, 1)
  writeFileSync(here.file('seed.json'), JSON.stringify(good))
  const { process } = await here.serve('--seed', 'seed.json')
  assert.equal(process.stderr, '')
  assert.equal((await here.rows('account', 'list')).length, 2)
})
