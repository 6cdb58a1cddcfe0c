import { BadRows } from './bad-rows.ts'
import type { Filter, Listing } from './messages.ts'

/** The bad rows that the page shows, under the filter that it chose: of one pass, and then of the next. */
export class BadList {
  readonly #tell: (listing: Listing) => void
  #rows = new BadRows()
  #filter: Filter = { text: '' }
  /** How often other rows came to stand at their places. */
  #version = 0

  constructor(notify: (listing: Listing) => void) {
    this.#tell = notify
  }

  get rows(): BadRows {
    return this.#rows
  }

  /** Nothing is bad so far, and nothing is filtered. */
  clear(): void {
    this.#filter = { text: '' }
    this.show(new BadRows())
  }

  /** Shows other rows, under the same filter. */
  show(rows: BadRows): void {
    this.#rows = rows
    this.filter(this.#filter)
  }

  filter(filter: Filter): void {
    this.#filter = filter
    this.#version++
    this.#rows.filter(filter)
    this.tell()
  }

  /** Has the page know how many there are now. */
  tell(): void {
    this.#tell({ ...this.#rows.listing(), version: this.#version })
  }
}
