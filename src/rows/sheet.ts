import { namedIn } from './column-names.ts'
import type { ChosenColumns } from './columns.ts'
import { type Allowance, allowedCodes, type Fault, FaultList } from './faults.ts'
import { type FieldName, fields } from './fields.ts'
import { refuseOtherZip } from './foreign.ts'
import { type Header, headerIn } from './header.ts'
import { Inspection } from './inspection.ts'
import type { Finding, Note } from './notes.ts'
import type { RowSource, Rows } from './rows.ts'
import { rowsOf } from './rows-of.ts'
import { UnreadableFile } from './unreadable.ts'
import { openWorkbook, type Sheet, type Workbook } from './xlsx-package.ts'
import { type CellFault, type SheetRow, sheetRows } from './xlsx-rows.ts'

export interface SheetOptions {
  readonly map: ChosenColumns
  readonly header?: boolean | undefined
  /** Rows at the beginning of each sheet that are left out. */
  readonly skipLines?: number | undefined
  /** The sheets that are read, one behind the other. */
  readonly sheets?: readonly string[] | undefined
  readonly allow?: readonly Allowance[] | undefined
  readonly mayLack?: boolean | undefined
  readonly size: number
}

/** Rows of a sheet that are looked at before the first is given on. */
const sampleRows = 200

/**
 * Reads the sheets of an XLSX file that are named, or the one visible sheet that holds devices. The file itself is in
 * memory, and each text that is in it once; its rows are unpacked as they are asked for. A row's line is its number in
 * the sheet.
 * @throws UnreadableFile
 */
export async function readXlsx(file: Uint8Array, options: SheetOptions): Promise<RowSource> {
  const isWhole = refuseOtherZip(file)
  const book = orNotXlsx(() => openWorkbook(file), isWhole)
  const names = book.sheets.map(({ name }) => name)
  const { read, notes } = options.sheets?.length
    ? { read: namedSheets(book, options), notes: [] }
    : chosenSheet(book, options)
  const first = read[0]!
  const { columns, places, isThere, mayBeDevice } = first.header
  for (const { header, sheet } of read.slice(1))
    if (!hasSameColumns(header, first.header))
      throw new UnreadableFile({
        code: 'OtherColumns',
        sheet: sheet.name,
        first: first.sheet.name,
        sheets: names,
      })
  let share = 0
  const inspections = read.map(
    ({ header, sample }) =>
      new Inspection({
        columns: header.columns,
        places: header.places,
        hasHeader: header.isThere,
        chosen: options.map,
        sample: sample.slice(header.skipped + (header.isThere ? 1 : 0)),
        allowed: allowedCodes(options.allow),
      }),
  )
  return {
    columns,
    places,
    mayBeDevice,
    recognised: () => ({
      format: 'xlsx',
      hasHeader: isThere,
      sheets: names,
      read: read.map(({ sheet }) => sheet.name),
    }),
    notes: [...notes, ...hiddenColumnsOf(first), ...first.header.notes],
    wasMarked: true,
    portions: portions(),
    share: () => share,
    findings: () => together(inspections.flatMap((inspection) => inspection.findings())),
  }

  async function* portions(): AsyncGenerator<Rows> {
    for (const [at, opened] of read.entries()) {
      const order = opened.header.columns.map((name) => columns.indexOf(name))
      const isReordered = at > 0 && order.some((place, i) => place !== i)
      const sheet = read.length > 1 ? opened.sheet.name : undefined
      const tell = (now: number) => {
        share = (at + now) / read.length
      }
      for (const some of portionsOf(rowsBelow(book, opened, options, tell), options.size)) {
        const rows = rowsOfSheet(some, opened.header, sheet, inspections[at]!)
        if (rows.count > 0)
          yield isReordered ? { ...rows, cells: (entry) => inOrder(rows.cells(entry), order) } : rows
      }
    }
  }
}

/** A sheet of which the first rows were looked at. */
interface Opened {
  readonly sheet: Sheet
  readonly header: Header
  readonly sample: readonly (readonly string[])[]
  /** The row that the first of the sample is. */
  readonly numbers: readonly number[]
  readonly hiddenColumns: ReadonlySet<number>
}

