import type { Column, Row } from './form-model.ts'

/** What a clipboard held, as rows of a list. */
export interface PastedRows {
  readonly rows: readonly Row[]
  /** Whether the first line named the columns. */
  readonly hadHeader: boolean
}

/**
 * Reads cells copied from a spreadsheet (tabs), a CSV file (commas or semicolons), or lines of one value each.
 * Columns that the first line names are put where they belong; without such a line they are taken in order, from
 * `first` on.
 */
export function readPastedRows(text: string, columns: readonly Column[], first = 0): PastedRows {
  const cells = cellsOf(text).filter((row) => row.some((cell) => cell !== ''))
  const named = cells[0]?.map((cell) => columns.findIndex(({ member }) => isNameOf(cell, member))) ?? []
  const hadHeader = named.some((column) => column >= 0)
  const places = hadHeader ? named : undefined
  const rows = cells.slice(hadHeader ? 1 : 0).map((row) =>
    columns.map((_, column) => {
      const place = places === undefined ? column - first : places.indexOf(column)
      return place < 0 ? '' : (row[place] ?? '')
    }),
  )
  return { rows, hadHeader }
}

/** Whether a text is more than one cell. */
export const isTable = (text: string) => /[\t\n]/.test(text.trimEnd())

/** A column's name as people write it: Device Name, device_name, 设备名称. */
function isNameOf(cell: string, member: string): boolean {
  const bare = cell.toLowerCase().replace(/[\s_\-.:()（）*]/g, '')
  if (bare === '') return false
  return bare === member.toLowerCase() || (otherNames[member] ?? []).includes(bare)
}

const otherNames: Readonly<Record<string, readonly string[]>> = {
  '': ['devicename', 'iotid', '设备名称'],
  DeviceName: ['name', 'mqttusername', '设备名称', '设备名', 'mqtt用户名'],
  DeviceSecret: ['secret', 'mqttpassword', '设备密钥', '设备密码', 'mqtt密码'],
  Sn: ['serialnumber', 'devicesn', '序列号', '设备序列号'],
  DeviceNickname: ['nickname', '备注名称', '昵称'],
  Nickname: ['devicenickname', '备注名称', '昵称'],
}

/**
 * Cells of lines; a cell in double quotes may hold a delimiter, a line end, and a quote written twice. What begins with
 * a quote and does not end with one is taken as it stands.
 */
function cellsOf(text: string): string[][] {
  const rows: string[][] = []
  const delimiter = delimiterOf(text)
  const part = new RegExp(`(?:"((?:[^"]|"")*)"|([^${delimiter}\\r\\n]*))(${delimiter}|\\r\\n|\\n|\\r|$)`, 'y')
  let row: string[] = []
  for (let at = 0; at < text.length || row.length > 0; at = part.lastIndex) {
    part.lastIndex = at
    const [, quoted, plain, end] = part.exec(text)!
    row.push(quoted?.replaceAll('""', '"') ?? plain!.trim())
    if (end === delimiter) continue
    rows.push(row)
    row = []
  }
  return rows
}

function delimiterOf(text: string): string {
  const [line] = text.split(/\r?\n/, 1)
  return ['\t', ';', ','].find((delimiter) => line!.includes(delimiter)) ?? '\t'
}
