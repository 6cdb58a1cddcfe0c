/** A part of a memory that is free. */
interface Gap {
  readonly start: number
  end: number
}

/** Slots begin at multiples of this many bytes: a line of the processor's cache. */
const alignment = 64

/**
 * Slots of a memory, each of the size that is asked for, taken from the lowest gap that has room. So the memory is touched no
 * further than what is in use at once needs, and small slots lie in the gaps between large ones. There are at most a
 * few hundred gaps, and mostly one.
 */
export class Slots {
  /** By their starts; no two touch. */
  readonly #gaps: Gap[]
  /** Bytes of slots that are in use. */
  used = 0

  constructor(start: number, end: number) {
    this.#gaps = [{ start: aligned(start), end }]
  }

  /** Where a slot of so many bytes begins; undefined where no gap has room. */
  take(bytes: number): number | undefined {
    const size = aligned(bytes)
    const place = this.#gaps.findIndex(({ start, end }) => end - start >= size)
    const gap = this.#gaps[place]
    if (gap === undefined) return undefined
    const left = gap.end - gap.start - size
    this.#gaps.splice(place, 1, ...(left > 0 ? [{ start: gap.start + size, end: gap.end }] : []))
    this.used += size
    return gap.start
  }

  /** Gives the slot at `start` of so many bytes back. */
  give(start: number, bytes: number): void {
    const end = start + aligned(bytes)
    this.used -= end - start
    let place = this.#gaps.findIndex((gap) => gap.start > start)
    if (place < 0) place = this.#gaps.length
    const [before, behind] = [this.#gaps[place - 1], this.#gaps[place]]
    const joined: Gap = {
      start: before?.end === start ? before.start : start,
      end: behind?.start === end ? behind.end : end,
    }
    const from = before?.end === start ? place - 1 : place
    const to = behind?.start === end ? place + 1 : place
    this.#gaps.splice(from, to - from, joined)
  }
}

const aligned = (bytes: number) => Math.ceil(bytes / alignment) * alignment
