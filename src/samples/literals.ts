/**
 * Text as a literal of each language. The literal stands for exactly that text, on one line, and displays what
 * it is: invisible characters, line ends and characters that change the text direction are escaped by number.
 */
type Literal = (text: string) => string

/** Invisible characters, and characters that change the text direction. */
export const unseen =
  /[\0-\x1f\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const hex = (c: string, digits: number) => c.charCodeAt(0).toString(16).padStart(digits, '0')
const byUnit = (c: string) => `\\u${hex(c, 4)}`
const byByte = (c: string) =>
  [...new TextEncoder().encode(c)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')

/**
 * @param quote the enclosing quotation mark
 * @param special further characters that need a backslash
 * @param byNumber formats an invisible character without a name
 */
const quoted =
  (quote: string, special: RegExp, byNumber: (c: string) => string): Literal =>
  (text) =>
    quote + text.replace(special, '\\$&').replace(unseen, (c) => named[c] ?? byNumber(c)) + quote

export const inJavaScript = quoted("'", /['\\]/g, byUnit)

export const inPython = quoted('"', /["\\]/g, byUnit)

export const inGo = quoted('"', /["\\]/g, byUnit)

export const inCSharp = quoted('"', /["\\]/g, byUnit)

/** Java interprets \\u000a as a line end before it parses literals, so the first 32 are written in octal. */
const shortJava = quoted('"', /["\\]/g, (c) =>
  c < ' ' ? `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}` : byUnit(c),
)

/** A Java literal has at most 65,535 bytes; each character takes at most 6. */
export const inJava: Literal = (text) => {
  const parts = text.match(/.{1,10000}/gsu) ?? ['']
  const literals = parts.map(shortJava)
  return literals.length === 1 ? literals[0]! : `String.join("", ${literals.join(', ')})`
}

const plainPhp = quoted("'", /['\\]/g, byByte)
const numberedPhp = quoted('"', /["\\$]/g, (c) => `\\u{${hex(c, 1)}}`)
export const inPhp: Literal = (text) => (text.search(unseen) < 0 ? plainPhp(text) : numberedPhp(text))

/** For bash, which can't represent U+0000; it is omitted. */
export const inShell: Literal = (text) => {
  const possible = text.replaceAll('\0', '')
  if (/^[\w.:/@=+,-]+$/.test(possible)) return possible
  return possible.search(unseen) < 0
    ? `'${possible.replaceAll("'", "'\\''")}'`
    : `$${quoted("'", /['\\]/g, byByte)(possible)}`
}
