/** Scans a list `<name>.<N>.<member>=<value>` into columns of slices by member and N. */
import { escaped, same } from './bytes'
import { readValue, unescape, valueBytesMax, valueKinds, valueLength } from './value'

/** Limits of this scan; the general scan handles anything beyond them. */
export const membersMax: i32 = 8
export const prefixBytesMax: i32 = 64
const memberNameBytesMax: i32 = 64
/** A prefix, up to ten digits, a dot, a member and an equals sign, in whole vectors. */
const keyBytes: i32 = 160

/** Results of `readList` other than an address: use the general scan, or provide more room for columns. */
const leaveIt: usize = 0
const needsRoom: usize = 1

/** The length that marks a missing member (src/lib/columns.ts). */
const absent: i32 = -1

/** A member of the list's entries: the expected start of its next parameter, and its columns, indexed by N. */
@unmanaged class Member {
  /** Length of the expected key with the next N, and that N; 0 if no key is expected. */
  keyLength: i32
  nextNumber: i32
  /** The end of that key's digits. */
  digitsEnd: usize
  /** `.<member>=` */
  tail: usize
  tailLength: i32
  /** The highest N so far. Lengths are set up to it. */
  highest: i32
  starts: usize
  lengths: usize
  kinds: usize
  /** The address of the expected key. */
  key: usize
}

const membersAt: usize = memory.data(offsetof<Member>() * membersMax, 16)
const keysAt: usize = memory.data(keyBytes * membersMax, 16)
const tailsAt: usize = memory.data(keyBytes * membersMax, 16)
/** `<name>.` */
const prefix: usize = memory.data(keyBytes, 16)
let prefixLength: i32 = 0
/** Slices are relative to this address. */
let base: usize = 0
/** The highest N that fits the columns. */
let capacity: i32 = 0
/** Start and end of the room for the next member's columns. */
let room: usize = 0
let roomEnd: usize = 0
let members: i32 = 0
/** The member expected next, as clients write members in turn. */
let next: i32 = 0
let last: i32 = 0
let count: i32 = 0
let kinds: u32 = 0

// @ts-ignore: decorator
@inline function memberOf(index: i32): Member {
  return changetype<Member>(membersAt + <usize>index * offsetof<Member>())
}

/**
 * Starts a list whose first parameter is at `at`.
 * @param bytes start of the request
 * @param length of the prefix `<name>.`
 */
export function beginList(bytes: usize, at: usize, length: i32, entriesMax: i32, from: usize, to: usize): void {
  base = bytes
  prefixLength = length
  memory.copy(prefix, at, length)
  capacity = entriesMax
  room = from
  roomEnd = to
  members = next = last = count = 0
  kinds = 0
}

/**
 * Reads parameters of the list from `at` on. In order, each takes one comparison with the expected key,
 * including its number, and one pass over the value.
 * @returns the address after the list's last parameter, `leaveIt` or `needsRoom`
 */
export function readList(at: usize, to: usize): usize {
  while (at < to) {
    let member = memberOf(next)
    let n: i32
    const length = member.keyLength
    if (next < members && length > 0 && at + length <= to && same(at, member.key, length)) {
      n = member.nextNumber
      at += length
    } else {
      if (at + prefixLength > to || !same(at, prefix, prefixLength)) return at
      const key = at
      at += prefixLength
      n = 0
      for (; at < to; at++) {
        const digit = <u32>load<u8>(at) - 0x30
        if (digit > 9) break
        n = n * 10 + digit
        if (n === 0) return leaveIt
        if (n > capacity) return needsRoom
      }
      if (n === 0 || !findMember(at, to)) return leaveIt
      member = memberOf(next)
      if (member.starts === 0) return needsRoom
      at += member.tailLength
      // Out of order, predicting a key is not worth its cost.
      if (n === member.nextNumber) setKey(member, key, at)
      else member.keyLength = 0
      member.nextNumber = n
    }
    member.nextNumber++
    if (member.keyLength > 0) expectNext(member)
    if (n > capacity) return needsRoom
    const behind = readValue(at, to)
    if (valueLength > valueBytesMax || !put(member, n, at)) return leaveIt
    if (++next === members) next = 0
    at = behind
  }
  return at
}

/** Records the value that was just read; returns false if the entry already has the member. */
// @ts-ignore: decorator
@inline function put(member: Member, n: i32, start: usize): bool {
  if (n > member.highest) {
    for (let gap = member.highest + 1; gap < n; gap++) store<i32>(member.lengths + 4 * gap, absent)
    member.highest = n
    if (n > last) last = n
  } else if (load<i32>(member.lengths + 4 * n) !== absent) return false
  store<i32>(member.starts + 4 * n, <i32>(start - base))
  store<i32>(member.lengths + 4 * n, valueLength)
  store<u8>(member.kinds + n, valueKinds)
  kinds |= valueKinds
  count++
  return true
}

