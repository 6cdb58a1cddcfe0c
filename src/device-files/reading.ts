import { concat } from '../lib/bytes.ts'
import { EndlessRow, RowPlaces } from './scan.ts'
import { UnreadableFile } from './unreadable.ts'

/** A buffer of bytes that have been read but not returned, with the rows in them. */
export class Reading {
  bytes: Uint8Array = new Uint8Array(0)
  readonly #input: AsyncIterator<Uint8Array>
  #ended = false
  #line = 1

  constructor(input: AsyncIterator<Uint8Array>) {
    this.#input = input
  }

  /** The line number of the next row. */
  get line(): number {
    return this.#line
  }

  /** Whether the end of the input has been reached. */
  get ended(): boolean {
    return this.#ended
  }

  /** Reads until the buffer has `count` bytes or the input ends. */
  async fill(count: number): Promise<void> {
    while (!this.#ended && this.bytes.length < count) await this.#more()
  }

  /**
   * Finds `size` rows, or those that remain. `bytes` holds them until they are dropped.
   * @param delimiters possible delimiters of cells
   */
  async rows(size: number, delimiters: string): Promise<RowPlaces> {
    const found = new RowPlaces(size, this.#line, delimiters)
    while (!orUnreadable(() => found.find(this.bytes, this.#ended))) await this.#more()
    return found
  }

  /** Finds rows in the buffer, without reading more, for the given delimiters. Leaves out an endless row. */
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

  /** Drops `count` lines, whatever they contain. */
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

  /** Returns the start of the next line; -1 if it is not in the buffer. */
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
