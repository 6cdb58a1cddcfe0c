/** The first stage finds the end and the kinds of a value. The second one, if needed, unescapes it. */
import { classesOf, ends, firstOf, kindOf, kindsOf, noteOf, storeFirst, unclassed } from './bytes'

/** Longer values of a list are left to the general scan; none is legal. */
export const valueBytesMax: i32 = 4096

/** The properties of the last value read. */
export let valueLength: i32 = 0
/** Its kinds, except for escaped bytes, and whether it has escapes. */
export let valueKinds: u32 = 0

/** Reads the value at `at`; returns the address after its '&'. A value of up to 32 bytes, as most are, is two vectors. */
// @ts-ignore: decorator
@inline export function readValue(at: usize, to: usize): usize {
  if (to - at > 32) {
    const first = classesOf(v128.load(at))
    const second = classesOf(v128.load(at, 16))
    const odd = unclassed(first) | (unclassed(second) << 16)
    // 32 if all bytes have a class, as in a secret of that length.
    const length = <i32>ctz(odd)
    if (load<u8>(at + length) === 0x26) {
      const firstPart = min(length, 16)
      valueLength = length
      valueKinds = kindsOf(v128.or(firstOf(first, firstPart), firstOf(second, length - firstPart)))
      return at + length + 1
    }
  }
  return readAnyValue(at, to)
}

function readAnyValue(at: usize, to: usize): usize {
  let gathered = i8x16.splat(0)
  let kinds: u32 = 0
  let i = at
  while (true) {
    const classes = classesOf(v128.load(i))
    const left = to - i
    let odd = unclassed(classes)
    if (left < 16) odd |= 1 << <i32>left
    for (; odd !== 0; odd &= odd - 1) {
      const place = <i32>ctz(odd)
      const note: u32 = <usize>place === left ? ends : load<u8>(noteOf + load<u8>(i + place))
      if (note === ends) {
        valueLength = <i32>(i - at) + place
        valueKinds = kinds | kindsOf(v128.or(gathered, firstOf(classes, place)))
        return i + place + 1
      }
      kinds |= note
    }
    gathered = v128.or(gathered, classes)
    i += 16
  }
}

/** Unescapes a value in place, and sets `valueLength` and `valueKinds` to those of the result. */
export function unescape(at: usize, length: i32): void {
  const end = at + length
  let gathered = i8x16.splat(0)
  let kinds: u32 = 0
  let out = at
  for (let i = at; i < end; ) {
    const bytes = v128.load(i)
    const stops = v128.or(i8x16.eq(bytes, i8x16.splat(0x25)), i8x16.eq(bytes, i8x16.splat(0x2b)))
    const plain = min(<i32>ctz(<u32>i8x16.bitmask(stops) | 0x10000), <i32>(end - i))
    const classes = firstOf(classesOf(bytes), plain)
    gathered = v128.or(gathered, classes)
    for (let odd = unclassed(classes) & ((1 << plain) - 1); odd !== 0; odd &= odd - 1)
      kinds |= load<u8>(kindOf + load<u8>(i + ctz(odd)))
    // Bytes after it stay unchanged, because they have not been read yet.
    if (out !== i) storeFirst(out, bytes, plain)
    i += plain
    out += plain
    if (plain === 16 || i === end) continue
    let byte: u32 = load<u8>(i++)
    if (byte === 0x2b) byte = 0x20
    else if (i + 1 < end) {
      const high = digitOf(load<u8>(i))
      const low = digitOf(load<u8>(i, 1))
      // An invalid escape stands for itself, as in browsers.
      if ((high | low) < 16) {
        byte = (high << 4) | low
        i += 2
      }
    }
    kinds |= load<u8>(kindOf + byte)
    store<u8>(out++, byte)
  }
  valueLength = <i32>(out - at)
  valueKinds = kinds | kindsOf(gathered)
}

/** The value of a hexadecimal digit; 16 or more for any other byte. */
// @ts-ignore: decorator
@inline function digitOf(byte: u32): u32 {
  const digit = byte - 0x30
  if (digit < 10) return digit
  const letter = (byte | 0x20) - 0x61
  return letter < 6 ? letter + 10 : 255
}
