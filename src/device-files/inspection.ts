import { namedIn } from './column-names.ts'
import { type ChosenColumns, endsAsReport, type Places, placeColumns } from './columns.ts'
import { FaultList, noFaults } from './faults.ts'
import { FieldValues } from './field-values.ts'
import { type FieldName, fields, parameters } from './fields.ts'
import { HeaderNames } from './header-names.ts'
import type { Finding } from './notes.ts'
import type { Rows } from './rows.ts'
import { withoutRows } from './rows-without.ts'
import { UnreadableFile } from './unreadable.ts'

/** The input of an inspection. */
export interface Inspected {
  readonly columns: readonly string[]
  readonly places: Places
  readonly hasHeader: boolean
  readonly chosen: ChosenColumns
  /** Whether the file distinguishes texts from numbers. */
  readonly isTyped: boolean
  /** The codes of the allowed faults. */
  readonly allowed: ReadonlySet<string>
}

/** The code by which a report lists a row that was changed. */
export const fixedCode = 'Fixed'

/** Column names for the product of each device. */
const productKey = /^(product[ _-]?key|产品[ _-]?key|产品标识)$/i

/** Error codes of a report that can't be detected again from the cells. */
const lasting =
  /^(RaggedRow|StrayQuote|SwallowedRows|OtherHeader|HiddenRow|RepeatedMember|DamagedNumber|NotText|NotMended)$/

/**
 * Inspects the rows chunk by chunk: for changes made by spreadsheets and programs, for repeated headers, and
 * for uncorrected rows of a report.
 */
export class Inspection {
  readonly #file: Inspected
  readonly #values: readonly FieldValues[]
  readonly #headers: HeaderNames
  readonly #isReport: boolean
  /** The ProductKey column; -1 if there is none or several products are allowed. */
  readonly #productPlace: number
  #product = ''
  readonly #findings = new Map<
    string,
    { code: Finding['code']; field?: FieldName; line: number; count: number }
  >()
  #otherHeader: number | undefined

  constructor(file: Inspected) {
    this.#file = file
    this.#values = fields
      .filter((field) => file.places[field] >= 0)
      .map((field) => new FieldValues(field, file.isTyped, file.allowed))
    this.#headers = new HeaderNames(file.hasHeader ? file.columns : [])
    this.#isReport = endsAsReport(file.columns)
    this.#productPlace = file.allowed.has('AmbiguousProducts')
      ? -1
      : file.columns.findIndex((name) => productKey.test(name))
  }

  /** Adds faults to the rows and drops repeated headers. */
  inspect(rows: Rows): Rows {
    const found = new FaultList()
    for (const [entry, faults] of rows.faults)
      for (const fault of faults) if (!this.#file.allowed.has(fault.code)) found.add(entry, fault)
    const headers = [...this.#lookForHeaders(rows, found), ...this.#lookForFixed(rows)]
    for (const values of this.#values) values.inspect(rows, found)
    if (this.#isReport) this.#lookForUnmended(rows, found)
    if (this.#productPlace >= 0) this.#lookForProducts(rows, headers, found)
    const faults = found.all()
    if (headers.length > 0) return withoutRows({ ...rows, faults }, headers)
    return faults === noFaults && rows.faults === noFaults ? rows : { ...rows, faults }
  }

  /**
   * Finishes the inspection. @throws UnreadableFile if the last rows show that rows already returned are
   * damaged
   */
  end(): void {
    for (const values of this.#values) values.end()
  }

  /** Counts numbers that are read as their format displays them. */
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

  /** @returns the entries that repeat the first header */
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
      allowMissing: true,
    })
    return fields.every((field) => other.places[field] === places[field]) ? 'same' : 'other'
  }

  /** Rows that a report lists because a fix changed them, and for no fault: they were imported, or will be. */
  #lookForFixed(rows: Rows): number[] {
    if (!this.#isReport) return []
    const place = this.#file.columns.length - 2
    const fixed: number[] = []
    for (let entry = 0; entry < rows.count; entry++) {
      const codes = (rows.cells(entry)[place] ?? '').split(' | ')
      if (!codes.every((code) => code === fixedCode)) continue
      fixed.push(entry)
      this.#note('FixedBefore', rows.line(entry))
    }
    return fixed
  }

  #lookForProducts(rows: Rows, headers: readonly number[], found: FaultList): void {
    const faulty = found.all()
    for (let entry = 0; entry < rows.count; entry++) {
      const product = rows.cells(entry)[this.#productPlace]?.trim() ?? ''
      if (product === '' || product === this.#product || headers.includes(entry) || faulty.has(entry))
        continue
      if (this.#product !== '') {
        const products = [this.#product, product] as const
        throw new UnreadableFile({ code: 'AmbiguousProducts', line: rows.line(entry), products })
      }
      this.#product = product
    }
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
