import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Client } from '../../src/client/client.ts'
import { Refused } from '../../src/client/outcome.ts'
import { type DevicesToExport, devicesToExport, serialOf } from '../../src/export/devices.ts'
import { written } from '../../src/export/written.ts'

const product = { instance: 'iot-1', productKey: 'a1' }

const device = (n: number) => ({
  DeviceName: `dev-${n}`,
  DeviceSecret: `secret-${n}`,
  ...(n === 1 && { Nickname: '地下室' }),
  DeviceStatus: 'UNACTIVE',
  IotId: `id${n}`,
  UtcCreate: '2026-01-01T00:00:00.000Z',
})

/** Answers pages as QueryDevice does, and the serial numbers of odd devices as ListDevices does. */
function answering(pages: readonly (readonly object[])[], refuse?: { status: number; Code: string }) {
  const asked: [action: string, parameters: Readonly<Record<string, string>>][] = []
  async function call(action: string, parameters: Readonly<Record<string, string>>) {
    asked.push([action, parameters])
    if (action === 'ListDevices') {
      if (refuse) {
        const { status, ...answer } = refuse
        throw new Refused(action, { status, header: () => undefined, text: '' }, answer)
      }
      const names = Object.entries(parameters).filter(([name]) => name.startsWith('DeviceName.'))
      const Device = names.map(([, DeviceName]) => ({
        DeviceName,
        ...(/[13579]$/.test(DeviceName) && { Sn: `00${DeviceName.slice(4)}` }),
      }))
      return { Data: { Device } }
    }
    assert.equal(action, 'QueryDevice')
    const page = Number(parameters.NextToken ?? 0)
    const isLast = page === pages.length - 1
    return {
      Total: pages.flat().length,
      Data: { DeviceInfo: pages[page] },
      ...(!isLast && { NextToken: String(page + 1) }),
    }
  }
  // The answers have the members that an export reads.
  return { client: { call } as unknown as Client, asked }
}

async function csvOf({ columns, pages }: DevicesToExport): Promise<string> {
  let text = ''
  for await (const piece of written('csv', columns, pages)) text += piece
  return text
}

suite('the devices of a product', () => {
  test('are in the file page by page, with their serial numbers', async () => {
    const { client, asked } = answering([[device(1), device(2)], [device(3)]])
    const devices = await devicesToExport(client, product, true)
    assert.equal(
      await csvOf(devices),
      'DeviceName,DeviceSecret,Sn,Nickname,DeviceStatus,IotId,UtcCreate\n' +
        'dev-1,secret-1,001,地下室,UNACTIVE,id1,2026-01-01T00:00:00.000Z\n' +
        'dev-2,secret-2,,,UNACTIVE,id2,2026-01-01T00:00:00.000Z\n' +
        'dev-3,secret-3,003,,UNACTIVE,id3,2026-01-01T00:00:00.000Z\n',
    )
    assert.equal(devices.total(), 3)
    const of = { IotInstanceId: 'iot-1', ProductKey: 'a1' }
    assert.deepEqual(asked, [
      ['QueryDevice', { ...of, PageSize: '50', CurrentPage: '1' }],
      ['ListDevices', { ...of, 'DeviceName.1': 'dev-1', 'DeviceName.2': 'dev-2' }],
      ['QueryDevice', { ...of, PageSize: '50', NextToken: '1' }],
      ['ListDevices', { ...of, 'DeviceName.1': 'dev-3' }],
    ])
  })

  test('serial numbers are requested for a hundred devices at a time', async () => {
    const page = (from: number) => Array.from({ length: 50 }, (_, i) => device(from + i))
    const { client, asked } = answering([0, 50, 100, 150, 200, 250].map(page))
    const text = await csvOf(await devicesToExport(client, product, true))
    const names = text
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split(',')[0])
    assert.deepEqual(
      names,
      Array.from({ length: 300 }, (_, i) => `dev-${i}`),
    )
    assert.match(text, /\ndev-299,secret-299,00299,/)
    const counts = (action: string) => asked.filter(([it]) => it === action).length
    assert.deepEqual([counts('QueryDevice'), counts('ListDevices')], [6, 4])
  })

  test('contains no secret unless requested', async () => {
    const { client } = answering([[device(1)]])
    const text = await csvOf(await devicesToExport(client, product, false))
    assert.doesNotMatch(text, /[Ss]ecret/)
    assert.match(text, /^DeviceName,Sn,Nickname,/)
  })

  test('an endpoint that does not list serial numbers, or a key that may not, gives a file without them', async () => {
    for (const refuse of [
      { status: 404, Code: 'InvalidAction.NotFound' },
      { status: 400, Code: 'InvalidVersion' },
      { status: 200, Code: 'iot.common.RamActionPermissionDeny' },
    ]) {
      const { client, asked } = answering([[device(1)], [device(2)]], refuse)
      const devices = await devicesToExport(client, product, true)
      assert.match(devices.withoutSn!, new RegExp(refuse.Code))
      assert.match(await csvOf(devices), /^DeviceName,DeviceSecret,Nickname,.*\ndev-1,secret-1,地下室,/)
      assert.equal(asked.filter(([action]) => action === 'ListDevices').length, 1)
      assert.equal(await serialOf(client, { ProductKey: 'a1' }, 'dev-1'), undefined)
    }
    const { client } = answering([[device(1)]], { status: 503, Code: 'ServiceUnavailable' })
    await assert.rejects(devicesToExport(client, product, true), /ServiceUnavailable/)
    await assert.rejects(serialOf(client, { ProductKey: 'a1' }, 'dev-1'), /ServiceUnavailable/)
  })

  test('a reader that stops causes no further calls', async () => {
    const { client, asked } = answering([[device(1)], [device(2)], [device(3)]])
    for await (const _ of (await devicesToExport(client, product, true)).pages) break
    assert.equal(asked.length, 2)
  })

  test('a product without devices has a header', async () => {
    const { client, asked } = answering([[]])
    const devices = await devicesToExport(client, { ...product, instance: '' }, false)
    assert.equal(await csvOf(devices), 'DeviceName,Sn,Nickname,DeviceStatus,IotId,UtcCreate\n')
    assert.deepEqual(asked, [['QueryDevice', { ProductKey: 'a1', PageSize: '50', CurrentPage: '1' }]])
  })
})
