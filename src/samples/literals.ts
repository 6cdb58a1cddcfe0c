/**
 * Text as a literal of each language. Whatever a parameter holds, the literal stands for exactly that text, on one
 * line, and shows as what it is: characters that a reader can't see, that end a line, or that turn the direction of
 * what stands beside them are written by number.
 */
type Literal = (text: string) => string

/** Characters that a reader can't see, or that turn the direction of what stands beside them. */
export const unseen =
  /[\0-\x1f\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const hex = (c: string, digits: number) => c.charCodeAt(0).toString(16).padStart(digits, '0')
const byUnit = (c: string) => `\\u${hex(c, 4)}`
const byByte = (c: string) =>
  [...new TextEncoder().encode(c)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')

/**
 * @param quote what stands around the text
 * @param special what else has a meaning inside, and gets a backslash
 * @param byNumber an unseen character that has no name
 */
const quoted =
  (quote: string, special: RegExp, byNumber: (c: string) => string): Literal =>
  (text) =>
    quote + text.replace(special, '\\$&').replace(unseen, (c) => named[c] ?? byNumber(c)) + quote

export const inJavaScript = quoted("'", /['\\]/g, byUnit)

export const inPython = quoted('"', /["\\]/g, byUnit)

export const inGo = quoted('"', /["\\]/g, byUnit)

export const inCSharp = quoted('"', /["\\]/g, byUnit)

/** Java reads \\u000a as the end of a line before it reads literals, so the first 32 are written in octal. */
const shortJava = quoted('"', /["\\]/g, (c) =>
  c < ' ' ? `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}` : byUnit(c),
)

/** Java has no literal of more than 65,535 bytes; it writes a character in at most 6. */
export const inJava: Literal = (text) => {
  const parts = text.match(/.{1,10000}/gsu) ?? ['']
  const literals = parts.map(shortJava)
  return literals.length === 1 ? literals[0]! : `String.join("", ${literals.join(', ')})`
}

const plainPhp = quoted("'", /['\\]/g, byByte)
const numberedPhp = quoted('"', /["\\$]/g, (c) => `\\u{${hex(c, 1)}}`)
export const inPhp: Literal = (text) => (text.search(unseen) < 0 ? plainPhp(text) : numberedPhp(text))

/** For bash. A shell has no place for U+0000: it is left out. */
export const inShell: Literal = (text) => {
  const possible = text.replaceAll('\0', '')
  if (/^[\w.:/@=+,-]+$/.test(possible)) return possible
  return possible.search(unseen) < 0
    ? `'${possible.replaceAll("'", "'\\''")}'`
    : `$${quoted("'", /['\\]/g, byByte)(possible)}`
}
