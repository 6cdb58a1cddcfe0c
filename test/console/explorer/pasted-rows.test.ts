import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Column } from '../../../src/console/explorer/form-model.ts'
import { isTable, readPastedRows } from '../../../src/console/explorer/pasted-rows.ts'

const columnsOf = (...members: string[]): readonly Column[] =>
  members.map((member) => ({ member, field: { name: member, type: 'String', required: false, doc: '' } }))
const device = columnsOf('DeviceName', 'DeviceSecret', 'Sn')

suite('what is pasted becomes rows', () => {
  const rows: readonly (readonly [what: string, text: string, rows: string[][], hadHeader?: boolean])[] = [
    [
      'tabs',
      'a\tb\tc\nd\te\tf\n',
      [
        ['a', 'b', 'c'],
        ['d', 'e', 'f'],
      ],
    ],
    [
      'line ends of Windows',
      'a\tb\r\nd\te\r\n',
      [
        ['a', 'b', ''],
        ['d', 'e', ''],
      ],
    ],
    [
      'commas',
      'a,b\nd,e,f',
      [
        ['a', 'b', ''],
        ['d', 'e', 'f'],
      ],
    ],
    [
      'semicolons',
      'a;b\nd;e',
      [
        ['a', 'b', ''],
        ['d', 'e', ''],
      ],
    ],
    [
      'lines of one value',
      'a\nb\n\nc',
      [
        ['a', '', ''],
        ['b', '', ''],
        ['c', '', ''],
      ],
    ],
    [
      'quotes',
      '"a,1",b\n"say ""x""",c',
      [
        ['a,1', 'b', ''],
        ['say "x"', 'c', ''],
      ],
    ],
    ['a line end in quotes', '"a\n1"\tb', [['a\n1', 'b', '']]],
    [
      'a stray quote',
      'a"x\tb\n"c"d\te',
      [
        ['a"x', 'b', ''],
        ['"c"d', 'e', ''],
      ],
    ],
    ['a gap', 'a\t\tc', [['a', '', 'c']]],
    ['more cells than columns', 'a\tb\tc\td', [['a', 'b', 'c']]],
    ['a header in another order', 'Sn\tDeviceName\tColour\n7\tlamp\tred', [['lamp', '', '7']], true],
    ['a header as people write it', 'device_name, Secret\nlamp,s', [['lamp', 's', '']], true],
    ['a Chinese header', '设备名称\t序列号\nlamp\t7', [['lamp', '', '7']], true],
    ['nothing', '', []],
    ['empty lines', '\n\n', []],
  ]
  for (const [what, text, expected, hadHeader = false] of rows) {
    test(what, () => assert.deepEqual(readPastedRows(text, device), { rows: expected, hadHeader }))
  }

  test('from a column on', () => {
    assert.deepEqual(readPastedRows('x\ty\nz', device, 1).rows, [
      ['', 'x', 'y'],
      ['', 'z', ''],
    ])
  })

  test('ten thousand of them', () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `lamp-${i}\ts3cret-${i}\tQC${i}`).join('\n')
    const { rows } = readPastedRows(text, device)
    assert.equal(rows.length, 10_000)
    assert.deepEqual(rows.at(-1), ['lamp-9999', 's3cret-9999', 'QC9999'])
  })
})

test('one cell is no table', () => {
  const rows: readonly (readonly [string, boolean])[] = [
    ['a', false],
    ['a, b', false],
    ['a\n', false],
    ['a\tb', true],
    ['a\nb', true],
  ]
  for (const [text, expected] of rows) assert.equal(isTable(text), expected, JSON.stringify(text))
})
