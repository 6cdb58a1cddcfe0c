import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { suite, type TestContext, test } from 'node:test'
import { openRows } from '../../../src/device-files/open.ts'
import { launcher, type Place, temporaryPlace } from '../../support/process.ts'

suite('rollcall export', () => {
  const hostile = 'a "quoted", one\nand = two; Ü灯'
  const seed = {
    accounts: [
      {
        name: 'main',
        instances: [
          {
            kind: 'public',
            products: [
              {
                productKey: 'pk1',
                name: 'first',
                authType: 'one-party',
                devices: Array.from({ length: 2500 }, (_, i) => ({
                  DeviceName: `@lamp-${i}`,
                  DeviceSecret: `s:${i}`,
                  ...(i % 2 ? { Sn: `QC${i}` } : {}),
                })),
              },
            ],
          },
          {
            kind: 'enterprise-standard',
            instanceId: 'iot-two',
            products: [
              {
                productKey: 'pk2',
                name: 'second',
                authType: 'secret',
                devices: [{ DeviceName: 'meter', DeviceSecret: 'm' }],
              },
            ],
          },
        ],
      },
    ],
  }

  async function seeded(t: TestContext): Promise<Place> {
    const here = temporaryPlace(t)
    writeFileSync(here.file('seed.json'), JSON.stringify(seed))
    await (await here.serve('--seed', 'seed.json')).process.stop()
    return here
  }

  test('has every device with its secret, as CSV and as JSON lines', async (t) => {
    const here = await seeded(t)
    const database = new DatabaseSync(here.file('data/roll.db'))
    database.prepare(`UPDATE device SET nickname = ?, disabled = 1 WHERE name = 'meter'`).run(hostile)
    database.close()

    const { status, stdout, stderr } = await here.run('export')
    assert.deepEqual([status, stderr], [0, ''])
    const [head, ...records] = parseCsv(stdout)
    assert.deepEqual(head!.slice(0, 4), ['ProductKey', 'DeviceName', 'DeviceSecret', 'Sn'])
    const lines = (await here.run('export', '--format', 'jsonl')).stdout.trimEnd().split('\n')
    const objects = lines.map((line) => JSON.parse(line))
    assert.deepEqual(
      records.map((record) =>
        Object.fromEntries(head!.map((name, i) => [name, record[i]]).filter(([, value]) => value !== '')),
      ),
      objects.map((object) => ({ ...object, ApplyId: String(object.ApplyId) })),
    )
    assert.deepEqual(
      new Set(
        objects.map(({ DeviceName, DeviceSecret, Sn }) => JSON.stringify({ DeviceName, DeviceSecret, Sn })),
      ),
      new Set(
        seed.accounts[0]!.instances.flatMap(({ products }) => products[0]!.devices).map((device) =>
          JSON.stringify(device),
        ),
      ),
    )
    const meter = objects.find(({ DeviceName }) => DeviceName === 'meter')
    assert.deepEqual([meter.ProductKey, meter.Nickname, meter.Status], ['pk2', hostile, 'DISABLE'])
    assert.match(meter.IotId, /^\w{22}000100$/)
    assert.match(meter.CreateTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  })

  test('has the chosen devices, in a file readable by its owner only, and no secrets if they are omitted', async (t) => {
    const here = await seeded(t)
    const linesOf = async (...flags: string[]) => {
      const { status, stdout, stderr } = await here.run('export', 'list.csv', '--replace', ...flags)
      assert.deepEqual([status, stdout, stderr], [0, '', ''])
      return readFileSync(here.file('list.csv'), 'utf8').trimEnd().split('\n')
    }
    assert.equal((await linesOf('--product', 'pk1', '--account', 'main')).length, 2501)
    const [head, meter, ...more] = await linesOf('--instance-id', 'iot-two', '--without-secrets')
    assert.equal(head, 'ProductKey,DeviceName,Sn,Nickname,Status,IotId,CreateTime,ApplyId,Vehicle')
    assert.match(meter!, /^pk2,meter,,,UNACTIVE,/)
    assert.deepEqual(more, [])
    assert.equal((statSync(here.file('list.csv')).mode & 0o777).toString(8), '600')
    assert.match((await here.run('export', 'list.csv')).stderr, /list\.csv is there already/)
  })

  test('is a workbook by the ending of its name, which an import reads with nothing lost', async (t) => {
    const here = await seeded(t)
    const product = ['--product', 'pk1']
    assert.deepEqual((await here.run('export', 'list.xlsx', ...product)).status, 0)
    const chunks = (async function* () {
      yield new Uint8Array(readFileSync(here.file('list.xlsx')))
    })()
    const source = await openRows('list.xlsx', chunks, { map: {}, chunkRows: 10_000 })
    const read: string[] = []
    for await (const rows of source.chunks)
      for (let entry = 0; entry < rows.count; entry++) read.push(rows.cells(entry).slice(1, 4).join())
    const { stdout } = await here.run('export', ...product)
    const [, ...records] = parseCsv(stdout)
    assert.deepEqual(
      read,
      records.map((record) => record.slice(1, 4).join()),
    )
    assert.equal(read.length, 2500)
  })

  test('ends quietly when the reader closes the pipe', async (t) => {
    const here = await seeded(t)
    const { status, stdout, stderr } = await here.start(
      'sh',
      '-c',
      `'${process.execPath}' '${launcher}' export | head -n 1`,
    ).ended
    assert.deepEqual([status, stderr], [0, ''])
    assert.match(stdout, /^ProductKey,[^\n]*\n$/)
  })
})

/** Records of RFC 4180. */
function parseCsv(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    record.push(quoted?.replaceAll('""', '"') ?? plain!)
    if (end === ',') continue
    records.push(record)
    record = []
  }
  return records
}
