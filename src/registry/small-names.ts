import { hashSlice, viewOf } from '../lib/byte-words.ts'
import { NameSet } from '../lib/name-set.ts'

const lineFeed = 0x0a

/** A `NameSet` that is filled from lines. */
export class SmallNames extends NameSet {
  readonly #seed: number
  readonly #sizeMax: number

  /** @param sizeMax number of names from which the set counts as worn */
  constructor(seed: number, sizeMax: number) {
    super()
    this.#seed = seed
    this.#sizeMax = sizeMax
  }

  override get worn(): boolean {
    return super.worn || this.size >= this.#sizeMax
  }

  addLines(names: Uint8Array): void {
    this.#each(names, (...name) => this.add(...name))
  }

  deleteLines(names: Uint8Array): void {
    this.#each(names, (...name) => this.delete(...name))
  }

  #each(
    names: Uint8Array,
    take: (view: DataView, start: number, length: number, hash: number) => void,
  ): void {
    const view = viewOf(names)
    for (let at = 0; at < names.length; ) {
      const next = names.indexOf(lineFeed, at)
      const end = next < 0 ? names.length : next
      take(view, at, end - at, hashSlice(view, at, end - at, this.#seed))
      at = end + 1
    }
  }
}
