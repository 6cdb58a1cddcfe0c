import { BadRows } from './bad-rows.ts'
import type { Filter, Listing } from './messages.ts'

/** The bad rows that the page lists, with its filter; first those of one pass, then those of the next. */
export class BadList {
  readonly #tell: (listing: Listing) => void
  #rows = new BadRows()
  #filter: Filter = { text: '' }
  /** Incremented when the rows at given indexes change. */
  #version = 0

  constructor(notify: (listing: Listing) => void) {
    this.#tell = notify
  }

  get rows(): BadRows {
    return this.#rows
  }

  /** Removes the rows and the filter. */
  clear(): void {
    this.#filter = { text: '' }
    this.show(new BadRows())
  }

  /** Lists other rows with the same filter. */
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

  /** Sends the current number of rows to the page. */
  tell(): void {
    this.#tell({ ...this.#rows.listing(), version: this.#version })
  }
}
