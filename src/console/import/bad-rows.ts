import type { ChunkDone } from '../../importer/import-job.ts'
import type { Filter, ListedRow, Listing } from './messages.ts'

const chunkBytes = 1024 * 1024
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Doubles a typed array that is full. */
function grown<A extends Float64Array | Uint32Array>(array: A, length: number): A {
  if (length <= array.length) return array
  const bigger = new (array.constructor as new (length: number) => A)(2 * array.length)
  bigger.set(array)
  return bigger
}

/**
 * The bad rows of a file, as columns of numbers and bytes, because there may be a million of them; objects are created
 * only for the visible rows.
 */
export class BadRows {
  #count = 0
  #lines = new Float64Array(1024)
  /** A bit for each code, by its index in `#codes`. */
  #bits = new Uint32Array(1024)
  #chunk = new Uint32Array(1024)
  #start = new Uint32Array(1024)
  #length = new Uint32Array(1024)
  readonly #chunks: Uint8Array[] = []
  #end = chunkBytes
  readonly #codes: string[] = []
  readonly #counts: number[] = []
  #filter: Filter = { text: '' }
  /** The rows that pass the filter; undefined if all do. */
  #passed: Uint32Array | undefined
  #passedCount = 0

  get count(): number {
    return this.#count
  }

  add({ line, sheet, reasons, cells }: ListedRow): void {
    const row = this.#count++
    this.#lines = grown(this.#lines, this.#count)
    this.#bits = grown(this.#bits, this.#count)
    this.#chunk = grown(this.#chunk, this.#count)
    this.#start = grown(this.#start, this.#count)
    this.#length = grown(this.#length, this.#count)
    this.#lines[row] = line
    let bits = 0
    for (const { code } of reasons) {
      const bit = this.#bitOf(code)
      bits |= 1 << bit
      this.#counts[bit]!++
    }
    this.#bits[row] = bits
    this.#keep(row, encoder.encode(JSON.stringify([{ reasons, sheet }, ...cells])))
    if (this.#passed !== undefined && this.#passes(row)) this.#pass(row)
  }

  /** Adds a chunk's bad rows, in line order. */
  addChunk({ rows, bad }: Pick<ChunkDone, 'rows' | 'bad'>): void {
    for (const [entry, reasons] of [...bad].sort(([a], [b]) => a - b))
      this.add({
        line: rows.line(entry),
        ...(rows.sheet && { sheet: rows.sheet(entry) }),
        cells: rows.cells(entry),
        reasons,
      })
  }

  /** Sets the filter, which changes the rows at given indexes. */
  filter(filter: Filter): void {
    this.#filter = filter
    this.#passedCount = 0
    this.#passed = filter.code === undefined && filter.text === '' ? undefined : new Uint32Array(1024)
    if (this.#passed === undefined) return
    for (let row = 0; row < this.#count; row++) if (this.#passes(row)) this.#pass(row)
  }

  listing(): Omit<Listing, 'version' | 'changed'> {
    return {
      count: this.#passed === undefined ? this.#count : this.#passedCount,
      all: this.#count,
      codes: Object.fromEntries(this.#codes.map((code, bit) => [code, this.#counts[bit]!])),
    }
  }

  /** Returns rows that pass the filter, starting at an index. */
  rows(from: number, count: number): ListedRow[] {
    const end = Math.min(from + count, this.listing().count)
    const rows: ListedRow[] = []
    for (let place = from; place < end; place++)
      rows.push(this.#at(this.#passed === undefined ? place : this.#passed[place]!))
    return rows
  }

  /** Iterates over all rows, regardless of the filter. */
  *all(): Generator<ListedRow> {
    for (let row = 0; row < this.#count; row++) yield this.#at(row)
  }

  #bitOf(code: string): number {
    const known = this.#codes.indexOf(code)
    if (known >= 0) return known
    this.#counts.push(0)
    return this.#codes.push(code) - 1
  }

  #keep(row: number, bytes: Uint8Array): void {
    if (this.#end + bytes.length > (this.#chunks.at(-1)?.length ?? 0)) {
      this.#chunks.push(new Uint8Array(Math.max(chunkBytes, bytes.length)))
      this.#end = 0
    }
    this.#chunks.at(-1)!.set(bytes, this.#end)
    this.#chunk[row] = this.#chunks.length - 1
    this.#start[row] = this.#end
    this.#length[row] = bytes.length
    this.#end += bytes.length
  }

  #textOf(row: number): string {
    const start = this.#start[row]!
    return decoder.decode(this.#chunks[this.#chunk[row]!]!.subarray(start, start + this.#length[row]!))
  }

  #at(row: number): ListedRow {
    const [told, ...cells] = JSON.parse(this.#textOf(row)) as [
      Pick<ListedRow, 'reasons' | 'sheet'>,
      ...string[],
    ]
    return { line: this.#lines[row]!, ...told, cells }
  }

  #passes(row: number): boolean {
    const { code, text } = this.#filter
    if (code !== undefined) {
      const bit = this.#codes.indexOf(code)
      if (bit < 0 || (this.#bits[row]! & (1 << bit)) === 0) return false
    }
    if (text === '') return true
    const wanted = text.toLowerCase()
    // JSON escapes and separators may hide or imitate the text, so this is only a first check.
    if (!this.#textOf(row).toLowerCase().includes(JSON.stringify(wanted).slice(1, -1))) return false
    return this.#at(row).cells.some((cell) => cell.toLowerCase().includes(wanted))
  }

  #pass(row: number): void {
    this.#passed = grown(this.#passed!, this.#passedCount + 1)
    this.#passed[this.#passedCount++] = row
  }
}
