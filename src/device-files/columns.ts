import { deviceName, deviceSecret, obeys, serialNumber } from '../rules/device-fields.ts'
import { knownName, placeOfName, type Rank } from './column-names.ts'
import { type FieldName, fields, parameters } from './fields.ts'
import type { Note } from './notes.ts'
import { UnreadableFile } from './unreadable.ts'

/** The user's choice of columns: name or number (from 1) by field; null if the field has no column. */
export type ChosenColumns = { readonly [F in FieldName]?: string | null }

/** Chooses the columns of the fields once the names of all columns are known. */
export interface ColumnChoice {
  /** Columns or, in JSON, paths that the choice looks for. */
  readonly paths: readonly string[]
  /** Names of which one stands in every header; undefined if a header is recognised as usual. */
  readonly header: readonly string[] | undefined
  /** Describes where the rows are in a JSON document with several arrays of objects. */
  readonly rows: readonly string[]
  /** Whether an object is a device itself, no document with an array of devices. */
  isDevice(object: Readonly<Record<string, unknown>>): boolean
  /** @throws UnreadableFile if a column is missing */
  choose(columns: readonly string[], mayBeDevice: boolean): ChosenColumns
}

/** The column index of each field; -1 if the field has no column. */
export type Places = { readonly [F in FieldName]: number }

/** The columns that a report adds. They are not device data when the user imports a corrected report. */
export const reportColumns = ['line', 'field', 'code', 'reason'] as const

/** Reports whether the last columns are those of a report. */
export function endsAsReport(columns: readonly string[]): boolean {
  const behind = columns.length - reportColumns.length
  return reportColumns.every((name, i) => columns[behind + i] === name)
}

/** Removes the columns that a report has added. */
export const ownColumns = (columns: readonly string[]): readonly string[] =>
  endsAsReport(columns) ? columns.slice(0, -reportColumns.length) : columns

const rules = { name: deviceName, secret: deviceSecret, sn: serialNumber } as const

export const isLegal = (field: FieldName, text: string) => obeys(rules[field], text)

/** The input of `placeColumns`. */
export interface Known {
  /** The names of the columns. */
  readonly header: readonly string[]
  /** The first rows below the header. */
  readonly sample: readonly (readonly string[])[]
  readonly chosen: ChosenColumns
  /** Whether the header may in fact be a device. */
  readonly mayBeDevice: boolean
  /** Whether the name and secret columns may be missing. */
  readonly allowMissing: boolean
}

/** The columns of the fields, with notes for the user. */
export interface Placed {
  readonly places: Places
  readonly notes: readonly Note[]
}

/**
 * Assigns columns to fields. The user's choice comes first and is reserved for its field. An API name always
 * matches; a common name matches only if it is the only one whose values are legal.
 * @throws UnreadableFile if a chosen column does not exist, no column fits name or secret, or several fit
 */
export function placeColumns(known: Known): Placed {
  const { header, chosen, mayBeDevice, allowMissing } = known
  const places = chosenPlaces(header, chosen, (column) => placeChosen(header, column, mayBeDevice))
  const notes: Note[] = []
  for (const field of fields) {
    if (chosen[field] !== undefined) continue
    const taken = new Set(Object.values(places))
    const { place, note } = placeOf(field, known, taken)
    places[field] = place
    if (note !== undefined) notes.push(note)
  }
  for (const field of ['name', 'secret'] as const) {
    if (places[field] >= 0 || allowMissing) continue
    throw new UnreadableFile({ code: 'UnknownColumn', field, columns: header, mayBeDevice })
  }
  const other = mayBeDevice ? undefined : otherThatFits(known, places)
  return { places, notes: other === undefined ? notes : [...notes, other] }
}

/**
 * Assigns members to fields for one object; a field that the object lacks is missing rather than an error.
 * @param usual the names that the first object uses for the fields; of common names, only these match
 */
export function placesInObject(
  names: readonly string[],
  chosen: ChosenColumns,
  usual?: { readonly [F in FieldName]?: string | undefined },
): Places {
  const places = chosenPlaces(names, chosen, (column) => placeOfName(names, column))
  for (const field of fields) {
    if (chosen[field] !== undefined) continue
    const taken = new Set(Object.values(places))
    const same = usual?.[field] === undefined ? -1 : names.indexOf(usual[field])
    const [best] = candidates(field, names, taken).filter(({ rank }) => usual === undefined || rank < 2)
    places[field] = same >= 0 && !taken.has(same) ? same : (best?.place ?? -1)
  }
  return places
}

function chosenPlaces(
  header: readonly string[],
  chosen: ChosenColumns,
  place: (column: string) => number,
): { [F in FieldName]: number } {
  const places = { name: -1, secret: -1, sn: -1 }
  const taken = new Map<number, FieldName>()
  for (const field of fields) {
    const column = chosen[field]
    if (column === undefined || column === null) continue
    const at = place(column)
    const other = taken.get(at)
    if (other !== undefined && at >= 0)
      throw new UnreadableFile({
        code: 'SameColumn',
        column: header[at]!,
        fields: [other, field],
        chosen: [chosen[other]!, column],
      })
    places[field] = at
    taken.set(at, field)
  }
  return places
}

