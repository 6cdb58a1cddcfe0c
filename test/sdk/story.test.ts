import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import * as iot from '@alicloud/iot20180120'
import { clients } from '../support/sdk-clients.ts'
import { type Device, goodDevices } from '../support/sdk-devices.ts'
import { openTarget, ownServerOnly, type ProductAddress } from '../support/sdk-target.ts'
import { typedAddress, typedClient, typedDevices } from '../support/sdk-typed.ts'

const target = await openTarget()
after(() => target.close())

const client = typedClient(target)
const call = clients[0]!.connect(target)

test('a product is created, queried and listed', { skip: ownServerOnly }, async () => {
  const { productKey } = await createProduct('Story_01')

  const { body: told } = await client.queryProduct(new iot.QueryProductRequest({ productKey }))
  const { gmtCreate, productSecret, ...rest } = told.data!
  assert.ok(Math.abs(gmtCreate! - Date.now()) < 60_000)
  assert.ok(productSecret)
  assert.deepEqual(rest, {
    productKey,
    productName: 'Story_01',
    productStatus: 'DEVELOPMENT_STATUS',
    aliyunCommodityCode: 'iothub_senior',
    authType: 'one-party',
    dataFormat: 0,
    description: 'of the story',
    deviceCount: 0,
    categoryKey: '',
    categoryName: '',
    id2: false,
    protocolType: '',
    netType: 3,
    nodeType: 0,
    owner: true,
  })

  const { body: page } = await client.queryProductList(
    new iot.QueryProductListRequest({ currentPage: 1, pageSize: 10 }),
  )
  const { list, ...counts } = page.data!
  assert.deepEqual({ ...counts }, { currentPage: 1, pageSize: 10, pageCount: 1, total: 2 })
  assert.deepEqual(
    list!.productInfo!.map((product) => product.productKey),
    [productKey, target.product.ProductKey],
    'newest first',
  )
})

test('devices are imported, listed, known to the check, and deleted', async (t) => {
  const address = ownServerOnly
    ? target.product
    : { ProductKey: (await createProduct('Story_02')).productKey! }
  const [alone, ...batch] = goodDevices(26) as [Device, ...Device[]]
  const everybody = [alone, ...batch]
  const leftOver = new Set(everybody)
  t.after(() => Promise.all([...leftOver].map((device) => deleteDevice(address, device))))
  const countBefore = await deviceCount(address)

  const { body: imported } = await client.batchImportDevice(importRequest(address, batch))
  assert.equal(imported.success, true)
  const { applyId, ...lists } = imported.data!
  assert.ok(Number.isSafeInteger(applyId))
  assert.deepEqual(lists, {})

  const { body: one } = await client.importDevice(
    new iot.ImportDeviceRequest({
      ...typedAddress(address),
      deviceName: alone.DeviceName,
      deviceSecret: alone.DeviceSecret,
      nickname: 'Alone_1',
    }),
  )
  assert.equal(one.success, true)
  const { iotId, ...device } = one.data!
  assert.match(iotId!, /^[A-Za-z0-9]+$/)
  assert.deepEqual(device, {
    productKey: address.ProductKey,
    deviceName: alone.DeviceName,
    deviceSecret: alone.DeviceSecret,
    nickname: 'Alone_1',
    sn: '',
  })

  assert.deepEqual(await devicesOfBatch(address, applyId!), batch)
  assert.equal(await deviceCount(address), countBefore + 26)

  const stranger = { ...alone, DeviceName: `${alone.DeviceName.slice(0, -1)}x` }
  const { Data } = await call('BatchCheckImportDevice', { ...address, DeviceList: [stranger, ...everybody] })
  const existing = everybody.map((device) => ({ ...device, ErrorMsg: 'The device name already exists.' }))
  const names = everybody.map(({ DeviceName }) => DeviceName)
  assert.deepEqual(Data, {
    InvalidDetailList: existing,
    InvalidDeviceNameList: [],
    InvalidDeviceSecretList: [],
    InvalidSnList: [],
    RepeatedDeviceNameList: names,
  })

  const { statusCode, body: refused } = await client.batchImportDevice(
    importRequest(address, [stranger, ...everybody]),
  )
  assert.equal(statusCode, 200)
  assert.equal(refused.success, false)
  assert.equal(refused.code, 'iot.device.ApplyManyDevicesFailed')
  assert.equal(refused.data!.applyId, undefined)
  assert.deepEqual(refused.data!.repeatedDeviceNameList!.repeatedDeviceName, names)
  assert.equal(await deviceCount(address), countBefore + 26, 'all devices of a batch or none')

  for (const device of everybody) {
    assert.equal((await deleteDevice(address, device)).success, true)
    leftOver.delete(device)
  }
  assert.equal((await deleteDevice(address, alone)).code, 'iot.device.NotExistedDevice')
  assert.equal(await deviceCount(address), countBefore)
  const { Success, Data: none } = await call('BatchCheckImportDevice', { ...address, DeviceList: everybody })
  assert.equal(Success, true)
  assert.equal(none, undefined)
})

async function createProduct(productName: string): Promise<iot.CreateProductResponseBody> {
  const { body } = await client.createProduct(
    new iot.CreateProductRequest({
      productName,
      nodeType: 0,
      authType: 'one-party',
      netType: 'WIFI',
      description: 'of the story',
    }),
  )
  assert.equal(body.success, true, body.errorMessage)
  const { productKey, productSecret, ...data } = body.data!
  assert.ok(productKey && productSecret)
  assert.equal(body.productKey, productKey)
  assert.deepEqual(data, {
    productName,
    nodeType: 0,
    dataFormat: 0,
    authType: 'one-party',
    description: 'of the story',
    id2: false,
    protocolType: '',
    aliyunCommodityCode: 'iothub_senior',
  })
  return body
}

/** The devices of a batch, page by page. */
async function devicesOfBatch({ ProductKey, IotInstanceId }: ProductAddress, applyId: number) {
  const devices: Device[] = []
  for (let pageNo = 1; ; pageNo++) {
    const { body } = await client.queryImportedDeviceByApplyId(
      new iot.QueryImportedDeviceByApplyIdRequest({
        iotInstanceId: IotInstanceId,
        applyId,
        pageNo,
        pageSize: 10,
      }),
    )
    assert.equal(body.success, true)
    assert.equal(body.productKey, ProductKey)
    assert.equal(body.pageNo, pageNo)
    for (const { productKey, deviceName, deviceSecret, sn } of body.deviceList!.device!) {
      assert.equal(productKey, ProductKey)
      devices.push({ DeviceName: deviceName!, DeviceSecret: deviceSecret!, Sn: sn! })
    }
    if (pageNo >= body.totalPage!) return devices
  }
}

async function deviceCount(address: ProductAddress): Promise<number> {
  const { body } = await client.queryProduct(new iot.QueryProductRequest(typedAddress(address)))
  return body.data!.deviceCount!
}

async function deleteDevice(address: ProductAddress, { DeviceName }: Device) {
  const request = new iot.DeleteDeviceRequest({ ...typedAddress(address), deviceName: DeviceName })
  return (await client.deleteDevice(request)).body
}

function importRequest(address: ProductAddress, devices: readonly Device[]) {
  return new iot.BatchImportDeviceRequest({ ...typedAddress(address), deviceList: typedDevices(devices) })
}
