import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { suite, type TestContext, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { describeNote, describeUnreadable } from '../../src/cli/check/describe.ts'
import { openRowsOf } from '../../src/cli/check/open-file.ts'
import { readDelimited } from '../../src/device-files/delimited.ts'
import { readJson } from '../../src/device-files/json.ts'
import type { ReadOptions } from '../../src/device-files/open.ts'
import type { RowSource } from '../../src/device-files/rows.ts'
import { UnreadableFile } from '../../src/device-files/unreadable.ts'
import { textAt } from '../../src/lib/columns.ts'
import { temporaryPlace } from '../support/process.ts'
import { workbook, xlsx, zip } from './xlsx.ts'

/** The command line's description of how a file is read. */
const told = ({ notes }: Pick<RowSource, 'notes'>) => notes.map(describeNote).join()

/** And of why it can't be. */
const inWords = (error: unknown): never => {
  throw error instanceof UnreadableFile ? new Error(describeUnreadable(error)) : error
}

interface Read {
  readonly line: number
  readonly device: readonly (string | undefined)[]
  readonly cells: readonly string[]
}

async function all({ chunks }: Pick<RowSource, 'chunks'>): Promise<Read[]> {
  const read: Read[] = []
  for await (const rows of chunks) {
    for (let entry = 0; entry < rows.count; entry++) {
      const { DeviceName, DeviceSecret, Sn } = rows.members
      read.push({
        line: rows.line(entry),
        device: [DeviceName, DeviceSecret, Sn].map((column) => textAt(column, entry)),
        cells: rows.cells(entry),
      })
    }
  }
  return read
}

const plain = { map: {}, chunkRows: 3 } satisfies ReadOptions

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const header = '设备名称,备注,设备密钥,序列号'
const rows = [
  ['lamp-0001', '路灯', 's3cret', 'QC1'],
  ['lamp-0002', '', 's3cret2', ''],
]
const devices = [
  ['lamp-0001', 's3cret', 'QC1'],
  ['lamp-0002', 's3cret2', undefined],
]
const csv = `${header}\n${rows.map((row) => row.join(',')).join('\n')}`

const gb18030 = (text: string) => {
  // Node decodes GB18030 and does not encode it.
  const bytes: Record<string, number[]> = {}
  for (let high = 0xb0; high <= 0xf7; high++)
    for (let low = 0xa1; low <= 0xfe; low++)
      bytes[new TextDecoder('gb18030').decode(Uint8Array.of(high, low))] = [high, low]
  return Buffer.from([...text].flatMap((c) => bytes[c] ?? [c.charCodeAt(0)]))
}

suite('a file is recognised:', () => {
  const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
  const jsonLines = rows
    .map(([name, note, secret, sn]) => `${JSON.stringify({ name, note, secret, SN: sn })}\n`)
    .join('\n')
  const files: Record<string, Buffer> = {
    'UTF-8': Buffer.from(csv),
    'UTF-8 with a mark': Buffer.from(`\ufeff${csv}`),
    'UTF-16 LE with a mark': Buffer.from(`\ufeff${csv}`, 'utf16le'),
    'UTF-16 LE': Buffer.from(csv.replace('备注', 'note of it').replace('路灯', 'x'), 'utf16le'),
    'UTF-16 BE with a mark': utf16be(`\ufeff${csv}`),
    GB18030: gb18030(csv),
    'line ends of Windows': Buffer.from(csv.replaceAll('\n', '\r\n')),
    'line ends of old Macs': Buffer.from(csv.replaceAll('\n', '\r')),
    semicolons: Buffer.from(csv.replaceAll(',', ';')),
    tabs: Buffer.from(csv.replaceAll(',', '\t')),
    bars: Buffer.from(csv.replaceAll(',', '|')),
    'quoted cells': Buffer.from(csv.replaceAll(/[^,\n]+/g, '"$&"')),
    'an end of line at the end': Buffer.from(`${csv}\n`),
    'JSON lines': Buffer.from(jsonLines),
    'JSON lines in UTF-16 LE with a mark': Buffer.from(`\ufeff${jsonLines}`, 'utf16le'),
    'JSON lines in UTF-16 BE with a mark': utf16be(`\ufeff${jsonLines}`),
    XLSX: xlsx([header.split(','), ...rows]),
  }
  for (const [name, bytes] of Object.entries(files)) {
    test(name, async (t) => {
      const here = temporaryPlace(t)
      writeFileSync(here.file('devices'), bytes)
      const file = await openRowsOf(here.file('devices'), plain)
      assert.deepEqual(
        (await all(file)).map(({ device }) => device),
        devices,
      )
      assert.equal(file.position(), bytes.length)
    })
  }
})

test('text that turns out not to be UTF-8 far from its beginning is GB18030', async (t) => {
  const here = temporaryPlace(t)
  const filler = Array.from({ length: 60_000 }, (_, i) => `lamp-${i},s3cret-of-it-${i},\n`).join('')
  const last = Buffer.concat([Buffer.from('lamp-last,s3cret,'), Buffer.from([0xc2, 0xb7, 0xb5, 0xc6])])
  writeFileSync(here.file('devices.csv'), Buffer.concat([Buffer.from(`name,secret,note\n${filler}`), last]))
  const read = await all(await openRowsOf(here.file('devices.csv'), { ...plain, chunkRows: 10_000 }))
  assert.equal(read.length, 60_001)
  assert.equal(read.at(-1)!.cells[2], '路灯')
  assert.equal(read.at(-1)!.line, 60_002)
})

suite('an encoding', () => {
  const open = async (t: TestContext, bytes: Buffer, encoding?: ReadOptions['encoding']) => {
    const here = temporaryPlace(t)
    writeFileSync(here.file('devices'), bytes)
    return openRowsOf(here.file('devices'), { ...plain, encoding })
  }

  test('is UTF-8 despite invalid bytes after valid characters', async (t) => {
    const bad = Buffer.from([0xe9])
    const filler = Buffer.from(
      Array.from({ length: 60_000 }, (_, i) => `lamp-${i},灯,s3cret-of-it\n`).join(''),
    )
    for (const between of [Buffer.alloc(0), filler]) {
      const parts = ['名称,备注,密钥\n', between, 'lamp-1,caf', bad, ',a\nlamp-2,路灯,b\n']
      const bytes = Buffer.concat(parts.map((part) => Buffer.from(part)))
      const file = await open(t, bytes)
      const read = await all(file)
      assert.deepEqual(
        read.slice(-2).map(({ cells }) => cells),
        [
          ['lamp-1', 'caf\ufffd', 'a'],
          ['lamp-2', '路灯', 'b'],
        ],
      )
      assert.equal(file.hasBom, false)
      if (between.length === 0) assert.match(told(file), /read as UTF-8, but some bytes are not valid/)
    }
  })

  test('that is not UTF-8 is reported, and needs a byte order mark in a report', async (t) => {
    const gb = await open(t, gb18030(csv))
    assert.equal(gb.hasBom, true)
    assert.match(told(gb), /detected as GB18030.*--encoding/)
    assert.deepEqual((await open(t, gb18030(csv), 'gb18030')).notes, [])
    assert.equal((await open(t, Buffer.from(csv, 'utf16le'))).hasBom, true)
    const lines = await open(t, gb18030('{"name":"lamp-1","secret":"a","note":"路灯"}'))
    assert.equal(lines.hasBom, true)
    const utf8 = await open(t, Buffer.from(csv))
    assert.deepEqual([utf8.hasBom, utf8.notes], [false, []])
  })
})

suite('columns', () => {
  const columnsOf = async (text: string, options: Partial<ReadOptions> = {}) => {
    const bytes = pieces(Buffer.from(text), 1000)
    const source = await readDelimited(bytes, { ...plain, ...options }, false).catch(inWords)
    return (await all(source)).map(({ device }) => device)
  }
  for (const names of [
    'DeviceName,DeviceSecret,Sn',
    'device_name,device_secret,serial number',
    'Name,Secret,SN',
    'MQTT用户名,MQTT密码,序列号',
    'MQTT Username,MQTT Password,Serial No.',
    '设备名称,设备密钥,设备序列号',
  ]) {
    test(`are known: ${names}`, async () => {
      assert.deepEqual(await columnsOf(`${names}\nlamp-1,s3cret,QC1\n`), [['lamp-1', 's3cret', 'QC1']])
    })
  }

  test('are chosen by name or number', async () => {
    const text = 'who,what,Name\nlamp-1,s3cret,QC1\n'
    assert.deepEqual(await columnsOf(text, { map: { name: 'who', secret: '2', sn: 'name' } }), [
      ['lamp-1', 's3cret', 'QC1'],
    ])
    await assert.rejects(columnsOf(text, { map: { name: 'whom' } }), /"whom".*"who", "what", "Name"/)
    await assert.rejects(columnsOf(text), /secret.*--map secret=COLUMN/)
  })

  test('that are chosen are no other field’s', async () => {
    const text = 'a,b,Name\nlamp-1,s3cret,QC1\n'
    await assert.rejects(
      columnsOf(text, { map: { name: 'a', secret: '1' } }),
      /--map name=a and --map secret=1 are the same column, "a"; each field needs its own column/,
    )
    await assert.rejects(columnsOf(text, { map: { secret: 'Name' } }), /known to hold the device's name/)
    assert.deepEqual(await columnsOf(`Device,${text.slice(2)}`, { map: { secret: 'Name' } }), [
      ['lamp-1', 'QC1', undefined],
    ])
  })

  test('need no header if the first line is a device', async () => {
    assert.deepEqual(await columnsOf('lamp-1,s3cret\nlamp-2,s3cret\n'), [
      ['lamp-1', 's3cret', undefined],
      ['lamp-2', 's3cret', undefined],
    ])
    assert.deepEqual(
      await columnsOf('QC1,lamp-1,s3cret', { header: false, map: { name: '2', secret: '3', sn: '1' } }),
      [['lamp-1', 's3cret', 'QC1']],
    )
  })

  test('of a file without a header have the names of the fields that are not chosen', async () => {
    const read = async (text: string, map: ReadOptions['map']) => {
      const bytes = pieces(Buffer.from(text), 100)
      const { columns, notes, chunks } = await readDelimited(
        bytes,
        { map, chunkRows: 3, header: false },
        false,
      )
      return { columns, notes, devices: (await all({ chunks })).map(({ device }) => device) }
    }
    const map = { name: '2', secret: '3' }
    assert.deepEqual(await read('1,lamp-1,a\n2,lamp-2,b%%\n', map), {
      columns: ['column 1', 'DeviceName', 'DeviceSecret'],
      notes: [],
      devices: [
        ['lamp-1', 'a', undefined],
        ['lamp-2', 'b%%', undefined],
      ],
    })
    const report = await read(
      'column 1,DeviceName,DeviceSecret,line,field,code,reason\n2,lamp-2,b,2,secret,x,y\n',
      map,
    )
    assert.deepEqual(report.devices, [['lamp-2', 'b', undefined]])
    assert.match(told(report), /header of a report/)
    await assert.rejects(read('1,lamp-1,a\n', { name: '2' }), /known to hold the device's secret/)
    await assert.rejects(read('1,lamp-1\n', { name: '3' }), /there is no column "3"/)
  })

  test('that are not known may be a device', async () => {
    await assert.rejects(
      columnsOf('lamp,a\n'),
      /first line has 2 cells, not shown.*--map name=COLUMN, or --no-header if the first line is a device/,
    )
    await assert.rejects(columnsOf('lamp,a\n', { header: true }), /--map name=COLUMN$/)
  })
})

test('a number in JSON keeps its digits', async (t) => {
  const here = temporaryPlace(t)
  writeFileSync(
    here.file('devices'),
    '{"name":"lamp-1","secret":12345678901234567890,"sn":10,"x":{"secret":1.5}}\n{"name":"lamp-2","secret":1.50,"sn":{"sn":2e9},"x":0}\n',
  )
  const read = await all(await openRowsOf(here.file('devices'), plain))
  assert.deepEqual(
    read.map(({ device }) => device),
    [
      ['lamp-1', '12345678901234567890', '10'],
      ['lamp-2', '1.50', '{"sn":2000000000}'],
    ],
  )
})

test('each line of JSON is looked at for its own members', async () => {
  const text = [
    { DeviceName: 'lamp-1', DeviceSecret: 'a', note: 'x' },
    { DeviceName: 'lamp-2', Sn: 'S%', DeviceSecret: 'b' },
    { name: 'lamp-3', secret: 'c', 'serial number': 12, note: 'y' },
    { note: 'z', DeviceName: 'lamp-4' },
  ]
    .map((object) => JSON.stringify(object))
    .join('\n')
  const read = async (map: ReadOptions['map']) => {
    const source = await readJson(pieces(Buffer.from(text), 9), { map, chunkRows: 3 }, false)
    return { columns: source.columns, rows: await all(source) }
  }
  const { columns, rows } = await read({})
  assert.deepEqual(columns, ['DeviceName', 'DeviceSecret', 'note', 'Sn'])
  assert.deepEqual(
    rows.map(({ cells }) => cells),
    [
      ['lamp-1', 'a', 'x', ''],
      ['lamp-2', 'b', '', 'S%'],
      ['lamp-3', 'c', 'y', '12'],
      ['lamp-4', '', 'z', ''],
    ],
  )
  assert.deepEqual(
    rows.map(({ device }) => device),
    [
      ['lamp-1', 'a', undefined],
      ['lamp-2', 'b', 'S%'],
      ['lamp-3', 'c', '12'],
      ['lamp-4', undefined, undefined],
    ],
  )
  assert.deepEqual(
    (await read({ sn: '3' })).rows.map(({ device }) => device[2]),
    ['x', undefined, 'y', 'z'],
  )
})

test('lines are those of the file, over empty lines and cells of several lines', async () => {
  const text = 'name,secret,note\n\nlamp-1,a,x\r\n\r\nlamp-2,b,"two\nlines, ""quoted"""\nlamp-3,c,x'
  const source = await readDelimited(pieces(Buffer.from(text), 7), { ...plain, chunkRows: 2 }, false)
  assert.deepEqual(
    (await all(source)).map(({ line, cells }) => [line, cells[0], cells[2]]),
    [
      [3, 'lamp-1', 'x'],
      [5, 'lamp-2', 'two\nlines, "quoted"'],
      [7, 'lamp-3', 'x'],
    ],
  )
})

test('an unclosed quote is reported with its line, without quoting it', async () => {
  const text = 'name,secret\nlamp-1,a\nlamp-2,"s3cret'
  const read = readDelimited(pieces(Buffer.from(text), 100), plain, false).then(all)
  await assert.rejects(read, (error: Error) => /line 3/.test(error.message) && !/s3cret/.test(error.message))
})

test('a quote inside a cell is text, and swallows no rows', async () => {
  const text =
    'name,secret,sn,note\nlamp-1,a,S1,5" pipe\nlamp-2,b"c,S2,say "hi\nlamp-3,c,S3,bye"\nlamp-4,"d"x",S4,"e"\n'
  for (const size of [1, 3, 100]) {
    const source = await readDelimited(pieces(Buffer.from(text), size), plain, false)
    assert.deepEqual(
      (await all(source)).map(({ line, cells }) => [line, ...cells]),
      [
        [2, 'lamp-1', 'a', 'S1', '5" pipe'],
        [3, 'lamp-2', 'b"c', 'S2', 'say "hi'],
        [4, 'lamp-3', 'c', 'S3', 'bye"'],
        [5, 'lamp-4', '"d"x"', 'S4', 'e'],
      ],
    )
  }
})

test('lines end with CR alone, too, except within quotes', async () => {
  const devicesIn = async (text: string, size: number) =>
    (await all(await readDelimited(pieces(Buffer.from(text), size), plain, false))).map(({ line, cells }) => [
      line,
      ...cells,
    ])
  for (const size of [1, 2, 7, 100]) {
    assert.deepEqual(await devicesIn('name,"se\rcret"\rlamp-1,a\r\rlamp-2,b\r\nlamp-3,c\r', size), [
      [3, 'lamp-1', 'a'],
      [5, 'lamp-2', 'b'],
      [6, 'lamp-3', 'c'],
    ])
    assert.deepEqual(await devicesIn('name,secret,note\r\nlamp-1,a,x\rlamp-2,b,"y\rz"\r\nlamp-3,c,x', size), [
      [2, 'lamp-1', 'a', 'x'],
      [3, 'lamp-2', 'b', 'y\rz'],
      [5, 'lamp-3', 'c', 'x'],
    ])
  }
})

test('a row whose every cell is empty is no row', async () => {
  const text = 'name,secret,sn\n,,,\nlamp-1,a,S1\r\n"","",""\r\n,"",\nlamp-2,"b""c",\n""\n",",,\n'
  const source = await readDelimited(pieces(Buffer.from(text), 5), plain, false)
  assert.deepEqual(
    (await all(source)).map(({ line, device }) => [line, ...device]),
    [
      [3, 'lamp-1', 'a', 'S1'],
      [6, 'lamp-2', 'b"c', undefined],
      [8, ',', undefined, undefined],
    ],
  )
})

test('rows with quotes anywhere are those that csv-parse sees, however the bytes come', async () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '"', '"', ',', '\n', '\r\n', '\r', '路', ';', 'b'),
    maxLength: 60,
  })
  const property = fc.asyncProperty(
    text,
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 1, max: 5 }),
    async (body, piece, size) => {
      const bytes = Buffer.from(`name,secret,sn,x\n${body}`)
      const read = readDelimited(
        pieces(bytes, piece),
        { map: {}, chunkRows: size, header: true, delimiter: ',' },
        false,
      )
      let expected: string[][]
      try {
        expected = parse(bytes, {
          relax_column_count: true,
          relax_quotes: true,
          skip_empty_lines: true,
          record_delimiter: ['\r\n', '\n', '\r'],
        }).slice(1)
      } catch {
        await assert.rejects(read.then(all), UnreadableFile)
        return
      }
      const found = await all(await read)
      const rows = expected.filter((cells) => cells.some((cell) => cell !== ''))
      assert.deepEqual(
        found.map(({ cells }) => cells),
        rows,
      )
      assert.deepEqual(
        found.map(({ device }) => device.map((text) => text ?? '')),
        rows.map(([name = '', secret = '', sn = '']) => [name, secret, sn]),
      )
    },
  )
  await fc.assert(property, { numRuns: 2000 })
})