function openSheet(book: Workbook, sheet: Sheet, options: SheetOptions): Opened {
  const hiddenColumns = new Set<number>()
  const first: SheetRow[] = []
  const rows = orNotXlsx(() =>
    sheetRows(book, sheet, { hiddenColumns: (from, to) => addAll(hiddenColumns, from, to) }),
  )
  for (const row of readOrNotXlsx(rows)) {
    if (row.number <= (options.skipLines ?? 0)) continue
    first.push(row)
    if (first.length === sampleRows) break
  }
  const names = book.sheets.map(({ name }) => name)
  if (first.length === 0) throw new UnreadableFile({ code: 'EmptySheet', sheet: sheet.name, sheets: names })
  const sample = first.map(({ cells }) => Array.from(cells, (cell) => cell ?? ''))
  const numbers = first.map(({ number }) => number)
  const header = ofSheet(sheet.name, names, () =>
    headerIn({ rows: sample, line: (row) => numbers[row]! }, options),
  )
  return { sheet, header, sample, numbers, hiddenColumns }
}

function addAll(columns: Set<number>, from: number, to: number): void {
  for (let column = from; column <= Math.min(to, 16_383); column++) columns.add(column)
}

function namedSheets(book: Workbook, options: SheetOptions): Opened[] {
  return options.sheets!.map((name) => {
    const sheet = book.sheets.find((it) => it.name === name)
    if (sheet === undefined)
      throw new UnreadableFile({ code: 'NoSuchSheet', sheet: name, sheets: book.sheets.map((it) => it.name) })
    return openSheet(book, sheet, options)
  })
}

/** The one visible sheet that holds devices; where none seems to, the first, so that it is told what it lacks. */
function chosenSheet(
  book: Workbook,
  options: SheetOptions,
): { read: readonly Opened[]; notes: readonly Note[] } {
  const names = book.sheets.map(({ name }) => name)
  const visible = book.sheets.filter(({ isHidden }) => !isHidden)
  const [first] = visible
  if (first === undefined) throw new UnreadableFile({ code: 'AmbiguousSheet', fitting: names, sheets: names })
  const fitting = fittingOf(book, visible, options)
  const hidden = fittingOf(
    book,
    book.sheets.filter(({ isHidden }) => isHidden),
    options,
  )
  if (fitting.length > 1)
    throw new UnreadableFile({
      code: 'AmbiguousSheet',
      fitting: fitting.map(({ name }) => name),
      sheets: names,
    })
  const sheet = fitting[0] ?? first
  const notes: Note[] = []
  if (names.length > 1) notes.push({ code: 'ChosenSheet', sheet: sheet.name, sheets: names })
  if (hidden.length > 0) notes.push({ code: 'HiddenSheets', sheets: hidden.map(({ name }) => name) })
  return { read: [openSheet(book, sheet, options)], notes }
}

/** The sheets that hold devices: those that have a header, or if none has, those whose first row may be a device. */
function fittingOf(book: Workbook, sheets: readonly Sheet[], options: SheetOptions): Sheet[] {
  if (book.sheets.length === 1) return [...sheets]
  const kinds = sheets.map((sheet) => fitOf(book, sheet, options))
  const named = sheets.filter((_, i) => kinds[i] === 'header')
  return named.length > 0 ? named : sheets.filter((_, i) => kinds[i] === 'device')
}

function fitOf(book: Workbook, sheet: Sheet, options: SheetOptions): 'header' | 'device' | undefined {
  try {
    const { header, sample } = openSheet(book, sheet, { ...options, mayLack: false })
    // A sheet with a header alone is a form, not a list.
    if (header.isThere)
      return sample.length > header.skipped + 1 && namedIn(header.columns) > 0 ? 'header' : undefined
    return 'device'
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return /^Ambiguous/.test(error.code) ? 'header' : undefined
  }
}

const hasSameColumns = (one: Header, other: Header) =>
  one.isThere === other.isThere &&
  one.columns.length === other.columns.length &&
  (one.columns.every((name, i) => name === other.columns[i]) ||
    (new Set(one.columns).size === one.columns.length &&
      one.columns.every((name) => other.columns.includes(name)) &&
      fields.every((field) => one.columns[one.places[field]] === other.columns[other.places[field]])))

function hiddenColumnsOf({ header, hiddenColumns }: Opened): Note[] {
  const columns = fields
    .map((field) => header.places[field])
    .filter((place) => hiddenColumns.has(place))
    .map((place) => header.columns[place]!)
  return columns.length === 0 ? [] : [{ code: 'HiddenColumns', columns }]
}

