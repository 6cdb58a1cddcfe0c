import {
  type ChosenColumns,
  endsAsReport,
  looksLikeDevice,
  namedIn,
  type Places,
  placesIn,
  unnamedColumns,
} from './columns.ts'
import type { Note } from './notes.ts'

/** What the first line of a file says of its columns. */
export interface Header {
  readonly columns: readonly string[]
  readonly places: Places
  /** Whether the first line names the columns, and is no device. */
  readonly isThere: boolean
  /** What whoever reads the file should know. */
  readonly notes: readonly Note[]
}

/**
 * Tells whether the first line names the columns, and finds those of the fields.
 * @param said what whoever reads the file says of it; undefined to have it recognised
 * @param mayLack whether there may be no column for a name or a secret
 * @throws UnreadableFile where there is no column for a field
 */
export function headerIn(
  first: readonly string[],
  map: ChosenColumns,
  said: boolean | undefined,
  mayLack = false,
): Header {
  const names = first.map((cell) => cell.trim())
  // A report of a file without a header has one; the command that made it is likely to be given again.
  const isReport = said === false && endsAsReport(names)
  const isThere = isReport || (said ?? (namedIn(names) > 0 || !looksLikeDevice(first)))
  const columns = isThere ? names : unnamedColumns(names.length, map)
  const places = placesIn(columns, map, said === undefined && isThere, mayLack)
  const notes: Note[] = []
  if (isReport) notes.push({ code: 'ReportHeader' })
  if (!isThere && said === undefined) notes.push({ code: 'NoHeader', columns })
  return { columns, places, isThere, notes }
}
