import { deviceName, deviceSecret, obeys } from '../rules/device-fields.ts'
import { type FieldName, fields, parameters } from './fields.ts'
import { UnreadableFile } from './unreadable.ts'

/** What whoever reads the file says: the column of a field, by its name or its number from 1; null for none. */
export type ChosenColumns = { readonly [F in FieldName]?: string | null }

/** Which column holds which field; -1 where none does. */
export type Places = { readonly [F in FieldName]: number }

/**
 * What columns are called, the surest first: the API's names, the console's in both languages (wire-facts §9:
 * of a gateway product MQTT user name, MQTT password, SN), and what people call them. Compared without case,
 * spaces and punctuation.
 */
const synonyms: { readonly [F in FieldName]: readonly string[] } = {
  name: [
    'DeviceName',
    'MQTT用户名',
    'MQTT Username',
    '设备名称',
    '设备名',
    '用户名',
    'Name',
    'Device',
    'Username',
    '名称',
  ],
  secret: [
    'DeviceSecret',
    'MQTT密码',
    'MQTT Password',
    '设备密钥',
    '设备密码',
    '密钥',
    '密码',
    'Secret',
    'Password',
  ],
  sn: ['Sn', 'Serial Number', '序列号', '设备序列号', 'Serial', 'Serial No', 'Device Sn', '设备SN'],
}

/** The columns that a report adds; a mended report has them, and they are not the device's. */
export const reportColumns = ['line', 'field', 'code', 'reason'] as const

/** Whether the last columns are those of a report. */
export function endsAsReport(columns: readonly string[]): boolean {
  const behind = columns.length - reportColumns.length
  return reportColumns.every((name, i) => columns[behind + i] === name)
}

/** The columns without those that a report has added. */
export const ownColumns = (columns: readonly string[]): readonly string[] =>
  endsAsReport(columns) ? columns.slice(0, -reportColumns.length) : columns

const bare = (text: string) => text.toLowerCase().replace(/[\s_\-.:()（）*/]/g, '')

/**
 * Finds the columns of the fields.
 * @param header the names of the columns
 * @param mayBeDevice whether these may be no names but a device
 * @param mayLack whether there may be no column for a name or a secret
 * @throws UnreadableFile where a column that was named is not there, or there is none for a name or a secret
 */
export function placesIn(
  header: readonly string[],
  chosen: ChosenColumns,
  mayBeDevice = false,
  mayLack = false,
): Places {
  const places = foundIn(header, chosen, chosenIn)
  for (const field of ['name', 'secret'] as const) {
    if (places[field] >= 0 || mayLack) continue
    throw new UnreadableFile({ code: 'UnknownColumn', field, columns: header, mayBeDevice })
  }
  return places
}

/** The same of a line with names of its own: there a field that it does not have is only missing. */
export const placesInLine = (names: readonly string[], chosen: ChosenColumns): Places =>
  foundIn(names, chosen, namedPlace)

/** Columns that were chosen come first: no other field may take them. */
function foundIn(
  header: readonly string[],
  chosen: ChosenColumns,
  choose: (header: readonly string[], column: string) => number,
): Places {
  const places = { name: -1, secret: -1, sn: -1 }
  const taken = new Map<number, FieldName>()
  const take = (field: FieldName, place: number) => {
    places[field] = place
    if (place >= 0) taken.set(place, field)
  }
  for (const field of fields) {
    const column = chosen[field]
    if (column === undefined || column === null) continue
    const place = choose(header, column)
    const other = taken.get(place)
    if (other !== undefined)
      throw new UnreadableFile({
        code: 'SameColumn',
        column: header[place]!,
        fields: [other, field],
        chosen: [chosen[other]!, column],
      })
    take(field, place)
  }
  const free = header.map((name, place) => (taken.has(place) ? '' : name))
  for (const field of fields) if (chosen[field] === undefined) take(field, synonymIn(free, field))
  return places
}

function chosenIn(header: readonly string[], column: string): number {
  const place = namedPlace(header, column)
  if (place >= 0) return place
  const number = Number(column)
  if (Number.isInteger(number) && number >= 1 && number <= header.length) return number - 1
  throw new UnreadableFile({ code: 'NoSuchColumn', column, columns: header })
}

function namedPlace(header: readonly string[], column: string): number {
  const exact = header.indexOf(column)
  return exact >= 0 ? exact : header.findIndex((name) => bare(name) === bare(column))
}

function synonymIn(header: readonly string[], field: FieldName): number {
  const names = header.map(bare)
  for (const synonym of synonyms[field]) {
    const place = names.indexOf(bare(synonym))
    if (place >= 0) return place
  }
  return -1
}

/** Whether a column of this name holds a field. */
export const isNameOf = (column: string, field: FieldName) => synonymIn([column], field) >= 0

/** How many of the fields a line names, if it is a header. */
export const namedIn = (cells: readonly string[]) =>
  fields.filter((field) => synonymIn(cells, field) >= 0).length

/** Whether a line that names no field is a device, so that the file has no header: a name with a digit in it. */
export const looksLikeDevice = ([name = '', secret = '']: readonly string[]) =>
  obeys(deviceName, name) && obeys(deviceSecret, secret) && /\d/.test(name)

/**
 * The columns of a file without a header: in the order of the fields, but where a field was chosen by its number.
 * Such a place is no other field's, and a field whose place is taken so has none.
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