function placeChosen(header: readonly string[], column: string, mayBeDevice: boolean): number {
  const place = placeOfName(header, column)
  if (place >= 0) return place
  const number = Number(column)
  if (Number.isInteger(number) && number >= 1 && number <= header.length) return number - 1
  throw new UnreadableFile({ code: 'NoSuchColumn', column, columns: header, mayBeDevice })
}

interface Candidate {
  readonly place: number
  readonly rank: Rank
}

/** Lists the columns whose names match a field, the most certain first. */
function candidates(field: FieldName, header: readonly string[], taken: ReadonlySet<number>): Candidate[] {
  const found: Candidate[] = []
  header.forEach((name, place) => {
    const known = taken.has(place) ? undefined : knownName(name)
    if (known?.field === field) found.push({ place, rank: known.rank })
  })
  return found.sort((a, b) => a.rank - b.rank || a.place - b.place)
}

function placeOf(
  field: FieldName,
  { header, sample, allowMissing }: Known,
  taken: ReadonlySet<number>,
): { readonly place: number; readonly note?: Note } {
  const all = candidates(field, header, taken)
  const best = all[0]
  if (best === undefined) return { place: -1 }
  // A single column with an API name is unambiguous.
  const rivals = all.filter(({ rank, place }) => place !== best.place && (best.rank > 0 || rank === 0))
  const isLegalIn = (place: number) => sample.some((row) => isLegal(field, row[place] ?? ''))
  const differs = (place: number) => sample.some((row) => (row[place] ?? '') !== (row[best.place] ?? ''))
  const others = all.filter(({ place }) => place !== best.place && isLegalIn(place)).map(({ place }) => place)
  const names = (places: readonly number[]) => places.map((place) => nameOf(header, place))
  const equal = rivals.filter(({ place }) => isLegalIn(place) && differs(place)).map(({ place }) => place)
  if (equal.length > 0 && isLegalIn(best.place)) {
    const columns = names([best.place, ...equal].sort((a, b) => a - b))
    if (!allowMissing) throw new UnreadableFile({ code: 'AmbiguousColumn', field, columns })
    return { place: -1, note: { code: 'AmbiguousColumn', field, columns } }
  }
  const [twin] = rivals.filter(({ rank }) => rank === best.rank && best.rank === 0).map(({ place }) => place)
  if (twin !== undefined && !isLegalIn(best.place) && isLegalIn(twin)) return { place: twin }
  if (others.length === 0 || !isLegalIn(best.place)) return { place: best.place }
  return {
    place: best.place,
    note: { code: 'ChosenColumn', field, column: nameOf(header, best.place), others: names(others) },
  }
}

/** Writes a column as a flag value: its name, or its number if the name is empty or not unique. */
export function nameOf(header: readonly string[], place: number): string {
  const name = header[place] ?? ''
  return name !== '' && header.indexOf(name) === place && header.lastIndexOf(name) === place
    ? name
    : String(place + 1)
}

/** If no sampled value of the column is legal, finds other columns whose values are all legal and distinct. */
function otherThatFits({ header, sample, chosen }: Known, places: Places): Note | undefined {
  if (sample.length === 0) return undefined
  const taken = new Set(Object.values(places))
  for (const field of ['name', 'secret'] as const) {
    const place = places[field]
    if (place < 0 || chosen[field] !== undefined) continue
    if (sample.some((row) => isLegal(field, row[place] ?? ''))) continue
    const others = header.flatMap((_, other) => {
      if (taken.has(other)) return []
      const values = sample.map((row) => row[other] ?? '')
      const fits =
        values.every((value) => isLegal(field, value)) &&
        new Set(values).size === values.length &&
        (field === 'name' || values.every((value) => /\d/.test(value)))
      return fits ? [nameOf(header, other)] : []
    })
    if (others.length > 0)
      return { code: 'OtherColumnFits', field, column: nameOf(header, place), others: others.slice(0, 3) }
  }
  return undefined
}

/**
 * Assigns columns in a file without a header: in the order of the fields, except for fields chosen by number. A
 * chosen column is reserved for its field; a field whose default column is reserved gets none.
 */
export function unnamedColumns(count: number, chosen: ChosenColumns): string[] {
  const names = Array.from({ length: count }, (_, i) => `column ${i + 1}`)
  const numbers = fields.map((field) => (chosen[field] === null ? 0 : Number(chosen[field] ?? Number.NaN)))
  fields.forEach((field, i) => {
    const number = numbers[i]!
    if (Number.isNaN(number) && numbers.includes(i + 1)) return
    const place = Number.isNaN(number) ? i : number - 1
    if (place in names) names[place] = parameters[field]
  })
  return names
}
