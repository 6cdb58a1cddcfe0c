import { deviceName, deviceSecret, obeys } from '../../rules/device-fields.ts'
import { UnreadableFile } from './rows.ts'

/** The fields of a device, by the names that flags and reports have for them. */
export const fields = ['name', 'secret', 'sn'] as const
export type FieldName = (typeof fields)[number]

/** What `--map` says: the column of a field, by its name or its number from 1. */
export type ChosenColumns = { readonly [F in FieldName]?: string }

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

const bare = (text: string) => text.toLowerCase().replace(/[\s_\-.:()（）*/]/g, '')

/**
 * Finds the columns of the fields.
 * @param header the names of the columns
 * @throws UnreadableFile where a column that was named is not there, or there is none for a name or a secret
 */
export function placesIn(header: readonly string[], chosen: ChosenColumns): Places {
  const places = Object.fromEntries(
    fields.map((field) => [
      field,
      chosen[field] === undefined ? synonymIn(header, field) : chosenIn(header, chosen[field]),
    ]),
  ) as Places
  for (const field of ['name', 'secret'] as const) {
    if (places[field] >= 0) continue
    throw new UnreadableFile(
      `no column is known to hold the device's ${field}; the columns are ${header.map((name) => JSON.stringify(name)).join(', ')}. Say which: --map ${field}=COLUMN`,
    )
  }
  return places
}

function chosenIn(header: readonly string[], column: string): number {
  const exact = header.indexOf(column)
  const place = exact >= 0 ? exact : header.findIndex((name) => bare(name) === bare(column))
  if (place >= 0) return place
  const number = Number(column)
  if (Number.isInteger(number) && number >= 1 && number <= header.length) return number - 1
  throw new UnreadableFile(
    `there is no column ${JSON.stringify(column)}; the columns are ${header.map((name) => JSON.stringify(name)).join(', ')}`,
  )
}

function synonymIn(header: readonly string[], field: FieldName): number {
  const names = header.map(bare)
  for (const synonym of synonyms[field]) {
    const place = names.indexOf(bare(synonym))
    if (place >= 0) return place
  }
  return -1
}

/** How many of the fields a line names, if it is a header. */
export const namedIn = (cells: readonly string[]) =>
  fields.filter((field) => synonymIn(cells, field) >= 0).length

/** Whether a line that names no field is a device, so that the file has no header: a name with a digit in it. */
export const looksLikeDevice = ([name = '', secret = '']: readonly string[]) =>
  obeys(deviceName, name) && obeys(deviceSecret, secret) && /\d/.test(name)

/** The columns of a file without a header. */
export const unnamedColumns = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => ['DeviceName', 'DeviceSecret', 'Sn'][i] ?? `column ${i + 1}`)
