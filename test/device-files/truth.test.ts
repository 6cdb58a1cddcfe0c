import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { ReadOptions } from '../../src/device-files/open.ts'
import { type ReadList, readList } from './read-list.ts'

interface Case {
  readonly file: string | Uint8Array
  readonly options?: Partial<ReadOptions>
  readonly name?: string
  readonly good?: readonly string[]
  /** The faults of rows, by line. */
  readonly bad?: Readonly<Record<number, RegExp>>
  readonly told?: readonly string[]
  /** Why it can't be read; nothing of it is quoted that may be a secret. */
  readonly error?: RegExp
}

function compare(read: ReadList, { good = [], bad = {}, told, error }: Case): void {
  if (error !== undefined) {
    assert.match(read.error ?? '', error)
    assert.doesNotMatch(read.error ?? '', /k1a1|k2b2/)
    return
  } else assert.equal(read.error, undefined)
  assert.deepEqual(read.good, good)
  assert.deepEqual(Object.keys(read.bad), Object.keys(bad))
  for (const [line, what] of Object.entries(bad)) assert.match(read.bad[Number(line)]!, what)
  if (told !== undefined) assert.deepEqual(read.told, told)
}

const cases = (name: string, table: Readonly<Record<string, Case>>) =>
  suite(name, () => {
    for (const [what, one] of Object.entries(table))
      test(what, async () => {
        for (const piece of [1000, 7]) compare(await readList(one.file, one.options, one.name, piece), one)
      })
  })

const one = 'lamp-001 k1a1'
const two = 'lamp-002 k2b2'
const header = 'DeviceName,DeviceSecret'
const rows = 'lamp-001,k1a1\nlamp-002,k2b2\n'

cases('the width of a row is the header’s:', {
  'a comma in a place name': {
    file: 'DeviceName,Location,DeviceSecret,Sn\nlamp-001,Berlin,k1a1,Q1\nlamp-002,Koeln,Sued,k2b2,Q2\n',
    good: [`${one} Q1`],
    bad: { 3: /^5 cells, the header has 4$/ },
  },
  'a cell too many before the secret': {
    file: `${header},Sn\nlamp-001,k1a1,Q1\nlamp-002,A1,k2b2,Q2\n`,
    good: [`${one} Q1`],
    bad: { 3: /^4 cells, the header has 3$/ },
  },
  'a cell missing in front': {
    file: `Location,${header},Sn\nBerlin,lamp-001,k1a1,Q1\nlamp-002,k2b2,Q2\n`,
    good: [`${one} Q1`],
    bad: { 3: /^3 cells, the header has 4$/ },
  },
  'delimiters at the ends of lines, of the rows or of the header alone': {
    file: 'DeviceName;DeviceSecret;x\nlamp-001;k1a1;;;\nlamp-002;k2b2;;;\n',
    good: [one, two],
  },
  'delimiters at the end of the header alone': { file: `${header},,\n${rows}`, good: [one, two] },
  'a cell too many in front of an empty one': {
    file: `${header},Sn\nlamp-001,k1a1,\nx123,lamp-002,k2b2,\n`,
    good: [one],
    bad: { 3: /^4 cells, the header has 3$/ },
  },
  'a cell missing where all lines end with a delimiter': {
    file: `${header},Sn,\nlamp-001,k1a1,Q1,\nlamp-002,Q2,\n`,
    good: [`${one} Q1`],
    bad: { 3: /^3 cells, the header has 4$/ },
  },
  'columns without a name behind': {
    file: `${header},\nlamp-001,k1a1,a note\nlamp-002,k2b2,\n`,
    good: [one, two],
  },
  'without a header': {
    file: 'lamp-001,k1a1\nlamp-002,A1,k2b2\n',
    good: [one],
    bad: { 2: /^3 cells, the first line has 2$/ },
  },
  'unless that is allowed': {
    file: `${header}\nlamp-001,k1a1,x\n`,
    options: { allow: ['wide-rows'] },
    good: [one],
  },
})

