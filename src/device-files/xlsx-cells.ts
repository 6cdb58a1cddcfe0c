import type { ArtifactKind } from './faults.ts'
import { readerOf } from './xlsx-formats.ts'
import type { Workbook } from './xlsx-package.ts'
import { columnsMax, rowsMax, type SheetContent } from './xlsx-scan.ts'
import { unescaped } from './xlsx-texts.ts'

/** A reason why a cell's value differs from its appearance or is invalid. */
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

/** The value of a cell. */
export interface CellValue {
  readonly text: string
  /** Whether the number is read as its format displays it. */
  readonly isShown?: boolean
  readonly fault?: CellFault
}

/** Reads cell values of a workbook. */
export class CellReader {
  readonly #book: Workbook
  readonly #readers = new Map<string, ReturnType<typeof readerOf>>()
  readonly #plain: readonly boolean[]

  constructor(book: Workbook) {
    this.#book = book
    this.#plain = book.formats.map((code) => code === '' || code === '@' || code === 'General')
  }

  /** Reports whether a style lets whole numbers of up to 15 digits be read digit by digit. */
  isPlain(style: number): boolean {
    return this.#plain[style] ?? true
  }

  /** @param type attribute value in the file (§18.18.11) */
  read(type: string, style: number, text: string, hasFormula: boolean): CellValue {
    switch (type) {
      case 'n':
        return this.number(style, text, hasFormula)
      case 's':
        return { text: text === '' ? '' : this.#book.texts.at(Number(text)) }
      case 'b': {
        const shown = text === '1' || text === 'true' ? 'TRUE' : 'FALSE'
        return { text: shown, fault: { code: 'NotText', text: shown } }
      }
      case 'e':
        return { text, fault: { code: 'CellError', text } }
      case 'd':
        return { text, fault: { code: 'DamagedNumber', kind: 'date', held: text } }
      default:
        return { text: unescaped(text) }
    }
  }

  number(style: number, text: string, hasFormula: boolean): CellValue {
    if (text === '') return hasFormula ? { text: '', fault: { code: 'NoResult' } } : { text: '' }
    const format = this.#book.formats[style] ?? ''
    const value = Number(text)
    if (Number.isNaN(value)) return { text: unescaped(text) }
    let reader = this.#readers.get(format)
    if (reader === undefined) this.#readers.set(format, (reader = readerOf(format)))
    const read = reader(value, text)
    return {
      text: read.text,
      ...(read.isShown && { isShown: true }),
      ...(read.artifact && { fault: { code: 'DamagedNumber', ...read.artifact } }),
    }
  }
}

/** A row of a sheet. */
export class SheetRow {
  /** The row number in the sheet. */
  readonly number: number
  readonly isHidden: boolean
  /** Sparse: blank cells are holes. */
  readonly cells: string[] = []
  /** By column. */
  faults: Map<number, CellFault> | undefined
  /** The columns whose numbers are read as their format displays them. */
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

/** Events while a sheet is read element by element. */
export interface RowEvents {
  /** Returns the previous row's number, for a row without its own. */
  before(): number
  /** Called for each row that has content. */
  row(row: SheetRow): void
  /** Called with the number of each row. */
  number?(number: number): void
  hiddenColumns?(from: number, to: number): void
}

/** Assembles the content of a sheet into rows. */
export function contentOf(cells: CellReader, events: RowEvents): SheetContent {
  let row = new SheetRow(0, false)
  let column = -1
  return {
    row(number, isHidden) {
      row = new SheetRow(number === undefined ? events.before() + 1 : rowIn(number), isHidden)
      column = -1
    },
    cell({ place, type = 'n', style, text, hasFormula }) {
      column = place === undefined ? column + 1 : columnIn(place)
      if (column >= columnsMax)
        throw new Error(
          `row ${row.number} has a cell ${place?.slice(0, 12) ?? ''} beyond the last column, XFD`,
        )
      row.add(column, cells.read(type, Number(style ?? 0), text, hasFormula))
    },
    rowEnd() {
      events.number?.(row.number)
      if (row.cells.length > 0) events.row(row)
    },
    hiddenColumns: (from, to) => events.hiddenColumns?.(from, to),
  }
}

/** Returns the column of a reference such as AB12, counted from 0. */
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
