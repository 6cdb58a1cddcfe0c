import { absent, type Column } from '../lib/columns.ts'
import { type FieldName, fields } from './fields.ts'
import type { ObjectPlaces } from './json-places.ts'
import { isSpace } from './json-places.ts'
import { kindsOfByte } from './scan.ts'

const quote = 0x22
const backslash = 0x5c

type Filling = Required<Omit<Column, 'loops'>>

/**
 * Slices objects with the same members in the same order into columns. Objects with escapes, nested objects or
 * possibly damaged numbers go to JSON.parse; both paths give the same result (test/device-files/json.test.ts).
 * @param members the names of all members, as written between the quotes
 * @param wanted the positions of the fields among them; -1 for none
 * @returns undefined if an object needs JSON.parse
 */
export function cutObjects(
  bytes: Uint8Array,
  { count, start, end }: ObjectPlaces,
  members: readonly Uint8Array[],
  wanted: { readonly [F in FieldName]: number },
): { readonly [F in FieldName]: Filling } | undefined {
  const filling = (): Filling => ({
    bytes,
    start: new Int32Array(count),
    length: new Int32Array(count).fill(absent),
    kinds: new Uint8Array(count),
  })
  const columns = { name: filling(), secret: filling(), sn: filling() }
  const ofMember = members.map((_, member) => {
    const field = fields.find((it) => wanted[it] === member)
    return field === undefined ? undefined : columns[field]
  })
  for (let entry = 0; entry < count; entry++)
    if (!cutObject(bytes, start[entry]! + 1, end[entry]!, members, ofMember, entry)) return undefined
  return columns
}

function cutObject(
  bytes: Uint8Array,
  from: number,
  end: number,
  members: readonly Uint8Array[],
  columns: readonly (Filling | undefined)[],
  entry: number,
): boolean {
  let at = from
  for (let member = 0; member < members.length; member++) {
    while (isSpace(bytes[at]!)) at++
    const name = members[member]!
    if (bytes[at++] !== quote) return false
    for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false
    at += name.length
    if (bytes[at++] !== quote) return false
    while (isSpace(bytes[at]!)) at++
    if (bytes[at++] !== 0x3a) return false
    while (isSpace(bytes[at]!)) at++
    const column = columns[member]
    const isString = bytes[at] === quote
    const begin = isString ? at + 1 : at
    at = isString ? stringEnd(bytes, begin, column, entry) : scalarEnd(bytes, begin)
    if (at < 0) return false
    if (column !== undefined && (isString || !isNull(bytes, begin, at))) {
      if (!isString && !isSmallInteger(bytes, begin, at)) return false
      if (!isString) for (let i = begin; i < at; i++) column.kinds[entry]! |= kindsOfByte[bytes[i]!]!
      if (at > begin) {
        column.start[entry] = begin
        column.length[entry] = at - begin
      }
    }
    if (isString) at++
    while (isSpace(bytes[at]!)) at++
    if (bytes[at++] !== (member === members.length - 1 ? 0x7d : 0x2c)) return false
  }
  return at === end
}

/** Returns the end of a string without escapes; -1 if it has one. */
function stringEnd(bytes: Uint8Array, from: number, column: Filling | undefined, entry: number): number {
  let at = from
  let kinds = 0
  for (; ; at++) {
    const byte = bytes[at]!
    if (byte === quote) break
    if (byte === backslash || byte < 0x20) return -1
    kinds |= kindsOfByte[byte]!
  }
  if (column !== undefined) column.kinds[entry] = kinds
  return at
}

/** Returns the end of a number, true, false or null; -1 for anything else. */
function scalarEnd(bytes: Uint8Array, from: number): number {
  let at = from
  for (; ; at++) {
    const byte = bytes[at]!
    const isPart =
      (byte >= 0x30 && byte <= 0x39) ||
      (byte >= 0x61 && byte <= 0x7a) ||
      byte === 0x2b ||
      byte === 0x2d ||
      byte === 0x2e ||
      byte === 0x45
    if (!isPart) break
  }
  return at > from && isScalar(new TextDecoder().decode(bytes.subarray(from, at))) ? at : -1
}

const isScalar = (text: string) => /^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/.test(text)

const isNull = (bytes: Uint8Array, from: number, end: number) => end - from === 4 && bytes[from] === 0x6e

/** At most 15 digits; with more, some may be lost. */
function isSmallInteger(bytes: Uint8Array, from: number, end: number): boolean {
  if (end - from > 15) return false
  for (let at = from; at < end; at++) if (bytes[at]! < 0x30 || bytes[at]! > 0x39) return false
  return true
}
