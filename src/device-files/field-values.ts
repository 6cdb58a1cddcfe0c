import { textAt } from '../lib/columns.ts'
import type { Fault, FaultList } from './faults.ts'
import { type FieldName, parameters } from './fields.ts'
import type { Finding } from './notes.ts'
import type { Rows } from './rows.ts'
import { notDigits } from './scan.ts'
import {
  artifactOf,
  type ColumnFacts,
  factsOf,
  isPlaceholder,
  isRoundedNumber,
  spreadsheetDigits,
} from './spreadsheet-artifacts.ts'

/** Devices with one secret that are worth a word. */
const sameMin = 3

const zero = 0x30
const nine = 0x39
const isDigit = (byte: number) => byte >= zero && byte <= nine

/** The values of one field's column. */
export class FieldValues {
  readonly field: FieldName
  readonly #facts: ColumnFacts
  readonly #allowed: ReadonlySet<string>
  /** The secret that most of the first devices have. */
  readonly #common: Uint8Array
  #same = { line: 0, count: 0 }

  constructor(field: FieldName, sample: readonly string[], allowed: ReadonlySet<string>) {
    this.field = field
    this.#facts = factsOf(sample)
    this.#allowed = allowed
    const common = field === 'secret' ? mostCommon(sample) : ''
    this.#common = new TextEncoder().encode(isPlaceholder(common) ? '' : common)
  }

  inspect(rows: Rows, found: FaultList): void {
    const column = rows.members[parameters[this.field]]
    const { bytes, start, length, kinds } = column
    const { usualDigits, isRounded } = this.#facts
    const mayHaveArtifact = !this.#allowed.has('DamagedNumber')
    const mayBePlaceholder = !this.#allowed.has('Placeholder')
    for (let entry = 0; entry < rows.count; entry++) {
      const size = length[entry]!
      if (size <= 0) continue
      const from = start[entry]!
      if (this.#common.length === size && this.#isCommon(bytes, from)) {
        if (this.#same.count++ === 0) this.#same.line = rows.line(entry)
      }
      const areDigits =
        kinds === undefined ? areAllDigits(bytes, from, from + size) : (kinds[entry]! & notDigits) === 0
      if (areDigits) {
        if (!mayHaveArtifact || (size >= usualDigits && size <= spreadsheetDigits)) continue
        if (size < usualDigits) this.#add(found, entry, { kind: 'lostZeros' })
        else if (isRounded && isRoundedNumber(textAt(column, entry)!))
          this.#add(found, entry, { kind: 'tooManyDigits' })
        continue
      }
      if (size > 24) continue
      if (mayBePlaceholder && size <= 12 && placeholderStarts[bytes[from]!] === 1) {
        const text = textAt(column, entry)!
        if (isPlaceholder(text, this.field === 'name'))
          found.add(entry, { code: 'Placeholder', field: this.field, text })
      }
      if (mayHaveArtifact && mayBeArtifact(bytes, from, from + size)) {
        const kind = artifactOf(textAt(column, entry)!)
        if (kind !== undefined) this.#add(found, entry, { kind })
      }
    }
  }

  #add(found: FaultList, entry: number, artifact: Pick<Extract<Fault, { code: 'DamagedNumber' }>, 'kind'>) {
    found.add(entry, { code: 'DamagedNumber', field: this.field, ...artifact })
  }

  #isCommon(bytes: Uint8Array, from: number): boolean {
    for (let i = 0; i < this.#common.length; i++) if (bytes[from + i] !== this.#common[i]) return false
    return true
  }

  sameSecret(): Finding | undefined {
    const { line, count } = this.#same
    return count >= sameMin ? { code: 'SameSecret', field: 'secret', line, count } : undefined
  }
}

const placeholderStarts = Uint8Array.from({ length: 256 }, (_, byte) =>
  'nNuU-(<\\#tTsSgGcCaA'.includes(String.fromCharCode(byte)) ? 1 : 0,
)

/** Whether a text may be a number or a date that a program has damaged, by a few of its bytes. */
function mayBeArtifact(bytes: Uint8Array, from: number, end: number): boolean {
  const first = bytes[from]!
  const last = bytes[end - 1]!
  if (!isDigit(last)) return end - from <= 6 && isDigit(first)
  if (!isDigit(first) && first !== 0x2b && first !== 0x2d) return end - from === 6 && bytes[end - 3] === 0x2d
  if (bytes[end - 2] === 0x2e || (last === zero && bytes[end - 2] === zero)) return true
  for (let at = Math.max(from, end - 5); at < end - 1; at++) if ((bytes[at]! | 0x20) === 0x65) return true
  return end - from <= 11 && (bytes[from + 1] === 0x2d || bytes[from + 2] === 0x2d)
}

function areAllDigits(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isDigit(bytes[i]!)) return false
  return true
}

function mostCommon(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let common = ''
  let most = 1
  for (const [value, count] of counts) if (count > most) [common, most] = [value, count]
  return common
}