cases('quotes:', {
  'text behind one': {
    file: `DeviceName,Note,DeviceSecret\nlamp-001,"24V" lamp,k1a1\nlamp-002,"say \\"hi\\", ok",k2b2\n`,
    bad: { 2: /^text follows a closing quote$/, 3: /^text follows a closing quote$/ },
  },
  'one that swallows rows, and has text behind it': {
    file: 'DeviceName,Note,DeviceSecret\nlamp-001,"12V lamp,k1a1\nlamp-002,ok,k2b2\nlamp-003,"24V" lamp,k3c3\n',
    bad: { 2: /^text follows a closing quote, over 3 lines$/ },
  },
  'two that swallow the end of a row and the beginning of another': {
    file: 'DeviceName,Note,DeviceSecret\nlamp-001,"12V lamp,k1a1\nlamp-002,24V",k2b2\nlamp-003,ok,k3c3\n',
    good: ['lamp-003 k3c3'],
    bad: { 2: /^a quoted cell holds the ends of rows, over 2 lines/ },
  },
  'of a cell of several lines': {
    file: 'DeviceName,Note,DeviceSecret\nlamp-001,"Main Street 5\nBerlin, north",k1a1\nlamp-002,x,k2b2\n',
    good: [one, two],
  },
  'that never close': {
    file: `${header}\nlamp-001,"k1a1\n`,
    error: /^line 2: a quote is opened and never closed$/,
  },
})

cases('lines end', {
  'with CR among others': { file: `${header}\r\nlamp-001,k1a1\rlamp-002,k2b2\r\n`, good: [one, two] },
  'not with other separators': {
    file: `${header}\nlamp-001,k1a1\u2028lamp-002,k2b2\n`,
    bad: { 2: /^3 cells/ },
  },
})

cases('the first line', {
  'is a header by two names': { file: `Name,Password\n${rows}`, good: [one, two], told: [] },
  'is a device like the next, with columns by number': {
    file: '1,pump-north,k1a1\n2,pump-south,k2b2\n',
    options: { map: { name: '2', secret: '3' } },
    good: ['pump-north k1a1', 'pump-south k2b2'],
    told: ['NoHeader'],
  },
  'may be either, with columns by number': {
    file: `Label,Code\n${rows}`,
    options: { map: { name: '1', secret: '2' } },
    error: /^line 1 may name the columns or be a device\. Use --header or --no-header$/,
  },
  'is what was said': {
    file: `Label,Code\n${rows}`,
    options: { map: { name: '1', secret: '2' }, header: true },
    good: [one, two],
  },
  'is quoted nowhere where it may be a device': {
    file: 'k1a1-long,pump north\n',
    error:
      /first line has 2 cells, not shown .*--map name=COLUMN, or --no-header if the first line is a device/,
  },
  'is no device called Column1': { file: `Column1,Column2\n${rows}`, error: /no column is known/ },
  'without a header leaves open which of three columns is the secret': {
    file: 'lamp-001,Berlin,k1a1\nlamp-002,Bonn,k2b2\n',
    error: /the secret may stand in several columns: 2, 3\. Use --map secret=2 or --map secret=3$/,
  },
  'has a title above it': {
    file: `Devices of plant north\n\n${header}\n${rows}`,
    good: [one, two],
    told: ['SkippedLines'],
  },
  'has comments above it': {
    file: `#TYPE Selected\n# x\n${header}\n${rows}`,
    good: [one, two],
    told: ['SkippedLines'],
  },
  'has lines above it that may be devices': {
    file: `Customer,ACME-0001\n${header}\n${rows}`,
    error: /line 2 names the columns.*--skip-lines 1 to skip them, or --no-header/,
  },
  'is behind lines that are skipped': {
    file: `Customer,ACME-0001\n${header}\n${rows}`,
    options: { skipLines: 1 },
    good: [one, two],
  },
  'is behind sep=': {
    file: `\ufeff"sep=;"\r\n${header.replace(',', ';')}\r\nlamp-001;k1a1\r\n`,
    good: [one],
    told: ['SepLine'],
  },
})

cases('a header among the rows', {
  'is skipped': {
    file: `${header}\n${rows}\ufeffDeviceName,DeviceSecret\nlamp-003,k3c3\n`,
    good: [one, two, 'lamp-003 k3c3'],
    told: ['RepeatedHeader'],
  },
  'is skipped in other letters': {
    file: `${header}\nlamp-001,k1a1\ndevice_name,device secret\nlamp-002,k2b2\n`,
    good: [one, two],
    told: ['RepeatedHeader'],
  },
  'with other columns spoils what follows': {
    file: `${header}\nlamp-001,k1a1\nDeviceSecret,DeviceName\nk2b2,lamp-002\n`,
    good: [one],
    bad: { 3: /^follows another header in line 3/, 4: /^follows another header in line 3/ },
  },
})

