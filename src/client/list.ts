import { nextInDecimalTree } from '../lib/decimal.ts'
import { kindOf, reserved } from '../rules/kinds.ts'

/** Values of one member of a list's entries: slices of UTF-8, with a length below 0 if it has no such member. */
export interface ListedValues {
  readonly bytes: Uint8Array
  readonly start: Int32Array
  readonly length: Int32Array
  /** The kinds of each value (rules/kinds.ts), where they are known. */
  readonly kinds?: Uint8Array
}

/** A list parameter as columns, so that a full one is written without 30,000 strings. */
export interface ListParameter {
  /** The names as in DeviceList.1.DeviceName. */
  readonly name: string
  readonly members: { readonly [member: string]: ListedValues }
  /** Which entries are sent, in this order; they get the numbers 1, 2, 3 … */
  readonly entries: Int32Array
}

const upperHex = new TextEncoder().encode('0123456789ABCDEF')
const percent = '%'.charCodeAt(0)

/** Bytes of a form that `writeList` has written, and where they end. */
export class FormBytes {
  bytes = new Uint8Array(64 * 1024)
  end = 0

  reserve(more: number): void {
    if (this.end + more <= this.bytes.length) return
    const bigger = new Uint8Array(Math.max(2 * this.bytes.length, this.end + more))
    bigger.set(this.bytes.subarray(0, this.end))
    this.bytes = bigger
  }

  /** @param text of ASCII, escaped already */
  ascii(text: string): void {
    this.reserve(text.length)
    for (let i = 0; i < text.length; i++) this.bytes[this.end++] = text.charCodeAt(i)
  }

  written(): Uint8Array {
    return this.bytes.subarray(0, this.end)
  }
}

/**
 * Writes a list as `name.N.member=value&…` in canonical order: walking 1..last as a decimal tree (1, 10, 100, …, 2)
 * is the byte order of the keys, because '.' sorts before '0', so nothing is sorted. Measured: 2 ms for 10,000
 * entries of three members.
 */
export function writeList(out: FormBytes, { name, members, entries }: ListParameter): void {
  const encoder = new TextEncoder()
  const columns = Object.entries(members)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([member, values]) => ({ values, after: encoder.encode(`.${member}=`) }))
  const before = encoder.encode(`&${name}.`)
  out.reserve(sizeOf(entries, columns, before.length))
  const { bytes } = out
  let { end } = out
  const first = end
  let n = 1
  for (let left = entries.length; left > 0; left--) {
    const entry = entries[n - 1]!
    for (const { values, after } of columns) {
      const length = values.length[entry]!
      if (length < 0) continue
      // The first parameter of all has no '&' before it.
      for (let i = end === 0 ? 1 : 0; i < before.length; i++) bytes[end++] = before[i]!
      end = writeNumber(bytes, end, n)
      for (let i = 0; i < after.length; i++) bytes[end++] = after[i]!
      const from = values.bytes
      const start = values.start[entry]!
      const stop = start + length
      if (values.kinds !== undefined && (values.kinds[entry]! & reserved) === 0) {
        for (let i = start; i < stop; i++) bytes[end++] = from[i]!
      } else {
        for (let i = start; i < stop; i++) {
          const byte = from[i]!
          if ((kindOf[byte]! & reserved) === 0) bytes[end++] = byte
          else {
            bytes[end++] = percent
            bytes[end++] = upperHex[byte >> 4]!
            bytes[end++] = upperHex[byte & 15]!
          }
        }
      }
    }
    n = nextInDecimalTree(n, entries.length)
  }
  out.end = end
  if (end === first && entries.length > 0) throw new Error(`no entry of ${name} has a value`)
}

/** @returns the place behind its digits */
function writeNumber(bytes: Uint8Array, at: number, n: number): number {
  let digits = 1
  for (let power = 10; power <= n; power *= 10) digits++
  for (let i = at + digits - 1; i >= at; i--) {
    bytes[i] = 48 + (n % 10)
    n = (n / 10) | 0
  }
  return at + digits
}

/** The maximum size of a list in bytes: three for each escaped byte. */
function sizeOf(
  entries: Int32Array,
  columns: readonly { readonly values: ListedValues; readonly after: Uint8Array }[],
  beforeLength: number,
): number {
  const digits = 10
  let size = 0
  for (const { values, after } of columns) {
    size += entries.length * (beforeLength + digits + after.length)
    for (let i = 0; i < entries.length; i++) size += 3 * Math.max(0, values.length[entries[i]!]!)
  }
  return size
}
