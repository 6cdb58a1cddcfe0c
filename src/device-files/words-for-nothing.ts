/**
 * The words by which programs write nothing: SQL, JavaScript, Python, Go and Ruby, R, pandas, spreadsheets; by which
 * they write a value that is no text; and those by which people leave a cell for later.
 */
const anywhere = [
  ...['null', 'nil', 'none', 'nan', '-nan', 'na', 'n/a', '#n/a', 'n.a.', 'n.a', 'n/d', 'undefined', 'undef'],
  ...['nat', '<na>', 'pd.na', 'nul', '-', '--', '---', '.', '..', '...', '_', '(null)', '<null>', '\\n'],
  ...[
    'null_value',
    'dbnull',
    '--none--',
    'nd',
    'n.d.',
    'inf',
    '-inf',
    'infinity',
    'true',
    'false',
    '0',
    '-1',
  ],
  ...['tbd', 'tba', 'todo', 'unknown', 'empty', 'blank', 'missing', 'void', 'hidden', 'redacted', 'keine'],
  ...['string', 'text', 'varchar', 'required', 'optional', 'your-secret', 'your-secret-here', 'xxx', 'xxxx'],
  ...[
    'xxxxx',
    'xxxxxx',
    'xxxxxxxx',
    '无',
    '空',
    '暂无',
    '未知',
    '待定',
    '必填',
    '选填',
    'なし',
    '未定',
    '無',
  ],
]

/** What spreadsheets and reports write in the last row, where a name would stand. */
const inNames = [
  ...[
    'total',
    'totals',
    'grand total',
    'grandtotal',
    'subtotal',
    'sum',
    'count',
    'average',
    'summe',
    'gesamt',
  ],
  ...['total:', 'sum:', 'summe:', 'gesamt:', '合计', '总计', '小计', '合計', '総計', '小計'],
]

/** Types of .NET that are written where a value was meant: System.Object, Microsoft.… */
const typeName = /^(System|Microsoft)(\.[A-Z]\w*)+$/

const nothings = new Set(anywhere)
const footers = new Set(inNames)

/** Whether a text is a word for nothing, or of a name one that ends a table. */
export function isPlaceholder(text: string, isName = false): boolean {
  const word = text.toLowerCase()
  return nothings.has(word) || (isName && footers.has(word)) || typeName.test(text)
}

/** By the first byte and the length of a word. */
const lengthsMax = 32
const likely = new Uint8Array(256 * lengthsMax)
const encoder = new TextEncoder()
for (const word of [...anywhere, ...inNames])
  for (const written of [word, word.toUpperCase()]) {
    const bytes = encoder.encode(written)
    likely[lengthsMax * bytes[0]! + bytes.length] = 1
  }

/** Whether a value of so many bytes may be a word for nothing: nearly all others are told apart so. */
export function mayBePlaceholder(bytes: Uint8Array, from: number, size: number): boolean {
  const first = bytes[from]!
  if (size < lengthsMax && likely[lengthsMax * first + size] === 1) return true
  return (first === 0x53 && bytes[from + 6] === 0x2e) || (first === 0x4d && bytes[from + 9] === 0x2e)
}
