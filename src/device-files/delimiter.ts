import { namedIn, placeOfName } from './column-names.ts'
import { type ChosenColumns, isLegal } from './columns.ts'
import { whitespace } from './formats.ts'

/** Splits the first rows of a file at a given delimiter. */
export type DelimiterGuess = (delimiter: string, count: number) => readonly (readonly string[])[]

const delimiters = [',', '\t', ';', '|'] as const
/** Rows examined. */
const looked = 20

/**
 * Chooses the delimiter with which one of the first lines names the most fields; on a tie, the one that gives
 * the most rows the same number of cells.
 */
export function delimiterIn(lead: DelimiterGuess, map: ChosenColumns, paths: readonly string[] = []): string {
  const known = [...Object.values(map), ...paths].filter((column) => typeof column === 'string')
  const scored = delimiters.map((delimiter) => ({
    delimiter,
    score: scoreOf(lead(delimiter, looked), known),
  }))
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter
}

function scoreOf(rows: readonly (readonly string[])[], known: readonly string[]): number {
  const named = Math.max(0, ...rows.map((cells) => namedIn(cells) + chosenIn(cells, known)))
  const counts = new Map<number, number>()
  for (const { length } of rows) if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1)
  const alike = Math.max(0, ...counts.values())
  const cells = rows[0]?.length ?? 0
  const devices = rows.filter(
    ([name = '', secret = '']) => isLegal('name', name) && isLegal('secret', secret),
  ).length
  return 1e6 * named + 1e4 * alike + 1e2 * devices + Math.min(99, cells)
}

const chosenIn = (cells: readonly string[], known: readonly string[]) =>
  known.filter((column) => placeOfName(cells, column) >= 0).length

/** Delimiters that are not detected automatically, because values may contain them. */
const others = ['^', '，', '；', '、', '｜', '~', ':', '§', '¦', whitespace] as const

/** Finds an undetected delimiter with which a line would name fields. */
export function otherDelimiterIn(line: string): string | undefined {
  return others.find((other) => {
    const cells = other === whitespace ? line.trim().split(/\s+/) : line.split(other)
    return cells.length > 1 && namedIn(cells) > 1
  })
}
