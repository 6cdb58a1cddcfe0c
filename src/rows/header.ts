import {
  type ChosenColumns,
  looksLikeDevice,
  namedIn,
  type Places,
  placesIn,
  reportColumns,
  unnamedColumns,
} from './columns.ts'

/** What the first line of a file says of its columns. */
export interface Header {
  readonly columns: readonly string[]
  readonly places: Places
  /** Whether the first line names the columns, and is no device. */
  readonly isThere: boolean
  /** What whoever reads the file should know, a sentence each. */
  readonly notes: readonly string[]
}

/**
 * Tells whether the first line names the columns, and finds those of the fields.
 * @param said what whoever reads the file says of it; undefined to have it recognised
 * @throws UnreadableFile where there is no column for a field
 */
export function headerIn(first: readonly string[], map: ChosenColumns, said: boolean | undefined): Header {
  const names = first.map((cell) => cell.trim())
  const ending = names.slice(-reportColumns.length)
  // A report of a file without a header has one; the command that made it is likely to be given again.
  const isReport = said === false && reportColumns.every((name, i) => name === ending[i])
  const isThere = isReport || (said ?? (namedIn(names) > 0 || !looksLikeDevice(first)))
  const columns = isThere ? names : unnamedColumns(names.length, map)
  const hint = said === undefined && isThere ? '; or, if the first line is a device: --no-header' : ''
  const places = placesIn(columns, map, hint)
  const notes: string[] = []
  if (isReport) notes.push('the first line is the header of a report, and is taken as one')
  if (!isThere && said === undefined)
    notes.push(
      `the first line is a device, so there is no header: the columns are taken as ${columns.join(', ')}`,
    )
  return { columns, places, isThere, notes }
}