cases('columns', {
  'of the API win, and others are reported': {
    file: 'Name,DeviceName,Username,Password,DeviceSecret\nLamp north,lamp-001,u123,p1,k1a1\n',
    good: [one],
    told: ['ChosenColumn', 'ChosenColumn'],
  },
  'of two usual names must be chosen': {
    file: 'Username,Password,Secret\nlamp-001,login1,k1a1\n',
    error:
      /the secret may stand in several columns: "Password", "Secret"\. Use --map secret=Password or --map secret=Secret$/,
  },
  'of the same name must be chosen by number': {
    file: 'DeviceName,DeviceSecret,DeviceSecret\nlamp-001,k1a1,k9\n',
    error: /--map secret=2 or --map secret=3$/,
  },
  'are known with decorations': {
    file: `*DeviceName(必填),设备密钥 DeviceSecret\n${rows}`,
    good: [one, two],
  },
  'are not the nickname': { file: '备注名称,设备名称,设备密钥\nNorth01,lamp-001,k1a1\n', good: [one] },
  'of other platforms are known': {
    file: 'MAC,Key\nAA-BB-CC-00-00-01,k1a1\n',
    good: ['AA-BB-CC-00-00-01 k1a1'],
  },
  'that would fit are named where the guessed one never does': {
    file: 'Device ID,Device Name,Device Secret\nlamp-001,Pump north,k1a1\n',
    bad: { 2: /^DeviceName contains a space at place 5$/ },
    told: ['OtherColumnFits'],
  },
})

cases('words for nothing are bad:', {
  'NULL and its like': {
    file: `${header},Sn\nlamp-001,NULL,Q1\nlamp-002,-,NULL\nNone,k2b2,\nTotal,2,\n`,
    bad: {
      2: /^DeviceSecret is a placeholder \(NULL\)$/,
      3: /^DeviceSecret is a placeholder \(-\) \| Sn is a placeholder \(NULL\)$/,
      4: /^DeviceName is a placeholder \(None\)$/,
      5: /^DeviceName is a placeholder \(Total\)$/,
    },
  },
  'unless they are allowed': {
    file: `${header}\nlamp-001,NULL\n`,
    options: { allow: ['placeholders'] },
    good: ['lamp-001 NULL'],
  },
  'and one secret of many devices is reported': {
    file: `${header}\nlamp-001,same\nlamp-002,same\nlamp-003,same\n`,
    good: ['lamp-001 same', 'lamp-002 same', 'lamp-003 same'],
    told: ['SameSecret'],
  },
})

const numbered = (from: number, count: number, name: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${name(from + i)},k${from + i}\n`).join('')

cases('damage that shows only beside values that stand far behind:', {
  'is bad there': {
    file: `${header}\n${numbered(0, 5000, (i) => `lamp-${i}`)}8.986E+18,kx\n`,
    options: { chunkRows: 10_000 },
    good: Array.from({ length: 5000 }, (_, i) => `lamp-${i} k${i}`),
    bad: { 5002: /scientific/ },
  },
  'or the file is refused, if rows before it went through': {
    file: `${header}\n${numbered(10_000, 300, (i) => `1${i}`)}${numbered(20_000, 900, (i) => `860${i}`)}`,
    error:
      /300 values of the name \(line 2 is the first\) may be damaged: fewer digits .*--allow damaged-numbers$/,
  },
  '12E5 among numbers that turn out to be scientific': {
    file: `${header}\n12E5,k1\n${numbered(0, 200, (i) => `lamp-${i}`)}1.5E+10,k2\n`,
    error: /a value of the name \(line 2 is the first\) may be damaged: .*12E5.*--allow damaged-numbers$/,
  },
})

const secretIs = (value: string) => ({ file: `${header}\nlamp-001,${value}\nlamp-002,k2b2\n`, good: [two] })
const nameIs = (value: string) => ({ file: `${header}\n${value},k1a1\nlamp-002,k2b2\n`, good: [two] })

cases('no device is made of', {
  ...Object.fromEntries(
    ['n.a.', 'NIL', 'TBD', 'unknown', 'empty', 'xxx', '0', 'TRUE', '-nan', '...', '无', 'pd.NA'].map(
      (word) => [`the secret ${word}`, { ...secretIs(word), bad: { 2: /DeviceSecret is a placeholder/ } }],
    ),
  ),
  'an object of .NET': {
    ...secretIs('System.Collections.Hashtable'),
    bad: { 2: /is a placeholder \(System/ },
  },
  'a secret that PowerShell has cut': { ...secretIs('k1a1b2c...'), bad: { 2: /ends in three dots/ } },
  ...Object.fromEntries(
    ['2026-03-01', '01.03.2026', '2026-03-01T00:00:00', '12:30:00', '1-Mar-26'].map((date) => [
      `the date ${date}`,
      { ...nameIs(date), bad: { 2: /DeviceName a date/ } },
    ]),
  ),
  'a number with dots for thousands': { ...nameIs('861.234.567'), bad: { 2: /grouped by dots/ } },
  'a line that ends a table': { ...nameIs('合计'), bad: { 2: /placeholder/ } },
  'a line of comment among the rows': {
    file: `${header}\n# second batch\n//lamp-001,k1a1\nlamp-002,k2b2\n`,
    good: [two],
    bad: { 2: /^1 cell/, 3: /begins with \// },
  },
})

