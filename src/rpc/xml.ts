import XmlBuilder from 'fast-xml-builder'
import { ByteWriter } from '../lib/byte-writer.ts'
import type { ColumnRows, ColumnTexts } from '../lib/column-lists.ts'
import { bytesOf, type LongText, partsOf } from './long-message.ts'
import { entriesInColumns, isColumnList, type ListForm, writeColumnList } from './render-columns.ts'

const builder = new XmlBuilder({ suppressEmptyNode: false, format: false, processEntities: true })

const declaration = '<?xml version="1.0" encoding="UTF-8"?>'

/** About what an entry takes: a bad device is one of two lists at least, and 10,000 of them make 2.9 MB. */
const entryBytes = 150

/** @param root the element around it all */
export function xmlOf(root: string, body: object): string | Buffer {
  const texts = flatTexts(body)
  if (texts !== undefined) return `${declaration}<${root}>${texts}</${root}>`
  const entries = entriesInColumns(body)
  return entries === undefined ? declaration + element(root, body) : xmlOfColumns(root, body, entries)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
}

/**
 * The members of a body that has texts, numbers and booleans only, as every refusal does; undefined for another. The
 * builder takes ten times as long, which a client without a key could make the server spend.
 */
function flatTexts(body: object): string | undefined {
  let texts = ''
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined) continue
    if (typeof value === 'object') return undefined
    texts += `<${name}>${escaped(String(value))}</${name}>`
  }
  return texts
}

function escaped(text: string): string {
  const legal = text.replace(illegalInXml, '\uFFFD')
  return legal.replace(/[&<>"'\r]/g, (character) => entities[character]!)
}

/** The body of a refusal with a long message. */
export function xmlOfLong(root: string, body: object): Buffer {
  const members = Object.entries(body).flatMap(([name, value]) => [
    `<${name}>`,
    ...partsOf(value).map(escapedPart),
    `</${name}>`,
  ])
  return bytesOf([`${declaration}<${root}>`, ...members, `</${root}>`])
}

function escapedPart(part: string | LongText): string | LongText {
  if (typeof part === 'string') return escaped(part)
  return part.hasAmpersands ? part.whole().replaceAll('&', '&amp;') : part
}

function element(name: string, value: unknown): string {
  // A bare carriage return would be read back as a line feed.
  return built(name, legalInXml(value))
}

function built(name: string, legal: unknown): string {
  return builder.build({ [name]: legal }).replaceAll('\r', '&#13;')
}

/** XML 1.0 has no way to write most control characters, lone surrogates or U+FFFE: they become U+FFFD. */
const illegalInXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

function legalInXml(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(illegalInXml, '\uFFFD')
  if (Array.isArray(value)) return value.map(legalInXml)
  if (value === null || typeof value !== 'object' || isColumnList(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, legalInXml(inner)]),
  )
}

/** The characters that XML needs no escapes for. */
const plain = Uint8Array.from({ length: 256 }, (_, c) =>
  c >= 0x20 && c < 0x7f && !'&<>"\''.includes(String.fromCharCode(c)) ? 1 : 0,
)

const formOf = (name: string): ListForm => ({
  entry: [`<${name}>`, `</${name}>`, ''],
  member: (member) => [`<${member}>`, `</${member}>`, ''],
  plain,
  escaped,
})

/**
 * The frame of an answer with its lists written into it from their columns: 10,000 rows in 3 ms, where the builder takes
 * 50. In the frame, one element with a placeholder represents the whole list. It begins with a character that XML can't
 * represent, so no text of a client is mistaken for one.
 */
function xmlOfColumns(root: string, body: object, entries: number): Buffer {
  const lists: (ColumnRows | ColumnTexts)[] = []
  const framed = (value: unknown): unknown => {
    if (isColumnList(value)) return `\u0001${lists.push(value) - 1}`
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, framed(inner)]))
  }
  const frame = built(root, framed(legalInXml(body)))
  const out = new ByteWriter(1024 + entryBytes * entries)
  out.text(declaration)
  let at = 0
  for (const { 0: all, 1: name, 2: place, index } of frame.matchAll(/<(\w+)>\u0001(\d+)<\/\1>/g)) {
    out.text(frame.slice(at, index))
    writeColumnList(lists[Number(place)]!, formOf(name!), out)
    at = index + all.length
  }
  out.text(frame.slice(at))
  return out.written()
}
