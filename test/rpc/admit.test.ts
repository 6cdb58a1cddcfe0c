import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import { commonV1, openApiServer, signedV1 } from '../support/api-server.ts'
import { credentials } from '../support/server.ts'

const check = (accessKeyId: string = credentials.accessKeyId, secret: string = credentials.accessKeySecret) =>
  signedV1(
    {
      ...commonV1('BatchCheckImportDevice'),
      AccessKeyId: accessKeyId,
      ProductKey: credentials.productKey,
      'DeviceList.1.DeviceName': 'lamp-0001',
      'DeviceList.1.DeviceSecret': 's',
    },
    { secret },
  )

test('100 checks a second are admitted for an account and its RAM users together', async () => {
  const { ask, clock, registry, close } = await openApiServer()
  const [account] = await registry.accounts.all()
  const user = await registry.accounts.createRamUser(account!.id, 'user', undefined)
  const key = await registry.accessKeys.create(account!.id, user.id)
  clock.advance(1000 - (clock.now() % 1000) + 400)

  let admitted = 0
  for (let call = 0; call < 110; call++) {
    const answer = await ask(call % 2 === 0 ? check() : check(key.id, key.secret))
    if (answer.status === 200) admitted++
    else {
      assert.equal(JSON.parse(answer.body).Code, 'Throttling.User')
      assert.equal(answer.headers['x-acs-retry-after'], '600')
    }
  }
  assert.equal(admitted, 100)

  const other = await registry.accounts.create('other')
  const otherKey = await registry.accessKeys.create(other.id, undefined)
  const { body } = await ask(check(otherKey.id, otherKey.secret))
  assert.match(body, /InstanceNotFound/, 'another account has a quota of its own, and no instance')

  clock.advance(600)
  assert.equal((await ask(check())).status, 200, 'the next window begins')
  await close()
})

test('a RAM user without permission leaves the account’s quotas alone, whatever it calls', async () => {
  const { ask, clock, registry, close } = await openApiServer()
  const [account] = await registry.accounts.all()
  const user = await registry.accounts.createRamUser(account!.id, 'user', [])
  const key = await registry.accessKeys.create(account!.id, user.id)
  clock.advance(1000 - (clock.now() % 1000))
  const call = async (action: { name: string; version: string }, { id, secret }: typeof owner) => {
    const common = { ...commonV1(action.name), Version: action.version, AccessKeyId: id }
    return JSON.parse((await ask(signedV1(common, { secret }))).body).Code
  }
  const owner = { id: credentials.accessKeyId as string, secret: credentials.accessKeySecret as string }
  for (const action of actions) {
    clock.advance(1000)
    const codes = new Set<string>()
    for (let i = 0; i < action.quota.perSecond + 20; i++) codes.add(await call(action, key))
    const all = action.callers === 'everyone' ? undefined : 'iot.common.RamActionPermissionDeny'
    assert.ok(codes.delete('Throttling.User'), action.name)
    assert.ok(
      [...codes].every((code) => code === all),
      `${action.name} ${[...codes]}`,
    )
    assert.notEqual(await call(action, owner), 'Throttling.User', action.name)
  }
  await close()
})

test('an account’s own quota replaces the declared one', async () => {
  const { ask, registry, close } = await openApiServer()
  const [account] = await registry.accounts.all()
  await registry.accounts.setQuota(account!.id, 'BatchCheckImportDevice', 1)
  assert.equal((await ask(check())).status, 200)
  assert.equal((await ask(check())).status, 400)
  await registry.accounts.setQuota(account!.id, 'BatchCheckImportDevice', undefined)
  assert.equal((await ask(check())).status, 200)
  await close()
})

test('a call without a page size has the default one when far pages are counted', async () => {
  const { ask, close } = await openApiServer()
  const codes: (string | undefined)[] = []
  for (const CurrentPage of ['10000', '10000', '10000', '9999']) {
    const { body } = await ask(signedV1({ ...commonV1('QueryDevice'), ProductKey: 'none', CurrentPage }))
    codes.push(JSON.parse(body).Code)
  }
  const none = 'iot.prod.NotExistedProduct'
  assert.deepEqual(codes, [none, none, 'Throttling.User', none])
  await close()
})

test('far pages of QueryProductList have a smaller quota of their own', async () => {
  const { ask, close } = await openApiServer()
  const page = (CurrentPage: string) =>
    signedV1({ ...commonV1('QueryProductList'), CurrentPage, PageSize: '200' })
  const codes: (string | undefined)[] = []
  for (const current of ['500', '500', '500', '499'])
    codes.push(JSON.parse((await ask(page(current))).body).Code)
  assert.deepEqual(codes, [undefined, undefined, 'Throttling.User', undefined])
  await close()
})
