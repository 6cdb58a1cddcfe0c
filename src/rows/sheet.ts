import type { ChosenColumns } from './columns.ts'
import { DamageFound } from './damage.ts'
import { fields } from './fields.ts'
import { headerIn } from './header.ts'
import type { RowSource, Rows } from './rows.ts'
import { rowsOf } from './rows-of.ts'
import { UnreadableFile } from './unreadable.ts'
import { type SheetRow, sheetNames, sheetRows } from './xlsx-rows.ts'

/**
 * Reads the first sheet of an XLSX file, or the one that is named. The file itself is in memory, and each text that
 * is in it once; its rows are unpacked as they are asked for. A row's line is its number in the sheet.
 * @throws UnreadableFile
 */
export async function readXlsx(
  file: Uint8Array,
  options: {
    readonly map: ChosenColumns
    readonly header?: boolean | undefined
    readonly sheet?: string | undefined
    readonly mayLack?: boolean | undefined
    readonly size: number
  },
): Promise<RowSource> {
  const { map, header, sheet, mayLack, size } = options
  let share = 0
  const rows = told(
    sheetRows(file, sheet, (now) => {
      share = now
    }),
  )
  const { value: first, done } = rows.next()
  const sheets = sheetNames(file)
  const named = sheet ?? sheets[0]!
  if (done) throw new UnreadableFile({ code: 'EmptySheet', sheet: named, sheets })
  const { columns, places, isThere, notes } = ofSheet(named, sheets, () =>
    headerIn(first.cells, map, header, mayLack),
  )
  const damage = new DamageFound()
  return {
    columns,
    places,
    recognised: () => ({ format: 'xlsx', hasHeader: isThere, sheets, sheet: named }),
    notes,
    wasMarked: true,
    portions: portions(),
    share: () => share,
    damage: () => damage.all(),
  }

  async function* portions(): AsyncGenerator<Rows> {
    let some: SheetRow[] = []
    for (const row of all(isThere ? [] : [first], rows)) {
      some.push(row)
      if (some.length < size) continue
      yield portion(some)
      some = []
    }
    if (some.length > 0) yield portion(some)
  }

  function portion(some: readonly SheetRow[]): Rows {
    const cells = some.map((row) => columns.map((_, column) => row.cells[column] ?? ''))
    const rows = rowsOf(cells, (entry) => some[entry]!.number, places)
    damage.look(rows)
    for (const { number, padded } of some) {
      if (padded === undefined) continue
      for (const field of fields) if (padded.includes(places[field])) damage.zerosShown(field, number)
    }
    return rows
  }
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

function* all<T>(first: readonly T[], rest: Iterable<T>): Generator<T> {
  yield* first
  yield* rest
}

function* told(rows: Generator<SheetRow>): Generator<SheetRow> {
  try {
    yield* rows
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw new UnreadableFile({ code: 'NotXlsx', cause: (error as Error).message })
  }
}
