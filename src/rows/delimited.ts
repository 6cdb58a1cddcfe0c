import { type CsvError, parse } from 'csv-parse/sync'
import { textIn } from '../lib/bytes.ts'
import { absent } from '../lib/columns.ts'
import { type ChosenColumns, namedIn, type Places } from './columns.ts'
import { DamageFound } from './damage.ts'
import { headerIn } from './header.ts'
import { withLineEnds } from './line-ends.ts'
import { Reading } from './reading.ts'
import type { RowSource, Rows } from './rows.ts'
import { rowsOf } from './rows-of.ts'
import { cut, type Filling, type RowPlaces } from './scan.ts'
import { UnreadableFile } from './unreadable.ts'

export interface DelimitedOptions {
  /** One character; recognised by the first line where it is not given. */
  readonly delimiter?: string | undefined
  readonly map: ChosenColumns
  /** Whether the first line names the columns; recognised where it is not said. */
  readonly header?: boolean | undefined
  /** Whether there may be no column for a name or a secret. */
  readonly mayLack?: boolean | undefined
  /** Rows in a portion. */
  readonly size: number
}

const delimiters = ',\t;|'

/**
 * Reads CSV and its like. Rows are cut where they lie, without a string made of them; a portion in which that is not
 * all there is to it (quotes in a quoted cell, text behind one) is csv-parse's, and the two give the same
 * (test/rows/rows.test.ts).
 * @param chunks UTF-8
 * @throws UnreadableFile
 */
export async function readDelimited(
  chunks: AsyncIterable<Uint8Array>,
  { delimiter: given, map, header, mayLack, size }: DelimitedOptions,
  wasMarked: boolean,
): Promise<RowSource> {
  const reading = new Reading(withLineEnds(chunks))
  const likely = await reading.rows(1, given ?? delimiters)
  if (likely.count === 0) throw new UnreadableFile({ code: 'EmptyFile' })
  const delimiter = given ?? delimiterOf(reading.bytes.subarray(likely.start[0]!, likely.end[0]!))
  // Once more: which quotes open a cell depends on the delimiter.
  const first = await reading.rows(1, delimiter)
  const line = reading.bytes.subarray(first.start[0]!, first.end[0]!)
  const [cells] = parsed(line, delimiter, first.line[0]!)
  const { columns, places, isThere, notes } = headerIn(cells!, map, header, mayLack)
  if (isThere) reading.drop(first)
  const damage = new DamageFound()
  return {
    columns,
    places,
    wasMarked,
    notes,
    recognised: () => ({ format: 'csv', delimiter, hasHeader: isThere }),
    portions: portionsOf(reading, size, delimiter, places, damage),
    damage: () => damage.all(),
  }
}

async function* portionsOf(
  reading: Reading,
  size: number,
  delimiter: string,
  places: Places,
  damage: DamageFound,
): AsyncGenerator<Rows> {
  for (;;) {
    const found = await reading.rows(size, delimiter)
    if (found.count === 0) return
    const { bytes } = reading
    reading.drop(found)
    const rows = cutRows(bytes, found, delimiter, places) ?? parsedRows(bytes, found, delimiter, places)
    damage.look(rows)
    yield rows
  }
}

/** @returns undefined where the library must look */
function cutRows(bytes: Uint8Array, found: RowPlaces, delimiter: string, places: Places): Rows | undefined {
  const { count, start, end, line, quoted } = found
  const columns: (Filling | undefined)[] = []
  const column = (place: number): Filling => {
    const filling = {
      bytes,
      start: new Int32Array(count),
      length: new Int32Array(count).fill(absent),
      kinds: new Uint8Array(count),
    }
    if (place >= 0) columns[place] = filling
    return filling
  }
  const members = {
    DeviceName: column(places.name),
    DeviceSecret: column(places.secret),
    Sn: column(places.sn),
  }
  for (let i = 0; i < columns.length; i++) columns[i] ??= undefined
  if (!cut(bytes, found, delimiter.charCodeAt(0), columns)) return undefined
  return {
    count,
    members,
    discarded: 0,
    line: (entry) => line[entry]!,
    cells(entry) {
      if (quoted) return parsed(bytes.subarray(start[entry]!, end[entry]!), delimiter, line[entry]!).flat()
      return textIn(bytes, start[entry]!, end[entry]!).split(delimiter)
    },
  }
}

function parsedRows(bytes: Uint8Array, found: RowPlaces, delimiter: string, places: Places): Rows {
  const { count, start, end, line } = found
  const all = parsed(bytes.subarray(start[0]!, end[count - 1]!), delimiter, line[0]!).filter((cells) =>
    cells.some((cell) => cell !== ''),
  )
  // Each row by itself where csv-parse sees other rows than the quotes say.
  const rows =
    all.length === count
      ? all
      : Array.from({ length: count }, (_, entry) => {
          return parsed(bytes.subarray(start[entry]!, end[entry]!), delimiter, line[entry]!).flat()
        })
  return rowsOf(rows, (entry) => line[entry]!, places)
}

function parsed(bytes: Uint8Array, delimiter: string, line: number): string[][] {
  try {
    return parse(textIn(bytes), {
      delimiter,
      relax_column_count: true,
      // A quote inside a cell is text, as it is to RowPlaces.
      relax_quotes: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n'],
    })
  } catch (error) {
    const { lines = 1 } = error as CsvError & { lines?: number }
    const cause = (error as CsvError).code ?? ''
    throw new UnreadableFile({ code: 'MisplacedQuote', line: line + lines - 1, cause })
  }
}

/** The delimiter with which the first line names the most fields; of two, the one that gives more cells. */
function delimiterOf(line: Uint8Array): string {
  const text = textIn(line)
  const scored = [...delimiters].map((delimiter) => {
    const cells = text.split(delimiter).map((cell) => cell.replace(/^"|"$/g, ''))
    return { delimiter, score: 1000 * namedIn(cells) + cells.length }
  })
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}
