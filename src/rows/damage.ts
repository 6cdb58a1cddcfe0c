import { type Column, textAt } from '../lib/columns.ts'
import { unusual } from '../lib/kinds.ts'
import { type FieldName, fields, parameters } from './fields.ts'
import type { Damage } from './notes.ts'
import type { Rows } from './rows.ts'
import { notDigits } from './scan.ts'

/** Rows of a portion by which it is told whether a column is one of digits. */
const sampled = 1000
/** Shorter numbers are counters: 1 to 1000 differ in length, and have lost nothing. */
const digitsMin = 6
const longest = 64

const zero = 0x30
const nine = 0x39
const apostrophe = 0x27
const rounded = /^[+-]?\d(\.\d+)?E\+?\d+$/i

interface Seen {
  count: number
  line: number
}

/** Looks for what spreadsheets do to values, in the columns of the fields. */
export class DamageFound {
  readonly #columns = fields.map((field) => new ColumnDamage(field))

  /** Looks at a portion; what is found is told by `all`. */
  look(rows: Rows): void {
    for (const column of this.#columns) column.look(rows)
  }

  /** A number of a field is read with zeros that only its format shows. */
  zerosShown(field: FieldName, line: number): void {
    this.#columns[fields.indexOf(field)]!.note('ShownZeros', line)
  }

  all(): readonly Damage[] {
    return this.#columns.flatMap((column) => column.all())
  }
}

class ColumnDamage {
  readonly #field: FieldName
  readonly #seen = new Map<Damage['code'], Seen>()
  /** Values of digits alone by their length. */
  readonly #ofLength = new Float64Array(longest + 1)
  readonly #firstLine = new Float64Array(longest + 1)
  #mayHaveLostZeros = true

  constructor(field: FieldName) {
    this.#field = field
  }

  note(code: Damage['code'], line: number): void {
    const seen = this.#seen.get(code)
    if (seen === undefined) this.#seen.set(code, { count: 1, line })
    else seen.count++
  }

  look(rows: Rows): void {
    const column = rows.members[parameters[this.#field]]
    this.#lookForMarks(rows, column)
    if (this.#mayHaveLostZeros) this.#lookForDigits(rows, column)
  }

  /** What no legal value can be or begin with; so where kinds are known, few values are looked at. */
  #lookForMarks(rows: Rows, column: Column): void {
    const { bytes, start, length, kinds } = column
    for (let entry = 0; entry < rows.count; entry++) {
      if (kinds !== undefined && (kinds[entry]! & unusual) === 0) continue
      const size = length[entry]!
      if (size < 2) continue
      const first = bytes[start[entry]!]!
      if (first === apostrophe) {
        if (isDigit(bytes[start[entry]! + 1]!)) this.note('Apostrophe', rows.line(entry))
      } else if (size >= 4 && size <= 32 && (isDigit(first) || first === 0x2d || first === 0x2b)) {
        if (rounded.test(textAt(column, entry)!)) this.note('RoundedNumber', rows.line(entry))
      }
    }
  }

  #lookForDigits(rows: Rows, { bytes, start, length, kinds }: Column): void {
    let values = 0
    let numbers = 0
    for (let entry = 0; entry < rows.count; entry++) {
      const size = length[entry]!
      if (size <= 0) continue
      values++
      const from = start[entry]!
      const isNumber =
        kinds === undefined ? areDigits(bytes, from, from + size) : (kinds[entry]! & notDigits) === 0
      if (isNumber && size <= longest) {
        numbers++
        // Where one zero was kept, the column was text.
        if (bytes[from] === zero && size > 1) this.#mayHaveLostZeros = false
        if (this.#ofLength[size]!++ === 0) this.#firstLine[size] = rows.line(entry)
      }
      if (values === sampled && 2 * numbers < values) this.#mayHaveLostZeros = false
      if (!this.#mayHaveLostZeros) return
    }
    if (2 * numbers < values) this.#mayHaveLostZeros = false
  }

  all(): Damage[] {
    const found = [...this.#seen].map(([code, { count, line }]) => ({
      code,
      field: this.#field,
      line,
      count,
    }))
    const lost = this.#lostZeros()
    return lost === undefined ? found : [...found, lost]
  }

  #lostZeros(): Damage | undefined {
    if (!this.#mayHaveLostZeros) return undefined
    const most = this.#ofLength.findLastIndex((count) => count > 0)
    if (most < digitsMin) return undefined
    let count = 0
    let line = Number.POSITIVE_INFINITY
    for (let length = 1; length < most; length++) {
      if (this.#ofLength[length] === 0) continue
      count += this.#ofLength[length]!
      line = Math.min(line, this.#firstLine[length]!)
    }
    if (count === 0 || count >= this.#ofLength[most]!) return undefined
    return { code: 'LostLeadingZeros', field: this.#field, line, count }
  }
}

const isDigit = (byte: number) => byte >= zero && byte <= nine

function areDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isDigit(bytes[i]!)) return false
  return true
}
