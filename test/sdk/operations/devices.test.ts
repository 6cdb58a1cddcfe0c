import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import * as iot from '@alicloud/iot20180120'
import { type Device, goodDevices } from '../../support/sdk-devices.ts'
import { openTarget, ownServerOnly } from '../../support/sdk-target.ts'
import { typedAddress, typedClient, typedDevices } from '../../support/sdk-typed.ts'

/** The operations that tell of devices and change them, each driven by the typed client. */
const target = await openTarget()
after(() => target.close())

const client = typedClient(target)
const address = typedAddress(target.product)
const skip = ownServerOnly

const devices = goodDevices(7)
const [lamp, other] = devices as [Device, Device]
if (!skip) {
  const deviceList = typedDevices(devices)
  const { body } = await client.batchImportDevice(
    new iot.BatchImportDeviceRequest({ ...address, deviceList }),
  )
  assert.equal(body.success, true, body.errorMessage)
}

const keyOf = ({ DeviceName }: Device) => ({ ...address, deviceName: DeviceName })
const info = async (device: Device) =>
  (await client.queryDeviceInfo(new iot.QueryDeviceInfoRequest(keyOf(device)))).body.data!
const china = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/
const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Takes from an answer the members that are times, which must have a form. */
function timesOf(answer: object, forms: Readonly<Record<string, RegExp>>): object {
  const rest: Record<string, unknown> = { ...answer }
  for (const [name, form] of Object.entries(forms)) {
    assert.match(String(rest[name]), form, name)
    delete rest[name]
  }
  return rest
}

test('a device is returned by either of its names', { skip }, async () => {
  const told = await info(lamp)
  const { iotId } = told
  assert.deepEqual(
    { ...told },
    {
      productKey: target.product.ProductKey,
      deviceName: lamp.DeviceName,
      deviceSecret: lamp.DeviceSecret,
      iotId,
      nickname: '',
    },
  )
  const { body } = await client.queryDeviceInfo(new iot.QueryDeviceInfoRequest({ iotId }))
  assert.deepEqual(body.data, told)
  const none = await client.queryDeviceInfo(new iot.QueryDeviceInfoRequest({ iotId: `${iotId}x` }))
  assert.deepEqual(
    [none.statusCode, none.body.success, none.body.code, none.body.data],
    [200, false, 'iot.device.InvalidIoTId', undefined],
  )
})

test('details of devices', { skip }, async () => {
  const { body: one } = await client.queryDeviceDetail(new iot.QueryDeviceDetailRequest(keyOf(lamp)))
  const known = {
    productKey: target.product.ProductKey,
    deviceName: lamp.DeviceName,
    deviceSecret: lamp.DeviceSecret,
    iotId: (await info(lamp)).iotId,
    nickname: '',
    status: 'UNACTIVE',
    nodeType: 0,
    region: 'cn-shanghai',
    firmwareVersion: '',
    gmtActive: '',
    utcActive: '',
  }
  const { productName, ...detail } = one.data!
  assert.ok(productName)
  assert.deepEqual(timesOf(detail, { gmtCreate: china, utcCreate: iso }), {
    ...known,
    ipAddress: '',
    gmtOnline: '',
    utcOnline: '',
    owner: true,
  })

  const { body: several } = await client.batchQueryDeviceDetail(
    new iot.BatchQueryDeviceDetailRequest({
      ...address,
      deviceName: [other.DeviceName, 'not-registered', lamp.DeviceName],
    }),
  )
  const [first, second, ...rest] = several.data!.data!
  assert.equal(first!.deviceName, other.DeviceName)
  assert.deepEqual(timesOf(second!, { gmtCreate: china, utcCreate: iso }), { ...known, productName })
  assert.deepEqual(rest, [])
})

test('devices are listed by page and by token', { skip }, async () => {
  const page = async (more: object) =>
    (await client.queryDevice(new iot.QueryDeviceRequest({ ...address, pageSize: 3, ...more }))).body
  const first = await page({})
  assert.deepEqual([first.page, first.pageSize, first.pageCount, first.total], [1, 3, 3, 7])
  const [newest] = first.data!.deviceInfo!
  const last = devices.at(-1)!
  const { iotId } = await info(last)
  const gmt = /^\w{3}, \d\d-\w{3}-\d{4} \d\d:\d\d:\d\d GMT$/
  assert.deepEqual(timesOf(newest!, { gmtCreate: gmt, gmtModified: gmt, utcCreate: iso, utcModified: iso }), {
    productKey: target.product.ProductKey,
    deviceName: last.DeviceName,
    deviceSecret: last.DeviceSecret,
    deviceId: iotId!.slice(0, -6),
    iotId,
    nickname: '',
    deviceStatus: 'UNACTIVE',
    deviceType: '',
  })
  const names = (body: typeof first) => body.data!.deviceInfo!.map(({ deviceName }) => deviceName)
  const third = await page({ currentPage: 3 })
  assert.equal(third.nextToken, undefined)
  const second = await page({ nextToken: first.nextToken })
  assert.deepEqual(await page({ nextToken: second.nextToken }).then(names), names(third))
  assert.deepEqual(
    [...names(first), ...names(second), ...names(third)],
    devices.map(({ DeviceName }) => DeviceName).reverse(),
  )
  assert.equal((await page({ nextToken: 'made-up' })).code, 'iot.device.PageTokenIsIllegal')
})

