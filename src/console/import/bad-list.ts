import { reportedRows } from '../../importer/bad-rows.ts'
import type { ChunkDone } from '../../importer/import-job.ts'
import { BadRows } from './bad-rows.ts'
import type { Filter, Listing } from './messages.ts'

/** The rows of a pass that the page lists, and those that its report has: those that were changed, too. */
export class PassRows {
  readonly bad = new BadRows()
  #reported: BadRows | undefined
  #changed = 0

  /** Rows that are reported. */
  get reported(): BadRows {
    return this.#reported ?? this.bad
  }

  /** Number of rows that a fix or the person has changed. */
  get changed(): number {
    return this.#changed
  }

  /** Adds a chunk's bad and changed rows, in line order. */
  addChunk({ rows, bad }: Pick<ChunkDone, 'rows' | 'bad'>): void {
    this.bad.addChunk({ rows, bad })
    if (rows.changes === undefined) return
    this.#changed += rows.changes.size
    this.#reported ??= new BadRows()
    this.#reported.addChunk({ rows, bad: reportedRows(rows, bad) })
  }
}

/** The bad rows that the page lists, with its filter; first those of one pass, then those of the next. */
export class BadList {
  readonly #tell: (listing: Listing) => void
  #rows = new PassRows()
  #filter: Filter = { text: '' }
  /** Incremented when the rows at given indexes change. */
  #version = 0

  constructor(notify: (listing: Listing) => void) {
    this.#tell = notify
  }

  get rows(): PassRows {
    return this.#rows
  }

  /** Removes the rows and the filter. */
  clear(): void {
    this.#filter = { text: '' }
    this.show(new PassRows())
  }

  /** Lists other rows with the same filter. */
  show(rows: PassRows): void {
    this.#rows = rows
    this.filter(this.#filter)
  }

  filter(filter: Filter): void {
    this.#filter = filter
    this.#version++
    this.#rows.bad.filter(filter)
    this.tell()
  }

  /** Sends the current number of rows to the page. */
  tell(): void {
    this.#tell({ ...this.#rows.bad.listing(), changed: this.#rows.changed, version: this.#version })
  }
}
