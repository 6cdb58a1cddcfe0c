/**
 * An exact set of names in a separate memory: an open-addressing table of hashes, 16 slots per probe. Each slot has a tag
 * of eight bits and the place of a name; a name is its length in one byte, then its bytes. Hashes are not stored: a
 * growing part computes them again. src/wasm/large-name-set.ts describes size and speed.
 *
 * The set is divided by the top bits of the hashes, so that each growing part is small.
 */
import { same } from './bytes'
import { hashOf } from './hash'

const partBits: i32 = 8
const partCount: i32 = 1 << partBits
const groupBytes: i32 = 16
/** Names are stored in regions of this size. */
const pieceBytes: i32 = 64 * 1024
/** The memory grows by this number of 64 KiB pages. */
const pagesAtOnce: i32 = 64

@unmanaged class Part {
  /** Four bytes per slot for the place, followed by the tags, with the first 16 repeated at the end. */
  places: usize
  tags: usize
  /** The number of slots, a power of two, minus one. */
  mask: i32
  taken: i32
}

const partsAt: usize = memory.data(offsetof<Part>() * partCount, 16)
/** Freed regions of grown parts, by the power of two of their slots; each contains the address of the next. */
const freeAt: usize = memory.data(4 * 32, 4)

let seed: i32 = 0
let count: i32 = 0
let removedBytes: i32 = 0
/** The start of unused memory. */
let top: usize = 0
/** The address of the next name, and the end of its region. */
let nextName: usize = 0
let pieceEnd: usize = 0
/** The buffer for the queries of the host. */
let inboxAt: usize = 0
let inboxBytes: usize = 0

// @ts-ignore: decorator
@inline function partOf(hash: i32): Part {
  return changetype<Part>(partsAt + <usize>(<u32>hash >>> (32 - partBits)) * offsetof<Part>())
}

/** Bits of a hash between those for the slot and those for the part; 0 is an empty slot. */
// @ts-ignore: decorator
@inline function tagOf(hash: i32): u8 {
  const tag = <u8>(hash >>> 16)
  return tag === 0 ? 1 : tag
}

/** Starts a set of about `expected` names, with hashes of this seed. */
export function begin(expected: i32, seedOfHashes: i32): void {
  seed = seedOfHashes
  top = (__heap_base + 63) & ~63
  const wanted = max(groupBytes, expected / partCount / 2 * 3 + groupBytes)
  const slots = 1 << (32 - clz(wanted - 1))
  for (let part = 0; part < partCount; part++)
    makePart(changetype<Part>(partsAt + <usize>part * offsetof<Part>()), slots)
}

export function size(): i32 {
  return count
}
/** The size in bytes. */
export function bytes(): usize {
  return top
}
/** Bytes of removed names. */
export function wornBytes(): i32 {
  return removedBytes
}

/** Returns a buffer of `size` bytes for the host; its previous content is lost. */
export function inbox(size: usize): usize {
  if (size > inboxBytes) {
    // In powers of two, so that all former buffers together are no larger than this one.
    inboxBytes = 1 << (32 - clz(<i32>size - 1))
    inboxAt = take(inboxBytes)
  }
  return inboxAt
}

/** Returns unused memory, followed by 64 readable bytes. */
function take(size: usize): usize {
  const at = top
  top = (top + size + 63) & ~63
  const have = <usize>memory.size() << 16
  if (top + 64 > have && memory.grow(max(pagesAtOnce, <i32>((top + 64 - have) >> 16) + 1)) < 0) unreachable()
  return at
}

function makePart(part: Part, slots: i32): void {
  const free = freeAt + 4 * ctz(slots)
  const size = 5 * slots + groupBytes
  let region = load<usize>(free)
  if (region === 0) region = take(size)
  else {
    store<usize>(free, load<usize>(region))
    memory.fill(region, 0, size)
  }
  part.places = region
  part.tags = region + 4 * slots
  part.mask = slots - 1
  part.taken = 0
}

/** The tags of the first group are stored twice, so that reading a group need not wrap around. */
// @ts-ignore: decorator
@inline function setTag(part: Part, slot: i32, tag: u8): void {
  store<u8>(part.tags + slot, tag)
  if (slot < groupBytes) store<u8>(part.tags + part.mask + 1 + slot, tag)
}

// @ts-ignore: decorator
@inline function isAt(place: usize, name: usize, length: i32): bool {
  return load<u8>(place) === length && same(place + 1, name, length)
}

/** Returns the slot of a name in its part, or -1. */
function slotOf(part: Part, name: usize, length: i32, hash: i32): i32 {
  const tag = tagOf(hash)
  let slot = hash & part.mask
  let found: u8
  while ((found = load<u8>(part.tags + slot)) !== 0) {
    if (found === tag && isAt(load<u32>(part.places + 4 * slot), name, length)) return slot
    slot = (slot + 1) & part.mask
  }
  return -1
}

function put(part: Part, hash: i32, place: usize): void {
  let slot = hash & part.mask
  while (load<u8>(part.tags + slot) !== 0) slot = (slot + 1) & part.mask
  setTag(part, slot, tagOf(hash))
  store<u32>(part.places + 4 * slot, place)
  part.taken++
}

