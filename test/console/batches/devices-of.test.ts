import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Client } from '../../../src/client/client.ts'
import { devicePages, wayFor } from '../../../src/console/batches/devices-of.ts'
import { toExport } from '../../../src/console/shell/device-export.ts'
import { openRows } from '../../../src/device-files/open.ts'
import { written } from '../../../src/export/written.ts'
import { textAt } from '../../../src/lib/columns.ts'

interface Device {
  readonly DeviceName: string
  readonly DeviceSecret: string
  readonly Sn?: string
}

/** Answers as the server does. */
function answering(devices: readonly Device[]) {
  const asked: Readonly<Record<string, string>>[] = []
  async function call(action: string, parameters: Readonly<Record<string, string>>) {
    asked.push(parameters)
    if (action === 'QueryPageByApplyId') {
      const [page, size] = [Number(parameters.CurrentPage), Number(parameters.PageSize)]
      const ApplyDeviceInfo = devices
        .slice((page - 1) * size, page * size)
        .map(({ DeviceName, DeviceSecret }) => ({ DeviceName, DeviceSecret, IotId: `id-${DeviceName}` }))
      return {
        Page: page,
        PageSize: size,
        PageCount: Math.ceil(devices.length / size),
        Total: devices.length,
        ApplyDeviceList: { ApplyDeviceInfo },
      }
    }
    assert.equal(action, 'QueryImportedDeviceByApplyId')
    const [page, size] = [Number(parameters.PageNo), Number(parameters.PageSize)]
    const device = devices
      .slice((page - 1) * size, page * size)
      .map(({ Sn = '', ...named }) => ({ ...named, Sn }))
    return {
      PageNo: page,
      PageSize: size,
      TotalPage: Math.ceil(devices.length / size),
      DeviceList: { device },
    }
  }
  // The answers have the members that the pages read.
  return { client: { call } as unknown as Client, asked }
}

const devices = (count: number): Device[] =>
  Array.from({ length: count }, (_, i) => ({
    DeviceName: `dev-${i}`,
    DeviceSecret: `s${i}`,
    ...(i % 2 === 0 && { Sn: `sn${i}` }),
  }))

const ways = {
  imported: wayFor(() => true)!,
  registered: wayFor((action) => action === 'QueryPageByApplyId')!,
}
const batch = { instance: '', applyId: 7 }
const noRest = async () => {}

async function fileOf(given: readonly Device[], way = ways.imported, withSecrets = true) {
  const { client, asked } = answering(given)
  const pages = devicePages(client, way, batch, undefined, noRest)
  const { columns, pages: rows, total } = toExport(way.columns, withSecrets, pages)
  let text = ''
  for await (const piece of written('csv', columns, rows, '\ufeff')) text += piece
  return { text, total: total(), asked }
}

/** The devices in a file, as an import reads them. */
async function readAgain(text: string) {
  async function* file() {
    yield new TextEncoder().encode(text)
  }
  const { chunks } = await openRows('batch.csv', file(), { map: {}, chunkRows: 1000 })
  const found: (string | undefined)[][] = []
  for await (const rows of chunks)
    for (let i = 0; i < rows.count; i++)
      found.push(
        (['DeviceName', 'DeviceSecret', 'Sn'] as const).map(
          (member) => textAt(rows.members[member], i) || undefined,
        ),
      )
  return found
}

suite('the devices of a batch', () => {
  test('a key uses the operation that it may call, the better one if it may call both', () => {
    assert.equal(ways.imported.action, 'QueryImportedDeviceByApplyId')
    assert.equal(ways.registered.action, 'QueryPageByApplyId')
    assert.equal(
      wayFor(() => false),
      undefined,
    )
  })

  for (const [name, way] of Object.entries(ways))
    for (const count of [0, 1, 50, 51, 1000, 1001, 2345])
      test(`${count} ${name}: each is in the file once, in as few calls as there are pages`, async () => {
        const { text, total, asked } = await fileOf(devices(count), way)
        const [head, ...lines] = text.trimEnd().split('\n')
        assert.equal(head, `\ufeff${way.columns.join(',')}`)
        assert.deepEqual(
          lines.map((line) => line.split(',')[0]),
          devices(count).map(({ DeviceName }) => DeviceName),
        )
        assert.equal(asked.length, Math.max(1, Math.ceil(count / way.pageSizeMax)))
        assert.equal(total, count)
      })

  test('the file is imported again unchanged, also what a spreadsheet would take for a formula', async () => {
    const odd: Device[] = [
      { DeviceName: '-1.5', DeviceSecret: '@A1:B2', Sn: '007' },
      { DeviceName: '@SUM', DeviceSecret: '-2-3', Sn: '1e10' },
      { DeviceName: '0001', DeviceSecret: '1.50' },
      { DeviceName: 'TRUE', DeviceSecret: '2026-01-01', Sn: '_' },
    ]
    const { text } = await fileOf(odd)
    assert.deepEqual(
      await readAgain(text),
      odd.map(({ DeviceName, DeviceSecret, Sn }) => [DeviceName, DeviceSecret, Sn]),
    )
    const { text: other } = await fileOf(odd, ways.registered)
    assert.deepEqual(
      await readAgain(other),
      odd.map(({ DeviceName, DeviceSecret }) => [DeviceName, DeviceSecret, undefined]),
    )
  })

  test('contains no secret unless requested', async () => {
    for (const way of Object.values(ways)) {
      const { text } = await fileOf([{ DeviceName: 'lamp', DeviceSecret: 'hush', Sn: 'n1' }], way, false)
      assert.doesNotMatch(text, /hush|Secret/)
      assert.match(text, /lamp/)
    }
  })

  test('a reader that stops causes no further calls', async () => {
    const { client, asked } = answering(devices(5000))
    const pages = devicePages(client, ways.imported, batch, undefined, noRest)
    for await (const _ of toExport(ways.imported.columns, true, pages).pages) break
    assert.equal(asked.length, 1)
  })

  test('the instance is sent if it has an ID', async () => {
    const { client, asked } = answering(devices(1))
    for await (const _ of devicePages(
      client,
      ways.imported,
      { ...batch, instance: 'iot-1' },
      undefined,
      noRest,
    ));
    assert.deepEqual(asked, [{ IotInstanceId: 'iot-1', ApplyId: '7', PageNo: '1', PageSize: '1000' }])
  })
})
