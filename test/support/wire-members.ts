import assert from 'node:assert/strict'
import { XMLParser } from 'fast-xml-parser'

// Values stay text and white space stays, so that what was written can be compared.
const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  htmlEntities: true,
})

/** An XML answer: its root and the members in it, every value a text, a lone element of a list that element. */
export function readXml(text: string): { root: string; members: unknown } {
  const [[root, members], ...rest] = Object.entries(parser.parse(text)) as [[string, unknown]]
  assert.equal(rest.length, 0, 'XML has one root')
  return { root, members }
}

/** A JSON answer as far as XML can represent it: texts, no empty lists, no characters that XML 1.0 lacks. */
export function asReadFromXml(value: unknown): unknown {
  if (value instanceof RegExp) return value
  if (value === null || typeof value !== 'object') return legal(String(value))
  const members = Object.entries(value)
    .filter(([, inner]) => !(Array.isArray(inner) && inner.length === 0))
    .map(([name, inner]) => {
      if (!Array.isArray(inner)) return [name, asReadFromXml(inner)]
      return [name, inner.length === 1 ? asReadFromXml(inner[0]) : inner.map(asReadFromXml)]
    })
  // A struct with nothing in it can't be told from an empty text.
  return members.length === 0 ? '' : Object.fromEntries(members)
}

/** The characters of XML 1.0, production 2 [Char]. */
const legal = (text: string) =>
  [...text]
    .map((c) => (/^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]$/u.test(c) ? c : '\ufffd'))
    .join('')

/** Compares members with what is expected of them, where a regular expression stands for a drawn text. */
export function assertMembers(actual: unknown, expected: unknown): void {
  assert.deepEqual(actual, drawnFilledIn(expected, actual))
}

function drawnFilledIn(expected: unknown, actual: unknown): unknown {
  if (expected instanceof RegExp) {
    assert.match(String(actual), expected)
    return actual
  }
  if (expected === null || typeof expected !== 'object') return expected
  const fill = (name: string, inner: unknown) =>
    drawnFilledIn(inner, (actual as Record<string, unknown> | undefined)?.[name])
  if (Array.isArray(expected)) return expected.map((inner, i) => fill(String(i), inner))
  return Object.fromEntries(Object.entries(expected).map(([name, inner]) => [name, fill(name, inner)]))
}
