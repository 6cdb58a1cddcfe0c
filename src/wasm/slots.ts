/** A part of a memory that is free. */
interface Gap {
  readonly start: number
  end: number
}

/** Slots begin at multiples of this number of bytes, a cache line. */
const alignment = 64

/**
 * Allocates slots of any size in a memory, each from the lowest gap with room. So only as much of the memory is
 * touched as concurrent use requires, and small slots fill the gaps between large ones. There are at most a few
 * hundred gaps, and usually one.
 */
export class Slots {
  /** By start; no two touch. */
  readonly #gaps: Gap[]
  /** Bytes of slots in use. */
  used = 0

  constructor(start: number, end: number) {
    this.#gaps = [{ start: aligned(start), end }]
  }

  /** Returns the start of a slot of `bytes` bytes; undefined if no gap has room. */
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

  /** Frees the slot of `bytes` bytes at `start`. */
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
