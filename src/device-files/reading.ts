import { concat } from '../lib/bytes.ts'
import { EndlessRow, RowPlaces } from './scan.ts'
import { UnreadableFile } from './unreadable.ts'

/** Bytes that have been read and not been given on, with the rows in them. */
export class Reading {
  bytes: Uint8Array = new Uint8Array(0)
  readonly #input: AsyncIterator<Uint8Array>
  #ended = false
  #line = 1

  constructor(input: AsyncIterator<Uint8Array>) {
    this.#input = input
  }

  /** The line that the next row begins in. */
  get line(): number {
    return this.#line
  }

  /** Whether all has been read. */
  get ended(): boolean {
    return this.#ended
  }

  /** Reads until there are so many bytes, or all. */
  async fill(count: number): Promise<void> {
    while (!this.#ended && this.bytes.length < count) await this.#more()
  }

  /**
   * Finds so many rows, or those that there still are. `bytes` holds them until they are dropped.
   * @param delimiters what may part their cells
   */
  async rows(size: number, delimiters: string): Promise<RowPlaces> {
    const found = new RowPlaces(size, this.#line, delimiters)
    while (!orUnreadable(() => found.find(this.bytes, this.#ended))) await this.#more()
    return found
  }

  /**
   * Rows that begin in what is read already, as they would be found with these delimiters. A row that can't be ended
   * is not among them.
   */
  peek(size: number, delimiters: string): RowPlaces {
    const found = new RowPlaces(size, this.#line, delimiters)
    try {
      found.find(this.bytes, this.#ended)
    } catch (error) {
      if (!(error instanceof EndlessRow)) throw error
    }
    return found
  }

  drop({ next, nextLine }: Pick<RowPlaces, 'next' | 'nextLine'>): void {
    this.bytes = this.bytes.subarray(Math.min(next, this.bytes.length))
    this.#line = nextLine
  }

  /** Leaves out so many lines, whatever stands in them. */
  async dropLines(count: number): Promise<void> {
    for (let left = count; left > 0; left--) {
      let at = this.#lineEnd()
      while (at < 0 && !this.#ended) {
        await this.#more()
        at = this.#lineEnd()
      }
      this.drop({ next: at < 0 ? this.bytes.length : at, nextLine: this.#line + 1 })
    }
  }

  /** Where the next line begins; -1 where that is not read yet. */
  #lineEnd(): number {
    const { bytes } = this
    const lf = bytes.indexOf(0x0a)
    const cr = bytes.indexOf(0x0d)
    if (cr < 0 || (lf >= 0 && lf < cr)) return lf < 0 ? -1 : lf + 1
    if (cr + 1 === bytes.length && !this.#ended) return -1
    return bytes[cr + 1] === 0x0a ? cr + 2 : cr + 1
  }

  async #more(): Promise<void> {
    const { value, done } = await this.#input.next()
    if (done) this.#ended = true
    else this.bytes = this.bytes.length === 0 ? value : concat(this.bytes, value)
  }
}

function orUnreadable<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof EndlessRow)) throw error
    throw new UnreadableFile({ code: error.isQuoted ? 'UnclosedQuote' : 'LongLine', line: error.line })
  }
}
