import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { suite, type TestContext, test } from 'node:test'
import { type Place, temporaryPlace } from '../support/process.ts'
import { call, goodDevices, type Parameters } from '../support/sign.ts'
import { credentialsOf } from './credentials.ts'

/** A running server, with calls by any key. */
async function running(t: TestContext, ...flags: string[]) {
  const here = temporaryPlace(t)
  const { url } = await here.serve(...flags)
  const first = credentialsOf(here)
  const codeOf = async (key: { id: string; secret: string }, action: string, parameters: Parameters) => {
    const { body } = await call(url, action, parameters, key)
    return body.Code ?? body.Success
  }
  const check = (key: { id: string; secret: string }, parameters: Parameters = {}) =>
    codeOf(key, 'BatchCheckImportDevice', { ProductKey: first.productKey, ...goodDevices(1), ...parameters })
  return { here, url, first, codeOf, check }
}

async function newKey(here: Place, ...flags: string[]) {
  const [row] = await here.rows('access-key', 'create', ...flags)
  return { id: row!.AccessKeyId!, secret: row!.AccessKeySecret! }
}

suite('what a command changes, a running server does at the next call:', () => {
  test('a key is made, disabled, enabled and deleted', async (t) => {
    const { here, first, check } = await running(t)
    const key = await newKey(here)
    assert.equal(await check(key), true)

    await here.rows('access-key', 'disable', key.id)
    assert.equal(await check(key), 'InvalidAccessKeyId.Inactive')
    assert.deepEqual(
      (await here.rows('access-key', 'list')).map((row) => [row.AccessKeyId, row.status]),
      [
        [first.id, 'active'],
        [key.id, 'disabled'],
      ],
    )
    assert.equal(await check(first), true)

    await here.rows('access-key', 'enable', key.id)
    assert.equal(await check(key), true)

    await here.rows('access-key', 'delete', key.id)
    assert.equal(await check(key), 'InvalidAccessKeyId.NotFound')
    assert.equal((await here.rows('access-key', 'list')).length, 1)
  })

  test('a RAM user may call what it is allowed, and nothing else', async (t) => {
    const { here, first, codeOf, check } = await running(t)
    await here.rows('ram-user', 'create', 'reader', '--allow', 'iot:Query*')
    const key = await newKey(here, '--ram-user', 'reader')
    assert.equal(await check(key), 'iot.common.RamActionPermissionDeny')
    assert.equal(await codeOf(key, 'QueryProduct', { ProductKey: first.productKey }), true)

    await here.rows('ram-user', 'allow', 'reader', 'iot:BatchCheckImportDevice', 'iot:Import*')
    assert.equal(await check(key), true)
    assert.equal(
      await codeOf(key, 'QueryProduct', { ProductKey: first.productKey }),
      'iot.common.RamActionPermissionDeny',
    )
    const [user] = await here.rows('ram-user', 'list')
    assert.deepEqual([user!.name, user!.allowed], ['reader', 'iot:BatchCheckImportDevice iot:Import*'])
    const keys = await here.rows('access-key', 'list')
    assert.deepEqual(
      keys.map((row) => row['RAM user']),
      ['-', 'reader'],
    )
  })

  test('a RAM user without --allow may call nothing, as CreateUser has it, until it is allowed to', async (t) => {
    const { here, check } = await running(t)
    const made = await here.run('ram-user', 'create', 'anything')
    assert.match(made.stdout, /anything +main +nothing/)
    assert.match(made.stderr, /rollcall ram-user allow anything 'iot:Query\*'/)
    const key = await newKey(here, '--ram-user', 'anything')
    assert.equal(await check(key), 'iot.common.RamActionPermissionDeny')
    const [granted] = await here.rows('ram-user', 'allow', 'anything', '*')
    assert.equal(granted!.allowed, '*')
    assert.equal(await check(key), true)
  })

  test('an account’s quota overrides the declared one and applies to its RAM users too', async (t) => {
    const { here, first, codeOf, check } = await running(t)
    await here.rows('ram-user', 'create', 'user', '--allow', '*')
    const user = await newKey(here, '--ram-user', 'user')
    const action = 'BatchCheckImportDevice'
    const quota = (verb: string, ...flags: string[]) => here.rows('quota', verb, '--action', action, ...flags)

    const told = { account: 'main', action, 'calls a second': 0 }
    assert.deepEqual((await quota('set', '--per-second', '0'))[0], told)
    assert.deepEqual(await here.rows('quota', 'list'), [{ action, 'calls a second': 0, declared: 100 }])
    for (const key of [first, user]) assert.equal(await check(key), 'Throttling.User')
    // The permission is for this action only.
    assert.equal(await codeOf(user, 'QueryProduct', { ProductKey: first.productKey }), true)
    assert.equal((await quota('unset'))[0]!['calls a second'], 100)
    assert.deepEqual(await here.rows('quota', 'list'), [])
    assert.equal(await check(first), true)
  })

  test('an instance and its products are made, and devices can be imported', async (t) => {
    const { here, first, codeOf, check } = await running(t)
    const [instance] = await here.rows('instance', 'create', 'Second', '--id', 'iot-second')
    assert.deepEqual(instance, { IotInstanceId: 'iot-second', kind: 'enterprise-standard', name: 'Second' })
    const [product] = await here.rows(
      'product',
      'create',
      'Lamps',
      '--instance-id',
      'iot-second',
      '--auth-type',
      'secret',
    )
    const parameters = { ProductKey: product!.ProductKey!, IotInstanceId: 'iot-second' }
    assert.equal(await check(first, parameters), true)
    assert.equal(await codeOf(first, 'BatchImportDevice', { ...parameters, ...goodDevices(7) }), true)

    const [listed] = await here.rows('product', 'list', '--instance-id', 'iot-second')
    assert.deepEqual([listed!.ProductKey, listed!.name, listed!.devices], [product!.ProductKey, 'Lamps', 7])
    assert.equal((await here.rows('instance', 'list')).length, 3)

    // In the public instance only a gateway's product takes imports.
    const [plain] = await here.rows(
      'product',
      'create',
      'Plain',
      '--auth-type',
      'secret',
      '--product-key',
      'plain1',
    )
    assert.equal(await check(first, { ProductKey: plain!.ProductKey! }), 'iot.prod.InvalidProductAuthType')
  })

  test('a second account sees nothing of the first', async (t) => {
    const { here, first, check } = await running(t)
    const [other] = await here.rows('account', 'create', 'other', '--uid', '1234567890123456')
    assert.deepEqual(other, { name: 'other', uid: '1234567890123456' })
    const key = await newKey(here, '--account', 'other')
    assert.equal(await check(key), 'iot.system.InstanceNotFound')
    await here.rows('instance', 'create', 'Public', '--kind', 'public', '--account', '1234567890123456')
    assert.equal(await check(key), 'iot.prod.NotExistedProduct')
    assert.equal(await check(key, { IotInstanceId: first.instanceId }), 'iot.system.InstanceNotFound')
  })
})

