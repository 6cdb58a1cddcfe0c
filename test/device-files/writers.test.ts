import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { suite, test } from 'node:test'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import type { Allowance } from '../../src/device-files/faults.ts'
import { readList } from './read-list.ts'
import { type Cells, excelWorkbook, workbook } from './xlsx.ts'

type Device = readonly [string, string, string]

const among = (characters: string, min: number, max: number) =>
  fc.array(fc.constantFrom(...characters), { minLength: min, maxLength: max }).map((some) => some.join(''))
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const digits = '0123456789'
const number = among(digits, 4, 20)
const name = fc.oneof(among(`${letters}${digits}-_@.:`, 4, 32), number)
const secret = fc.oneof(among(`${letters}${digits}-_@.:`, 1, 32), number)
const sn = fc.oneof(fc.constant(''), among(`${letters}${digits}_`, 1, 64), number)
const devices: fc.Arbitrary<readonly Device[]> = fc.uniqueArray(fc.tuple(name, secret, sn), {
  minLength: 1,
  maxLength: 12,
  selector: ([first]) => first,
})
const header = fc.constantFrom<Device>(
  ['DeviceName', 'DeviceSecret', 'Sn'],
  ['device_name', 'device_secret', 'serial number'],
  ['设备名称', '设备密钥', '序列号'],
  ['*MQTT用户名', '*MQTT密码(必填)', 'SN'],
)

const all: readonly Allowance[] = ['damaged-numbers', 'placeholders']
const shown = (list: readonly Device[]) => list.map((device) => device.join(' ').trim())

/** A list as a writer writes it. */
type Writer = (rows: readonly Device[]) => string | Uint8Array

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')

/** Writers that run here; Python's is tried apart, all lists at once. */
const writers: Readonly<Record<string, fc.Arbitrary<Writer>>> = {
  'csv-stringify': fc
    .record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      quoted: fc.boolean(),
      bom: fc.boolean(),
      record_delimiter: fc.constantFrom('\n', '\r\n', '\r'),
    })
    .map((options) => (rows) => stringify(rows as Device[], options)),
  'openpyxl’s XLSX': fc.constant((rows) => workbook({ Sheet: rows as unknown as Cells })),
  'Excel’s XLSX': fc.constant((rows) => excelWorkbook(rows)),
  PowerShell: fc
    .record({ hasType: fc.boolean(), isWide: fc.boolean() })
    .map(({ hasType, isWide }) => (rows) => {
      const type = hasType ? '#TYPE System.Management.Automation.PSCustomObject\r\n' : ''
      const text = type + rows.map((row) => `${row.map((cell) => `"${cell}"`).join(',')}\r\n`).join('')
      return isWide ? utf16(text) : `\ufeff${text}`
    }),
  pandas: fc.boolean().map((hasIndex) => (rows) => {
    const lines = rows.map((row, i) => (hasIndex ? [i === 0 ? '' : String(i - 1), ...row] : row))
    return stringify(lines as string[][])
  }),
}

/** A legal list is read back as it was; unless all is allowed, values that may be damaged are bad and not others. */
async function assertReadBack(list: readonly Device[], file: string | Uint8Array): Promise<void> {
  const read = await readList(file, { allow: all })
  assert.deepEqual([read.error, read.bad, read.good], [undefined, {}, shown(list)])
  const strict = await readList(file)
  assert.equal(strict.good.length + Object.keys(strict.bad).length, list.length)
  assert.deepEqual(
    strict.good,
    shown(list).filter((one) => strict.good.includes(one)),
  )
  for (const reason of Object.values(strict.bad))
    assert.match(reason, /placeholder|digits|scientific|\.0|a date/)
}

