import { knownName, namedIn, placeOfName } from './column-names.ts'
import {
  type ChosenColumns,
  endsAsReport,
  isLegal,
  type Places,
  placeColumns,
  unnamedColumns,
} from './columns.ts'
import { type FieldName, fields } from './fields.ts'
import type { Note } from './notes.ts'
import { UnreadableFile } from './unreadable.ts'

type Cells = readonly string[]

/** The first rows of a file, with the lines that they begin in. */
export interface FirstRows {
  readonly rows: readonly Cells[]
  line(row: number): number
}

/** What was said of how a file is to be read. */
export interface HeaderOptions {
  readonly map: ChosenColumns
  /** Whether the first line names the columns; recognised when undefined. */
  readonly header?: boolean | undefined
  /** Whether there may be no column for a name or a secret. */
  readonly allowMissing?: boolean | undefined
}

/** What the first lines of a file say of its columns. */
export interface Header {
  readonly columns: readonly string[]
  readonly places: Places
  /** How many rows are above the header, or above the first device. */
  readonly skipped: number
  /** Whether the line below those names the columns, and is no device. */
  readonly isThere: boolean
  readonly mayBeDevice: boolean
  readonly notes: readonly Note[]
}

/** Rows that are searched for a header. */
const searched = 20

/**
 * Finds the header among the first rows of a file, and the columns of the fields.
 * @throws UnreadableFile where there is no column for a field, or where it can't be known what a line is
 */
export function headerIn(first: FirstRows, options: HeaderOptions): Header {
  const { map, header: said, allowMissing = false } = options
  const skipped = said === undefined ? linesAbove(first, map) : 0
  const cells = first.rows[skipped]!
  const sample = first.rows.slice(skipped + 1)
  const names = cells.map((cell) => cell.replace(/^\ufeff/, '').trim())
  // A report of a file without a header has one; the command that made it is likely to be given again.
  const isReport = said === false && endsAsReport(names)
  const kind =
    isReport || said === true ? 'header' : said === false ? 'device' : kindOf(names, cells, sample, map)
  if (kind === 'unclear') throw new UnreadableFile({ code: 'AmbiguousHeader', line: first.line(skipped) })
  const isThere = kind === 'header'
  const isNamed = namedIn(names) > 1 || isChosenByName(names, map)
  const mayBeDevice = isThere && said === undefined && !isReport && !isNamed && !isNamedOnce(names)
  const notes: Note[] = []
  if (skipped > 0) notes.push({ code: 'SkippedLines', count: skipped, header: first.line(skipped) })
  if (isReport) notes.push({ code: 'ReportHeader' })
  if (isThere && said === undefined && namedIn(names) === 0 && !isNamed) notes.push({ code: 'GuessedHeader' })
  if (!isThere) {
    const columns = unnamedColumns(names.length, map)
    const placed = placeUnnamed(columns, [cells, ...sample], options)
    if (said === undefined) notes.push({ code: 'NoHeader', columns })
    return { columns, ...placed, notes: [...notes, ...placed.notes], skipped, isThere, mayBeDevice: false }
  }
  const placed = placeColumns({ header: names, sample, chosen: map, mayBeDevice, allowMissing })
  return {
    columns: names,
    places: placed.places,
    notes: [...notes, ...placed.notes],
    skipped,
    isThere,
    mayBeDevice,
  }
}

/** Whether a line names a device's name or serial number, and the other cells are words, too. */
function isNamedOnce(names: Cells): boolean {
  const known = names.map((name) => knownName(name)?.field)
  return (
    known.some((field) => field === 'name' || field === 'sn') &&
    names.length > 1 &&
    names.every((name, i) => known[i] !== undefined || !/\d/.test(name))
  )
}

/** Whether a column was chosen by a name that stands in these cells. */
const isChosenByName = (names: Cells, map: ChosenColumns) =>
  Object.values(map).some(
    (column) =>
      column !== null && column !== undefined && !/^\d+$/.test(column) && placeOfName(names, column) >= 0,
  )

/**
 * How many rows stand above the header: comments, and a title block. Only where a line below names two fields or
 * more, or columns that were chosen.
 * @throws UnreadableFile where one of them may be a device
 */
function linesAbove({ rows, line }: FirstRows, map: ChosenColumns): number {
  const isHeader = (cells: Cells) =>
    namedIn(cells) > 1 ||
    isChosenByName(
      cells.map((cell) => cell.trim()),
      map,
    )
  let comments = 0
  while (comments < rows.length - 1 && isComment(rows[comments]!)) comments++
  const at = rows.slice(0, searched).findIndex(isHeader)
  if (at <= 0) return comments
  const names = rows[at]!.map((cell) => cell.trim())
  const { places } = placeColumns({
    header: names,
    sample: [],
    chosen: map,
    mayBeDevice: false,
    allowMissing: true,
  })
  const isDevice = (cells: Cells) =>
    !isComment(cells) &&
    isLegal('name', cells[Math.max(0, places.name)] ?? '') &&
    isLegal('secret', cells[places.secret < 0 ? 1 : places.secret] ?? '')
  if (rows.slice(0, at).some(isDevice)) throw new UnreadableFile({ code: 'AmbiguousLines', header: line(at) })
  return at
}

