import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commonV1, openApiServer, signedV1 } from '../support/api-server.ts'
import { credentials } from '../support/server.ts'

const { productKey: ProductKey } = credentials

async function openFleet() {
  const gateway = await openApiServer({ quota: false })
  const call = async (action: string, parameters: Readonly<Record<string, string>> = {}) => {
    const Timestamp = new Date(gateway.clock.now()).toISOString().replace(/\.\d+/, '')
    const { body } = await gateway.ask(
      signedV1({ ...commonV1(action), Timestamp, ProductKey, ...parameters }),
    )
    return JSON.parse(body)
  }
  const importAll = async (names: readonly string[]) => {
    const entries = names.flatMap((name, i) => [
      [`DeviceList.${i + 1}.DeviceName`, name],
      [`DeviceList.${i + 1}.DeviceSecret`, `secret-of-${name}`],
    ])
    const { Success, ErrorMessage } = await call('BatchImportDevice', Object.fromEntries(entries))
    assert.equal(Success, true, ErrorMessage)
  }
  return { ...gateway, call, importAll }
}

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}-${i}`)

test('a walk by NextToken meets each of 25,000 devices once, whatever is imported and deleted meanwhile', async () => {
  const { call, importAll, close } = await openFleet()
  const atStart = names('old', 25_000)
  for (let i = 0; i < atStart.length; i += 10_000) await importAll(atStart.slice(i, i + 10_000))

  const met: string[] = []
  let token: string | undefined
  let pages = 0
  do {
    const { Data, NextToken, Total } = await call('QueryDevice', {
      PageSize: '50',
      ...(token && { NextToken: token }),
    })
    for (const { DeviceName, DeviceSecret } of Data.DeviceInfo) {
      assert.equal(DeviceSecret, `secret-of-${DeviceName}`)
      met.push(DeviceName)
    }
    assert.ok(Total >= 25_000 - pages)
    token = NextToken
    // Devices come, and of those that were met the last goes, which is the one that the token stands for.
    if (++pages % 50 === 0) {
      await Promise.all([
        importAll(names(`new-${pages}`, 100)),
        call('DeleteDevice', { DeviceName: met.at(-1)! }),
      ])
    }
  } while (token !== undefined)

  assert.equal(pages, 500)
  assert.deepEqual(met, atStart.toReversed())
  await close()
})

test('pages of any depth are answered by their number, newest first', async () => {
  const { call, importAll, close } = await openFleet()
  await importAll(names('device', 1234))
  const { Data, Page, PageCount, Total, NextToken } = await call('QueryDevice', {
    CurrentPage: '31',
    PageSize: '40',
  })
  assert.deepEqual([Page, PageCount, Total, NextToken], [31, 31, 1234, undefined])
  const expected = names('device', 34).toReversed()
  assert.deepEqual(
    Data.DeviceInfo.map(({ DeviceName }: { DeviceName: string }) => DeviceName),
    expected,
  )
  const far = await call('QueryDevice', { CurrentPage: '2000000000', PageSize: '50' })
  assert.deepEqual([far.Data.DeviceInfo, far.Total], [[], 1234])
  await close()
})

test('a change that has an effect is dated, in the form of each operation', async () => {
  const { call, importAll, clock, close } = await openFleet()
  await importAll(['lamp-1'])
  const created = new Date(clock.now())
  clock.advance(90_061_000)
  const DeviceName = 'lamp-1'
  const timesOf = async () => {
    const [{ GmtModified, UtcModified }] = (await call('QueryDevice')).Data.DeviceInfo
    return [GmtModified, UtcModified]
  }
  await call('EnableThing', { DeviceName })
  await call('BatchUpdateDeviceNickname', {
    'DeviceNicknameInfo.1.ProductKey': ProductKey,
    'DeviceNicknameInfo.1.DeviceName': DeviceName,
  })
  await call('DeleteDeviceProp', { DeviceName, PropKey: 'none' })
  assert.deepEqual(await timesOf(), ['Tue, 02-Jan-2024 03:04:05 GMT', created.toISOString()])

  await call('DisableThing', { DeviceName })
  const modified = new Date(clock.now()).toISOString()
  assert.deepEqual(await timesOf(), ['Wed, 03-Jan-2024 04:05:06 GMT', modified])
  const [device] = (await call('QueryDeviceByStatus', { Status: '8' })).Data.SimpleDeviceInfo
  assert.deepEqual(
    [device.GmtCreate, device.GmtModified, device.UtcModified],
    ['2024-01-02 11:04:05', '2024-01-03 12:05:06', modified],
  )
  await close()
})

test('nicknames are changed together: with an entry that is not right none is', async () => {
  const { call, importAll, close } = await openFleet()
  await importAll(['lamp-1', 'lamp-2'])
  const nicknamesOf = async () =>
    (await call('QueryDevice')).Data.DeviceInfo.map(({ Nickname }: { Nickname?: string }) => Nickname)
  const change = (...entries: readonly (readonly [name: string, nickname: string])[]) =>
    call(
      'BatchUpdateDeviceNickname',
      Object.fromEntries(
        entries.flatMap(([name, nickname], i) => [
          [`DeviceNicknameInfo.${i + 1}.ProductKey`, ProductKey],
          [`DeviceNicknameInfo.${i + 1}.DeviceName`, name],
          [`DeviceNicknameInfo.${i + 1}.Nickname`, nickname],
        ]),
      ),
    )
  await change(['lamp-1', 'hall'], ['lamp-2', 'roof'], ['lamp-1', 'door'])
  assert.deepEqual(
    await nicknamesOf(),
    ['roof', 'door'],
    'of a device that is named twice the last entry counts',
  )
  await change(['lamp-1', 'hall'], ['lamp-1', 'door'])
  assert.deepEqual(await nicknamesOf(), ['roof', 'door'], 'also where it changes nothing')
  await change(['lamp-1', 'hall'], ['lamp-3', 'roof'])
  await change(['lamp-1', 'hall'], ['lamp-2', 'a b c'])
  assert.deepEqual(await nicknamesOf(), ['roof', 'door'])
  await change(['lamp-1', ''])
  assert.deepEqual(await nicknamesOf(), ['roof', ''])
  await close()
})
