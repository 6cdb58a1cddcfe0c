import { copySlice, overshoot } from '../lib/byte-words.ts'
import type { HashedColumn } from '../lib/hashed-column.ts'
import { instantiate, moduleDigest } from './instantiate.ts'

/** What assembly/name-set.ts exports; it says there what each does. */
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
/** The module reads so far behind a name. */
const behindBytes = 64
/** The most bytes of a piece that is not one of the set's parts. */
const pieceBytesMax = 1024 * 1024

/** Pages that the module asks for at least. */
const pagesAtFirst = 16
/** Of names that were removed, a set keeps so many bytes before it is made anew. */
const wornBytesMin = 1024 * 1024

/**
 * An exact set of the names of a large product, in a WebAssembly memory of its own; 27 to 33 bytes a name of 17 as it is read from
 * the store, and up to 45 where it has grown from nothing since. Smaller ones are
 * a `NameSet` (lib/name-set.ts), which reserves no address space.
 *
 * Measured on an AMD EPYC, for 10,000 names that are not in it: 0.4 ms with 1,000,000 in it (JavaScript: 1.0);
 * for as many that are: 0.9.
 */
export class LargeNameSet {
  readonly #memory = new WebAssembly.Memory({ initial: pagesAtFirst })
  readonly #set = instantiate('name-set', this.#memory) as Exports

  /**
   * @param expected about how many names it will have
   * @param seed of the hashes that it is asked with
   */
  constructor(expected: number, seed: number) {
    this.#set.begin(expected, seed)
  }

  get size(): number {
    return this.#set.size()
  }

  /** Bytes that it takes. */
  get bytes(): number {
    return this.#set.bytes() >>> 0
  }

  /** Whether so many names were removed that to make it anew is worth the time. */
  get worn(): boolean {
    const worn = this.#set.wornBytes()
    return worn > wornBytesMin && 4 * worn > this.bytes
  }

  /** Adds names that have a line feed between each two, those that are not there. */
  addLines(names: Uint8Array): void {
    const at = this.#receive(names)
    this.#set.addLines(at, at + names.length)
  }

  /** Removes names that have a line feed between each two, those that are there. */
  deleteLines(names: Uint8Array): void {
    const at = this.#receive(names)
    this.#set.removeLines(at, at + names.length)
  }

  /** Which of the entries are in it, in their order. */
  hits({ bytes, view, start, length, hashes }: HashedColumn, entries: Int32Array): Int32Array {
    const asked = entries.length
    let nameBytes = 0
    for (let i = 0; i < asked; i++) nameBytes += length[entries[i]!]!
    // Five columns, and behind them the names.
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
   * Copies the set's memory. Names may be added and removed between two pieces: a part of the set is copied in one step, and the
   * bytes of names, which stay where they are, after all parts. So each name that was there all the time is in the copy;
   * one that was added or removed meanwhile may be or not.
   * @param bytesMax what the set may take by then
   * @returns the pieces; false at the end if the copy is of no use, because the set or a part of it has grown too much
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

  /** What tells whether a copy can be resumed: the module that it is a memory of. */
  static get digest(): Buffer {
    return moduleDigest('name-set')
  }

  /**
   * A set of a copied memory.
   * @param bytes what the copied set takes at most
   * @param fill puts the pieces in their places
   * @returns undefined if it was copied from a set with other hashes
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

  /** Where the module reads these bytes. */
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

/** Regions of the module begin at multiples of 64. */
const aligned = (at: number) => Math.ceil(at / 64) * 64

/** Ranges that touch as one, as long as they make a small piece. */
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

/** What [0, end) has beside these ranges, which don't overlap. */
function between(ranges: readonly Range[], end: number): Range[] {
  const gaps: Range[] = []
  let at = 0
  for (const range of [...ranges, { start: end, end }].sort((a, b) => a.start - b.start)) {
    if (range.start > at) gaps.push({ start: at, end: range.start })
    at = Math.max(at, range.end)
  }
  return gaps
}
