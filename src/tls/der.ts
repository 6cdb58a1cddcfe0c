/** The ASN.1 values of a certificate, in DER (X.690). */

const value = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content])
}

/** One byte below 128; otherwise the number of length bytes, then the bytes (X.690, 8.1.3). */
function lengthOf(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff)
  return [0x80 | bytes.length, ...bytes]
}

export const sequence = (...parts: readonly Uint8Array[]) => value(0x30, ...parts)
export const set = (...parts: readonly Uint8Array[]) => value(0x31, ...parts)
export const yes = value(0x01, Buffer.from([0xff]))
export const nothing = value(0x05)
/** @param bytes big-endian; the first must be below 128, otherwise the number is negative */
export const integer = (...bytes: readonly number[]) => value(0x02, Buffer.from(bytes))
export const octets = (bytes: Uint8Array) => value(0x04, bytes)
export const text = (words: string) => value(0x0c, Buffer.from(words))
/** @param unused number of unused bits at the end */
export const bits = (bytes: Uint8Array, unused = 0) => value(0x03, Buffer.from([unused]), bytes)
/** Field `tag` of a structure, around a whole value. */
export const explicit = (tag: number, part: Uint8Array) => value(0xa0 | tag, part)
/** Field or choice `tag`, in place of the value's own tag. */
export const implicit = (tag: number, bytes: Uint8Array) => value(0x80 | tag, bytes)

/** With seconds, valid for years up to 2049 (RFC 5280, 4.1.2.5). */
export const utcTime = (at: number) =>
  value(0x17, Buffer.from(new Date(at).toISOString().replace(/^..|[-:T]|\.\d+/g, '')))

/** Encodes an object identifier: its first two numbers are combined, each number is in base 128. */
export function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]]
  const bytes = [40 * first + second, ...rest].flatMap((number) => {
    const digits = [number & 0x7f]
    for (let more = Math.floor(number / 128); more > 0; more = Math.floor(more / 128))
      digits.unshift((more & 0x7f) | 0x80)
    return digits
  })
  return value(0x06, Buffer.from(bytes))
}