const cell = fc.oneof(
  fc.stringMatching(/^[a-z0-9_-]{0,9}$/),
  fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', '路', ';', "'"), maxLength: 6 }),
)

test('any cells that csv-stringify writes are read unchanged, for any chunk boundaries', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.tuple(cell, cell, cell, fc.constant('end')), { maxLength: 20 }),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 1, max: 7 }),
    async (records, piece, size) => {
      const bytes = Buffer.from(stringify([['name', 'secret', 'sn', 'x'], ...records]))
      const source = await readDelimited(
        pieces(bytes, piece),
        { map: {}, chunkRows: size, header: true },
        false,
      )
      const read = await all(source)
      assert.deepEqual(
        read.map(({ cells }) => cells),
        records,
      )
      assert.deepEqual(
        read.map(({ device }) => device.map((text) => text ?? '')),
        records.map((record) => record.slice(0, 3)),
      )
      const text = bytes.toString()
      for (const { line, cells } of read)
        assert.ok(text.split('\n')[line - 1]!.startsWith(stringify([[cells[0]]]).split('\n')[0]!))
    },
  )
  await fc.assert(property, { numRuns: 300 })
})

suite('XLSX', () => {
  /** As Excel and others write it: compressed, texts apart and behind the sheets, gaps, formats, furigana, prefixes. */
  const ofExcel = zip(
    {
      'xl/workbook.xml':
        '<x:workbook xmlns:x="m" xmlns:r="o"><x:sheets><x:sheet name="Notes" sheetId="1" r:id="rId1"/><x:sheet name="设备" sheetId="2" r:id="rId2"/></x:sheets></x:workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row r="1"/></sheetData></worksheet>',
      'xl/worksheets/sheet2.xml': `<x:worksheet xmlns:x="m"><x:sheetData>
<x:row r="2"><x:c r="A2" t="s"><x:v>0</x:v></x:c><x:c r="AB2" t="s"><x:v>1</x:v></x:c><x:c r="AC2" t="s"><x:v>2</x:v></x:c></x:row>
<x:row r="3"><x:c r="A3" t="s"><x:v>3</x:v></x:c><x:c r="AB3" t="str"><x:f>1+1</x:f><x:v>a&amp;b</x:v></x:c><x:c r="AC3"><x:v>4001</x:v></x:c></x:row>
<x:row r="7"><x:c r="A7" t="inlineStr"><x:is><x:t>lamp-2</x:t></x:is></x:c><x:c r="B7" t="b"><x:v>1</x:v></x:c><x:c r="AC7"><x:v>1.2345678901234567E+19</x:v></x:c></x:row>
</x:sheetData></x:worksheet>`,
      'xl/sharedStrings.xml':
        '<sst><si><t>name</t></si><si><t>secret</t></si><si><r><t>s</t></r><r><rPr/><t>n</t></r><rPh><t>エス</t></rPh></si><si><t>lamp-1</t></si></sst>',
    },
    true,
  )
  const open = (t: TestContext, bytes: Buffer, sheet?: string) => {
    const here = temporaryPlace(t)
    writeFileSync(here.file('devices'), bytes)
    return openRowsOf(here.file('devices'), { ...plain, ...(sheet !== undefined && { sheets: [sheet] }) })
  }

  test('of Excel is read from the sheet that is named', async (t) => {
    const file = await open(t, ofExcel, '设备')
    assert.deepEqual(
      (await all(file)).map(({ line, device }) => [line, ...device]),
      [
        [3, 'lamp-1', 'a&b', '4001'],
        [7, 'lamp-2', undefined, '1.2345678901234567E+19'],
      ],
    )
    assert.deepEqual(file.findings(), [])
  })

  test('contains characters as numeric references', async (t) => {
    const rows = [
      ['name', 'secret', 'sn'],
      ['lamp_x002d_1', 'a_x000D_', '_x005F_x0041_'],
      ['lamp_x1', 'a_xyzzz_', '_x41_'],
    ]
    assert.deepEqual(
      (await all(await open(t, xlsx(rows)))).map(({ device }) => device),
      [
        ['lamp-1', 'a\r', '_x0041_'],
        ['lamp_x1', 'a_xyzzz_', '_x41_'],
      ],
    )
    const shared = zip({
      'xl/workbook.xml': '<workbook><sheets><sheet name="A" id="rId1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Target="worksheets/a.xml"/></Relationships>',
      'xl/worksheets/a.xml':
        '<worksheet><row><c t="str"><v>name</v></c><c t="str"><v>secret</v></c></row><row><c t="s"><v>0</v></c><c t="str"><v>_x0061_</v></c></row></worksheet>',
      'xl/sharedStrings.xml': '<sst><si><r><t>lamp_x0</t></r><r><t>02d_1</t></r></si></sst>',
    })
    assert.deepEqual(
      (await all(await open(t, shared))).map(({ device }) => device),
      [['lamp-1', 'a', undefined]],
    )
  })

  test('that is unreadable is reported', async (t) => {
    await assert.rejects(open(t, ofExcel, 'Geräte'), /no sheet "Geräte"; there are: "Notes", "设备"/)
    await assert.rejects(open(t, ofExcel, 'Notes'), /the sheet "Notes" is empty; there are: "Notes", "设备"/)
    const notes = [['See the other sheet'], ['of devices']]
    await assert.rejects(
      open(t, workbook({ Notes: notes, Devices: [] })),
      /the first line has 1 cell, not shown .* in the sheet "Notes"; the sheets are "Notes", "Devices"$/,
    )
    await assert.rejects(open(t, xlsx(notes)), /the first line has 1 cell, not shown/)
    await assert.rejects(open(t, Buffer.from('PK\x03\x04 and no more')), /no XLSX file/)
    const many = xlsx([['name', 'secret'], ...Array.from({ length: 5000 }, (_, i) => [`lamp-${i}`, 'a'])])
    await assert.rejects(open(t, many.subarray(0, many.length / 2)).then(all), UnreadableFile)
  })

  test('shows numbers with the zeros of their format', async (t) => {
    const file = await open(
      t,
      zip({
        'xl/workbook.xml': '<workbook><sheets><sheet name="A" id="rId1"/></sheets></workbook>',
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="rId1" Target="worksheets/a.xml"/></Relationships>',
        'xl/styles.xml':
          '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000000"/><numFmt numFmtId="165" formatCode="0.00"/></numFmts><cellStyleXfs><xf numFmtId="164"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
        'xl/worksheets/a.xml': `<worksheet>
<row r="1"><c t="str"><v>name</v></c><c t="str"><v>secret</v></c><c t="str"><v>sn</v></c><c t="str"><v>note</v></c></row>
<row r="2"><c s="1"><v>12345</v></c><c><v>42</v></c><c s="2"><v>7</v></c><c s="1"><v>1</v></c></row>
<row r="3"><c s="1"><v>123456789</v></c><c s="1" t="str"><v>43</v></c><c s="1"><v>1.5</v></c></row>
<row r="4"><c s="1"><v>0</v></c><c s="1"><v>44</v></c><c s="9"><v>8</v></c></row>
</worksheet>`,
      }),
    )
    assert.deepEqual(
      (await all(file)).map(({ cells }) => cells),
      [
        ['00012345', '42', '7', '00000001'],
        ['123456789', '43', '1.5', ''],
        ['00000000', '00000044', '8', ''],
      ],
    )
    assert.deepEqual(file.findings(), [
      { code: 'ShownByFormat', field: 'name', line: 2, count: 2 },
      { code: 'ShownByFormat', field: 'secret', line: 4, count: 1 },
    ])
  })
})

