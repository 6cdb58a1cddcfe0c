import { textIn } from '../lib/bytes.ts'
import { absent } from '../lib/columns.ts'
import type { Places } from './columns.ts'
import { fields } from './fields.ts'
import { kindsOfByte, notDigits } from './scan.ts'
import { type CellFault, CellReader, type CellValue, contentOf, SheetRow } from './xlsx-cells.ts'
import { ItemReader } from './xlsx-items.ts'
import type { Sheet, Workbook } from './xlsx-package.ts'
import { parserOf, partOf, xmlReader } from './xlsx-parts.ts'
import {
  type CellType,
  cellTypes,
  columnsMax,
  digitsIn,
  elementsOf,
  RowScanner,
  type RowTarget,
  rowsMax,
} from './xlsx-scan.ts'

const spreadsheetDigits = 15
const encoder = new TextEncoder()

/**
 * Returns the first rows of a sheet that have content.
 * @param skip number of rows to skip at the beginning
 * @param hiddenColumns called with hidden columns, counted from 0
 */
export async function firstRows(
  book: Workbook,
  { part }: Sheet,
  { count, skip }: { readonly count: number; readonly skip: number },
  hiddenColumns: (from: number, to: number) => void,
): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  let before = 0
  const content = contentOf(new CellReader(book), {
    before: () => before,
    number: (number) => {
      before = number
    },
    row(row) {
      if (row.number > skip && rows.length < count) rows.push(row)
    },
    hiddenColumns,
  })
  const reading = partOf(book.archive, part, xmlReader(elementsOf(content)))
  for (;;) {
    const { done, value } = await reading.next()
    if (done && !value) throw new Error(`it has no part ${part}`)
    if (!done && rows.length < count) continue
    await reading.return(true)
    return rows
  }
}

/** The rows and columns of a sheet to read. */
export interface SheetShape {
  readonly places: Places
  /** Number of columns. */
  readonly width: number
  /** Number of the first row to read. */
  readonly from: number
  /** Rows per chunk. */
  readonly size: number
}

/**
 * Returns the rows of a sheet that have content, in chunks (ECMA-376 part 1, §18.3).
 * @param share called with the share of the sheet that has been read, from 0 to 1
 * @throws Error if the sheet can't be read
 */
export async function* sheetChunks(
  book: Workbook,
  { part }: Sheet,
  shape: SheetShape,
  share: (share: number) => void,
): AsyncGenerator<SheetChunk> {
  const rows = new SheetRows(book, shape)
  const scanner = new RowScanner(rows)
  const reader = new ItemReader({
    elements: elementsOf(contentOf(rows.cells, rows.events)),
    begin: /<sheetData>/,
    item: '<row',
    itemEnd: '</row>',
    end: '</sheetData>',
    around: '<worksheet><sheetData>',
    scan: (bytes, at, end) => scanner.scan(bytes, at, end),
  })
  const reading = partOf(book.archive, part, reader)
  for (let step = await reading.next(); ; step = await reading.next()) {
    if (!step.done) share(step.value)
    yield* rows.full.splice(0)
    if (!step.done) continue
    if (!step.value) throw new Error(`it has no part ${part}`)
    if (rows.chunk.count > 0) yield rows.chunk
    return
  }
}

/** The values of one field. */
interface Values {
  readonly start: Int32Array
  readonly length: Int32Array
  readonly kinds: Uint8Array
}

/** Consecutive rows of a sheet: the values of the fields as columns, and the offset of each row in the XML. */
export class SheetChunk {
  count = 0
  bytes = new Uint8Array(64 * 1024)
  readonly values: readonly Values[]
  readonly numbers: Float64Array
  /** Faults of cells of the fields, by entry. */
  readonly faults: { readonly entry: number; readonly column: number; readonly fault: CellFault }[] = []
  readonly hidden: number[] = []
  /** Numbers of a field's column that are read as their format displays them. */
  readonly shown: { readonly number: number; readonly column: number }[] = []
  /** Rows that the XML parser has read. */
  readonly parsed = new Map<number, SheetRow>()
  readonly #cells: CellReader
  readonly #pieces: Uint8Array[] = []
  readonly #piece: Int32Array
  readonly #from: Int32Array
  readonly #to: Int32Array

  constructor(size: number, cells: CellReader) {
    this.#cells = cells
    this.numbers = new Float64Array(size)
    this.values = fields.map(() => ({
      start: new Int32Array(size),
      length: new Int32Array(size).fill(absent),
      kinds: new Uint8Array(size),
    }))
    this.#piece = new Int32Array(size)
    this.#from = new Int32Array(size)
    this.#to = new Int32Array(size)
  }

  lies(piece: Uint8Array, from: number, to: number): void {
    if (this.#pieces.at(-1) !== piece) this.#pieces.push(piece)
    this.#piece[this.count] = this.#pieces.length - 1
    this.#from[this.count] = from
    this.#to[this.count] = to
  }

  /** Returns a row with all of its cells. */
  row(entry: number): SheetRow {
    const known = this.parsed.get(entry)
    if (known !== undefined) return known
    const text = textIn(this.#pieces[this.#piece[entry]!]!, this.#from[entry]!, this.#to[entry]!)
    let found = new SheetRow(this.numbers[entry]!, false)
    const content = contentOf(this.#cells, {
      before: () => this.numbers[entry]! - 1,
      row(row) {
        found = row
      },
    })
    parserOf(elementsOf(content), true).write(text).close()
    return found
  }
}

/** Collects the rows of a sheet, scanned or parsed. */
class SheetRows implements RowTarget {
  readonly cells: CellReader
  /** Full chunks. */
  readonly full: SheetChunk[] = []
  chunk: SheetChunk
  /** Events for rows that the XML parser reads. */
  readonly events = {
    before: () => this.#before,
    number: (number: number) => {
      this.#before = number
    },
    row: (row: SheetRow) => this.#add(row),
  }
  readonly #book: Workbook
  readonly #shape: SheetShape
  /** The field of each column; -1 for none. */
  readonly #fieldOf = new Int8Array(columnsMax).fill(-1)
  #before = 0
  #number = 0
  #isHidden = false
  /** Start of the current row's values. */
  #begin = 0
  #end = 0
  #faults = 0
  #shown = 0

