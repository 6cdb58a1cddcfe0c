import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf } from '../../src/lib/columns.ts'
import { devicesOf } from '../../src/registry/batches.ts'
import { commonV1, openApiServer, signedV1, signedV3 } from '../support/api-server.ts'

// account-matrix.test.ts tries what a call can name; these name nothing.
test('the lists of an account contain nothing of another’s', async () => {
  const { ask, registry, close } = await openApiServer()
  const other = await registry.accounts.create('other')
  const instance = await registry.instances.create(other.id, 'public', 'theirs')
  const { product } = await registry.products.create(instance, { name: 'theirs', authType: 'one-party' })
  await registry.accounts.createRamUser(other.id, 'theirs', undefined)
  await registry.accessKeys.create(other.id, undefined, { id: 'theirs', secret: 'secret' })
  const list = columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], [{ DeviceName: 'lamp-1', DeviceSecret: 's' }])
  await registry.batches.import(other.id, product, devicesOf(list))
  const device = await registry.devices.findByName(product, 'lamp-1')
  await registry.deviceTags.set(device!, [{ key: 'color', value: 'red' }])
  const lists: [action: string, parameters: Record<string, string>, member: string][] = [
    ['BatchGetDeviceState', { 'IotId.1': device!.iotId }, 'DeviceStatusList'],
    ['QueryDeviceByTags', { 'Tag.1.TagKey': 'color' }, 'Data'],
    ['QueryDeviceByStatus', { Status: '0' }, 'Data'],
  ]
  for (const [action, parameters, member] of lists) {
    const { body } = await ask(signedV1({ ...commonV1(action), ...parameters }))
    assert.deepEqual(Object.values(JSON.parse(body)[member]), [[]], action)
  }
  const own: [action: string, seen: (data: Record<string, unknown[]>) => unknown][] = [
    ['ListUsers', ({ User }) => User],
    ['ListDeviceBatches', ({ Batch }) => Batch],
    ['ListAccessKeys', ({ AccessKey }) => AccessKey!.slice(1)],
    ['ListInstances', ({ Instance }) => Instance!.slice(2)],
  ]
  for (const [action, seen] of own) {
    const { body } = await ask(signedV1({ ...commonV1(action), Version: '2026-11-01' }))
    assert.deepEqual(seen(JSON.parse(body).Data), [], action)
  }
  const theirs = { AccessKeyId: 'theirs', Version: '2026-11-01' }
  for (const [action, member] of [
    ['ListRecentCalls', 'Call'],
    ['ListCallCounts', 'CallCount'],
  ] as const) {
    const { body } = await ask(signedV1({ ...commonV1(action), ...theirs }, { secret: 'secret' }))
    const told: { Action: string }[] = JSON.parse(body).Data[member]
    assert.deepEqual(
      told.filter(({ Action }) => !/^List(Recent|CallC)/.test(Action)),
      [],
      action,
    )
  }
  assert.ok(await registry.devices.findByName(product, 'lamp-1'))
  await close()
})

test('the quota of one action leaves another’s alone', async () => {
  const { ask, registry, close } = await openApiServer()
  const [account] = await registry.accounts.all()
  await registry.accounts.setQuota(account!.id, 'QueryProductList', 0)
  const { body } = await ask(signedV1({ ...commonV1('QueryProduct'), ProductKey: 'a1TestKey01' }))
  assert.equal(JSON.parse(body).Success, true)
  await close()
})

test('a small JSON body of long names costs no gigabytes, and many signed headers no seconds', async () => {
  const { ask, close } = await openApiServer()
  const body = JSON.stringify({ ['k'.repeat(4000)]: Array(100_000).fill(0) })
  const long = await ask(
    signedV3('QueryProduct', {}, { body, headers: { 'content-type': 'application/json' } }),
  )
  assert.equal(JSON.parse(long.body).Code, 'TooManyParameters')
  const many = signedV3('QueryProduct', { ProductKey: 'a' })
  const authorization = `ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=${'host;'.repeat(1000)}host,Signature=aa`
  const headers = new Map([...many.headers, ['authorization', [authorization]]])
  assert.equal(JSON.parse((await ask({ ...many, headers })).body).Code, 'IncompleteSignature')
  await close()
})