suite('what a spreadsheet or a program has done to text is bad:', () => {
  const numbers = (count: number, of: (i: number) => string) => Array.from({ length: count }, (_, i) => of(i))
  const cases: Record<string, { sns: string[]; artifact: Record<number, string> }> = {
    'nothing of text': { sns: numbers(50, (i) => `QC${i}`), artifact: {} },
    'rounded numbers': {
      sns: ['QC1', '1.2E+11', '', '1.23457E+14', '12E+4', '1E5x', '5E12', '1.5E10', '3E-05'],
      artifact: {
        3: 'scientific',
        5: 'scientific',
        6: 'scientific',
        8: 'scientific',
        9: 'scientific',
        10: 'scientific',
      },
    },
    '12E5 among numbers': {
      sns: ['100230', '12E5', '', '3e7'],
      artifact: { 3: 'scientific', 5: 'scientific' },
    },
    '12E5 by itself': { sns: ['12E5'], artifact: { 2: 'scientific' } },
    'no 12E5 among hexadecimal identifiers': { sns: ['12E5', '12F7', '3A10', '1000'], artifact: {} },
    'no 12E5 among labels': { sns: ['QC1', '12E5', 'QC2'], artifact: {} },
    'digits that were rounded away, among others': {
      sns: [
        ...numbers(50, (i) => `8986020000000000${1001 + i}`),
        ...numbers(6, (i) => `89860200000000${i}00000`),
      ],
      artifact: Object.fromEntries(numbers(6, (i) => `${i + 52}`).map((line) => [line, 'tooManyDigits'])),
    },
    'lost zeros beside a longer number': {
      sns: [...numbers(30, (i) => `86001${100 + i}`), '123456', '860012345'],
      artifact: { 32: 'lostZeros' },
    },
    dates: {
      sns: ['5-Dec', 'Dec-05', '12-Jan-26', 'DEC-05', '2026-05'],
      artifact: { 2: 'date', 3: 'date', 4: 'date' },
    },
    'digits that were rounded away': {
      sns: ['7076000000012340', '7076000000012350', '7076000000012341x', 'QC1'],
      artifact: { 2: 'tooManyDigits', 3: 'tooManyDigits' },
    },
    'no digits where some end otherwise': {
      sns: ['89860200000000012345', '89860200000000012300'],
      artifact: {},
    },
    'no digits by chance': { sns: ['7076000000012340', 'QC1'], artifact: {} },
    'lost zeros': {
      sns: ['86001234', '1234567', '', '86001235', '99', '86001236'],
      artifact: { 3: 'lostZeros', 6: 'lostZeros' },
    },
    'lost zeros, among a few that are text': {
      sns: [...numbers(50, (i) => `86001${100 + i}`), 'QC1', '123456'],
      artifact: { 53: 'lostZeros' },
    },
    'lost zeros behind the rows that are looked at first': {
      sns: [...numbers(1000, (i) => `8600${1000 + i}`), '123456'],
      artifact: { 1002: 'lostZeros' },
    },
    'no zeros where one is kept': { sns: ['86001234', '1234567', '06001235', '86001236'], artifact: {} },
    'no zeros where most are shorter': { sns: ['86001234', '1234567', '1234568', '1234569'], artifact: {} },
    'no zeros of a counter': { sns: numbers(200, (i) => String(i + 1)), artifact: {} },
    'no zeros where most are text': {
      sns: ['86001234', '1234567', 'a', 'b', 'c', 'd', '86001235'],
      artifact: {},
    },
    'no zeros of one length': { sns: numbers(60, (i) => `86001${100 + i}`), artifact: {} },
  }
  // If a quoted cell contains quotes, rows are read as strings.
  for (const secret of ['a', '"a""b"']) {
    for (const [name, { sns, artifact }] of Object.entries(cases)) {
      test(`${name}, beside ${secret}`, async () => {
        const text = ['name,secret,sn', ...sns.map((sn, i) => `lamp-${i},${secret},${sn}`)].join('\n')
        const damageIn = async (options: Partial<ReadOptions> = {}) => {
          const source = await readDelimited(
            pieces(Buffer.from(text), 1000),
            { ...plain, chunkRows: 100, ...options },
            false,
          )
          const found: Record<number, string> = {}
          for await (const rows of source.chunks)
            for (const [entry, [fault]] of rows.faults)
              found[rows.line(entry)] = fault!.code === 'DamagedNumber' ? fault!.kind : fault!.code
          return found
        }
        assert.deepEqual(await damageIn(), artifact)
        assert.deepEqual(await damageIn({ allow: ['damaged-numbers'] }), {})
      })
    }
  }
})