/** The rows below the header. */
function* rowsBelow(
  book: Workbook,
  { sheet, header, numbers }: Opened,
  { skipLines = 0 }: SheetOptions,
  share: (share: number) => void,
): Generator<SheetRow> {
  const from = numbers[header.skipped + (header.isThere ? 1 : 0)] ?? Number.POSITIVE_INFINITY
  for (const row of readOrNotXlsx(sheetRows(book, sheet, { share })))
    if (row.number >= from && row.number > skipLines) yield row
}

function* portionsOf(rows: Iterable<SheetRow>, size: number): Generator<readonly SheetRow[]> {
  let some: SheetRow[] = []
  for (const row of rows) {
    some.push(row)
    if (some.length < size) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}

function rowsOfSheet(
  some: readonly SheetRow[],
  { columns, places, isThere }: Header,
  sheet: string | undefined,
  inspection: Inspection,
): Rows {
  const faults = new FaultList()
  const width = columns.length
  const values = some.map((row, entry) => {
    if (row.isHidden) faults.add(entry, { code: 'HiddenRow' })
    const filled = row.cells.length
    if (filled > width)
      faults.add(entry, { code: 'RaggedRow', cells: filled, wanted: width, hasHeader: isThere })
    if (row.faults !== undefined)
      for (const field of fields) {
        const fault = row.faults.get(places[field])
        if (fault !== undefined) faults.add(entry, faultOf(fault, field))
      }
    return fields.map((field) => row.cells[places[field]] ?? '')
  })
  for (const { shown, number } of some)
    if (shown !== undefined)
      for (const field of fields) if (shown.includes(places[field])) inspection.shownByFormat(field, number)
  const rows = rowsOf(values, (entry) => some[entry]!.number, inOrderOfFields, faults.all())
  const cells = (entry: number) => cellsOf(some[entry]!, width)
  return inspection.look({ ...rows, cells, ...(sheet !== undefined && { sheet: () => sheet }) })
}

const inOrderOfFields = { name: 0, secret: 1, sn: 2 } as const

/** Cells beyond the columns that are kept of a row. */
const surplusMax = 50

/** The cells of a row, made only where they are asked for: a sheet may have sixteen thousand columns. */
function cellsOf({ cells }: SheetRow, width: number): string[] {
  const all: string[] = []
  const end = Math.max(width, Math.min(cells.length, width + surplusMax))
  for (let column = 0; column < end; column++) all.push(cells[column] ?? '')
  return all
}

/** What a cell's fault is of a field; what shows or holds a secret is left out. */
function faultOf(fault: CellFault, field: FieldName): Fault {
  if (fault.code !== 'DamagedNumber' || field !== 'secret') return { ...fault, field }
  return { code: fault.code, kind: fault.kind, field }
}

const inOrder = (cells: readonly string[], order: readonly number[]) => {
  const ordered: string[] = []
  cells.forEach((cell, i) => {
    ordered[order[i] ?? i] = cell
  })
  return ordered
}

/** Findings of several sheets as those of one file. */
function together(findings: readonly Finding[]): Finding[] {
  const all = new Map<string, Finding>()
  for (const finding of findings) {
    const key = `${finding.code} ${finding.field}`
    const known = all.get(key)
    all.set(key, known === undefined ? finding : { ...known, count: known.count + finding.count })
  }
  return [...all.values()]
}

/** Has columns that are not known tell the sheets, too, where there are several: another one may be meant. */
function ofSheet<T>(sheet: string, sheets: readonly string[], look: () => T): T {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof UnreadableFile && error.why.code === 'UnknownColumn' && sheets.length > 1))
      throw error
    throw new UnreadableFile({ ...error.why, among: { sheet, sheets } })
  }
}

function orNotXlsx<T>(work: () => T, isWhole = true): T {
  try {
    return work()
  } catch (error) {
    if (isWhole) throw asNotXlsx(error)
    throw new UnreadableFile({
      code: 'NotXlsx',
      cause: 'its end is missing; it was copied or downloaded in part',
    })
  }
}

function* readOrNotXlsx(rows: Generator<SheetRow>): Generator<SheetRow> {
  try {
    yield* rows
  } catch (error) {
    throw asNotXlsx(error)
  }
}

const asNotXlsx = (error: unknown) =>
  error instanceof UnreadableFile
    ? error
    : new UnreadableFile({ code: 'NotXlsx', cause: (error as Error).message })