test('a failing command prints one line and exits with status 1', async (t) => {
  const here = temporaryPlace(t)
  await (await here.serve()).process.stop()
  for (const [command, complaint] of [
    ['access-key disable nope', /there is no access key "nope"/],
    ['access-key delete nope', /there is no access key "nope"/],
    ['access-key create --ram-user nope', /no RAM user "nope"/],
    ['access-key list --account nope', /no account "nope"; there are: main/],
    ['ram-user create user --allow Query*', /the action pattern "Query\*" must be iot:/],
    ['ram-user allow nope *', /no RAM user "nope"/],
    ['account create main', /main/],
    ['account create other --uid abc', /UID "abc"/],
    ['quota set --action NoSuchAction --per-second 5', /there is no action "NoSuchAction"/],
    [
      'quota set --action ImportDevice --per-second many',
      /--per-second must be a whole number .* not "many"/,
    ],
    ['quota unset --action importdevice', /there is no action "importdevice"/],
    ['instance create Second --kind public', /public/],
    ['instance create Second --kind public --id iot-1', /a public instance has no ID/],
    ['instance create Second --id a/b', /instance ID "a\/b"/],
    ['product create Lamps --instance-id nope', /no instance "nope"/],
    ['product create Lamps --product-key a/b', /ProductKey "a\/b"/],
    ['product create x', /"x"/],
    ['product list --instance-id nope', /no instance "nope"/],
  ] as const) {
    await t.test(command, async () => {
      const { status, stdout, stderr } = await here.run(...command.split(' '))
      assert.match(stderr, /^rollcall: [^\n]+\n$/)
      assert.match(stderr, complaint)
      assert.doesNotMatch(stderr, /constraint|SQL/i)
      assert.deepEqual([status, stdout], [1, ''])
    })
  }
})

test('one of several accounts must be named', async (t) => {
  const here = temporaryPlace(t)
  await here.rows('account', 'create', 'one')
  await here.rows('account', 'create', 'two')
  const { status, stderr } = await here.run('access-key', 'create')
  assert.equal(status, 1)
  assert.equal(stderr, 'rollcall: the store has several accounts; name one with --account: one, two\n')
})

test('a mistyped data folder is reported and not created', async (t) => {
  const here = temporaryPlace(t)
  const { status, stderr } = await here.run('access-key', 'create', '--data', 'typo')
  assert.deepEqual([status, stderr], [1, 'rollcall: there is no store in typo; see --data and --database\n'])
  assert.ok(!existsSync(here.file('typo')))
})

test('tables are for people: a head, a row each, no secret but the one just made', async (t) => {
  const here = temporaryPlace(t)
  await (await here.serve()).process.stop()
  const { secret } = credentialsOf(here)
  const outputs: string[] = []
  for (const command of [
    'account list',
    'access-key list',
    'instance list',
    'product list',
    'ram-user list',
  ]) {
    outputs.push((await here.run(...command.split(' '))).stdout)
  }
  assert.match(outputs[0]!, /^name +uid +created\nmain +\d{16} +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n$/)
  assert.equal(outputs.join().includes(secret), false)
  const { stdout } = await here.run('access-key', 'create')
  assert.match(stdout, /^AccessKeyId +AccessKeySecret\nLTAI5t\w{18} +\w{30}\n$/)
})
