import type { Column } from '../lib/columns.ts'
import { allowedCodes, type Fault, FaultList } from './faults.ts'
import { type FieldName, fields } from './fields.ts'
import { isZip, refuseOtherZip } from './foreign.ts'
import type { Header } from './header.ts'
import { type Inflate, inflateHere } from './inflate.ts'
import { Inspection } from './inspection.ts'
import type { Finding, Note } from './notes.ts'
import type { RowSource, Rows } from './rows.ts'
import {
  asNotXlsx,
  chosenSheet,
  namedSheets,
  type Opened,
  orNotXlsx,
  type SheetOptions,
} from './sheet-choice.ts'
import { UnreadableFile } from './unreadable.ts'
import type { CellFault, SheetRow } from './xlsx-cells.ts'
import { openWorkbook, type Workbook } from './xlsx-package.ts'
import { type SheetChunk, sheetChunks } from './xlsx-rows.ts'
import { zipEntries } from './zip.ts'

export interface XlsxOptions extends SheetOptions {
  /** Decompresses the parts of the file; on this thread if undefined. */
  readonly inflate?: Inflate | undefined
}

const causeOf = (file: Uint8Array) =>
  isZip(file) ? 'its end is missing; it was copied or downloaded in part' : 'it is no ZIP archive'

/**
 * Reads the named sheets of an XLSX file, or the only visible sheet with devices. Memory holds the file and
 * each distinct text once; rows are decompressed on demand. A row's line is its number in the sheet.
 * @throws UnreadableFile
 */
export async function readXlsx(file: Uint8Array, options: XlsxOptions): Promise<RowSource> {
  const entries = zipEntries(file)
  if (entries === undefined) throw new UnreadableFile({ code: 'NotXlsx', cause: causeOf(file) })
  refuseOtherZip(entries)
  const { inflate = inflateHere } = options
  const book = await orNotXlsx(openWorkbook({ fileBytes: file.length, entries, inflate }))
  const names = book.sheets.map(({ name }) => name)
  const { read, notes } = options.sheets?.length
    ? { read: await namedSheets(book, options), notes: [] }
    : await chosenSheet(book, options)
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
    ({ header }) =>
      new Inspection({
        columns: header.columns,
        places: header.places,
        hasHeader: header.isThere,
        chosen: options.map,
        isTyped: true,
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
      for await (const some of chunksOf(book, opened, options, tell)) {
        const rows = rowsOfSheet(some, opened.header, sheet, inspections[at]!)
        if (rows.count > 0)
          yield isReordered ? { ...rows, cells: (entry) => inOrder(rows.cells(entry), order) } : rows
      }
      inspections[at]!.end()
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
async function* chunksOf(
  book: Workbook,
  { sheet, header, numbers }: Opened,
  { skipLines = 0, chunkRows: size }: SheetOptions,
  share: (share: number) => void,
): AsyncGenerator<SheetChunk> {
  const below = numbers[header.skipped + (header.isThere ? 1 : 0)] ?? Number.POSITIVE_INFINITY
  const shape = {
    places: header.places,
    width: header.columns.length,
    from: Math.max(below, skipLines + 1),
    size,
  }
  try {
    yield* sheetChunks(book, sheet, shape, share)
  } catch (error) {
    throw asNotXlsx(error)
  }
}

function rowsOfSheet(
  chunk: SheetChunk,
  { columns, places, isThere }: Header,
  sheet: string | undefined,
  inspection: Inspection,
): Rows {
  const faults = new FaultList()
  const width = columns.length
  const fieldAt = (column: number) => fields.find((field) => places[field] === column)!
  for (const entry of chunk.hidden) faults.add(entry, { code: 'HiddenRow' })
  for (const [entry, { cells }] of chunk.parsed)
    if (cells.length > width)
      faults.add(entry, { code: 'RaggedRow', cells: cells.length, wanted: width, hasHeader: isThere })
  for (const { entry, column, fault } of chunk.faults) faults.add(entry, faultOf(fault, fieldAt(column)))
  for (const { number, column } of chunk.shown) inspection.shownByFormat(fieldAt(column), number)
  const { count, bytes, values, numbers } = chunk
  const [DeviceName, DeviceSecret, Sn] = values.map((value) => ({ bytes, ...value })) as [
    Column,
    Column,
    Column,
  ]
  return inspection.inspect({
    count,
    members: { DeviceName, DeviceSecret, Sn },
    discarded: 0,
    line: (entry) => numbers[entry]!,
    cells: (entry) => cellsOf(chunk.row(entry), width),
    faults: faults.all(),
    ...(sheet !== undefined && { sheet: () => sheet }),
  })
}

/** Maximum number of cells kept beyond the last column. */
const surplusMax = 50

/** Builds the cells of a row on demand, because a sheet may have 16,384 columns. */
function cellsOf({ cells }: SheetRow, width: number): string[] {
  const all: string[] = []
  const end = Math.max(width, Math.min(cells.length, width + surplusMax))
  for (let column = 0; column < end; column++) all.push(cells[column] ?? '')
  return all
}

/** Converts a cell's fault to a fault of its field; omits the values of a secret. */
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

/** Merges the findings of several sheets. */
function mergeFindings(findings: readonly Finding[]): Finding[] {
  const all = new Map<string, Finding>()
  for (const finding of findings) {
    const key = `${finding.code} ${finding.field}`
    const known = all.get(key)
    all.set(key, known === undefined ? finding : { ...known, count: known.count + finding.count })
  }
  return [...all.values()]
}
