import { copySlice, overshoot } from '../lib/byte-words.ts'
import type { HashedColumn } from '../lib/hashed-column.ts'
import { instantiate } from './instantiate.ts'

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
}

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

  /** Copies bytes into the module's memory; returns their address. */
  #receive(bytes: Uint8Array): number {
    const at = this.#set.inbox(bytes.length) >>> 0
    new Uint8Array(this.#memory.buffer).set(bytes, at)
    return at
  }
}
