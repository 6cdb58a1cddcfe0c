import type { ArtifactKind } from './faults.ts'
import { readerOf } from './xlsx-formats.ts'
import { type Sheet, unescaped, type Workbook } from './xlsx-package.ts'
import { parserOf, partOf } from './xlsx-parts.ts'
import { RowScanner, type SheetContent } from './xlsx-scan.ts'

/** Why a cell is not what it seems. */
export type CellFault =
  | {
      readonly code: 'DamagedNumber'
      readonly kind: ArtifactKind
      readonly shown?: string
      readonly held: string
    }
  | { readonly code: 'NoResult' }
  | { readonly code: 'CellError'; readonly text: string }
  | { readonly code: 'NotText'; readonly text: string }

/** A row of a sheet. */
export interface SheetRow {
  /** Its number in the sheet. */
  readonly number: number
  /** With holes where there is nothing. */
  readonly cells: readonly (string | undefined)[]
  readonly isHidden: boolean
  /** By the column. */
  readonly faults: ReadonlyMap<number, CellFault> | undefined
  /** The columns of numbers that are read as their format shows them. */
  readonly shown: readonly number[] | undefined
}

/** What is told of a sheet while its rows are read. */
export interface SheetEvents {
  /** How much of the file has been gone through, from 0 to 1. */
  share?(share: number): void
  /** Columns that are not shown, counted from 0. */
  hiddenColumns?(from: number, to: number): void
}

/** The last column that there is: XFD. */
const columnsMax = 16_384
const rowsMax = 1_048_576

/**
 * The rows of a sheet that have something in them (ECMA-376 part 1, §18.3).
 * @throws Error where it can't be read
 */
export function* sheetRows(
  { file, strings, formats }: Workbook,
  { part }: Sheet,
  events: SheetEvents,
): Generator<SheetRow> {
  const readers = new Map<string, ReturnType<typeof readerOf>>()
  let rows: SheetRow[] = []
  let row = new Row(0, false)
  let column = -1
  const content: SheetContent = {
    row(number, hidden) {
      const isHidden = hidden === '1' || hidden === 'true'
      row = new Row(number === undefined ? row.number + 1 : rowIn(number), isHidden)
      column = -1
    },
    cell({ place, type = 'n', style, text, hasFormula }) {
      column = place === undefined ? column + 1 : columnIn(place)
      if (column >= columnsMax)
        throw new Error(
          `row ${row.number} has a cell ${place?.slice(0, 12) ?? ''} beyond the last column, XFD`,
        )
      row.add(column, type === 'n' ? numberOf(text, hasFormula, style) : contentOf(type, text))
    },
    rowEnd() {
      if (row.cells.length > 0) rows.push(row)
    },
    hiddenColumns: (from, to) => events.hiddenColumns?.(from, to),
  }
  const reading = partOf(file, part, new RowScanner(content, parserOf))

  function numberOf(text: string, hasFormula: boolean, style: string | undefined): CellValue {
    if (text === '') return hasFormula ? { text: '', fault: { code: 'NoResult' } } : { text: '' }
    const format = formats[Number(style ?? 0)] ?? ''
    const value = Number(text)
    if (Number.isNaN(value)) return { text: unescaped(text) }
    let reader = readers.get(format)
    if (reader === undefined) readers.set(format, (reader = readerOf(format)))
    const read = reader(value, text)
    return {
      text: read.text,
      ...(read.isShown && { isShown: true }),
      ...(read.artifact && { fault: { code: 'DamagedNumber', ...read.artifact } }),
    }
  }

  function contentOf(type: string, text: string): CellValue {
    if (type === 's') return { text: text === '' ? '' : (strings[Number(text)] ?? '') }
    if (type === 'b') {
      const shown = text === '1' || text === 'true' ? 'TRUE' : 'FALSE'
      return { text: shown, fault: { code: 'NotText', text: shown } }
    }
    if (type === 'e') return { text, fault: { code: 'CellError', text } }
    if (type === 'd') return { text, fault: { code: 'DamagedNumber', kind: 'date', held: text } }
    return { text: unescaped(text) }
  }

  for (let step = reading.next(); ; step = reading.next()) {
    if (!step.done) events.share?.(step.value)
    yield* rows
    rows = []
    if (!step.done) continue
    if (!step.value) throw new Error(`it has no part ${part}`)
    return
  }
}

interface CellValue {
  readonly text: string
  readonly isShown?: boolean
  readonly fault?: CellFault
}

/** A row that is being read. */
class Row implements SheetRow {
  readonly number: number
  readonly isHidden: boolean
  readonly cells: string[] = []
  faults: Map<number, CellFault> | undefined
  shown: number[] | undefined

  constructor(number: number, isHidden: boolean) {
    this.number = number
    this.isHidden = isHidden
  }

  add(column: number, { text, isShown, fault }: CellValue): void {
    if (text !== '') this.cells[column] = text
    if (fault !== undefined) {
      this.faults ??= new Map()
      this.faults.set(column, fault)
      if (this.cells.length <= column) this.cells[column] = text
    }
    if (isShown) {
      this.shown ??= []
      this.shown.push(column)
    }
  }
}

/** The column of a place such as AB12, counted from 0. */
function columnIn(place: string): number {
  let column = 0
  for (let i = 0; i < place.length && column <= columnsMax; i++) {
    const letter = (place.charCodeAt(i) & ~0x20) - 64
    if (letter < 1 || letter > 26) break
    column = 26 * column + letter
  }
  return column - 1
}

function rowIn(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1 && number <= rowsMax) return number
  throw new Error(
    `it has a row ${JSON.stringify(text.slice(0, 12))}, and rows are numbered from 1 to 1,048,576`,
  )
}
