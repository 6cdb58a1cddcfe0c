import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf } from '../../src/lib/columns.ts'
import { devicesOf } from '../../src/registry/batches.ts'
import { commonV1, openGateway, signedV1, signedV3 } from '../support/gateway.ts'

test('an account can neither see nor delete what is another’s', async () => {
  const { ask, registry, close } = await openGateway()
  const other = await registry.accounts.create('other')
  const instance = await registry.instances.create(other.id, 'public', 'theirs')
  const { product } = await registry.products.create(instance, { name: 'theirs', authType: 'one-party' })
  const list = columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], [{ DeviceName: 'lamp-1', DeviceSecret: 's' }])
  const batch = await registry.batches.import(other.id, product, devicesOf(list))
  const device = await registry.devices.findByName(product, 'lamp-1')
  const rows: [action: string, parameters: Record<string, string>, code: string][] = [
    ['DeleteDevice', { IotId: device!.iotId }, 'iot.device.NotExistedDevice'],
    ['QueryDeviceInfo', { IotId: device!.iotId }, 'iot.device.NotExistedDevice'],
    ['QueryDevice', { ProductKey: product.productKey }, 'iot.prod.NotExistedProduct'],
    ['QueryDeviceStatistics', { ProductKey: product.productKey }, 'iot.prod.NotExistedProduct'],
    ['DeleteDevice', { ProductKey: product.productKey, DeviceName: 'lamp-1' }, 'iot.prod.NotExistedProduct'],
    ['QueryProduct', { ProductKey: product.productKey }, 'iot.prod.NotExistedProduct'],
    [
      'QueryImportedDeviceByApplyId',
      { ApplyId: String(batch.id), PageNo: '1', PageSize: '10' },
      'iot.device.DeviceApplyIsNotFound',
    ],
    ['QueryPageByApplyId', { ApplyId: String(batch.id) }, 'iot.device.DeviceApplyIsNotFound'],
    [
      'UndoDeviceBatch',
      { ApplyId: String(batch.id), Version: '2026-11-01' },
      'iot.device.DeviceApplyIsNotFound',
    ],
    ['BatchRegisterDevice', { ProductKey: product.productKey, Count: '1' }, 'iot.prod.NotExistedProduct'],
    [
      'QueryVehicleDevice',
      { ProductKey: product.productKey, DeviceName: 'lamp-1' },
      'iot.prod.NotExistedProduct',
    ],
  ]
  for (const [action, parameters, code] of rows) {
    const { body } = await ask(signedV1({ ...commonV1(action), ...parameters }))
    assert.equal(JSON.parse(body).Code, code, action)
  }
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
  assert.ok(await registry.devices.findByName(product, 'lamp-1'))
  await close()
})

test('the quota of one action leaves another’s alone', async () => {
  const { ask, registry, close } = await openGateway()
  const [account] = await registry.accounts.all()
  await registry.accounts.setQuota(account!.id, 'QueryProductList', 0)
  const { body } = await ask(signedV1({ ...commonV1('QueryProduct'), ProductKey: 'a1TestKey01' }))
  assert.equal(JSON.parse(body).Success, true)
  await close()
})

test('a small JSON body of long names costs no gigabytes, and many signed headers no seconds', async () => {
  const { ask, close } = await openGateway()
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