const isComment = ([first = '']: Cells) => /^\s*(#|\/\/|--\s|;)/.test(first)

type Kind = 'header' | 'device' | 'unclear'

/** The cells that a line without names has for a name and a secret. */
function deviceIn(cells: Cells, map: ChosenColumns): readonly [string, string] {
  const at = (field: FieldName, otherwise: number) => {
    const column = map[field]
    return cells[/^\d+$/.test(column ?? '') ? Number(column) - 1 : otherwise] ?? ''
  }
  return [at('name', 0), at('secret', 1)]
}

/** Whether a line names the columns or is a device. */
function kindOf(names: Cells, cells: Cells, sample: readonly Cells[], map: ChosenColumns): Kind {
  const known = namedIn(names)
  if (known > 1 || isChosenByName(names, map)) return 'header'
  if (names.every((name) => /^(col(umn)?|field|var|spalte|列|字段)[ _-]?\d+$/i.test(name))) return 'header'
  const [name, secret] = deviceIn(cells, map)
  if (!isLegal('name', name) || !isLegal('secret', secret)) return 'header'
  const next = sample[0] && deviceIn(sample[0], map)
  const isLikeNext = next !== undefined && (isAlike(name, next[0]) || isAlike(secret, next[1]))
  if (known === 1) return next === undefined || isLikeNext ? 'unclear' : 'header'
  if (isLikeNext) return 'device'
  const isChosen = Object.values(map).some((column) => /^\d+$/.test(column ?? ''))
  if (next === undefined) return /\d/.test(name) ? 'device' : isChosen ? 'unclear' : 'header'
  return /\d/.test(name) || isChosen ? 'unclear' : 'header'
}

const shapeOf = (text: string) => text.replace(/[A-Za-z]+/g, 'a').replace(/\d+/g, '9')
const isHex = (text: string) => text.length >= 6 && /\d/.test(text) && /^[0-9A-Fa-f:._-]+$/.test(text)

/** Whether two values are made alike: letters, digits and signs in the same order, or hexadecimal of one length. */
const isAlike = (one: string, other: string) =>
  one !== '' &&
  ((/\d|[-_.:@]/.test(one) && shapeOf(one) === shapeOf(other)) ||
    (one.length === other.length && isHex(one) && isHex(other)))

/**
 * The columns of a file without a header. With three columns or more that could hold the secret it must be said which
 * one does.
 */
function placeUnnamed(
  columns: Cells,
  sample: readonly Cells[],
  { map, allowMissing = false }: HeaderOptions,
) {
  const notes: Note[] = []
  const { places } = placeColumns({
    header: columns,
    sample: [],
    chosen: map,
    mayBeDevice: false,
    allowMissing,
  })
  if (map.name === undefined && map.secret === undefined && areReversed(sample)) {
    const ambiguous = { code: 'AmbiguousColumn', field: 'name', columns: ['1', '2'] } as const
    if (!allowMissing) throw new UnreadableFile(ambiguous)
    return { places: { ...places, name: -1, secret: -1 }, notes: [ambiguous] }
  }
  if (map.secret !== undefined || places.secret < 0) return { places, notes }
  const taken = fields.filter((field) => map[field] !== undefined).map((field) => places[field])
  const could = columns.flatMap((_, place) => {
    if (place === places.name || taken.includes(place)) return []
    const values = sample.map((row) => row[place] ?? '').filter((value) => value !== '')
    return values.length > 0 && values.every((value) => isLegal('secret', value)) ? [String(place + 1)] : []
  })
  if (could.length < 2) return { places, notes }
  const ambiguous = { code: 'AmbiguousColumn', field: 'secret', columns: could } as const
  if (!allowMissing) throw new UnreadableFile(ambiguous)
  return { places: { ...places, secret: -1, sn: map.sn === undefined ? -1 : places.sn }, notes: [ambiguous] }
}

/** Whether the second column holds names by how they begin, and the first one does not. */
function areReversed(sample: readonly Cells[]): boolean {
  const [names, secrets] = [0, 1].map((place) => sample.map((row) => row[place] ?? ''))
  return (
    sample.length > 1 &&
    secrets!.every((value) => isLegal('name', value)) &&
    beginningOf(secrets!).length >= 3 &&
    beginningOf(names!).length < 3
  )
}

/** How all of some values begin, up to the first digit. */
function beginningOf([first = '', ...others]: readonly string[]): string {
  let common = /^\D*/.exec(first)![0]
  for (const other of others) while (!other.startsWith(common)) common = common.slice(0, -1)
  return common
}