  constructor(book: Workbook, shape: SheetShape) {
    this.#book = book
    this.#shape = shape
    this.cells = new CellReader(book)
    this.chunk = new SheetChunk(shape.size, this.cells)
    fields.forEach((field, i) => {
      if (shape.places[field] >= 0) this.#fieldOf[shape.places[field]] = i
    })
  }

  begin(number: number, isHidden: boolean): void {
    this.#reset()
    this.#number = number === 0 ? this.#before + 1 : number
    if (this.#number > rowsMax) throw new Error('it has more than 1,048,576 rows, as no sheet has')
    this.#isHidden = isHidden
  }

  isWanted(column: number): boolean {
    return this.#fieldOf[column]! >= 0
  }

  isBeyond(column: number): boolean {
    return column >= this.#shape.width
  }

  value(
    column: number,
    type: CellType,
    style: number,
    bytes: Uint8Array,
    from: number,
    to: number,
    kinds: number,
  ): boolean {
    const field = this.#fieldOf[column]!
    // The row has the same cell twice.
    if (this.chunk.values[field]!.length[this.chunk.count] !== absent) return false
    if (type === cellTypes.text) this.#put(field, bytes, from, to, kinds)
    else if (type === cellTypes.shared) {
      const { texts } = this.#book
      const index = digitsIn(bytes, from, to)
      if (!(index < texts.count)) return false
      const start = index === 0 ? 0 : texts.ends[index - 1]!
      this.#put(field, texts.bytes, start, texts.ends[index]!, texts.kinds[index]!)
    } else if (
      (kinds & notDigits) === 0 &&
      to - from <= spreadsheetDigits &&
      (bytes[from] !== 0x30 || to - from === 1) &&
      this.cells.isPlain(style)
    )
      this.#put(field, bytes, from, to, kinds)
    else this.#putValue(field, column, this.cells.number(style, textIn(bytes, from, to), false))
    return true
  }

  end(bytes: Uint8Array, from: number, to: number, isFilled: boolean): void {
    this.#before = this.#number
    if (this.#number < this.#shape.from || !isFilled) this.#reset()
    else {
      this.chunk.lies(bytes, from, to)
      this.#next(this.#number, this.#isHidden)
    }
  }

  /** Discards the values of an incomplete row. */
  #reset(): void {
    const { values, count, faults, shown } = this.chunk
    if (this.#end !== this.#begin) for (const { length } of values) length[count] = absent
    this.#end = this.#begin
    if (faults.length > this.#faults) faults.length = this.#faults
    if (shown.length > this.#shown) shown.length = this.#shown
  }

  #put(field: number, bytes: Uint8Array, from: number, to: number, kinds: number): void {
    if (from === to) return
    const { chunk } = this
    const size = to - from
    if (this.#end + size > chunk.bytes.length) {
      const larger = new Uint8Array(2 * chunk.bytes.length + size)
      larger.set(chunk.bytes)
      chunk.bytes = larger
    }
    const { start, length, kinds: noted } = chunk.values[field]!
    start[chunk.count] = this.#end
    length[chunk.count] = size
    noted[chunk.count] = kinds
    const into = chunk.bytes
    let at = this.#end
    for (let i = from; i < to; i++) into[at++] = bytes[i]!
    this.#end = at
  }

  #putValue(field: number, column: number, { text, isShown, fault }: CellValue): void {
    const { chunk } = this
    const bytes = encoder.encode(text)
    let kinds = 0
    for (const byte of bytes) kinds |= kindsOfByte[byte]!
    this.#put(field, bytes, 0, bytes.length, kinds)
    if (fault !== undefined) chunk.faults.push({ entry: chunk.count, column, fault })
    if (isShown) chunk.shown.push({ number: this.#number, column })
  }

  /** Adds a row from the XML parser. */
  #add(row: SheetRow): void {
    if (row.number < this.#shape.from) return
    this.begin(row.number, row.isHidden)
    const { places } = this.#shape
    fields.forEach((field, i) => {
      const column = places[field]
      if (column < 0) return
      const fault = row.faults?.get(column)
      this.#putValue(i, column, {
        text: row.cells[column] ?? '',
        ...(fault && { fault }),
        ...(row.shown?.includes(column) && { isShown: true }),
      })
    })
    this.chunk.parsed.set(this.chunk.count, row)
    this.#next(row.number, row.isHidden)
  }

  /** Moves to the next row. */
  #next(number: number, isHidden: boolean): void {
    const { chunk } = this
    chunk.numbers[chunk.count] = number
    if (isHidden) chunk.hidden.push(chunk.count)
    chunk.count++
    this.#begin = this.#end
    this.#faults = chunk.faults.length
    this.#shown = chunk.shown.length
    if (chunk.count < this.#shape.size) return
    this.full.push(chunk)
    this.chunk = new SheetChunk(this.#shape.size, this.cells)
    this.#begin = 0
    this.#end = 0
    this.#faults = 0
    this.#shown = 0
  }
}