/** Sets the key [from, to) as the expected one. */
function setKey(member: Member, from: usize, to: usize): void {
  const length = <i32>(to - from)
  for (let i = 0; i < length; i += 16) v128.store(member.key + i, v128.load(from + i))
  member.keyLength = length
  member.digitsEnd = member.key + length - member.tailLength
}

/** Increments the number of the expected key; if it gains a digit, no key is expected. */
// @ts-ignore: decorator
@inline function expectNext(member: Member): void {
  const lastDigit = load<u8>(member.digitsEnd - 1)
  if (lastDigit !== 0x39) store<u8>(member.digitsEnd - 1, lastDigit + 1)
  else carry(member)
}

function carry(member: Member): void {
  const first = member.key + prefixLength
  for (let i = member.digitsEnd - 1; i >= first; i--) {
    const digit = load<u8>(i)
    if (digit !== 0x39) {
      store<u8>(i, digit + 1)
      return
    }
    store<u8>(i, 0x30)
  }
  member.keyLength = 0
}

/**
 * Makes the member whose `.<member>=` is at `at` the next one, known or new; returns false if there is none.
 */
function findMember(at: usize, to: usize): bool {
  for (let tried = 0; tried < members; tried++) {
    const member = memberOf(next)
    if (at + member.tailLength <= to && same(at, member.tail, member.tailLength)) return true
    if (++next === members) next = 0
  }
  const length = tailLengthAt(at, to)
  if (length === 0 || members === membersMax) return false
  next = members++
  newMember(memberOf(next), at, length)
  return true
}

/** Returns the length of a plain `.<member>=`; 0 for anything else. */
function tailLengthAt(at: usize, to: usize): i32 {
  const end = min(to, at + memberNameBytesMax)
  if (at >= to || load<u8>(at) !== 0x2e) return 0
  for (let i = at + 1; i < end; i++) {
    const byte: u32 = load<u8>(i)
    if (byte === 0x3d) return i === at + 1 ? 0 : <i32>(i + 1 - at)
    const isLetter = (byte | 0x20) - 0x61 < 26
    const isDigit = byte - 0x30 < 10
    if (!isLetter && (!isDigit || i === at + 1)) return 0
  }
  return 0
}

/** Allocates columns for a new member; `starts` is 0 if there is no room. */
function newMember(member: Member, tail: usize, length: i32): void {
  const slices = 4 * (capacity + 1)
  const end = room + 2 * slices + ((capacity + 4) & ~3)
  member.tail = tailsAt + <usize>next * keyBytes
  member.tailLength = length
  memory.copy(member.tail, tail, length)
  member.key = keysAt + <usize>next * keyBytes
  member.keyLength = 0
  member.nextNumber = 1
  member.highest = 0
  member.starts = end > roomEnd ? 0 : room
  member.lengths = room + slices
  member.kinds = room + 2 * slices
  room = end
}

/** The last stages: sets the lengths of entries after a member's last one, and unescapes values in place. */
export function endList(): void {
  for (let index = 0; index < members; index++) {
    const member = memberOf(index)
    for (let n = member.highest + 1; n <= last; n++) store<i32>(member.lengths + 4 * n, absent)
    if ((kinds & escaped) !== 0) unescapeColumn(member)
  }
  kinds &= ~escaped
}

function unescapeColumn(member: Member): void {
  for (let n = 1; n <= member.highest; n++) {
    const length = load<i32>(member.lengths + 4 * n)
    if (length === absent || (load<u8>(member.kinds + n) & escaped) === 0) continue
    unescape(base + load<i32>(member.starts + 4 * n), length)
    store<i32>(member.lengths + 4 * n, valueLength)
    store<u8>(member.kinds + n, valueKinds)
    kinds |= valueKinds
  }
}

// The results of a list that has ended, for the host.

export function memberCount(): i32 {
  return members
}
export function lastNumber(): i32 {
  return last
}
export function parameterCount(): i32 {
  return count
}
export function kindsOfAll(): u32 {
  return kinds
}
export function tailOf(member: i32): usize {
  return memberOf(member).tail
}
export function tailLengthOf(member: i32): i32 {
  return memberOf(member).tailLength
}
export function columnsOf(member: i32): usize {
  return memberOf(member).starts
}
