/**
 * Eight bits of a hash: above the at most sixteen bits that select a slot, below the eight that select the part
 * of a large set (name-set.ts). 0 marks an empty slot.
 */
export const tagOf = (hash: number) => (hash >>> 16) & 255 || 1

/**
 * A part of a set of names: an open-addressing table with a tag for each slot, and the hash and place of the
 * name.
 */
export class NamePart {
  readonly tags: Uint8Array
  readonly kept: Int32Array
  #count = 0

  /** @param slots a power of two */
  constructor(slots: number) {
    this.tags = new Uint8Array(slots)
    this.kept = new Int32Array(2 * slots)
  }

  get bytes(): number {
    return 9 * this.tags.length
  }

  /** At most two thirds of the slots are used. */
  get isFull(): boolean {
    return 3 * this.#count > 2 * this.tags.length
  }

  /** Inserts a name that the part does not contain. */
  put(hash: number, place: number): void {
    const { tags } = this
    const mask = tags.length - 1
    let slot = hash & mask
    while (tags[slot] !== 0) slot = (slot + 1) & mask
    this.fill(slot, hash, place)
  }

  fill(slot: number, hash: number, place: number): void {
    this.tags[slot] = tagOf(hash)
    this.kept[2 * slot] = hash
    this.kept[2 * slot + 1] = place
    this.#count++
  }

  /** Empties a slot, and moves up later entries that were displaced, so that searches don't stop early. */
  empty(gap: number): void {
    const { tags, kept } = this
    const mask = tags.length - 1
    for (let slot = (gap + 1) & mask; tags[slot] !== 0; slot = (slot + 1) & mask) {
      const home = kept[2 * slot]! & mask
      // The name may fill the gap unless its own slot comes after it.
      if (((slot - home) & mask) < ((slot - gap) & mask)) continue
      tags[gap] = tags[slot]!
      kept[2 * gap] = kept[2 * slot]!
      kept[2 * gap + 1] = kept[2 * slot + 1]!
      gap = slot
    }
    tags[gap] = 0
    this.#count--
  }

  each(tell: (hash: number, place: number) => void): void {
    for (let slot = 0; slot < this.tags.length; slot++) {
      if (this.tags[slot] !== 0) tell(this.kept[2 * slot]!, this.kept[2 * slot + 1]!)
    }
  }

  doubled(): NamePart {
    const bigger = new NamePart(2 * this.tags.length)
    this.each((hash, place) => bigger.put(hash, place))
    return bigger
  }
}
