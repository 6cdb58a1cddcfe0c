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

/** The rest of a set's state. It is in memory, so that a copy of the memory is a copy of the set. */
@unmanaged class State {
  seed: i32
  /** Names in the set. */
  count: i32
  /** Bytes of removed names. */
  removedBytes: i32
  /** The start of unused memory. */
  top: usize
  /** The address of the next name, and the end of its region. */
  nextName: usize
  pieceEnd: usize
  /** The buffer for the queries of the host. */
  inboxAt: usize
  inboxBytes: usize
}

const state = changetype<State>(memory.data(offsetof<State>(), 16))
/** Number of times that a part has grown. */
let growthCount: i32 = 0
/** Whether removed names keep their bytes, because a copy is in progress. */
let keepsRemoved: bool = false

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
  state.seed = seedOfHashes
  state.top = (__heap_base + 63) & ~63
  const wanted = max(groupBytes, expected / partCount / 2 * 3 + groupBytes)
  const slots = 1 << (32 - clz(wanted - 1))
  for (let part = 0; part < partCount; part++) makePart(partNumbered(part), slots)
}

export function size(): i32 {
  return state.count
}
/** The size in bytes. */
export function bytes(): usize {
  return state.top
}
/** Bytes of removed names. */
export function wornBytes(): i32 {
  return state.removedBytes
}

/** Returns a buffer of `size` bytes for the host; its previous content is lost. */
export function inbox(size: usize): usize {
  if (size > state.inboxBytes) {
    // The former buffer is not reused, and must not appear in a copy of the memory.
    memory.fill(state.inboxAt, 0, state.inboxBytes)
    // In powers of two, so that all former buffers together are no larger than this one.
    state.inboxBytes = 1 << (32 - clz(<i32>size - 1))
    state.inboxAt = take(state.inboxBytes)
  }
  return state.inboxAt
}

/** Returns unused memory, followed by 64 readable bytes. */
function take(size: usize): usize {
  const at = state.top
  state.top = (state.top + size + 63) & ~63
  const have = <usize>memory.size() << 16
  if (state.top + 64 > have && memory.grow(max(pagesAtOnce, <i32>((state.top + 64 - have) >> 16) + 1)) < 0) unreachable()
  return at
}

// @ts-ignore: decorator
@inline function partNumbered(part: i32): Part {
  return changetype<Part>(partsAt + <usize>part * offsetof<Part>())
}

/** Size of a part of this many slots, in bytes. */
// @ts-ignore: decorator
@inline function regionBytes(slots: i32): usize {
  return 5 * slots + groupBytes
}

function makePart(part: Part, slots: i32): void {
  const free = freeAt + 4 * ctz(slots)
  const size = regionBytes(slots)
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
  const hash = hashOf(name, length, state.seed)
  const part = partOf(hash)
  if (slotOf(part, name, length, hash) >= 0) return
  // The length is stored in one byte.
  if (length > 255) unreachable()
  if (state.nextName + 1 + length > state.pieceEnd) {
    state.nextName = take(pieceBytes)
    state.pieceEnd = state.nextName + pieceBytes
  }
  store<u8>(state.nextName, length)
  memory.copy(state.nextName + 1, name, length)
  put(part, hash, state.nextName)
  state.nextName += 1 + length
  state.count++
  if (3 * part.taken > 2 * (part.mask + 1)) grow(part)
}

/** Hashes are not stored: a growing part computes them again. */
function grow(part: Part): void {
  growthCount++
  const places = part.places
  const tags = part.tags
  const slots = part.mask + 1
  makePart(part, 2 * slots)
  for (let slot = 0; slot < slots; slot++) {
    if (load<u8>(tags + slot) === 0) continue
    const place = load<u32>(places + 4 * slot)
    put(part, hashOf(place + 1, load<u8>(place), state.seed), place)
  }
  const free = freeAt + 4 * ctz(slots)
  store<usize>(places, load<usize>(free))
  store<usize>(free, places)
}

/** Removes a name, and moves up later names that were displaced, so that searches don't stop early. */
function remove(name: usize, length: i32): void {
  const hash = hashOf(name, length, state.seed)
  const part = partOf(hash)
  const mask = part.mask
  let gap = slotOf(part, name, length, hash)
  if (gap < 0) return
  if (!keepsRemoved) memory.fill(load<u32>(part.places + 4 * gap), 0, length + 1)
  for (let slot = (gap + 1) & mask; load<u8>(part.tags + slot) !== 0; slot = (slot + 1) & mask) {
    const place = load<u32>(part.places + 4 * slot)
    const home = hashOf(place + 1, load<u8>(place), state.seed) & mask
    // The name may lie in the gap unless its own slot comes after it.
    if (((slot - home) & mask) < ((slot - gap) & mask)) continue
    setTag(part, gap, load<u8>(part.tags + slot))
    store<u32>(part.places + 4 * gap, place)
    gap = slot
  }
  setTag(part, gap, 0)
  part.taken--
  state.count--
  state.removedBytes += length + 1
}

/** Number of parts. The host copies each part in one step; between steps names may be added and removed. */
export function parts(): i32 {
  return partCount
}
export function partAt(part: i32): usize {
  return partNumbered(part).places
}
export function partBytes(part: i32): usize {
  return regionBytes(partNumbered(part).mask + 1)
}
/** Number of times that a part has grown. If it changes during a copy, the copy may contain a region twice. */
export function growths(): i32 {
  return growthCount
}
/** Sets whether removed names keep their bytes; otherwise they are overwritten with zeros. */
export function keepRemoved(keeps: bool): void {
  keepsRemoved = keeps
}
/** Address and size of the host's buffer, which is not copied. */
export function inboxFrom(): usize {
  return state.inboxAt
}
export function inboxSize(): usize {
  return state.inboxBytes
}

/** Resumes a set from a copied memory, counting its names anew; returns false if its hashes have another seed. */
export function resume(seedOfHashes: i32): bool {
  if (state.seed !== seedOfHashes) return false
  state.count = 0
  for (let i = 0; i < partCount; i++) {
    const part = partNumbered(i)
    part.taken = 0
    for (let slot = 0; slot <= part.mask; slot += groupBytes) {
      const empty = i8x16.eq(v128.load(part.tags + slot), i8x16.splat(0))
      part.taken += groupBytes - <i32>popcnt(<u32>i8x16.bitmask(empty))
    }
    state.count += part.taken
  }
  return true
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
