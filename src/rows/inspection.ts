import { type Column, textAt } from '../lib/columns.ts'
import { allNames, knownName, namedIn } from './column-names.ts'
import { type ChosenColumns, endsAsReport, type Places, placeColumns } from './columns.ts'
import { type Fault, FaultList, noFaults } from './faults.ts'
import { type FieldName, fields, parameters } from './fields.ts'
import type { Finding } from './notes.ts'
import type { Rows } from './rows.ts'
import { notDigits } from './scan.ts'
import {
  type ColumnFacts,
  damageOf,
  digitsKept,
  factsOf,
  isPlaceholder,
  isRoundedNumber,
} from './text-damage.ts'

/** What is known of a file whose rows are inspected. */
export interface Inspected {
  readonly columns: readonly string[]
  readonly places: Places
  readonly hasHeader: boolean
  readonly chosen: ChosenColumns
  /** The first rows. */
  readonly sample: readonly (readonly string[])[]
  /** Codes of faults that are allowed. */
  readonly allowed: ReadonlySet<string>
}

/** Codes of a report whose fault is not seen any more in the cells that it has. */
const lasting =
  /^(RaggedRow|StrayQuote|SwallowedRows|OtherHeader|HiddenRow|RepeatedMember|DamagedNumber|NotText|NotMended)$/

/**
 * Looks at the rows of a file one portion after the other: for what spreadsheets and programs do to values, for
 * headers that stand among the rows, and for rows of a report that nobody has mended.
 */
export class Inspection {
  readonly #file: Inspected
  readonly #values: readonly ValuesOf[]
  readonly #headers: HeaderNames
  readonly #isReport: boolean
  readonly #findings = new Map<
    string,
    { code: Finding['code']; field?: FieldName; line: number; count: number }
  >()
  #otherHeader: number | undefined

  constructor(file: Inspected) {
    this.#file = file
    this.#values = fields
      .filter((field) => file.places[field] >= 0)
      .map((field) => new ValuesOf(field, valuesIn(file, field), file.allowed))
    this.#headers = new HeaderNames(file.hasHeader ? file.columns : [])
    this.#isReport = endsAsReport(file.columns)
  }

