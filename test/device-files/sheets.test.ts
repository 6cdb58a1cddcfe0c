import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import type { ReadOptions } from '../../src/device-files/open.ts'
import { readList } from './read-list.ts'
import { workbook, zip } from './xlsx.ts'

const header = ['DeviceName', 'DeviceSecret', 'Sn']
const inline = (text: string) => `t="inlineStr"><is><t>${text}</t></is></c>`

/** A workbook of one sheet, written out: its XML, and the formats of its styles from 1 on. */
const written = (
  sheet: string,
  { formats = [], strings }: { formats?: readonly string[]; strings?: string } = {},
) =>
  zip(
    {
      'xl/workbook.xml': '<workbook><sheets><sheet name="A" id="rId1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Target="worksheets/a.xml" Type="x/worksheet"/></Relationships>',
      'xl/styles.xml': `<styleSheet><numFmts>${formats.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`).join('')}</numFmts><cellXfs><xf numFmtId="0"/>${formats.map((_, i) => `<xf numFmtId="${164 + i}"/>`).join('')}<xf numFmtId="14"/><xf numFmtId="11"/></cellXfs></styleSheet>`,
      ...(strings !== undefined && { 'xl/sharedStrings.xml': strings }),
      'xl/worksheets/a.xml': `<worksheet><sheetData><row>${header.map((name) => `<c ${inline(name)}`).join('')}</row>${sheet}</sheetData></worksheet>`,
    },
    true,
  )

/** A row of a name as it is written, and a good secret. */
const row = (name: string, secret = `<c ${inline('k1a1')}`) => `<row>${name}${secret}</row>`
const read = (file: Uint8Array, options: Partial<ReadOptions> = {}) =>
  readList(file, options, 'a.xlsx', 64 * 1024)

suite('a number of a sheet', () => {
  for (const [format, value, expected] of [
    ['General', '4711', '4711'],
    ['General', '359161100000000', '359161100000000'],
    ['General', '1.0023E4', '10023'],
    ['General', '7076000000012340', /more than 15 digits/],
    ['General', '8.98602E+18', /more than 15 digits/],
    ['General', '10023.000000000002', /the sheet shows "10023", the file holds 10023\.000000000002/],
    ['@', '47110', '47110'],
    ['00000000', '4711', '00004711'],
    ['[$-804]00000000', '4711', '00004711'],
    ['00000000_ ', '4711', '00004711'],
    ['0000;-0000', '471', '0471'],
    ['"LAMP-"00000', '10230', 'LAMP-10230'],
    ['000-0000-0000', '12345678901', '123-4567-8901'],
    ['"A1-"00000', '17', /the sheet shows "A1-00017", the file holds 17/],
    ['0.00', '7123', /the sheet shows "7123\.00", the file holds 7123/],
    ['#,##0', '861234567', /the sheet shows "861,234,567", the file holds 861234567/],
    ['0%', '7123', /the sheet shows "712300%"/],
    ['0.00E+00', '1200000', /the sheet shows "1\.20E\+06", the file holds 1200000/],
    ['yyyy-mm-dd', '46361', /the sheet shows "2026-12-05", the file holds 46361/],
    ['"text"', '46361', /the sheet shows "text"/],
    ['0*-', '46361', /format shows something else|46361/],
    ['0'.repeat(65), '46361', /format shows something else/],
  ] as const)
    test(`${value} as ${format.slice(0, 20)}`, async () => {
      const { good, bad } = await read(written(row(`<c s="1"><v>${value}</v></c>`), { formats: [format] }))
      if (typeof expected === 'string') assert.deepEqual([good, bad], [[`${expected} k1a1`], {}])
      else {
        // A fill character is not seen where it fills nothing.
        if (format === '0*-') return assert.equal(good.length + Object.keys(bad).length, 1)
        assert.deepEqual(good, [])
        assert.match(bad[2]!, expected)
      }
    })

  test('that is a secret is not quoted', async () => {
    const secret = '<c s="1"><v>46361</v></c>'
    const { bad } = await read(written(row(`<c ${inline('lamp-001')}`, secret), { formats: ['yyyy-mm-dd'] }))
    assert.equal(bad[2], 'DeviceSecret a date that a spreadsheet made of what was typed')
  })
})

suite('a cell that is no text', () => {
  for (const [what, cell, expected] of [
    [
      'a formula without a result',
      '<c><f>A1</f></c>',
      /^DeviceName holds a formula that was never calculated/,
    ],
    ['an error', '<c t="e"><v>#N/A</v></c>', /^DeviceName holds the error #N\/A$/],
    ['true', '<c t="b"><v>1</v></c>', /^DeviceName is TRUE, not a text$/],
    ['a date', '<c t="d"><v>2026-12-05</v></c>', /^DeviceName a date/],
    ['a text of two lines', `<c ${inline('lamp-001&#10;')}`, /^DeviceName ends with U\+000A \(line feed\)$/],
  ] as const)
    test(`is bad: ${what}`, async () => {
      const { good, bad } = await read(written(row(cell)))
      assert.deepEqual(good, [])
      assert.match(bad[2]!, expected)
    })
})

suite('rows of a sheet', () => {
  test('that it does not show are bad unless they are allowed', async () => {
    const file = written(`<row hidden="1"><c ${inline('lamp-001')}<c ${inline('k1a1')}</row>`)
    assert.deepEqual((await read(file)).bad, { 2: 'hidden in the sheet, by a filter or by hand' })
    assert.deepEqual((await read(file, { allow: ['hidden-rows'] })).good, ['lamp-001 k1a1'])
  })

  test('of a height of nothing are hidden, and so are columns of a width of nothing', async () => {
    const cells = `<c ${inline('lamp-001')}<c ${inline('k1a1')}`
    const { bad } = await read(
      written(`<row ht="0" customHeight="1">${cells}</row><row ht="0.5">${cells}</row>`),
    )
    assert.deepEqual(Object.keys(bad), ['2'])
  })

  test('with formulas in columns that are not read are scanned', async () => {
    const cells = `<c t="str"><f>A1&amp;"x"</f><v>lamp-001</v></c><c ${inline('k1a1')}`
    const other = '<c t="str"><f>IF(1,"","")</f><v></v></c>'
    const { good, bad } = await read(written(`<row>${cells}</row><row r="9">${other}</row>`))
    assert.deepEqual([good, bad], [['lamp-001 k1a1'], {}])
  })

  test('with cells beyond the header are bad', async () => {
    const file = workbook({ A: [header, ['lamp-001', 'A1', 'k1a1', 'Q1']] })
    assert.deepEqual((await read(file)).bad, { 2: '4 cells, the header has 3' })
  })
})

suite('of several sheets', () => {
  const devices = [header, ['lamp-001', 'k1a1', 'Q1']]
  const others = [header, ['lamp-002', 'k2b2', 'Q2']]
  const reordered = [
    ['Sn', 'DeviceSecret', 'DeviceName'],
    ['Q2', 'k2b2', 'lamp-002'],
  ]
  const notes = [['Instructions'], ['Fill in the other sheet']]

  test('the one with devices is read, and reported', async () => {
    const { good, told, notes: said } = await read(workbook({ Notes: notes, Devices: devices }))
    assert.deepEqual([good, told], [['lamp-001 k1a1 Q1'], ['ChosenSheet']])
    assert.match(
      said[0]!,
      /only the sheet "Devices" of "Notes", "Devices" is read \(--sheet NAME overrides it\)/,
    )
  })

  test('two that hold devices must be chosen among', async () => {
    const { error } = await read(workbook({ 'Batch A': devices, B: others }))
    assert.equal(
      error,
      'the sheets "Batch A", "B" all hold devices. Use one or more of --sheet \'Batch A\' --sheet B',
    )
  })

  test('several are read one behind the other, whatever the order of their columns', async () => {
    const file = workbook({ A: devices, B: reordered, C: notes })
    const both = await read(file, { sheets: ['A', 'B'] })
    assert.deepEqual(both.good, ['lamp-001 k1a1 Q1', 'lamp-002 k2b2 Q2'])
    assert.match((await read(file, { sheets: ['A', 'C'] })).error ?? '', /no column is known|other columns/)
    const twice = await read(workbook({ A: devices, B: devices }), { sheets: ['A', 'B'] })
    assert.deepEqual(twice.bad, { 2: 'DeviceName repeats line 2 of the sheet "A"' })
  })

  test('a hidden one is never read without being named', async () => {
    const file = workbook({ A: devices, B: others }, ['B'])
    const { good, told } = await read(file)
    assert.deepEqual([good, told], [['lamp-001 k1a1 Q1'], ['ChosenSheet', 'HiddenSheets']])
    assert.deepEqual((await read(file, { sheets: ['B'] })).good, ['lamp-002 k2b2 Q2'])
  })
})

test('rows are scanned as the XML parser sees them, however they are written', async () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '1', '-', '&amp;', ' ', '路', '&#10;', '_x0041_'),
    maxLength: 6,
  })
  const cell = fc.oneof(
    text.map((some) => `<c t="inlineStr"><is><t>${some}</t></is></c>`),
    text.map((some) => `<c t='str'><v>${some}</v></c>`),
    text.map((some) => `<c t="inlineStr"><is><r><t>${some}</t></r><rPh><t>x</t></rPh></is></c>`),
    fc.nat().map((some) => `<c s="0"><v>${some}</v></c>`),
    fc.constantFrom(
      '<c/>',
      '<c r="B9"/>',
      '<c t="b"><v>1</v></c>',
      '<c><f>A1&gt;1</f><v>7</v></c>',
      '<c><f>A1</f></c>',
    ),
    fc.constantFrom('\n ', '<!-- </row> -->', '<c t="str"><v><![CDATA[a<b]]></v></c>'),
  )
  const rows = fc.array(
    fc.tuple(
      fc.constantFrom('<row>', '<row hidden="1">', "<row r='9'>", '<row spans="1:3" >'),
      fc.array(cell, { maxLength: 4 }),
    ),
    { maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(rows, async (some) => {
      const xml = some.map(([tag, cells]) => `${tag}${cells.join('')}</row>`).join('<row/>')
      const file = (begin: string) =>
        zip({
          'xl/workbook.xml': '<workbook><sheets><sheet name="A" id="rId1"/></sheets></workbook>',
          'xl/_rels/workbook.xml.rels':
            '<Relationships><Relationship Id="rId1" Target="a.xml"/></Relationships>',
          'xl/a.xml': `<worksheet>${begin}<row>${header.map((name) => `<c ${inline(name)}`).join('')}</row>${xml}</sheetData></worksheet>`,
        })
      // With a space in its tag the rows are not found by the scanner.
      assert.deepEqual(await read(file('<sheetData>')), await read(file('<sheetData >')))
    }),
    { numRuns: 400 },
  )
})

suite('a workbook that would fill memory ends with what is wrong:', () => {
  const packed = (text: string) => written(row(`<c ${inline(text)}`))
  for (const [what, file, expected] of [
    [
      'a cell beyond the last column',
      written(row(`<c r="ZZZZZZZ2" ${inline('x')}`)),
      /a cell ZZZZZZZ2 beyond the last column, XFD/,
    ],
    ['a row beyond the last', written(`<row r="99999999999"/>`), /a row "99999999999"/],
    [
      'a format of two million characters',
      written(row('<c s="1"><v>1</v></c>'), { formats: ['0'.repeat(2e6)] }),
      /more than 1 MiB of text/,
    ],
    ['a cell of 20 MB', packed('x'.repeat(2e7)), /more than 1 MiB of text/],
    [
      'rows without end',
      written('<row><c><v>1</v></c></row>'.repeat(600_000)),
      /unpacks to more than 100 times its size/,
    ],
    [
      'one text of many pieces',
      written(row('<c t="s"><v>0</v></c>'), {
        strings: `<sst><si>${'<r><t>abcdefgh</t></r>'.repeat(200_000)}</si></sst>`,
      }),
      /more than 1 MiB of text/,
    ],
    [
      'more rows than a sheet has',
      written(`<row r="1048576"><c><v>1</v></c></row>${row('<c><v>1</v></c>')}`),
      /more than 1,048,576 rows/,
    ],
    [
      'texts without end',
      written(row('<c t="s"><v>0</v></c>'), { strings: `<sst>${'<si/>'.repeat(1_600_000)}</sst>` }),
      /texts, as no workbook of its size does/,
    ],
  ] as const)
    test(what, async () => assert.match((await read(file)).error ?? '', expected))
})

suite('a ZIP file that is no workbook is named:', () => {
  for (const [what, files] of Object.entries({
    'an OpenDocument spreadsheet': {
      mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
      'content.xml': '',
    },
    'a document of Apple Numbers': { 'Index/Document.iwa': '', 'Metadata/x.plist': '' },
    'an XLSB workbook': { '[Content_Types].xml': '', 'xl/workbook.bin': '' },
    'a document of Word': { '[Content_Types].xml': '', 'word/document.xml': '' },
    'a ZIP archive.*it holds "devices.csv"': { 'devices.csv': 'DeviceName' },
  }))
    test(what, async () =>
      assert.match(
        (await read(zip(files as unknown as Record<string, string>))).error ?? '',
        new RegExp(what),
      ),
    )
})
