import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import * as iot from '@alicloud/iot20180120'
import { openApiCoreCall } from '../../support/sdk-clients.ts'
import { openTarget, ownServerOnly } from '../../support/sdk-target.ts'
import { typedClient } from '../../support/sdk-typed.ts'

const target = await openTarget()
after(() => target.close())

const client = typedClient(target)
// The SDK has no method for an operation of our own.
const undo = openApiCoreCall(target, undefined, {}, '2026-11-01')

async function productOf(productName: string) {
  const request = new iot.CreateProductRequest({ productName, nodeType: 0 })
  return (await client.createProduct(request)).body.productKey!
}

suite('an ordinary product', { skip: ownServerOnly }, () => {
  test('registers a device under a given or generated name', async () => {
    const productKey = await productOf('Register_01')
    const { body: named } = await client.registerDevice(
      new iot.RegisterDeviceRequest({ productKey, deviceName: 'lamp@home:1', nickname: '园区灯' }),
    )
    assert.equal(named.success, true)
    const { iotId, deviceSecret, ...rest } = named.data!
    assert.match(iotId!, /000100$/)
    assert.equal(deviceSecret!.length, 32)
    assert.deepEqual(
      { ...rest },
      {
        productKey,
        deviceName: 'lamp@home:1',
        nickname: '园区灯',
        devEui: '',
        joinEui: '',
      },
    )

    const { body: drawn } = await client.registerDevice(new iot.RegisterDeviceRequest({ productKey }))
    assert.match(drawn.data!.deviceName!, /^[A-Za-z0-9]{20}$/)

    const { body: again } = await client.registerDevice(
      new iot.RegisterDeviceRequest({ productKey, deviceName: 'lamp@home:1' }),
    )
    assert.deepEqual([again.success, again.code], [false, 'iot.device.AlreadyExistedDeviceName'])
  })

  test('registers devices under generated names', async () => {
    const productKey = await productOf('Register_02')
    const { body } = await client.batchRegisterDevice(
      new iot.BatchRegisterDeviceRequest({ productKey, count: 10_000 }),
    )
    assert.equal(body.success, true)
    const applyId = body.data!.applyId!
    assert.deepEqual(await statusOf(productKey, applyId), {
      status: 'CREATE_SUCCESS',
      valid: [],
      invalid: [],
    })
    const pages = await Promise.all([
      pageOf({ applyId }),
      pageOf({ applyId, currentPage: 200, pageSize: 50 }),
    ])
    for (const { total } of pages) assert.equal(total, 10_000)
    assert.deepEqual(
      pages.map(({ page, pageSize, pageCount, devices }) => [page, pageSize, pageCount, devices.length]),
      [
        [1, 10, 1000, 10],
        [200, 50, 200, 50],
      ],
    )
  })

  test('gets exactly the devices of a list that was checked, once', async () => {
    const productKey = await productOf('Register_03')
    const names = Array.from({ length: 10_000 }, (_, i) => `lamp-${i}`)
    const { body: checked } = await client.batchCheckDeviceNames(
      new iot.BatchCheckDeviceNamesRequest({ productKey, deviceName: names }),
    )
    assert.equal(checked.success, true)
    const applyId = checked.data!.applyId!
    assert.deepEqual(await statusOf(productKey, applyId), { status: 'CHECK_SUCCESS', valid: [], invalid: [] })

    const request = new iot.BatchRegisterDeviceWithApplyIdRequest({ productKey, applyId })
    const answers = await Promise.all([1, 2, 3].map(() => client.batchRegisterDeviceWithApplyId(request)))
    answers.push(await client.batchRegisterDeviceWithApplyId(request))
    for (const { body } of answers) assert.deepEqual([body.success, body.data?.applyId], [true, applyId])

    assert.equal((await statusOf(productKey, applyId)).status, 'CREATE_SUCCESS')
    const { total, devices } = await pageOf({ applyId, currentPage: 3, pageSize: 50 })
    assert.equal(total, 10_000)
    assert.deepEqual(
      devices.map(({ deviceName }) => deviceName),
      names.slice(100, 150),
    )
    for (const { iotId, deviceId, deviceSecret } of devices) {
      assert.equal(iotId, `${deviceId}000100`)
      assert.equal(deviceSecret!.length, 32)
    }
  })

  test('does not get a list with a bad name, nor one of whose names another call was sooner to have', async () => {
    const productKey = await productOf('Register_04')
    const { body: bad } = await client.batchCheckDeviceNames(
      new iot.BatchCheckDeviceNamesRequest({
        productKey,
        deviceNameList: [
          { deviceName: 'lamp-1', deviceNickname: '园区灯-1' },
          { deviceName: 'aw' },
          { deviceName: 'lamp-2', deviceNickname: 'hall' },
        ],
      }),
    )
    const { applyId, invalidDeviceNameList, invalidDeviceNicknameList } = bad.data!
    assert.deepEqual(invalidDeviceNameList!.invalidDeviceName, ['aw'])
    assert.deepEqual(invalidDeviceNicknameList!.invalidDeviceNickname, ['园区灯-1'])
    assert.deepEqual(await statusOf(productKey, applyId!), {
      status: 'CHECK_FAILED',
      valid: ['lamp-2'],
      invalid: ['lamp-1', 'aw'],
    })
    assert.equal(await codeOfRegistering(productKey, applyId!), 'iot.device.IncorrentDeviceApplyInfo')

    const { body: good } = await client.batchCheckDeviceNames(
      new iot.BatchCheckDeviceNamesRequest({ productKey, deviceName: ['lamp-3', 'lamp-4'] }),
    )
    await client.registerDevice(new iot.RegisterDeviceRequest({ productKey, deviceName: 'lamp-4' }))
    const late = good.data!.applyId!
    assert.equal(await codeOfRegistering(productKey, late), 'iot.device.ApplyManyDevicesFailed')
    assert.deepEqual(await statusOf(productKey, late), {
      status: 'CHECK_FAILED',
      valid: ['lamp-3'],
      invalid: ['lamp-4'],
    })
    const { body: product } = await client.queryProduct(new iot.QueryProductRequest({ productKey }))
    assert.equal(product.data!.deviceCount, 1)
  })

  test('loses the devices of a batch that is undone', async () => {
    const productKey = await productOf('Register_05')
    const { body } = await client.batchRegisterDevice(
      new iot.BatchRegisterDeviceRequest({ productKey, count: 7 }),
    )
    const ApplyId = body.data!.applyId!
    const undone = await undo('UndoDeviceBatch', { ApplyId })
    assert.deepEqual(undone.Data, { ApplyId, DeletedCount: 7, KeptCount: 0 })
    const { body: product } = await client.queryProduct(new iot.QueryProductRequest({ productKey }))
    assert.equal(product.data!.deviceCount, 0)
  })
})

async function statusOf(productKey: string, applyId: number) {
  const request = new iot.QueryBatchRegisterDeviceStatusRequest({ productKey, applyId })
  const { status, validList, invalidList } = (await client.queryBatchRegisterDeviceStatus(request)).body.data!
  return { status, valid: validList!.name, invalid: invalidList!.name }
}

async function pageOf(members: { applyId: number; currentPage?: number; pageSize?: number }) {
  const { body } = await client.queryPageByApplyId(new iot.QueryPageByApplyIdRequest(members))
  const { page, pageSize, pageCount, total, applyDeviceList } = body
  return { page, pageSize, pageCount, total, devices: applyDeviceList!.applyDeviceInfo! }
}

async function codeOfRegistering(productKey: string, applyId: number) {
  const request = new iot.BatchRegisterDeviceWithApplyIdRequest({ productKey, applyId })
  return (await client.batchRegisterDeviceWithApplyId(request)).body.code
}