cases('what only looks like damage is a device:', {
  'an address': { ...nameIs('192.168.100.200'), good: ['192.168.100.200 k1a1', two] },
  'a version': { ...nameIs('v1.2.345'), good: ['v1.2.345 k1a1', two] },
  'a secret with a word for nothing in it': {
    ...secretIs('null-island'),
    good: ['lamp-001 null-island', two],
  },
})

cases('devices of several products', {
  'are refused': {
    file: `ProductKey,${header}\na1,lamp-001,k1a1\nb2,lamp-002,k2b2\n`,
    error: /line 3 is a device of the product "b2", and those above are of "a1".*--allow other-products$/,
  },
  'are taken where that is allowed': {
    file: `ProductKey,${header}\na1,lamp-001,k1a1\nb2,lamp-002,k2b2\n`,
    options: { allow: ['other-products'] },
    good: [one, two],
  },
  'of one are nobody’s concern': {
    file: `ProductKey,${header}\na1,lamp-001,k1a1\na1,lamp-002,k2b2\n`,
    good: [one, two],
  },
})

cases('without a header', {
  'a second column that holds the names is asked about': {
    file: 'k1a1-xyz987,lamp-001\nk2b2-abc123,lamp-002\n',
    error: /the name may stand in several columns: 1, 2\. Use --map name=1 or --map name=2$/,
  },
})

cases('a reason names the fault:', {
  'characters and lengths': {
    file: `${header},Sn\nA1,k1a1,\nlam\u200bp-003,,Q 1\n lamp-004,k\u00a0,Q1 \nlamp-005,="1",${'x'.repeat(65)}\nlamp\u2013006,k\t,\n`,
    bad: {
      2: /^DeviceName 2 characters, at least 4$/,
      3: /^DeviceName contains U\+200B \(zero width space\) at place 4 \| DeviceSecret empty \| Sn contains a space at place 2$/,
      4: /^DeviceName begins with a space \| DeviceSecret ends with U\+00A0 \(no-break space\) \| Sn ends with a space$/,
      5: /^DeviceSecret begins with = \| Sn 65 characters, at most 64$/,
      6: /^DeviceName contains – \(U\+2013 en dash\) at place 5 \| DeviceSecret ends with U\+0009 \(tab\)$/,
    },
  },
  'the line that is repeated': {
    file: `${header}\n${rows}la,x\nlamp-002,k9\nlamp-001,k8\n`,
    good: [one, two],
    bad: { 4: /at least 4/, 5: /^DeviceName repeats line 3$/, 6: /^DeviceName repeats line 2$/ },
  },
  'but names of rows of another shape repeat nothing': {
    file: `${header}\nlamp-001,A1,k9\nlamp-001,k1a1\n`,
    good: [one],
    bad: { 2: /^3 cells/ },
  },
})

cases('a report', {
  'is bad as long as the code of a fault stands in it that its cells don’t show': {
    file: `${header},line,field,code,reason\nlamp-001,k1a1,2,,RaggedRow,x\nlamp-002,k2b2,3,DeviceName,InvalidDeviceName,x\nlamp-003,k3c3,4,,,\n`,
    good: [two, 'lamp-003 k3c3'],
    bad: { 2: /^was bad before \(RaggedRow\)/ },
  },
})

const utf32 = (text: string) => {
  const bytes = Buffer.alloc(4 * text.length)
  for (let i = 0; i < text.length; i++) bytes.writeUInt32LE(text.charCodeAt(i), 4 * i)
  return bytes
}
const latin = (text: string) => Buffer.from(text, 'latin1')

cases('an encoding', {
  'of Western Europe': {
    file: latin('Name;Ort;Passwort\nlamp-001;"Café";k1a1\nlamp-002;München;k2b2\n'),
    good: [one, two],
    told: ['TakenEncoding'],
  },
  'of Japan': {
    file: Buffer.concat([
      latin('x,'),
      Buffer.from([0x83, 0x5c, 0x81, 0x5b]),
      latin(`,${header}\n,,${rows.replace('\n', '\n,,')}`),
    ]),
    good: [one, two],
    told: ['TakenEncoding'],
  },
  'of four bytes a character': {
    file: utf32(`${header}\n${rows}`),
    good: [one, two],
    told: ['TakenEncoding'],
  },
  'that was named': {
    file: Buffer.from([...latin(`${header},x\nlamp-001,k1a1,`), 0xa5, 0xfa]),
    options: { encoding: 'big5' },
    good: [one],
    told: [],
  },
})

