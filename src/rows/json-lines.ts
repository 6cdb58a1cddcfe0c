import { type ChosenColumns, type Places, placesIn, placesInLine } from './columns.ts'
import { type FieldName, fields, parameters } from './fields.ts'
import type { RowSource, Rows } from './rows.ts'
import { rowsOf } from './rows-of.ts'
import { UnreadableFile } from './unreadable.ts'

/**
 * Reads JSON lines: an object in each line, whose members are the columns. Lines may have different members, as where
 * empty ones are left out: each is looked at for its own. A report's columns are the members of the first line, and
 * one for the serial number where it lacks that.
 * @param chunks UTF-8
 * @throws UnreadableFile
 */
export async function readJsonLines(
  chunks: AsyncIterable<Uint8Array>,
  {
    map,
    size,
    mayLack,
  }: { readonly map: ChosenColumns; readonly size: number; readonly mayLack?: boolean | undefined },
  wasMarked: boolean,
): Promise<RowSource> {
  const lines = linesOf(chunks)
  const first = await lines.next()
  if (first.done) throw new UnreadableFile({ code: 'EmptyFile' })
  const firstLine = first.value
  const members = Object.keys(objectIn(firstLine))
  const chosen = withoutAdded(map, members)
  const inFirst = placesIn(members, chosen, false, mayLack)
  const columns = [...members]
  const places = { ...inFirst }
  // A serial number may stand in later lines alone; a name and a secret are in each.
  if (places.sn < 0 && chosen.sn !== null) places.sn = columns.push(parameters.sn) - 1
  const memberOf = membersOf(chosen, members, inFirst)
  return {
    columns,
    places,
    notes: [],
    wasMarked,
    recognised: () => ({ format: 'jsonl', hasHeader: true }),
    portions: portions(),
    // No spreadsheet writes JSON lines.
    damage: () => [],
  }

  async function* portions(): AsyncGenerator<Rows> {
    let rows: string[][] = []
    let numbers: number[] = []
    const portion = () => {
      const lineNumbers = numbers
      const rowsThen = rows
      rows = []
      numbers = []
      return rowsOf(rowsThen, (entry) => lineNumbers[entry]!, places)
    }
    const add = (line: Line) => {
      const object = objectIn(line)
      const own = memberOf(object)
      const row = columns.map((column) => textOf(object, column, line))
      for (const field of fields) {
        if (places[field] < 0) continue
        const member = own[field]
        row[places[field]] = member === undefined ? '' : textOf(object, member, line)
      }
      rows.push(row)
      numbers.push(line.number)
    }
    add(firstLine)
    for await (const line of lines) {
      if (rows.length === size) yield portion()
      add(line)
    }
    if (rows.length > 0) yield portion()
  }
}

/** What was chosen, but for the column that a report has added for serial numbers: no line needs to have such a member. */
function withoutAdded({ sn, ...map }: ChosenColumns, members: readonly string[]): ChosenColumns {
  const isAdded = sn === parameters.sn && !members.includes(sn)
  return isAdded || sn === undefined ? map : { ...map, sn }
}

type Members = { readonly [F in FieldName]: string | undefined }

/** Which members of an object hold the fields. Most objects have the members of the one before. */
function membersOf(
  map: ChosenColumns,
  members: readonly string[],
  places: Places,
): (object: Record<string, unknown>) => Members {
  // A number counts the members of the first line.
  const chosen = Object.fromEntries(
    fields
      .filter((field) => map[field] !== undefined)
      .map((field) => [field, map[field] === null ? null : members[places[field]]]),
  ) as ChosenColumns
  let keysThen = ''
  let found: Members | undefined
  return (object) => {
    const names = Object.keys(object)
    const keys = names.join('\n')
    if (found !== undefined && keys === keysThen) return found
    keysThen = keys
    const own = placesInLine(names, chosen)
    found = { name: names[own.name], secret: names[own.secret], sn: names[own.sn] }
    return found
  }
}

interface Line {
  readonly text: string
  readonly number: number
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line, undefined> {
  let rest = ''
  let number = 0
  const decoder = new TextDecoder()
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop()!
    for (const text of lines) {
      number++
      if (text.trim() !== '') yield { text, number }
    }
  }
  if (rest.trim() !== '') yield { text: rest, number: number + 1 }
  return undefined
}

function objectIn({ text, number }: Line): Record<string, unknown> {
  if (text.trimStart().startsWith('[')) throw new UnreadableFile({ code: 'JsonArray', line: number })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Not its message: it would quote what stands there, which may be a secret.
    throw new UnreadableFile({ code: 'NotJson', line: number })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new UnreadableFile({ code: 'NotAnObject', line: number })
}

/** A member as text: a number with the digits that stand in the file, however many they are. */
function textOf(object: Record<string, unknown>, column: string, { text }: Line): string {
  const value = object[column]
  if (value === undefined || value === null) return ''
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return digitsIn(text, column)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function digitsIn(text: string, column: string): string {
  const digits = new Map<unknown, string>()
  const keep = function (this: unknown, key: string, value: unknown, context?: { source?: string }) {
    // Objects inside may have members of the same name.
    if (key === column && typeof value === 'number') digits.set(this, context?.source ?? String(value))
    return value
  }
  const outermost = JSON.parse(text, keep as (this: unknown, key: string, value: unknown) => unknown)
  return digits.get(outermost) ?? ''
}
