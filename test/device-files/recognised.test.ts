import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { ChosenColumns } from '../../src/device-files/columns.ts'
import { openRows, type ReadOptions } from '../../src/device-files/open.ts'
import { UnreadableFile } from '../../src/device-files/unreadable.ts'
import { xlsx } from './xlsx.ts'

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7)
}

const open = (bytes: Uint8Array, options: Partial<ReadOptions> = {}, name = 'devices.csv') =>
  openRows(name, inPieces(bytes), { map: {}, chunkRows: 100, ...options })

const header = 'DeviceName,DeviceSecret'

suite('what is recognised of a file', () => {
  for (const [what, bytes, name, expected] of [
    [
      'CSV',
      Buffer.from(`${header}\nlamp-1,s`),
      'a.csv',
      { format: 'csv', encoding: 'utf-8', delimiter: ',', hasHeader: true },
    ],
    [
      'TSV by its ending, without a header',
      Buffer.from('lamp-1\ts'),
      'a.tsv',
      { format: 'tsv', encoding: 'utf-8', delimiter: '\t', hasHeader: false },
    ],
    [
      'UTF-16 by its mark',
      Buffer.from(`\ufeff${header.replace(',', ';')}\nlamp-1;s`, 'utf16le'),
      'a.txt',
      { format: 'csv', encoding: 'utf-16le', delimiter: ';', hasHeader: true },
    ],
    [
      'GB18030, which shows itself behind ASCII',
      Buffer.concat([
        Buffer.from(`${header},note\n${'lamp-1,s,\n'.repeat(50)}lamp-2,s,`),
        Buffer.from([0xb1, 0xb8, 0xd7, 0xa2]),
      ]),
      'a.csv',
      { format: 'csv', encoding: 'gb18030', delimiter: ',', hasHeader: true },
    ],
    [
      'JSON lines',
      Buffer.from('{"DeviceName":"lamp-1","DeviceSecret":"s"}'),
      'a.json',
      { format: 'jsonl', encoding: 'utf-8', hasHeader: true },
    ],
    [
      'XLSX',
      xlsx([
        ['DeviceName', 'DeviceSecret'],
        ['lamp-1', 's'],
      ]),
      'a.xlsx',
      { format: 'xlsx', hasHeader: true, sheets: ['Sheet1'], read: ['Sheet1'] },
    ],
  ] as const) {
    test(what, async () => {
      const source = await open(bytes, {}, name)
      for await (const _ of source.chunks);
      assert.deepEqual(source.recognised(), expected)
      assert.deepEqual(source.places, { name: 0, secret: 1, sn: expected.format === 'jsonl' ? 2 : -1 })
    })
  }
})

test('an XLSX file reports how much has been read', async () => {
  const rows = Array.from({ length: 3000 }, (_, i) => [`lamp-${i}`, `secret-${crypto.randomUUID()}`])
  const source = await open(xlsx([['DeviceName', 'DeviceSecret'], ...rows]), {}, 'a.xlsx')
  const shares: number[] = []
  for await (const _ of source.chunks) shares.push(source.share!())
  assert.equal(shares.length, 30)
  assert.ok(shares[0]! > 0 && shares[0]! < 0.6, `${shares[0]} after the first chunk`)
  assert.deepEqual(shares, shares.toSorted())
  assert.equal(shares.at(-1), 1)
})

suite('a file whose columns are not known', () => {
  const bytes = Buffer.from('what,whom,third\nlamp-1,s,QC1\n')

  test('is refused', async () => {
    await assert.rejects(open(bytes), (error) => {
      assert.ok(error instanceof UnreadableFile)
      return error.code === 'UnknownColumn'
    })
  })

  test('is read even if columns are missing, so that the user can choose them', async () => {
    const source = await open(bytes, { allowMissing: true })
    assert.deepEqual(source.places, { name: -1, secret: -1, sn: -1 })
    for await (const rows of source.chunks) {
      assert.deepEqual(rows.cells(0), ['lamp-1', 's', 'QC1'])
      assert.equal(rows.members.DeviceName.length[0], -1)
    }
    const chosen = await open(bytes, { allowMissing: true, map: { name: 'what', secret: '2' } })
    assert.deepEqual(chosen.places, { name: 0, secret: 1, sn: -1 })
  })
})

test('of JSON lines a column may be chosen that only a report has, for no line needs to have it', async () => {
  const map = { name: 'id', secret: 'key', sn: 'Sn' }
  const lines = '{"id":"lamp-1","key":"s"}\n{"id":"lamp-2","key":"s","Sn":"QC2"}\n'
  const source = await open(Buffer.from(lines), { map })
  assert.deepEqual([source.columns, source.places], [['id', 'key', 'Sn'], { name: 0, secret: 1, sn: 2 }])
  for await (const rows of source.chunks)
    assert.deepEqual(
      [rows.cells(0), rows.cells(1)],
      [
        ['lamp-1', 's', ''],
        ['lamp-2', 's', 'QC2'],
      ],
    )
  await assert.rejects(open(Buffer.from(lines), { map: { ...map, sn: 'Serial' } }), UnreadableFile)
})

suite('a field that no column is to hold', () => {
  for (const [what, text, map] of [
    ['of a header', `${header},Sn\nlamp-1,s,bad sn\n`, { sn: null }],
    ['without a header', 'lamp-1,s,bad sn\n', { sn: null }],
    ['of JSON lines', '{"DeviceName":"lamp-1","DeviceSecret":"s","Sn":"bad sn"}\n', { sn: null }],
  ] as const satisfies readonly (readonly [string, string, ChosenColumns])[]) {
    test(what, async () => {
      const source = await open(Buffer.from(text), { map })
      assert.deepEqual(source.places, { name: 0, secret: 1, sn: -1 })
      for await (const rows of source.chunks) assert.equal(rows.members.Sn.length[0], -1)
    })
  }
})
