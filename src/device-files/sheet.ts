import { allowedCodes, type Fault, FaultList } from './faults.ts'
import { type FieldName, fields } from './fields.ts'
import { refuseOtherZip } from './foreign.ts'
import type { Header } from './header.ts'
import { Inspection } from './inspection.ts'
import type { Finding, Note } from './notes.ts'
import type { RowSource, Rows } from './rows.ts'
import { rowsOf } from './rows-of.ts'
import {
  chosenSheet,
  namedSheets,
  type Opened,
  orNotXlsx,
  readOrNotXlsx,
  type SheetOptions,
} from './sheet-choice.ts'
import { UnreadableFile } from './unreadable.ts'
import { openWorkbook, type Workbook } from './xlsx-package.ts'
import { type CellFault, type SheetRow, sheetRows } from './xlsx-rows.ts'

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
    hasBom: true,
    chunks: chunks(),
    share: () => share,
    findings: () => mergeFindings(inspections.flatMap((inspection) => inspection.findings())),
  }

  async function* chunks(): AsyncGenerator<Rows> {
    for (const [at, opened] of read.entries()) {
      const order = opened.header.columns.map((name) => columns.indexOf(name))
      const isReordered = at > 0 && order.some((place, i) => place !== i)
      const sheet = read.length > 1 ? opened.sheet.name : undefined
      const tell = (now: number) => {
        share = (at + now) / read.length
      }
      for (const some of chunksOf(rowsBelow(book, opened, options, tell), options.chunkRows)) {
        const rows = rowsOfSheet(some, opened.header, sheet, inspections[at]!)
        if (rows.count > 0)
          yield isReordered ? { ...rows, cells: (entry) => inOrder(rows.cells(entry), order) } : rows
      }
    }
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

function* chunksOf(rows: Iterable<SheetRow>, size: number): Generator<readonly SheetRow[]> {
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
  return inspection.inspect({ ...rows, cells, ...(sheet !== undefined && { sheet: () => sheet }) })
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
function mergeFindings(findings: readonly Finding[]): Finding[] {
  const all = new Map<string, Finding>()
  for (const finding of findings) {
    const key = `${finding.code} ${finding.field}`
    const known = all.get(key)
    all.set(key, known === undefined ? finding : { ...known, count: known.count + finding.count })
  }
  return [...all.values()]
}
