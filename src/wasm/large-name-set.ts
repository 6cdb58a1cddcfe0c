import { copySlice, overshoot } from '../lib/byte-words.ts'
import type { HashedColumn } from '../lib/hashed-column.ts'
import { instantiate, moduleDigest } from './instantiate.ts'

/** The exports of assembly/name-set.ts, where they are described. */
interface Exports {
  begin(expected: number, seed: number): void
  size(): number
  bytes(): number
  wornBytes(): number
  inbox(size: number): number
  addLines(at: number, to: number): void
  removeLines(at: number, to: number): void
  likely(hashes: number, asked: number, found: number, slots: number): number
  confirm(
    hashes: number,
    likelyCount: number,
    found: number,
    slots: number,
    base: number,
    starts: number,
    lengths: number,
  ): number
  parts(): number
  partAt(part: number): number
  partBytes(part: number): number
  growths(): number
  keepRemoved(keeps: boolean): void
  inboxFrom(): number
  inboxSize(): number
  resume(seed: number): boolean
}

/** A piece of a set's memory. */
export interface MemoryPiece {
  readonly at: number
  readonly bytes: Uint8Array
}

const pageBytes = 65_536
/** The module reads this many bytes after a name. */
const behindBytes = 64
/** Maximum size of a piece, except for a part of the set that is larger. */
const pieceBytesMax = 1024 * 1024

/** Minimum pages that the module needs. */
const pagesAtFirst = 16
/** Minimum bytes of removed names before a rebuild. */
const wornBytesMin = 1024 * 1024

/**
 * An exact set of the names of a large product, in a separate WebAssembly memory. It takes 27 to 33 bytes per
 * name of 17 after loading from the store, and up to 45 if it has grown from empty. Smaller sets are a
 * `NameSet` (lib/name-set.ts), which reserves no address space.
 * Measured on an AMD EPYC for 10,000 names that are not in the set: 0.4 ms with 1,000,000 names in it
 * (JavaScript: 1.0); for names that are in it: 0.9.
 */
export class LargeNameSet {
  readonly #memory = new WebAssembly.Memory({ initial: pagesAtFirst })
  readonly #set = instantiate('name-set', this.#memory) as Exports

  /**
   * @param expected approximate number of names
   * @param seed of the hashes in queries
   */
  constructor(expected: number, seed: number) {
    this.#set.begin(expected, seed)
  }

  get size(): number {
    return this.#set.size()
  }

  /** The size in bytes. */
  get bytes(): number {
    return this.#set.bytes() >>> 0
  }

  /** Whether enough names were removed to make a rebuild worthwhile. */
  get worn(): boolean {
    const worn = this.#set.wornBytes()
    return worn > wornBytesMin && 4 * worn > this.bytes
  }

  /** Adds names separated by line feeds, unless the set contains them. */
  addLines(names: Uint8Array): void {
    const at = this.#receive(names)
    this.#set.addLines(at, at + names.length)
  }

  /** Removes names separated by line feeds, if the set contains them. */
  deleteLines(names: Uint8Array): void {
    const at = this.#receive(names)
    this.#set.removeLines(at, at + names.length)
  }

