import type { ChosenColumns } from './columns.ts'
import { headerIn } from './header.ts'
import { type RowSource, type Rows, UnreadableFile } from './rows.ts'
import { rowsOf } from './rows-of.ts'
import { type SheetRow, sheetRows } from './xlsx-rows.ts'

/** Rows that are looked at before the first is given: for the header, and for what Excel did to numbers. */
const lookedAt = 1000

/**
 * Reads the first sheet of an XLSX file, or the one that is named. The file itself is in memory, and each text that
 * is in it once; its rows are unpacked as they are asked for. A row's line is its number in the sheet.
 * @throws UnreadableFile
 */
export async function readXlsx(
  file: Buffer,
  options: {
    readonly map: ChosenColumns
    readonly header?: boolean | undefined
    readonly sheet?: string | undefined
    readonly size: number
  },
): Promise<RowSource> {
  const { map, header, sheet, size } = options
  const rows = told(sheetRows(file, sheet))
  const beginning: SheetRow[] = []
  while (beginning.length < lookedAt) {
    const { value, done } = rows.next()
    if (done) break
    beginning.push(value)
  }
  const first = beginning[0]
  if (first === undefined) throw new UnreadableFile('the sheet is empty')
  const { columns, places, isThere, notes } = headerIn(first.cells, map, header)
  if (isThere) beginning.shift()
  return { columns, notes: [...notes, ...notesOn(beginning)], wasMarked: true, portions: portions() }

  async function* portions(): AsyncGenerator<Rows> {
    let some: SheetRow[] = []
    for (const row of all(beginning, rows)) {
      some.push(row)
      if (some.length < size) continue
      yield portion(some)
      some = []
    }
    if (some.length > 0) yield portion(some)
  }

  function portion(some: readonly SheetRow[]): Rows {
    const cells = some.map((row) => columns.map((_, column) => row.cells[column] ?? ''))
    return rowsOf(cells, (entry) => some[entry]!.number, places)
  }
}

function* all<T>(first: readonly T[], rest: Iterable<T>): Generator<T> {
  yield* first
  yield* rest
}

function* told(rows: Generator<SheetRow>): Generator<SheetRow> {
  try {
    yield* rows
  } catch (error) {
    throw new UnreadableFile(`it is no XLSX file that can be read: ${(error as Error).message}`)
  }
}

/** Excel makes long numbers of serial numbers, and rounds them. */
function notesOn(rows: readonly SheetRow[]): string[] {
  const rounded = rows.find(({ cells }) => cells.some((cell) => /^\d(\.\d+)?E\+?\d+$/.test(cell)))
  return rounded === undefined
    ? []
    : [`row ${rounded.number} has a number that Excel has rounded; make the column text and fill it in again`]
}
