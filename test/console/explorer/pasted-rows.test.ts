import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Column } from '../../../src/console/explorer/form-model.ts'
import { isTable, readPastedRows, withPasted } from '../../../src/console/explorer/pasted-rows.ts'

const columnsOf = (...members: string[]): readonly Column[] =>
  members.map((member) => ({ member, field: { name: member, type: 'String', required: false, doc: '' } }))
const device = columnsOf('DeviceName', 'DeviceSecret', 'Sn')
/** Rows of a list of plain values. */
const plain = columnsOf('')

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
    ['a Chinese header of other names', '用户名\t密钥\t设备SN\nlamp\ts\t7', [['lamp', 's', '7']], true],
    [
      'a line end in quotes, and commas',
      '"a\n1",b\nc,d',
      [
        ['a\n1', 'b', ''],
        ['c', 'd', ''],
      ],
    ],
    ['an empty line before commas', '\na,b', [['a', 'b', '']]],
    ['nothing', '', []],
    ['empty lines', '\n\n', []],
  ]
  for (const [what, text, expected, hadHeader = false] of rows) {
    test(what, () => assert.deepEqual(readPastedRows(text, device), { rows: expected, hadHeader }))
  }

  test('ten thousand of them', () => {
    const text = Array.from({ length: 10_000 }, (_, i) => `lamp-${i}\ts3cret-${i}\tQC${i}`).join('\n')
    const { rows } = readPastedRows(text, device)
    assert.equal(rows.length, 10_000)
    assert.deepEqual(rows.at(-1), ['lamp-9999', 's3cret-9999', 'QC9999'])
  })
})

suite('what is pasted into a cell', () => {
  const before = [
    ['lamp-1', 's1', 'QC1'],
    ['lamp-2', 's2', 'QC2'],
    ['lamp-3', 's3', 'QC3'],
  ]
  const rows: readonly (readonly [
    what: string,
    text: string,
    at: readonly [row: number, column: number],
    expected: string[][],
  ])[] = [
    ['goes from there on', 'x\ty\nz\tw', [1, 1], [before[0]!, ['lamp-2', 'x', 'y'], ['lamp-3', 'z', 'w']]],
    ['adds rows', 'x\ny', [2, 0], [before[0]!, before[1]!, ['x', 's3', 'QC3'], ['y', '', '']]],
    [
      'keeps the place of an empty cell of a column, which it empties',
      'N1\r\n\r\nN3\r\n',
      [0, 2],
      [
        ['lamp-1', 's1', 'N1'],
        ['lamp-2', 's2', ''],
        ['lamp-3', 's3', 'N3'],
      ],
    ],
    [
      'keeps the place of an empty cell at the beginning',
      '\nN2',
      [0, 2],
      [['lamp-1', 's1', ''], ['lamp-2', 's2', 'N2'], before[2]!],
    ],
    [
      'leaves nothing of another device beside its own',
      'new\ts9\t\n',
      [0, 0],
      [['new', 's9', ''], before[1]!, before[2]!],
    ],
    [
      'puts named columns where they belong, and leaves the others',
      'Sn\tName\n\tnew',
      [1, 2],
      [before[0]!, ['new', 's2', ''], before[2]!],
    ],
    ['loses what has no column', 'x\ty', [0, 2], [['lamp-1', 's1', 'x'], before[1]!, before[2]!]],
    ['changes nothing by empty lines', '\t\n\n', [0, 0], before],
  ]
  for (const [what, text, [row, column], expected] of rows)
    test(what, () => assert.deepEqual(withPasted(before, text, device, row, column), expected))
})

suite('what is pasted into a list of plain values', () => {
  const rows: readonly (readonly [what: string, text: string, expected: string[]])[] = [
    ['cells of a line', 'a, b,c', ['a', 'b', 'c']],
    ['cells of several lines', 'a,b,\nc;,d', ['a', 'b', 'c;', 'd']],
    ['cells of a spreadsheet', 'a\tb\n\t\nc\td', ['a', 'b', 'c', 'd']],
    ['a comma in quotes', '"a,1"\nb', ['a,1', 'b']],
    ['the column that a header names', 'Sn,DeviceName\n7,a\n8,b', ['a', 'b']],
  ]
  for (const [what, text, expected] of rows)
    test(what, () => {
      const pasted = expected.map((cell) => [cell])
      assert.deepEqual(readPastedRows(text, plain).rows, pasted)
      assert.deepEqual(withPasted([['x'], ['y']], text, plain, 1, 0), [['x'], ...pasted])
    })
})

test('one cell is no table', () => {
  const rows: readonly (readonly [string, boolean])[] = [
    ['a', false],
    ['a, b', false],
    ['a\n', false],
    ['a\tb', true],
    ['a\t\r\n', true],
    ['a\nb', true],
  ]
  for (const [text, expected] of rows) assert.equal(isTable(text), expected, JSON.stringify(text))
})
