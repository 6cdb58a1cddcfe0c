/**
 * Words for a missing value in SQL, JavaScript, Python, Go, Ruby, R, pandas and spreadsheets; words for
 * non-text values; and words that people write to fill a cell in later.
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

/** Words in the name column of the last row that spreadsheets and reports write, such as totals. */
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

/** .NET type names printed instead of a value: System.Object, Microsoft.… */
const typeName = /^(System|Microsoft)(\.[A-Z]\w*)+$/

const nothings = new Set(anywhere)
const footers = new Set(inNames)

/** Reports whether a text stands for a missing value, or, in the name column, for a total. */
export function isPlaceholder(text: string, isName = false): boolean {
  const word = text.toLowerCase()
  return nothings.has(word) || (isName && footers.has(word)) || typeName.test(text)
}

/** By first byte and length of a word. */
const lengthsMax = 32
const likely = new Uint8Array(256 * lengthsMax)
const encoder = new TextEncoder()
for (const word of [...anywhere, ...inNames])
  for (const written of [word, word.toUpperCase()]) {
    const bytes = encoder.encode(written)
    likely[lengthsMax * bytes[0]! + bytes.length] = 1
  }

/** Rules out nearly all values that are no placeholders by first byte and length. */
export function mayBePlaceholder(bytes: Uint8Array, from: number, size: number): boolean {
  const first = bytes[from]!
  if (size < lengthsMax && likely[lengthsMax * first + size] === 1) return true
  return (first === 0x53 && bytes[from + 6] === 0x2e) || (first === 0x4d && bytes[from + 9] === 0x2e)
}
