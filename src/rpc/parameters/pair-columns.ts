import { byteOrder, pairNumbers } from './byte-order.ts'
import type { Pair, ParameterTable } from './table.ts'

const roomAtFirst = 64

/** Parameters as numbers in one array: 200,000 of them would be as many objects and strings otherwise. */
export class PairColumns {
  count = 0
  /** Start and length of the name, and of the value, of each. */
  slices: Int32Array = new Int32Array(roomAtFirst * pairNumbers)
  /** The number of first pairs that were in the query string. */
  inQuery = 0
  readonly #bytes: Buffer
  #order: Uint32Array | undefined

  /** @param bytes what the slices are of */
  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  push(nameStart: number, nameLength: number, start: number, length: number): void {
    const at = this.count++ * pairNumbers
    if (at === this.slices.length) {
      const longer = new Int32Array(4 * at)
      longer.set(this.slices)
      this.slices = longer
    }
    const { slices } = this
    slices[at] = nameStart
    slices[at + 1] = nameLength
    slices[at + 2] = start
    slices[at + 3] = length
  }

  /** Their places in the order of the canonical query: by name and value, in byte order. */
  get order(): Uint32Array {
    this.#order ??= byteOrder(this.#bytes, this.slices, this.count)
    return this.#order
  }

  table(inQuery: number, plain: number): ParameterTable {
    this.inQuery = inQuery
    return new TableOfColumns(this.#bytes, this, plain)
  }

  pairs(): Pair[] {
    return Array.from({ length: this.count }, (_, i) => {
      const at = i * pairNumbers
      const [nameStart, nameLength, start, length] = this.slices.subarray(at, at + pairNumbers)
      const name = this.#bytes.toString('latin1', nameStart, nameStart! + nameLength!)
      return { name, nameStart: nameStart!, start: start!, length: length!, inQuery: i < this.inQuery }
    })
  }
}

/** A table whose pairs become objects at their first use, once the caller is known. */
class TableOfColumns implements ParameterTable {
  readonly bytes: Buffer
  readonly columns: PairColumns
  readonly plain: number
  readonly block = undefined
  #pairs: readonly Pair[] | undefined

  constructor(bytes: Buffer, columns: PairColumns, plain: number) {
    this.bytes = bytes
    this.columns = columns
    this.plain = plain
  }

  get pairs(): readonly Pair[] {
    this.#pairs ??= this.columns.pairs()
    return this.#pairs
  }
}
