import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { BadRows } from '../../../src/console/import/bad-rows.ts'
import { chosenWith } from '../../../src/console/import/mapping.ts'
import { reportOf } from '../../../src/console/import/report.ts'
import { templateCsv, templateRows } from '../../../src/console/import/template.ts'
import { reportColumns } from '../../../src/device-files/columns.ts'
import { fields } from '../../../src/device-files/fields.ts'
import { openRows } from '../../../src/device-files/open.ts'
import { xlsxOf } from '../../../src/device-files/xlsx-writer.ts'
import { FileValidator } from '../../../src/importer/file-validator.ts'
import { reasons } from '../../../src/importer/reasons.ts'

/** Reads a file back, whole. */
async function readBack(file: Blob, name: string) {
  const chunks = (async function* () {
    yield new Uint8Array(await file.arrayBuffer())
  })()
  const source = await openRows(name, chunks, { map: {}, allowMissing: true, chunkRows: 1000 })
  const rows: string[][] = []
  const verdicts: number[] = []
  for await (const chunk of source.chunks) {
    for (let entry = 0; entry < chunk.count; entry++) rows.push([...chunk.cells(entry)])
    verdicts.push(...new FileValidator(1).verdicts(chunk))
  }
  return { ...source, rows, verdicts }
}

suite('the template', () => {
  const rows = templateRows(() => 'drawn-0123456789abcd')
  for (const [name, file] of [
    ['devices-template.csv', new Blob([templateCsv(rows)])],
    ['devices-template.xlsx', xlsxOf(rows, 3)],
  ] as const) {
    test(`${name} is read as written, and all of it is good`, async () => {
      const read = await readBack(file, name)
      assert.deepEqual([read.columns, ...read.rows], rows)
      assert.deepEqual(read.verdicts, [0, 0])
      assert.deepEqual(read.notes, [])
      assert.deepEqual(read.findings(), [])
    })
  }
})

const cell = fc.string({
  unit: fc.constantFrom(
    'a',
    '1',
    '0',
    ' ',
    ',',
    ';',
    '\t',
    '"',
    '\n',
    "'",
    '<',
    '&',
    '_x0041_',
    '\x01',
    '密',
    '😀',
  ),
  maxLength: 6,
})
const columns = ['备注', 'DeviceName', 'DeviceSecret', 'Sn']

suite('a list of bad rows', () => {
  for (const [format, delimiter, name] of [
    ['csv', ',', 'devices-bad.csv'],
    ['csv', ';', 'devices-bad.csv'],
    ['tsv', '\t', 'devices-bad.tsv'],
    ['jsonl', undefined, 'devices-bad.jsonl'],
    ['xlsx', undefined, 'devices-bad.xlsx'],
  ] as const) {
    test(`is read again as written: ${format} with ${JSON.stringify(delimiter)}`, async () => {
      const row = fc.array(cell, { minLength: columns.length, maxLength: columns.length })
      await fc.assert(
        fc.asyncProperty(
          fc.array(row, { minLength: 1, maxLength: 5 }),
          fc.boolean(),
          async (rows, hasBom) => {
            const listOf = (columns: readonly string[], rows: readonly (readonly string[])[]) => {
              const bad = new BadRows()
              rows.forEach((cells, i) => {
                bad.add({ line: i + 2, cells, reasons: [reasons.nameIllegal, reasons.snIllegal] })
              })
              return reportOf(bad, 'devices.x', {
                columns,
                format,
                hasBom,
                ...(delimiter !== undefined && { delimiter }),
              })
            }
            const report = listOf(columns, rows)
            assert.equal(report.name, name)
            const read = await readBack(report.file, name)
            assert.deepEqual(read.columns, [...columns, ...reportColumns])
            assert.deepEqual(read.places, { name: 1, secret: 2, sn: 3 })
            const added = (i: number) => [
              String(i + 2),
              'DeviceName | Sn',
              'InvalidDeviceName | InvalidSn',
              'is illegal | is illegal',
            ]
            assert.deepEqual(
              read.rows,
              rows.map((cells, i) => [...cells, ...added(i)]),
            )
            // A list of a list has the same columns.
            const again = await readBack(listOf(read.columns, read.rows).file, name)
            assert.deepEqual(again.columns, read.columns)
            assert.deepEqual(again.rows, read.rows)
          },
        ),
        { numRuns: 60 },
      )
    })
  }
})

test('a member of JSON lines is unchanged, and the report’s member of the same name gets another one', async () => {
  const bad = new BadRows()
  const columns = ['DeviceName', 'DeviceSecret', 'code', 'Sn']
  bad.add({ line: 1, cells: ['x', 's', 'EAN 4006381', ''], reasons: [reasons.nameIllegal] })
  const { file } = reportOf(bad, 'devices.jsonl', { columns, format: 'jsonl', hasBom: false })
  assert.deepEqual(JSON.parse(await file.text()), {
    DeviceName: 'x',
    DeviceSecret: 's',
    code: 'EAN 4006381',
    Sn: '',
    line: '1',
    field: 'DeviceName',
    'code 2': 'InvalidDeviceName',
    reason: 'is illegal',
  })
})

test('a list of bad rows of JSON lines has the columns of its file, whatever they are called', async () => {
  const bad = new BadRows()
  const columns = ['ident', 'hidden', 'Sn']
  bad.add({ line: 1, cells: ['x', 's', ''], reasons: [reasons.nameIllegal] })
  const { file, name } = reportOf(bad, 'devices.jsonl', { columns, format: 'jsonl', hasBom: false })
  const read = await readBack(file, name)
  assert.deepEqual(
    [read.columns, read.places],
    [[...columns, ...reportColumns], { name: -1, secret: -1, sn: 2 }],
  )
})

suite('a column that is chosen', () => {
  const preview = {
    mayBeDevice: false,
    columns: ['a', 'b', 'b', ''],
    places: { name: 0, secret: 1, sn: -1 },
    hasHeader: true,
  }
  for (const [what, given, field, place, expected] of [
    ['is told by its name', preview, 'name', 0, { name: 'a', secret: 'b', sn: null }],
    ['or by its number, where the name is another’s', preview, 'sn', 2, { name: 'a', secret: 'b', sn: '3' }],
    ['or there is none', preview, 'secret', 3, { name: 'a', secret: '4', sn: null }],
    ['is none', preview, 'name', -1, { name: null, secret: 'b', sn: null }],
    [
      'without a header is told by its number',
      { ...preview, hasHeader: false },
      'sn',
      3,
      { name: '1', secret: '2', sn: '4' },
    ],
  ] as const) {
    test(what, () => {
      assert.deepEqual(chosenWith(given, field, place), expected)
    })
  }

  test('and the file is read so', async () => {
    const text = new Blob(['a,b,b\nlamp-1,x,s1\n'])
    for (const place of [1, 2]) {
      const shown = {
        columns: ['a', 'b', 'b'],
        places: { name: 0, secret: -1, sn: -1 },
        hasHeader: true,
        mayBeDevice: false,
      }
      const map = chosenWith(shown, 'secret', place)
      const chunks = (async function* () {
        yield new Uint8Array(await text.arrayBuffer())
      })()
      const source = await openRows('a.csv', chunks, { map, chunkRows: 10 })
      assert.deepEqual(
        fields.map((field) => source.places[field]),
        [0, place, -1],
      )
    }
  })
})
