import { concat } from '../lib/bytes.ts'
import { RowPlaces } from './scan.ts'
import { UnreadableFile } from './unreadable.ts'

/** Bytes that have been read and not been given on, with the rows in them. */
export class Reading {
  bytes: Uint8Array = new Uint8Array(0)
  readonly #chunks: AsyncIterator<Uint8Array>
  #ended = false
  #line = 1

  constructor(chunks: AsyncIterator<Uint8Array>) {
    this.#chunks = chunks
  }

  /**
   * Finds so many rows, or those that there still are. `bytes` holds them until they are dropped.
   * @param delimiters what may part their cells
   */
  async rows(size: number, delimiters: string): Promise<RowPlaces> {
    const found = new RowPlaces(size, this.#line, delimiters)
    try {
      while (!found.find(this.bytes, this.#ended)) {
        const { value, done } = await this.#chunks.next()
        if (done) this.#ended = true
        else this.bytes = this.bytes.length === 0 ? value : concat(this.bytes, value)
      }
    } catch (error) {
      if (error instanceof RangeError)
        throw new UnreadableFile({ code: 'UnclosedQuote', line: Number(error.message) })
      throw error
    }
    return found
  }

  drop(found: RowPlaces): void {
    this.bytes = this.bytes.subarray(Math.min(found.next, this.bytes.length))
    this.#line = found.nextLine
  }
}
