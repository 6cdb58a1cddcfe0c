import { textIn, utf8 } from '../lib/bytes.ts'
import {
  type ChosenColumns,
  type ColumnChoice,
  type Places,
  placeColumns,
  placesInObject,
} from './columns.ts'
import { type Allowance, allowedCodes, type Fault, FaultList } from './faults.ts'
import { type FieldName, fields, parameters } from './fields.ts'
import { Inspection } from './inspection.ts'
import { cutObjects } from './json-cut.ts'
import type { ObjectPlaces } from './json-places.ts'
import { JsonReading, objectAt, objectIn } from './json-reading.ts'
import { countMembers, memberAt, namesTwice, pathIn, textOfMember } from './json-values.ts'
import type { RowSource, Rows } from './rows.ts'
import { rowsOf } from './rows-of.ts'
import { UnreadableFile } from './unreadable.ts'

export interface JsonOptions {
  readonly map: ChosenColumns
  readonly choice?: ColumnChoice | undefined
  /** Dotted path to the array of objects; '.' for the document itself; undefined to search for it. */
  readonly rows?: string | undefined
  readonly allow?: readonly Allowance[] | undefined
  /** Whether the name and secret members may be missing. */
  readonly allowMissing?: boolean | undefined
  /** Rows in a chunk. */
  readonly chunkRows: number
}

const sampleRows = 200

/**
 * Reads objects whose members are the columns: JSON lines, concatenated objects (as `jq` prints them), an
 * array, or an array in a document. Objects may have different members, for example if empty ones are omitted;
 * fields are assigned per object. A report has the first object's members as its columns, plus the chosen paths
 * and a column for the serial number if the first object lacks one. The line number of a row is the row's
 * number if a line has several objects.
 * @param input UTF-8
 * @throws UnreadableFile
 */
export async function readJson(
  input: AsyncIterable<Uint8Array>,
  options: JsonOptions,
  hasBom: boolean,
): Promise<RowSource> {
  const { choice, allowMissing = false, chunkRows } = options
  const reading = new JsonReading(input[Symbol.asyncIterator]())
  const notes = await reading.begin(options)
  const first = await reading.peek(sampleRows)
  if (first.count === 0) throw new UnreadableFile({ code: reading.inArray ? 'NoRows' : 'EmptyFile' })
  if (first.count > 1 && first.line[0] === first.line[1]) reading.countsRows = true
  const sample = Array.from({ length: first.count }, (_, entry) => objectAt(reading.bytes, first, entry))
  const columns = columnsOf(sample, options.map, choice?.paths ?? [])
  const map = choice?.choose(columns, false) ?? options.map
  const members = Object.keys(sample[0]!)
  const chosen = withoutAdded(map, columns)
  const cellsOf = (object: Members) => columns.map((column) => textOfMember(object, column, '').text)
  const known = { header: columns, sample: sample.map(cellsOf), chosen, mayBeDevice: false, allowMissing }
  const placed = placeColumns(known)
  const places = { ...placed.places }
  // Only later objects may have a serial number; every object has a name and a secret.
  if (places.sn < 0 && chosen.sn !== null) places.sn = columns.push(parameters.sn) - 1
  const inspection = new Inspection({
    columns,
    places,
    hasHeader: false,
    chosen,
    isTyped: true,
    allowed: allowedCodes(options.allow),
  })
  const read = new Objects(columns, places, members, pathsChosen(chosen, columns, placed.places))
  const chunks = (async function* () {
    for (;;) {
      const { bytes, found } = await reading.take(chunkRows)
      if (found.count === 0) return inspection.end()
      const rows = inspection.inspect(read.rows(bytes, found))
      if (rows.count > 0) yield rows
    }
  })()
  return {
    columns,
    places,
    mayBeDevice: false,
    notes: [...notes, ...placed.notes],
    hasBom,
    recognised: () => ({
      format: reading.inArray ? 'json' : 'jsonl',
      hasHeader: true,
      ...(reading.path !== undefined && { rowsPath: reading.path }),
    }),
    chunks,
    findings: () => inspection.findings(),
  }
}

type Members = Readonly<Record<string, unknown>>

/** The members of the first object, plus the chosen paths that occur in one of the first objects. */
function columnsOf(
  [first = {}, ...more]: readonly Members[],
  map: ChosenColumns,
  paths: readonly string[],
): string[] {
  const columns = Object.keys(first)
  for (const path of paths)
    for (const object of [first, ...more]) {
      const found = pathIn(object, path)
      if (found === undefined || columns.includes(found)) continue
      columns.push(found)
      break
    }
  for (const column of Object.values(map)) {
    if (typeof column !== 'string' || columns.includes(column) || !column.includes('.')) continue
    if ([first, ...more].some((object) => memberAt(object, column) !== undefined)) columns.push(column)
  }
  return columns
}

/**
 * Removes the serial number's column from the choice if only a report added it: no object need have that
 * member.
 */
