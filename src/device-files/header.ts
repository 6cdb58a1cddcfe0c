import { knownName, namedIn, placeOfName } from './column-names.ts'
import {
  type ChosenColumns,
  type ColumnChoice,
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

/** The first rows of a file, with their line numbers. */
export interface FirstRows {
  readonly rows: readonly Cells[]
  line(row: number): number
}

/** Options that affect the header. */
export interface HeaderOptions {
  readonly map: ChosenColumns
  readonly choice?: ColumnChoice | undefined
  /** Whether the first line is a header; undefined to detect it. */
  readonly header?: boolean | undefined
  /** Whether the name and secret columns may be missing. */
  readonly allowMissing?: boolean | undefined
}

/** The header of a file, or the columns assigned without one. */
export interface Header {
  readonly columns: readonly string[]
  readonly places: Places
  /** Number of rows above the header or above the first device. */
  readonly skipped: number
  /** Whether the file has a header. */
  readonly isThere: boolean
  readonly mayBeDevice: boolean
  readonly notes: readonly Note[]
}

/** Maximum number of rows searched for a header. */
const searched = 20

/**
 * Finds the header among the first rows and assigns columns to fields.
 * @throws UnreadableFile if a field has no column, or a line is neither clearly a header nor a device
 */
export function headerIn(first: FirstRows, options: HeaderOptions): Header {
  const { choice, header: said, allowMissing = false } = options
  const expected = choice?.header ?? []
  const skipped = said === undefined ? linesAbove(first, options.map, expected) : 0
  const cells = first.rows[skipped]!
  const sample = first.rows.slice(skipped + 1)
  const names = cells.map((cell) => cell.replace(/^\ufeff/, '').trim())
  // The report of a file without a header has a header; users often repeat the command with the same flags.
  const isReport = said === false && endsAsReport(names)
  const kind =
    isReport || said === true || (said === undefined && choice?.header !== undefined)
      ? 'header'
      : said === false
        ? 'device'
        : kindOf(names, cells, sample, options.map)
  if (kind === 'unclear') throw new UnreadableFile({ code: 'AmbiguousHeader', line: first.line(skipped) })
  const isThere = kind === 'header'
  const isNamed = namedIn(names) > 1 || isChosenByName(names, options.map, expected)
  const mayBeDevice = isThere && said === undefined && !isReport && !isNamed && !isNamedOnce(names)
  const notes: Note[] = []
  if (skipped > 0) notes.push({ code: 'SkippedLines', count: skipped, header: first.line(skipped) })
  if (isReport) notes.push({ code: 'ReportHeader' })
  if (isThere && said === undefined && namedIn(names) === 0 && !isNamed) notes.push({ code: 'GuessedHeader' })
  if (!isThere) {
    const numbered = unnamedColumns(names.length, { name: null, secret: null, sn: null })
    const map = choice?.choose(numbered, true) ?? options.map
    const columns = unnamedColumns(names.length, map)
    const placed = placeUnnamed(columns, [cells, ...sample], { ...options, map })
    if (said === undefined) notes.push({ code: 'NoHeader', columns })
    return { columns, ...placed, notes: [...notes, ...placed.notes], skipped, isThere, mayBeDevice: false }
  }
  const chosen = choice?.choose(names, mayBeDevice && names.some((name) => /\d/.test(name))) ?? options.map
  const placed = placeColumns({ header: names, sample, chosen, mayBeDevice, allowMissing })
  return {
    columns: names,
    places: placed.places,
    notes: [...notes, ...placed.notes],
    skipped,
    isThere,
    mayBeDevice,
  }
}

/** Reports whether a line names a device's name or serial number and its other cells are words. */
function isNamedOnce(names: Cells): boolean {
  const known = names.map((name) => knownName(name)?.field)
  return (
    known.some((field) => field === 'name' || field === 'sn') &&
    names.length > 1 &&
    names.every((name, i) => known[i] !== undefined || !/\d/.test(name))
  )
}

/** Reports whether one of these cells is a column name that the user chose. */
const isChosenByName = (names: Cells, map: ChosenColumns, expected: readonly string[] = []) =>
  [...Object.values(map), ...expected].some(
    (column) =>
      column !== null && column !== undefined && !/^\d+$/.test(column) && placeOfName(names, column) >= 0,
  )

/**
 * Counts the rows above the header: comments and a title. Rows are skipped only if a line below them names two
 * or more fields or the chosen columns.
 * @throws UnreadableFile if a skipped row may be a device
 */
function linesAbove({ rows, line }: FirstRows, map: ChosenColumns, expected: readonly string[]): number {
  const isHeader = (cells: Cells) =>
    namedIn(cells) > 1 ||
    isChosenByName(
      cells.map((cell) => cell.trim()),
      map,
      expected,
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

/** The cells for name and secret in a line without a header. */
function deviceIn(cells: Cells, map: ChosenColumns): readonly [string, string] {
  const at = (field: FieldName, otherwise: number) => {
    const column = map[field]
    return cells[/^\d+$/.test(column ?? '') ? Number(column) - 1 : otherwise] ?? ''
  }
  return [at('name', 0), at('secret', 1)]
}

/** Decides whether a line is a header or a device. */
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

/**
 * Reports whether two values have the same pattern of letters, digits and signs, or are hexadecimal and equally
 * long.
 */
const isAlike = (one: string, other: string) =>
  one !== '' &&
  ((/\d|[-_.:@]/.test(one) && shapeOf(one) === shapeOf(other)) ||
    (one.length === other.length && isHex(one) && isHex(other)))

/**
 * Assigns columns in a file without a header. If three or more columns could hold the secret, the user must
 * choose.
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

/** Reports whether the second column holds the names, judging by common prefixes, and the first doesn't. */
function areReversed(sample: readonly Cells[]): boolean {
  const [names, secrets] = [0, 1].map((place) => sample.map((row) => row[place] ?? ''))
  return (
    sample.length > 1 &&
    secrets!.every((value) => isLegal('name', value)) &&
    beginningOf(secrets!).length >= 3 &&
    beginningOf(names!).length < 3
  )
}

/** The common prefix of values, up to the first digit. */
function beginningOf([first = '', ...others]: readonly string[]): string {
  let common = /^\D*/.exec(first)![0]
  for (const other of others) while (!other.startsWith(common)) common = common.slice(0, -1)
  return common
}