  /** Returns the entries that are in the set, in order. */
  hits({ bytes, view, start, length, hashes }: HashedColumn, entries: Int32Array): Int32Array {
    const asked = entries.length
    let nameBytes = 0
    for (let i = 0; i < asked; i++) nameBytes += length[entries[i]!]!
    // Five columns, followed by the names.
    const at = this.#set.inbox(5 * 4 * asked + nameBytes + overshoot) >>> 0
    const { buffer } = this.#memory
    const column = (place: number) => new Int32Array(buffer, at + 4 * asked * place, asked)
    const [sought, found, slots, starts, lengths] = [column(0), column(1), column(2), column(3), column(4)]
    for (let i = 0; i < asked; i++) sought[i] = hashes[entries[i]!]!
    const likely = this.#set.likely(sought.byteOffset, asked, found.byteOffset, slots.byteOffset)
    const names = new DataView(buffer, at + 5 * 4 * asked, nameBytes + overshoot)
    for (let j = 0, end = 0; j < likely; j++) {
      const i = found[j]!
      const entry = entries[i]!
      starts[i] = end
      lengths[i] = length[entry]!
      end = copySlice(view, bytes.length, start[entry]!, length[entry]!, names, end)
    }
    const hits = this.#set.confirm(
      sought.byteOffset,
      likely,
      found.byteOffset,
      slots.byteOffset,
      names.byteOffset,
      starts.byteOffset,
      lengths.byteOffset,
    )
    return found.slice(0, hits).map((i) => entries[i]!)
  }

  /**
   * Copies the set's memory in pieces. Names may be added and removed between two pieces: each part of the set is copied in
   * one step, and the bytes of names, which never move, after all parts. The copy contains every name that was in the set
   * all the time, and may or may not contain names that were added or removed meanwhile.
   * @param bytesMax maximum size of the set at the end
   * @returns the pieces; at the end false if the copy is useless because the set or one of its parts has grown
   */
  *copy(bytesMax: number): Generator<MemoryPiece, boolean> {
    const set = this.#set
    const growths = set.growths()
    set.keepRemoved(true)
    try {
      const parts = joined(Array.from({ length: set.parts() }, (_, part) => this.#rangeOf(part)))
      for (const { start, end } of parts) {
        if (set.growths() !== growths) return false
        yield this.#copied(start, end)
      }
      if (this.bytes > bytesMax) return false
      const inbox = set.inboxFrom() >>> 0
      const apart = [...parts, { start: inbox, end: aligned(inbox + set.inboxSize()) }]
      for (const { start, end } of between(apart, this.bytes)) {
        for (let at = start; at < end; at += pieceBytesMax) {
          if (set.growths() !== growths) return false
          yield this.#copied(at, Math.min(end, at + pieceBytesMax))
        }
      }
      return set.growths() === growths
    } finally {
      set.keepRemoved(false)
    }
  }

  #rangeOf(part: number): Range {
    const start = this.#set.partAt(part) >>> 0
    return { start, end: aligned(start + this.#set.partBytes(part)) }
  }

  #copied(start: number, end: number): MemoryPiece {
    return { at: start, bytes: new Uint8Array(this.#memory.buffer).slice(start, end) }
  }

  /** Digest of the module; a copy can be resumed only under the same one. */
  static get digest(): Buffer {
    return moduleDigest('name-set')
  }

  /**
   * Resumes a set from a copy.
   * @param bytes maximum size of the copied set
   * @param fill writes the pieces into the memory
   * @returns undefined if the copied set has another seed
   */
  static async resume(
    seed: number,
    bytes: number,
    fill: (memory: Uint8Array) => Promise<void>,
  ): Promise<LargeNameSet | undefined> {
    const resumed = new LargeNameSet(0, seed)
    const missing = bytes + behindBytes - resumed.#memory.buffer.byteLength
    if (missing > 0) resumed.#memory.grow(Math.ceil(missing / pageBytes))
    await fill(new Uint8Array(resumed.#memory.buffer))
    return resumed.#set.resume(seed) ? resumed : undefined
  }

  /** Copies bytes into the module's memory; returns their address. */
  #receive(bytes: Uint8Array): number {
    const at = this.#set.inbox(bytes.length) >>> 0
    new Uint8Array(this.#memory.buffer).set(bytes, at)
    return at
  }
}

interface Range {
  readonly start: number
  readonly end: number
}

/** Rounds up to a multiple of 64, where regions of the module begin. */
const aligned = (at: number) => Math.ceil(at / 64) * 64

/** Joins adjacent ranges up to the size of a piece. */
function joined(ranges: readonly Range[]): Range[] {
  const all: Range[] = []
  for (const range of ranges) {
    const last = all.at(-1)
    if (last?.end === range.start && range.end - last.start <= pieceBytesMax)
      all[all.length - 1] = { start: last.start, end: range.end }
    else all.push(range)
  }
  return all
}

/** Returns the rest of [0, end) without these ranges, which don't overlap. */
function between(ranges: readonly Range[], end: number): Range[] {
  const gaps: Range[] = []
  let at = 0
  for (const range of [...ranges, { start: end, end }].sort((a, b) => a.start - b.start)) {
    if (range.start > at) gaps.push({ start: at, end: range.start })
    at = Math.max(at, range.end)
  }
  return gaps
}