cases('a delimiter', {
  'of any character': {
    file: 'DeviceName^DeviceSecret\nlamp-001^k1a1\n',
    options: { delimiter: '^' },
    good: [one],
  },
  'of several bytes': {
    file: '设备名称，设备密钥\nlamp-001，"k1a1"\n',
    options: { delimiter: '，' },
    good: [one],
  },
  'of spaces': {
    file: 'DeviceName   DeviceSecret  Note\n lamp-001     k1a1         "two words" \n',
    options: { delimiter: 'whitespace' },
    good: [one],
  },
  'is named where it would fit': {
    file: 'DeviceName^DeviceSecret\nlamp-001^k1a1\n',
    error: /or --delimiter '\^' if that is the delimiter$/,
  },
})

cases('JSON', {
  'in an array': {
    file: '[{"name":"lamp-001","secret":"k1a1"},\n{"name":"lamp-002","secret":"k2b2"}]',
    good: [one, two],
  },
  'in objects of several lines': {
    file: '{\n"name":"lamp-001",\n"secret":"k1a1"\n}\n{"name":"lamp-002","secret":"k2b2"}',
    good: [one, two],
  },
  'in a document': {
    file: '{"total":1,"devices":[{"name":"lamp-001","secret":"k1a1"}]}',
    good: [one],
    told: ['ChosenRows'],
  },
  'in one of two arrays': {
    file: '{"active":[{"name":"lamp-001","secret":"k1a1"}],"retired":[{"name":"lamp-002","secret":"k2b2"}]}',
    error: /several arrays of objects: "active", "retired"\. Use --rows active or --rows retired$/,
  },
  'in the one that is named': {
    file: '{"a":[1,2],"x":{"active":[{"name":"lamp-001","secret":"k1a1"}]},"retired":[{"name":"lamp-002","secret":"k2b2"}]}',
    options: { rows: 'x.active' },
    good: [one],
  },
  'with paths': {
    file: '{"id":"lamp-001","auth":{"key":{"primary":"k1a1"}}}\n{"id":"lamp-002","auth":{"key":{"primary":"k2b2"}}}\n',
    options: { map: { secret: 'auth.key.primary' } },
    good: [one, two],
  },
  'that is no text': {
    file: '{"name":true,"secret":"k1"}\n{"name":100230.0,"secret":"k2"}\n{"name":1.5e9,"secret":"k3"}\n{"name":7076000000012341,"secret":4711}\n{"name":"a123","secret":"x","name":"b123"}\n{"name":1234567,"secret":12.50}\n',
    good: ['1234567 12.50'],
    bad: {
      1: /^DeviceName is true, not a text$/,
      2: /^DeviceName a whole number with \.0/,
      3: /^DeviceName a number in scientific notation/,
      4: /^DeviceName more than 15 digits/,
      5: /^has the member "name" twice$/,
    },
  },
  'that is cut off': {
    file: '[{"name":"lamp-001","secret":"k1a1"},{"name":"lamp-002","sec',
    error: /^line 1 is not JSON$/,
  },
  'without rows': { file: '[]', error: /^the file has no rows$/ },
})

cases('a file that is packed', {
  'by gzip': { file: gzipSync(`${header}\n${rows}`), name: 'devices.csv.gz', good: [one, two] },
  'by gzip, and cut off': {
    file: gzipSync(`${header}\n${rows.repeat(99)}`).subarray(0, 40),
    error: /can't be unpacked as gzip/,
  },
})

suite('a file that is no list is named for what it is:', () => {
  const compound = (name: string) =>
    Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(name, 'utf16le')])
  for (const [what, bytes] of Object.entries({
    'a PDF document': '%PDF-1.7\n',
    'a picture': Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
    'a database file': 'SQLite format 3\0',
    'a web page': '\n<!doctype html><table>',
    'an XML spreadsheet': '<?xml version="1.0"?><Workbook/>',
    'an RTF document': '{\\rtf1 x}',
    'encrypted with a password': compound('EncryptedPackage'),
    'an XLS workbook': compound('Workbook'),
    'a Parquet file': 'PAR1\x15',
    'an archive': Buffer.from('7z\xbc\xaf\x27\x1c\0\x04', 'latin1'),
    'a binary file': Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 7) % 32)),
  }))
    test(what, async () => {
      const { error } = await readList(typeof bytes === 'string' ? bytes : new Uint8Array(bytes))
      assert.match(error ?? '', new RegExp(what))
    })
})
