/** Operations on sixteen bytes at a time: their classes, comparison, copying. */

/**
 * Character tables, which the host writes before any other call (src/wasm/character-classes.ts). The classes of
 * a byte are lowNibbles[byte & 15] & highNibbles[byte >> 4]: one bit for a byte that some rule allows, none for
 * any other.
 */
export const lowNibbles: usize = memory.data(16, 16)
export const highNibbles: usize = memory.data(16, 16)
/** The kinds (src/rules/kinds.ts) of the bytes in each set of classes. */
export const kindsOfClasses: usize = memory.data(256)
/** The kinds of each byte. */
export const kindOf: usize = memory.data(256)
/** The same for the scan, with `ends` for '&', and `escaped` for '%' and '+'. */
export const noteOf: usize = memory.data(256)

/** The classes whose bytes percent-encoding keeps. */
let unreservedClasses: u8 = 0
export function setUnreservedClasses(classes: u32): void {
  unreservedClasses = <u8>classes
}

/** The value ends here. */
export const ends: u32 = 0x40
/** The value must be unescaped. */
export const escaped: u32 = 0x80

/** Sixteen times 255, then sixteen zeros: a vector loaded at 16 - n has its first n bytes set. */
const firstBytes: usize = memory.data<u8>([
  255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
])

// @ts-ignore: decorator
@inline export function classesOf(bytes: v128): v128 {
  const low = v128.and(bytes, i8x16.splat(0x0f))
  const high = v128.and(i16x8.shr_u(bytes, 4), i8x16.splat(0x0f))
  return v128.and(
    i8x16.relaxed_swizzle(v128.load(lowNibbles), low),
    i8x16.relaxed_swizzle(v128.load(highNibbles), high),
  )
}

/** Returns a bit for each byte without a class. */
// @ts-ignore: decorator
@inline export function unclassed(classes: v128): u32 {
  return <u32>i8x16.bitmask(i8x16.eq(classes, i8x16.splat(0)))
}

/** Returns a bit for each byte that percent-encoding changes. */
// @ts-ignore: decorator
@inline export function reservedIn(bytes: v128): u32 {
  return unclassed(v128.and(classesOf(bytes), i8x16.splat(unreservedClasses)))
}

/** Returns the first `count` bytes of a vector, 0 to 16, followed by zeros. */
// @ts-ignore: decorator
@inline export function firstOf(bytes: v128, count: i32): v128 {
  return v128.and(bytes, v128.load(firstBytes + 16 - count))
}

/** Returns the kinds of bytes from their gathered classes. */
// @ts-ignore: decorator
@inline export function kindsOf(classes: v128): u32 {
  const half = i64x2.extract_lane(classes, 0) | i64x2.extract_lane(classes, 1)
  const word = <u32>half | <u32>(half >> 32)
  const short = word | (word >> 16)
  return load<u8>(kindsOfClasses + ((short | (short >> 8)) & 255))
}

/** Compares two texts of equal length. It reads up to 15 bytes beyond short ones. */
// @ts-ignore: decorator
@inline export function same(a: usize, b: usize, length: i32): bool {
  if (length < 16) return !v128.any_true(firstOf(v128.xor(v128.load(a), v128.load(b)), length))
  const last = length - 16
  let differs = v128.xor(v128.load(a + last), v128.load(b + last))
  for (let i = 0; i < last; i += 16)
    differs = v128.or(differs, v128.xor(v128.load(a + i), v128.load(b + i)))
  return !v128.any_true(differs)
}

/** Copies `length` bytes and up to 31 more; returns the address after the last valid one. */
// @ts-ignore: decorator
@inline export function copyLoosely(from: usize, to: usize, length: i32): usize {
  v128.store(to, v128.load(from))
  v128.store(to, v128.load(from, 16), 16)
  for (let i = 32; i < length; i += 16) v128.store(to + i, v128.load(from + i))
  return to + length
}

/** Writes exactly the first `count` bytes of a vector, 0 to 16. */
// @ts-ignore: decorator
@inline export function storeFirst(to: usize, bytes: v128, count: i32): void {
  v128.store(to, v128.bitselect(bytes, v128.load(to), v128.load(firstBytes + 16 - count)))
}