  /** The rows with their faults, and without those that repeat the header. */
  look(rows: Rows): Rows {
    const found = new FaultList()
    for (const [entry, faults] of rows.faults)
      for (const fault of faults) if (!this.#file.allowed.has(fault.code)) found.add(entry, fault)
    const headers = this.#lookForHeaders(rows, found)
    for (const values of this.#values) values.look(rows, found)
    if (this.#isReport) this.#lookForUnmended(rows, found)
    const faults = found.all()
    if (headers.length > 0) return without({ ...rows, faults }, headers)
    return faults === noFaults && rows.faults === noFaults ? rows : { ...rows, faults }
  }

  /** Numbers that are read as their format shows them. */
  shownByFormat(field: FieldName, line: number): void {
    this.#note('ShownByFormat', line, field)
  }

  findings(): readonly Finding[] {
    const secret = this.#values.find(({ field }) => field === 'secret')?.sameSecret()
    return [...this.#findings.values(), ...(secret === undefined ? [] : [secret])]
  }

  #note(code: Finding['code'], line: number, field?: FieldName): void {
    const key = `${code} ${field}`
    const known = this.#findings.get(key)
    if (known === undefined) this.#findings.set(key, { code, line, count: 1, ...(field && { field }) })
    else known.count++
  }

  /** @returns the entries that are headers like the first one */
  #lookForHeaders(rows: Rows, found: FaultList): number[] {
    const headers: number[] = []
    const entries = new Set(
      this.#values.flatMap(({ field }) => this.#headers.among(rows.members[parameters[field]], rows.count)),
    )
    let marked = 0
    const markUpTo = (end: number) => {
      for (; marked < end; marked++)
        if (this.#otherHeader !== undefined)
          found.add(marked, { code: 'OtherHeader', line: this.#otherHeader })
    }
    for (const entry of [...entries].sort((a, b) => a - b)) {
      const kind = this.#headerKind(rows.cells(entry))
      if (kind === undefined) continue
      markUpTo(entry)
      this.#otherHeader = kind === 'same' ? undefined : (this.#otherHeader ?? rows.line(entry))
      if (kind === 'other') continue
      headers.push(entry)
      this.#note('RepeatedHeader', rows.line(entry))
    }
    if (this.#otherHeader !== undefined) markUpTo(rows.count)
    return headers
  }

  #headerKind(cells: readonly string[]): 'same' | 'other' | undefined {
    const { columns, places, hasHeader, chosen } = this.#file
    const names = cells.map((cell) => cell.replace(/^\ufeff/, '').trim())
    const isEqual = (name: string, i: number) => (names[i] ?? '') === name
    if (hasHeader && columns.every(isEqual) && names.slice(columns.length).every((name) => name === ''))
      return 'same'
    if (namedIn(names) < 2) return undefined
    const numbers = Object.fromEntries(
      Object.entries(chosen).filter(([, column]) => column === null || names.includes(column!)),
    )
    const other = placeColumns({
      header: names,
      sample: [],
      chosen: numbers,
      mayBeDevice: false,
      mayLack: true,
    })
    return fields.every((field) => other.places[field] === places[field]) ? 'same' : 'other'
  }

  #lookForUnmended(rows: Rows, found: FaultList): void {
    const place = this.#file.columns.length - 2
    for (let entry = 0; entry < rows.count; entry++) {
      const codes = (rows.cells(entry)[place] ?? '').split(' | ')
      const was = codes.find((code) => lasting.test(code) && !this.#file.allowed.has(code))
      if (was !== undefined) found.add(entry, { code: 'NotMended', was })
    }
  }
}

const valuesIn = ({ sample, places }: Inspected, field: FieldName) =>
  sample.map((row) => row[places[field]] ?? '').filter((value) => value !== '')

/** The names of columns, as they may stand among the rows. Nearly all values are told apart by three of their bytes. */
class HeaderNames {
  readonly #own: ReadonlySet<string>
  /** By the last byte and the length. */
  readonly #lengths = new Uint8Array(256 * 64)
  /** By the first byte and the last. */
  readonly #ends = new Uint8Array(256 * 256)

  constructor(columns: readonly string[]) {
    this.#own = new Set(columns)
    const encoder = new TextEncoder()
    for (const name of [...allNames, ...columns.filter((column) => column !== '')])
      for (const written of [name, name.toLowerCase(), name.toUpperCase(), `*${name}`, `\ufeff${name}`]) {
        const bytes = encoder.encode(written)
        const last = bytes.at(-1)!
        this.#ends[256 * bytes[0]! + last] = 1
        // With spaces or underscores between words.
        for (let length = bytes.length; length < Math.min(64, bytes.length + 4); length++)
          this.#lengths[64 * last + length] = 1
      }
  }

  /** The entries whose value is the name of a column. */
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

/** Devices with one secret that are worth a word. */
const sameMin = 3

const zero = 0x30
const nine = 0x39
const isDigit = (byte: number) => byte >= zero && byte <= nine

/** The values of one field's column. */
class ValuesOf {
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

  look(rows: Rows, found: FaultList): void {
    const column = rows.members[parameters[this.field]]
    const { bytes, start, length, kinds } = column
    const { usualDigits, isRounded } = this.#facts
    const mayBeDamaged = !this.#allowed.has('DamagedNumber')
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
        if (!mayBeDamaged || (size >= usualDigits && size <= digitsKept)) continue
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
      if (mayBeDamaged && mayBeDamage(bytes, from, from + size)) {
        const kind = damageOf(textAt(column, entry)!)
        if (kind !== undefined) this.#add(found, entry, { kind })
      }
    }
  }

  #add(found: FaultList, entry: number, damage: Pick<Extract<Fault, { code: 'DamagedNumber' }>, 'kind'>) {
    found.add(entry, { code: 'DamagedNumber', field: this.field, ...damage })
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
function mayBeDamage(bytes: Uint8Array, from: number, end: number): boolean {
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

/** The rows but for some of them. */
function without(rows: Rows, entries: readonly number[]): Rows {
  const left = new Set(entries)
  const kept = Int32Array.from({ length: rows.count }, (_, entry) => entry).filter(
    (entry) => !left.has(entry),
  )
  const of = (column: Column): Column => ({
    bytes: column.bytes,
    start: kept.map((entry) => column.start[entry]!),
    length: kept.map((entry) => column.length[entry]!),
    ...(column.kinds && { kinds: Uint8Array.from(kept, (entry) => column.kinds![entry]!) }),
  })
  const { DeviceName, DeviceSecret, Sn } = rows.members
  const faults = new Map<number, readonly Fault[]>()
  kept.forEach((entry, at) => {
    const known = rows.faults.get(entry)
    if (known !== undefined) faults.set(at, known)
  })
  return {
    count: kept.length,
    members: { DeviceName: of(DeviceName), DeviceSecret: of(DeviceSecret), Sn: of(Sn) },
    discarded: 0,
    line: (at) => rows.line(kept[at]!),
    ...(rows.sheet && { sheet: (at: number) => rows.sheet!(kept[at]!) }),
    cells: (at) => rows.cells(kept[at]!),
    faults,
  }
}