/** Adds names that are separated by line feeds, in [at, to). */
export function addLines(at: usize, to: usize): void {
  for (let end = at; at < to; at = end + 1) {
    end = lineEnd(at, to)
    add(at, <i32>(end - at))
  }
}

/** Removes names that are separated by line feeds. */
export function removeLines(at: usize, to: usize): void {
  for (let end = at; at < to; at = end + 1) {
    end = lineEnd(at, to)
    remove(at, <i32>(end - at))
  }
}

// @ts-ignore: decorator
@inline function lineEnd(at: usize, to: usize): usize {
  while (at < to && load<u8>(at) !== 0x0a) at++
  return at
}

function add(name: usize, length: i32): void {
  const hash = hashOf(name, length, seed)
  const part = partOf(hash)
  if (slotOf(part, name, length, hash) >= 0) return
  // The length is stored in one byte.
  if (length > 255) unreachable()
  if (nextName + 1 + length > pieceEnd) {
    nextName = take(pieceBytes)
    pieceEnd = nextName + pieceBytes
  }
  store<u8>(nextName, length)
  memory.copy(nextName + 1, name, length)
  put(part, hash, nextName)
  nextName += 1 + length
  count++
  if (3 * part.taken > 2 * (part.mask + 1)) grow(part)
}

/** Hashes are not stored: a growing part computes them again. */
function grow(part: Part): void {
  const places = part.places
  const tags = part.tags
  const slots = part.mask + 1
  makePart(part, 2 * slots)
  for (let slot = 0; slot < slots; slot++) {
    if (load<u8>(tags + slot) === 0) continue
    const place = load<u32>(places + 4 * slot)
    put(part, hashOf(place + 1, load<u8>(place), seed), place)
  }
  const free = freeAt + 4 * ctz(slots)
  store<usize>(places, load<usize>(free))
  store<usize>(free, places)
}

/** Removes a name, and moves up later names that were displaced, so that searches don't stop early. */
function remove(name: usize, length: i32): void {
  const hash = hashOf(name, length, seed)
  const part = partOf(hash)
  const mask = part.mask
  let gap = slotOf(part, name, length, hash)
  if (gap < 0) return
  for (let slot = (gap + 1) & mask; load<u8>(part.tags + slot) !== 0; slot = (slot + 1) & mask) {
    const place = load<u32>(part.places + 4 * slot)
    const home = hashOf(place + 1, load<u8>(place), seed) & mask
    // The name may fill the gap unless its own slot comes after it.
    if (((slot - home) & mask) < ((slot - gap) & mask)) continue
    setTag(part, gap, load<u8>(part.tags + slot))
    store<u32>(part.places + 4 * gap, place)
    gap = slot
  }
  setTag(part, gap, 0)
  part.taken--
  count--
  removedBytes += length + 1
}

/**
 * Finds the names with these hashes that may be in the set: writes their numbers to `found`, and the addresses
 * of their first likely slots to `slots`. It has no branches, so that memory accesses overlap.
 */
export function likely(hashes: usize, asked: i32, found: usize, slots: usize): i32 {
  let hits = 0
  for (let i = 0; i < asked; i++) {
    const hash = load<i32>(hashes + 4 * i)
    const part = partOf(hash)
    const slot = hash & part.mask
    const group = v128.load(part.tags + slot)
    const empty = i8x16.bitmask(i8x16.eq(group, i8x16.splat(0))) | 0x10000
    const beforeEmpty = (empty & -empty) - 1
    const alike = i8x16.bitmask(i8x16.eq(group, i8x16.splat(tagOf(hash)))) & beforeEmpty
    store<i32>(found + 4 * hits, i)
    store<usize>(slots + 4 * hits, part.places + 4 * ((slot + ctz(alike | 0x10000)) & part.mask))
    // A group without an empty slot continues in the next one.
    hits += i32(alike !== 0) | i32(beforeEmpty === 0xffff)
  }
  return hits
}

/**
 * Keeps of the numbers from `likely` those whose names are in the set; returns how many. `starts` has the
 * offset of each name relative to `base`.
 */
export function confirm(
  hashes: usize, likelyCount: i32, found: usize, slots: usize, base: usize, starts: usize, lengths: usize,
): i32 {
  for (let j = 0; j < likelyCount; j++) store<u32>(slots + 4 * j, load<u32>(load<usize>(slots + 4 * j)))
  let hits = 0
  for (let j = 0; j < likelyCount; j++) {
    const i = load<i32>(found + 4 * j)
    const name = base + load<i32>(starts + 4 * i)
    const length = load<i32>(lengths + 4 * i)
    const place = load<u32>(slots + 4 * j)
    const hash = load<i32>(hashes + 4 * i)
    store<i32>(found + 4 * hits, i)
    // If the first likely slot does not match, a later one may.
    if ((place !== 0 && isAt(place, name, length)) || slotOf(partOf(hash), name, length, hash) >= 0) hits++
  }
  return hits
}
