import { namedIn, placeOfName } from './column-names.ts'
import type { ChosenColumns, ColumnChoice } from './columns.ts'
import type { Allowance } from './faults.ts'
import { type Header, headerIn } from './header.ts'
import type { Note } from './notes.ts'
import { UnreadableFile } from './unreadable.ts'
import type { Sheet, Workbook } from './xlsx-package.ts'
import { firstRows } from './xlsx-rows.ts'

export interface SheetOptions {
  readonly map: ChosenColumns
  readonly choice?: ColumnChoice | undefined
  readonly header?: boolean | undefined
  /** Number of rows to skip at the beginning of each sheet. */
  readonly skipLines?: number | undefined
  /** The sheets to read, in this order. */
  readonly sheets?: readonly string[] | undefined
  readonly allow?: readonly Allowance[] | undefined
  readonly allowMissing?: boolean | undefined
  readonly chunkRows: number
}

/** Rows of a sheet examined before the first is returned. */
const sampleRows = 200

/** A sheet whose first rows have been examined. */
export interface Opened {
  readonly sheet: Sheet
  readonly header: Header
  readonly sample: readonly (readonly string[])[]
  /** The row numbers of the sample. */
  readonly numbers: readonly number[]
  readonly hiddenColumns: ReadonlySet<number>
}

export async function openSheet(book: Workbook, sheet: Sheet, options: SheetOptions): Promise<Opened> {
  const hiddenColumns = new Set<number>()
  const wanted = { count: sampleRows, skip: options.skipLines ?? 0 }
  const first = await orNotXlsx(firstRows(book, sheet, wanted, (from, to) => addAll(hiddenColumns, from, to)))
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

export async function namedSheets(book: Workbook, options: SheetOptions): Promise<Opened[]> {
  const opened: Opened[] = []
  for (const name of options.sheets!) {
    const sheet = book.sheets.find((it) => it.name === name)
    if (sheet === undefined)
      throw new UnreadableFile({ code: 'NoSuchSheet', sheet: name, sheets: book.sheets.map((it) => it.name) })
    opened.push(await openSheet(book, sheet, options))
  }
  return opened
}

/**
 * Chooses the only visible sheet with devices. If no sheet seems to have any, it opens the first, so that the
 * error describes what that one lacks.
 */
export async function chosenSheet(
  book: Workbook,
  options: SheetOptions,
): Promise<{ read: readonly Opened[]; notes: readonly Note[] }> {
  const names = book.sheets.map(({ name }) => name)
  const visible = book.sheets.filter(({ isHidden }) => !isHidden)
  const [first] = visible
  if (first === undefined) throw new UnreadableFile({ code: 'AmbiguousSheet', fitting: names, sheets: names })
  const fitting = await fittingOf(book, visible, options)
  const hidden = await fittingOf(
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
  return { read: [await openSheet(book, sheet, options)], notes }
}

/**
 * Finds the sheets with devices: those with a header, or, if none has one, those whose first row may be a
 * device.
 */
async function fittingOf(book: Workbook, sheets: readonly Sheet[], options: SheetOptions): Promise<Sheet[]> {
  if (book.sheets.length === 1) return [...sheets]
  const kinds: Awaited<ReturnType<typeof fitOf>>[] = []
  for (const sheet of sheets) kinds.push(await fitOf(book, sheet, options))
  const named = sheets.filter((_, i) => kinds[i] === 'header')
  return named.length > 0 ? named : sheets.filter((_, i) => kinds[i] === 'device')
}

async function fitOf(
  book: Workbook,
  sheet: Sheet,
  options: SheetOptions,
): Promise<'header' | 'device' | undefined> {
  try {
    const { header, sample } = await openSheet(book, sheet, { ...options, allowMissing: false })
    // A sheet with only a header is a template.
    if (header.isThere)
      return sample.length > header.skipped + 1 && isNamed(header, options) ? 'header' : undefined
    return 'device'
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    return /^Ambiguous/.test(error.code) ? 'header' : undefined
  }
}

const isNamed = ({ columns }: Header, { choice }: SheetOptions) =>
  namedIn(columns) > 0 || (choice?.header ?? []).some((name) => placeOfName(columns, name) >= 0)

/**
 * Adds the sheet names to an error about missing columns if the workbook has several sheets, since the user may
 * mean another sheet.
 */
function ofSheet<T>(sheet: string, sheets: readonly string[], look: () => T): T {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof UnreadableFile && error.why.code === 'UnknownColumn' && sheets.length > 1))
      throw error
    throw new UnreadableFile({ ...error.why, among: { sheet, sheets } })
  }
}

/** @throws UnreadableFile if the work throws anything, because then the workbook is unreadable */
export async function orNotXlsx<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw asNotXlsx(error)
  }
}

export const asNotXlsx = (error: unknown): UnreadableFile =>
  error instanceof UnreadableFile
    ? error
    : new UnreadableFile({ code: 'NotXlsx', cause: (error as Error).message })