suite('a legal list is read as written by', () => {
  for (const [who, writer] of Object.entries(writers))
    test(who, async () => {
      await fc.assert(
        fc.asyncProperty(header, devices, writer, (names, list, write) =>
          assertReadBack(list, write([names, ...list])),
        ),
        { numRuns: 150 },
      )
    })

  test('Python’s csv', async (t) => {
    if (spawnSync('python3', ['--version']).status !== 0) return t.skip('there is no python3')
    const lists = fc.sample(devices, 60)
    const program = `import csv, io, json, sys
written = []
for n, rows in enumerate(json.load(sys.stdin)):
    file = io.StringIO()
    csv.writer(file, dialect=["excel", "excel-tab", "unix"][n % 3]).writerows(rows)
    written.append(file.getvalue())
json.dump(written, sys.stdout)`
    const input = JSON.stringify(lists.map((list) => [['Name', 'Secret', 'SN'], ...list]))
    const { stdout, stderr } = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' })
    assert.notEqual(stdout, '', stderr)
    for (const [i, file] of (JSON.parse(stdout) as string[]).entries()) await assertReadBack(lists[i]!, file)
  })
})

/** Damage to a text at a random place. */
const artifact = fc.record({
  kind: fc.constantFrom('cell added', 'cell removed', 'quote', 'line end', 'number', 'header'),
  at: fc.nat(),
  which: fc.nat(),
})

function damaged(text: string, kind: string, at: number, which: number): string {
  const lines = text.split('\n').slice(0, -1)
  const row = at % lines.length
  const cells = lines[row]!.split(',')
  const cell = which % cells.length
  const withRow = (some: readonly string[]) => `${lines.with(row, some.join(',')).join('\n')}\n`
  switch (kind) {
    case 'cell added':
      return withRow(cells.toSpliced(cell, 0, which % 2 === 0 ? 'x123' : '12'))
    case 'cell removed':
      return withRow(cells.toSpliced(cell, 1))
    case 'quote': {
      const place = at % (text.length + 1)
      return `${text.slice(0, place)}"${text.slice(place)}`
    }
    case 'line end':
      return lines
        .map((line, i) => line + (i === row ? ['', '\r', '\r\n', '\n\n', '\u2028'][which % 5] : '\n'))
        .join('')
    case 'number': {
      const value = cells[cell]!
      if (!/^\d+$/.test(value)) return text
      const forms = [
        `${value}.0`,
        Number(value).toExponential().replace('e', 'E'),
        value.replace(/(?<=\d)(?=(\d{3})+$)/g, ','),
      ]
      return withRow(cells.with(cell, forms[which % 3]!))
    }
    default:
      return `${lines.toSpliced(row, 0, lines[0]!).join('\n')}\n`
  }
}

test('a file that was damaged is never read as another list without a word of the line', async () => {
  const quoting = fc.boolean()
  await fc.assert(
    fc.asyncProperty(header, devices, quoting, artifact, async (names, list, quoted, { kind, at, which }) => {
      const text = stringify([names, ...list] as unknown as string[][], { quoted })
      const read = await readList(damaged(text, kind, at, which))
      const before = await readList(text)
      for (const device of read.good)
        assert.ok(shown(list).includes(device), `${kind}: ${device} was in no row`)
      const isSaid = read.error !== undefined || Object.keys(read.bad).length > 0 || read.told.length > 0
      if (!isSaid) assert.deepEqual(read.good, before.good)
    }),
    { numRuns: 1500 },
  )
})

test('a number that lost its leading zeros is bad if the others of its column have one length', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 6, max: 12 }),
      fc.integer({ min: 6, max: 30 }),
      fc.nat(),
      async (length, count, at) => {
        const rows = Array.from({ length: count }, (_, i) => [
          String(i * 7 + 1).padStart(length, '0'),
          `k${i}`,
        ])
        const lost = at % count
        rows[lost]![0] = String(Number(rows[lost]![0]))
        const { bad } = await readList(stringify([['name', 'secret'], ...rows]))
        assert.deepEqual(Object.keys(bad), [String(lost + 2)])
      },
    ),
    { numRuns: 60 },
  )
})
