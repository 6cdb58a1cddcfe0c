import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Client } from '../../../src/client/client.ts'
import { columns, devicePages } from '../../../src/console/products/export.ts'
import { csvOf, type ExportedPiece } from '../../../src/console/shell/device-export.ts'

const noRest = async () => {}

const device = (n: number) => ({
  DeviceName: `dev-${n}`,
  DeviceSecret: `secret-${n}`,
  ...(n === 1 && { Nickname: '地下室' }),
  DeviceStatus: 'UNACTIVE',
  IotId: `id${n}`,
  UtcCreate: '2026-01-01T00:00:00.000Z',
})

/** Answers pages as QueryDevice does. */
function answering(pages: readonly (readonly object[])[]) {
  const asked: Readonly<Record<string, string>>[] = []
  const client: Client = {
    async call(action, parameters) {
      assert.equal(action, 'QueryDevice')
      asked.push(parameters)
      const page = Number(parameters.NextToken ?? 0)
      const isLast = page === pages.length - 1
      return {
        Total: pages.flat().length,
        Data: { DeviceInfo: pages[page] },
        ...(!isLast && { NextToken: String(page + 1) }),
      }
    },
  }
  return { client, asked }
}

async function all(pieces: AsyncIterable<ExportedPiece>) {
  const told: ExportedPiece[] = []
  for await (const piece of pieces) told.push(piece)
  return told
}

suite('a product’s devices as CSV', () => {
  test('page by page, with one header, in UTF-8 that Excel knows', async () => {
    const { client, asked } = answering([[device(1), device(2)], [device(3)]])
    const told = await all(
      csvOf(columns, true, devicePages(client, { instance: 'iot-1', productKey: 'a1' }, noRest)),
    )
    assert.equal(
      told.map(({ text }) => text).join(''),
      '\ufeffDeviceName,DeviceSecret,Nickname,DeviceStatus,IotId,UtcCreate\n' +
        'dev-1,secret-1,地下室,UNACTIVE,id1,2026-01-01T00:00:00.000Z\n' +
        'dev-2,secret-2,,UNACTIVE,id2,2026-01-01T00:00:00.000Z\n' +
        'dev-3,secret-3,,UNACTIVE,id3,2026-01-01T00:00:00.000Z\n',
    )
    assert.deepEqual(
      told.map(({ count, total }) => [count, total]),
      [
        [2, 3],
        [3, 3],
      ],
    )
    const first = { IotInstanceId: 'iot-1', ProductKey: 'a1', PageSize: '50' }
    assert.deepEqual(asked, [first, { ...first, NextToken: '1' }])
  })

  test('no secret is in it unless it was asked for', async () => {
    const { client } = answering([[device(1)]])
    const [piece] = await all(
      csvOf(columns, false, devicePages(client, { instance: '', productKey: 'a1' }, noRest)),
    )
    assert.doesNotMatch(piece!.text, /[Ss]ecret/)
    assert.match(piece!.text, /^\ufeffDeviceName,Nickname,/)
  })

  test('who stops reading it asks for nothing more', async () => {
    const { client, asked } = answering([[device(1)], [device(2)], [device(3)]])
    for await (const _ of csvOf(
      columns,
      true,
      devicePages(client, { instance: '', productKey: 'a1' }, noRest),
    ))
      break
    assert.equal(asked.length, 1)
  })

  test('a product without devices has a header', async () => {
    const { client } = answering([[]])
    const [piece, ...rest] = await all(
      csvOf(columns, false, devicePages(client, { instance: '', productKey: 'a1' }, noRest)),
    )
    assert.equal(piece!.text, '\ufeffDeviceName,Nickname,DeviceStatus,IotId,UtcCreate\n')
    assert.deepEqual(rest, [])
  })
})