function withoutAdded({ sn, ...map }: ChosenColumns, members: readonly string[]): ChosenColumns {
  const isAdded = sn === parameters.sn && !members.includes(sn)
  return isAdded || sn === undefined ? map : { ...map, sn }
}

/** Replaces column numbers in the choice, which count the members of the first object, by names. */
const pathsChosen = (map: ChosenColumns, columns: readonly string[], places: Places): ChosenColumns =>
  Object.fromEntries(
    fields
      .filter((field) => map[field] !== undefined)
      .map((field) => [field, map[field] === null ? null : columns[places[field]]]),
  )

/** Converts objects to rows. */
class Objects {
  readonly #columns: readonly string[]
  readonly #places: Places
  readonly #chosen: ChosenColumns
  /** The member names as written in the file, if objects may be sliced. */
  readonly #names: readonly Uint8Array[] | undefined
  readonly #members: number
  /** The column of each field in the first object. */
  readonly #usual: { readonly [F in FieldName]: string | undefined }
  #keysThen = ''
  #ownThen: { readonly [F in FieldName]: string | undefined } | undefined

  constructor(columns: readonly string[], places: Places, members: readonly string[], chosen: ChosenColumns) {
    this.#columns = columns
    this.#places = places
    this.#chosen = chosen
    this.#members = members.length
    this.#usual = { name: columns[places.name], secret: columns[places.secret], sn: columns[places.sn] }
    const isPath = fields.some(
      (field) => places[field] >= members.length && (field !== 'sn' || typeof chosen.sn === 'string'),
    )
    const isPlain = members.every((name) => !/["\\\x00-\x1f]/.test(name))
    this.#names = isPath || !isPlain || members.length === 0 ? undefined : members.map((name) => utf8(name))
  }

  rows(bytes: Uint8Array, found: ObjectPlaces): Rows {
    return this.#cut(bytes, found) ?? this.#parsed(bytes, found)
  }

  #cut(bytes: Uint8Array, found: ObjectPlaces): Rows | undefined {
    if (this.#names === undefined) return undefined
    const cut = cutObjects(bytes, found, this.#names, this.#wanted())
    if (cut === undefined) return undefined
    return {
      count: found.count,
      members: { DeviceName: cut.name, DeviceSecret: cut.secret, Sn: cut.sn },
      discarded: 0,
      line: (entry) => found.line[entry]!,
      cells: (entry) =>
        this.#cells(objectAt(bytes, found, entry), textIn(bytes, found.start[entry]!, found.end[entry]!))
          .cells,
      faults: new Map(),
    }
  }

  /** The positions of the fields among the members of the first object. */
  #wanted(): Places {
    const at = (place: number) => (place < this.#members ? place : -1)
    return { name: at(this.#places.name), secret: at(this.#places.secret), sn: at(this.#places.sn) }
  }

  #parsed(bytes: Uint8Array, found: ObjectPlaces): Rows {
    const faults = new FaultList()
    const rows = Array.from({ length: found.count }, (_, entry) => {
      const text = textIn(bytes, found.start[entry]!, found.end[entry]!)
      const { cells, wrong } = this.#cells(objectIn(text, found.line[entry]!), text)
      for (const fault of wrong) faults.add(entry, fault)
      return cells
    })
    return rowsOf(rows, (entry) => found.line[entry]!, this.#places, faults.all())
  }

  #cells(
    object: Members,
    text: string,
  ): { readonly cells: readonly string[]; readonly wrong: readonly Fault[] } {
    const own = this.#ownOf(object)
    const cells = this.#columns.map((column) => textOfMember(object, column, text).text)
    const wrong: Fault[] = []
    for (const field of fields) {
      if (this.#places[field] < 0) continue
      const member = own[field]
      const value = member === undefined ? { text: '' } : textOfMember(object, member, text)
      cells[this.#places[field]] = value.text
      if (value.isOther) wrong.push({ code: 'NotText', field, text: value.text })
      if (value.artifact !== undefined) wrong.push({ code: 'DamagedNumber', field, kind: value.artifact })
    }
    if (countMembers(text) !== Object.keys(object).length) {
      const twice = namesTwice(text).find((name) => Object.values(own).includes(name))
      if (twice !== undefined) wrong.push({ code: 'RepeatedMember', member: twice })
    }
    return { cells, wrong }
  }

  /** The members that hold the fields in one object; most objects have the same members as the one before. */
  #ownOf(object: Members) {
    const names = Object.keys(object)
    const keys = names.join('\n')
    if (this.#ownThen !== undefined && keys === this.#keysThen) return this.#ownThen
    const paths = fields.flatMap((field) => {
      const column = this.#chosen[field]
      return typeof column === 'string' && !names.includes(column) && column.includes('.') ? [column] : []
    })
    const all = [...names, ...paths]
    const places = placesInObject(all, this.#chosen, this.#usual)
    this.#keysThen = keys
    this.#ownThen = { name: all[places.name], secret: all[places.secret], sn: all[places.sn] }
    return this.#ownThen
  }
}
