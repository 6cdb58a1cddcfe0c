import { textIn, utf8 } from '../lib/bytes.ts'
import { type ChosenColumns, type Places, placeColumns, placesInObject } from './columns.ts'
import { type Allowance, allowedCodes, type Fault, FaultList } from './faults.ts'
import { type FieldName, fields, parameters } from './fields.ts'
import { Inspection } from './inspection.ts'
import { cutObjects } from './json-cut.ts'
import type { ObjectPlaces } from './json-places.ts'
import { JsonReading, objectAt, objectIn } from './json-reading.ts'
import { countMembers, memberAt, namesTwice, textOfMember } from './json-values.ts'
import type { RowSource, Rows } from './rows.ts'
import { rowsOf } from './rows-of.ts'
import { UnreadableFile } from './unreadable.ts'

export interface JsonOptions {
  readonly map: ChosenColumns
  /** Where the array of objects is: names with dots between them; '.' for the document itself. Else it is searched for. */
  readonly rows?: string | undefined
  readonly allow?: readonly Allowance[] | undefined
  /** Whether there may be no member for a name or a secret. */
  readonly allowMissing?: boolean | undefined
  /** Rows in a chunk. */
  readonly chunkRows: number
}

const sampleRows = 200

/**
 * Reads objects, whose members are the columns: JSON lines, objects one behind the other (as `jq` prints them), an
 * array, or the array in a document. Objects may have different members, as where empty ones are left out: each is
 * looked at for its own. A report's columns are the members of the first object, the paths that were chosen, and one
 * for the serial number where the first object lacks that. A row's line is its number where several objects stand in
 * one line.
 * @param input UTF-8
 * @throws UnreadableFile
 */
export async function readJson(
  input: AsyncIterable<Uint8Array>,
  options: JsonOptions,
  hasBom: boolean,
): Promise<RowSource> {
  const { map, allowMissing = false, chunkRows } = options
  const reading = new JsonReading(input[Symbol.asyncIterator]())
  const notes = await reading.begin(options)
  const first = await reading.peek(sampleRows)
  if (first.count === 0) throw new UnreadableFile({ code: reading.inArray ? 'NoRows' : 'EmptyFile' })
  if (first.count > 1 && first.line[0] === first.line[1]) reading.countsRows = true
  const sample = Array.from({ length: first.count }, (_, entry) => objectAt(reading.bytes, first, entry))
  const columns = columnsOf(sample, map)
  const members = Object.keys(sample[0]!)
  const chosen = withoutAdded(map, columns)
  const cellsOf = (object: Members) => columns.map((column) => textOfMember(object, column, '').text)
  const known = { header: columns, sample: sample.map(cellsOf), chosen, mayBeDevice: false, allowMissing }
  const placed = placeColumns(known)
  const places = { ...placed.places }
  // A serial number may stand in later objects alone; a name and a secret are in each.
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

/** The members of the first object, and the paths that were chosen where any of the first objects has them. */
function columnsOf([first = {}, ...more]: readonly Members[], map: ChosenColumns): string[] {
  const columns = Object.keys(first)
  for (const column of Object.values(map)) {
    if (typeof column !== 'string' || columns.includes(column) || !column.includes('.')) continue
    if ([first, ...more].some((object) => memberAt(object, column) !== undefined)) columns.push(column)
  }
  return columns
}

/** What was chosen, but for the column that a report has added for serial numbers: no object needs to have such a member. */
function withoutAdded({ sn, ...map }: ChosenColumns, members: readonly string[]): ChosenColumns {
  const isAdded = sn === parameters.sn && !members.includes(sn)
  return isAdded || sn === undefined ? map : { ...map, sn }
}

/** What was chosen, with names instead of numbers, which count the members of the first object. */
const pathsChosen = (map: ChosenColumns, columns: readonly string[], places: Places): ChosenColumns =>
  Object.fromEntries(
    fields
      .filter((field) => map[field] !== undefined)
      .map((field) => [field, map[field] === null ? null : columns[places[field]]]),
  )

/** Makes rows of objects. */
class Objects {
  readonly #columns: readonly string[]
  readonly #places: Places
  readonly #chosen: ChosenColumns
  /** The names of the members as they stand in the file, where objects may be cut as they lie. */
  readonly #names: readonly Uint8Array[] | undefined
  readonly #members: number
  /** The columns that hold the fields. */
  readonly #usual: { readonly [F in FieldName]: string | undefined }
  #keysThen = ''
  #ownThen: { readonly [F in FieldName]: string | undefined } | undefined

  constructor(columns: readonly string[], places: Places, members: readonly string[], chosen: ChosenColumns) {
    this.#columns = columns
    this.#places = places
    this.#chosen = chosen
    this.#members = members.length
    this.#usual = { name: columns[places.name], secret: columns[places.secret], sn: columns[places.sn] }
    const isPath = fields.some((field) => places[field] >= members.length && field !== 'sn')
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

  /** The places of the fields among the members of the first object. */
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

  /** Which members of an object hold the fields. Most objects have the members of the one before. */
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
