/**
 * The stage after the scan: writes a list in canonical order, in chunks that are hashed while they are cached.
 */
import { copyLoosely, reservedIn } from './bytes'
import { membersMax } from './list'
import { valueBytesMax } from './value'

/** Maximum bytes of the text before or after a number. */
const wordBytes: i32 = 320
/** A chunk is passed on at this size; room for one more entry follows. */
const pieceBytes: i32 = 96 * 1024
/** An escape is written as eight bytes, of which three or five are valid. */
const escapeBytes: i32 = 8
const entryBytes: i32 = membersMax * (2 * wordBytes + escapeBytes * valueBytesMax)

export const piece: usize = memory.data(pieceBytes + entryBytes, 16)
/** The escape of each byte, eight bytes each; written by the host. */
export const escapes: usize = memory.data(escapeBytes * 256, 16)
/** The text before each number: `&<name>.` */
export const before: usize = memory.data(wordBytes, 16)

/** A member in name order, with its columns. */
@unmanaged class WrittenMember {
  /** The text after the number: `.<member>=` */
  after: usize
  afterLength: i32
  starts: usize
  lengths: usize
  kinds: usize
}

const membersAt: usize = memory.data(offsetof<WrittenMember>() * membersMax, 16)
const aftersAt: usize = memory.data(wordBytes * membersMax, 16)

// @ts-ignore: decorator
@inline function memberOf(index: i32): WrittenMember {
  return changetype<WrittenMember>(membersAt + <usize>index * offsetof<WrittenMember>())
}

let base: usize = 0
let beforeLength: i32 = 0
let escapeLength: i32 = 0
/** The kind of values that need escapes. */
let reserved: u32 = 0
let members: i32 = 0
let last: i32 = 0
/** The next number, its digits as bytes of a word, and the number of remaining entries. */
let number: i32 = 0
let digits: u64 = 0
let digitCount: i32 = 0
let left: i32 = 0

/** Starts to write the list whose slices are relative to `bytes`, N from 1 to `lastNumber`. */
export function beginText(bytes: usize, lastNumber: i32, before: i32, escape: i32, reservedKind: u32): void {
  base = bytes
  last = left = lastNumber
  beforeLength = before
  escapeLength = escape
  reserved = reservedKind
  members = 0
  number = 1
  digits = 0x31
  digitCount = 1
}

/** Returns where the host writes the text after the number for the next member. */
export function nextAfter(): usize {
  return aftersAt + <usize>members * wordBytes
}

export function addMember(afterLength: i32, starts: usize, lengths: usize, kinds: usize): void {
  const member = memberOf(members)
  member.after = nextAfter()
  member.afterLength = afterLength
  member.starts = starts
  member.lengths = lengths
  member.kinds = kinds
  members++
}

/** Writes the next chunk; returns its end, which equals its start when nothing is left. */
export function writePiece(): usize {
  const full = piece + pieceBytes
  let out = piece
  for (; left > 0 && out < full; left--) {
    for (let index = 0; index < members; index++) {
      const member = memberOf(index)
      const length = load<i32>(member.lengths + 4 * number)
      if (length < 0) continue
      out = copyLoosely(before, out, beforeLength)
      store<u64>(out, digits)
      out = copyLoosely(member.after, out + digitCount, member.afterLength)
      const value = base + load<i32>(member.starts + 4 * number)
      out = (load<u8>(member.kinds + number) & reserved) === 0
        ? copyLoosely(value, out, length)
        : escape(value, out, length)
    }
    nextNumber()
  }
  return out
}

/** Continues in the order of decimal strings, which is the order of the keys: 1, 10, 100, …, 2, 20, … */
// @ts-ignore: decorator
@inline function nextNumber(): void {
  if (10 * number <= last) {
    number *= 10
    digits |= <u64>0x30 << (8 * digitCount)
    digitCount++
    return
  }
  while (number === last || number % 10 === 9) {
    number /= 10
    digitCount--
    digits &= ~(<u64>-1 << (8 * digitCount))
  }
  number++
  digits += <u64>1 << (8 * (digitCount - 1))
}

function escape(from: usize, out: usize, length: i32): usize {
  const end = from + length
  while (true) {
    const bytes = v128.load(from)
    v128.store(out, bytes)
    const plain = min(<i32>ctz(reservedIn(bytes) | 0x10000), <i32>(end - from))
    from += plain
    out += plain
    if (from === end) return out
    if (plain === 16) continue
    store<u64>(out, load<u64>(escapes + <usize>escapeBytes * load<u8>(from)))
    out += escapeLength
    from++
  }
}
