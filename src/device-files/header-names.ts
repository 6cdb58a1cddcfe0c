import { type Column, textAt } from '../lib/columns.ts'
import { allNames, knownName } from './column-names.ts'

/** Detects column names among the rows. Comparing three bytes rules out nearly all values. */
export class HeaderNames {
  readonly #own: ReadonlySet<string>
  /** By last byte and length. */
  readonly #lengths = new Uint8Array(256 * 64)
  /** By first and last byte. */
  readonly #ends = new Uint8Array(256 * 256)

  constructor(columns: readonly string[]) {
    this.#own = new Set(columns)
    const encoder = new TextEncoder()
    for (const name of [...allNames, ...columns.filter((column) => column !== '')])
      for (const written of [name, name.toLowerCase(), name.toUpperCase(), `*${name}`, `\ufeff${name}`]) {
        const bytes = encoder.encode(written)
        const last = bytes.at(-1)!
        this.#ends[256 * bytes[0]! + last] = 1
        // Words may be separated by spaces or underscores.
        for (let length = bytes.length; length < Math.min(64, bytes.length + 4); length++)
          this.#lengths[64 * last + length] = 1
      }
  }

  /** Returns the entries whose value is a column name. */
  among(column: Column, count: number): number[] {
    const { bytes, start, length } = column
    const lengths = this.#lengths
    const ends = this.#ends
    const found: number[] = []
    for (let entry = 0; entry < count; entry++) {
      const size = length[entry]!
      if (size <= 0 || size >= 64) continue
      const from = start[entry]!
      const last = bytes[from + size - 1]!
      if (lengths[64 * last + size] === 0 || ends[256 * bytes[from]! + last] === 0) continue
      const text = textAt(column, entry)!
        .replace(/^\ufeff/, '')
        .trim()
      if (this.#own.has(text) || knownName(text) !== undefined) found.push(entry)
    }
    return found
  }
}
