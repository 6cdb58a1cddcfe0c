import { readSheet } from 'read-excel-file/node'
import { type ChosenColumns, looksLikeDevice, namedIn, placesIn, unnamedColumns } from './columns.ts'
import { type RowSource, type Rows, UnreadableFile } from './rows.ts'
import { rowsOf } from './rows-of.ts'

/**
 * Reads the first sheet of an XLSX file, or the one that is named. It is in memory whole, as the format wants it;
 * a sheet has 1,048,576 rows at the most. A row's line is its number in the sheet.
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
  const all = await cellsOf(file, sheet)
  const first = all.findIndex((cells) => cells.some((cell) => cell !== ''))
  if (first < 0) throw new UnreadableFile('the sheet is empty')
  const names = all[first]!.map((name) => name.trim())
  const hasHeader = header ?? (namedIn(names) > 0 || !looksLikeDevice(names))
  const columns = hasHeader ? names : unnamedColumns(names.length)
  const places = placesIn(columns, map)
  return { columns, notes: notesOn(all), wasMarked: true, portions: portions(first + (hasHeader ? 1 : 0)) }

  async function* portions(from: number): AsyncGenerator<Rows> {
    let numbers: number[] = []
    for (let i = from; i < all.length; i++) {
      if (all[i]!.every((cell) => cell === '')) continue
      numbers.push(i)
      if (numbers.length < size) continue
      yield portion(numbers)
      numbers = []
    }
    if (numbers.length > 0) yield portion(numbers)
  }

  function portion(numbers: readonly number[]): Rows {
    const rows = numbers.map((number) => columns.map((_, column) => all[number]![column] ?? ''))
    return rowsOf(rows, (entry) => numbers[entry]! + 1, places)
  }
}

async function cellsOf(file: Buffer, sheet: string | undefined): Promise<string[][]> {
  try {
    // A number as its digits, as long as Excel has kept all of them.
    const parseNumber = (text: string) => (Number.isSafeInteger(Number(text)) ? String(Number(text)) : text)
    const rows = await readSheet(file, sheet ?? 1, { parseNumber, trim: false })
    return rows.map((row) => row.map(textOf))
  } catch (error) {
    throw new UnreadableFile(`it is no XLSX file that can be read: ${(error as Error).message}`)
  }
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
}

/** Excel makes long numbers of serial numbers, and rounds them. */
function notesOn(rows: readonly (readonly string[])[]): string[] {
  const row = rows.findIndex((cells) => cells.some((cell) => /^\d(\.\d+)?E\+\d+$/.test(cell)))
  return row < 0
    ? []
    : [`row ${row + 1} has a number that Excel has rounded; make the column text and fill it in again`]
}