test('a device is disabled and enabled', { skip }, async () => {
  const statusOf = async () => {
    const { body } = await client.getDeviceStatus(new iot.GetDeviceStatusRequest(keyOf(lamp)))
    const { timestamp, ...rest } = body.data!
    assert.ok(Math.abs(timestamp! - Date.now()) < 600_000)
    return rest
  }
  const states = async (request: object) => {
    const { body } = await client.batchGetDeviceState(new iot.BatchGetDeviceStateRequest(request))
    return body.deviceStatusList!.deviceStatus!.map((state) => ({ ...state }))
  }
  assert.deepEqual(await statusOf(), { status: 'UNACTIVE' })
  const { body: done } = await client.disableThing(new iot.DisableThingRequest(keyOf(lamp)))
  assert.equal(done.success, true)
  assert.deepEqual(await statusOf(), { status: 'DISABLE' })
  const { iotId } = await info(lamp)
  const disabled = {
    deviceName: lamp.DeviceName,
    deviceId: iotId!.slice(0, -6),
    iotId,
    status: 'DISABLE',
    lastOnlineTime: '',
    asAddress: '',
  }
  assert.deepEqual(await states({ ...address, deviceName: ['not-registered', lamp.DeviceName] }), [disabled])
  assert.deepEqual(await states({ iotId: [iotId] }), [disabled])

  const list = async (status: number) =>
    (await client.queryDeviceByStatus(new iot.QueryDeviceByStatusRequest({ ...address, status }))).body
  const listed = await list(8)
  assert.deepEqual([listed.page, listed.pageSize, listed.pageCount, listed.total], [1, 10, 1, 1])
  const [device] = listed.data!.simpleDeviceInfo!
  assert.deepEqual(
    timesOf(device!, { gmtCreate: china, gmtModified: china, utcCreate: iso, utcModified: iso }),
    {
      productKey: target.product.ProductKey,
      deviceName: lamp.DeviceName,
      deviceSecret: lamp.DeviceSecret,
      iotId,
      nickname: '',
      status: 'DISABLE',
    },
  )
  assert.equal((await list(0)).total, 6)
  assert.equal((await list(1)).total, 0)

  const { body: undone } = await client.enableThing(new iot.EnableThingRequest({ iotId }))
  assert.equal(undone.success, true)
  assert.equal((await list(8)).total, 0)
  const { body: reset } = await client.resetThing(new iot.ResetThingRequest({ iotId }))
  assert.deepEqual([reset.success, reset.jobId], [true, undefined])
})

test('nicknames are given and taken away', { skip }, async () => {
  const change = async (device: Device, nickname?: string) => {
    const entry = new iot.BatchUpdateDeviceNicknameRequestDeviceNicknameInfo({
      productKey: target.product.ProductKey,
      deviceName: device.DeviceName,
      nickname,
    })
    const request = new iot.BatchUpdateDeviceNicknameRequest({ deviceNicknameInfo: [entry] })
    return (await client.batchUpdateDeviceNickname(request)).body
  }
  assert.equal((await change(lamp, '门厅_灯')).success, true)
  assert.equal((await info(lamp)).nickname, '门厅_灯')
  assert.equal((await change(lamp, 'no')).code, 'iot.common.InvalidFormattedParameter')
  assert.equal((await change(lamp)).success, true)
  assert.equal((await info(lamp)).nickname, '')
})

test('tags are saved, returned, searched and deleted', { skip }, async () => {
  const save = async (device: Device, props: object) => {
    const request = new iot.SaveDevicePropRequest({ ...keyOf(device), props: JSON.stringify(props) })
    assert.equal((await client.saveDeviceProp(request)).body.success, true)
  }
  const propsOf = async (device: Device) =>
    (await client.queryDeviceProp(new iot.QueryDevicePropRequest(keyOf(device)))).body.props
  const search = async (tag: readonly (readonly [key: string, value: string])[]) => {
    const tags = tag.map(([tagKey, tagValue]) => new iot.QueryDeviceByTagsRequestTag({ tagKey, tagValue }))
    return (await client.queryDeviceByTags(new iot.QueryDeviceByTagsRequest({ tag: tags }))).body
  }
  await save(lamp, { color: 'red', room: '101' })
  await save(other, { color: 'red' })
  assert.equal(await propsOf(lamp), '{"color":"red","room":"101"}')
  const both = await search([['color', 'red']])
  assert.deepEqual([both.page, both.pageSize, both.pageCount, both.total], [1, 10, 1, 2])
  const { data } = await search([
    ['color', 'red'],
    ['room', '101'],
  ])
  const { productName, ...found } = data!.simpleDeviceInfo![0]!
  assert.ok(productName)
  assert.deepEqual(found, {
    productKey: target.product.ProductKey,
    deviceName: lamp.DeviceName,
    iotId: (await info(lamp)).iotId,
  })
  const request = new iot.DeleteDevicePropRequest({ ...keyOf(lamp), propKey: 'color' })
  assert.equal((await client.deleteDeviceProp(request)).body.success, true)
  assert.equal(await propsOf(lamp), '{"room":"101"}')
  assert.equal((await search([['color', 'red']])).total, 1)
})

test('devices are counted', { skip }, async () => {
  const count = async (request: object) =>
    (await client.queryDeviceStatistics(new iot.QueryDeviceStatisticsRequest(request))).body
  const expected = { deviceCount: 7, activeCount: 0, onlineCount: 0 }
  assert.deepEqual({ ...(await count(address)).data }, expected)
  assert.deepEqual({ ...(await count({})).data }, expected)
  assert.equal((await count({ groupId: 'W16X8Tvdosec0000' })).code, 'iot.group.NotExistedGroup')
})
