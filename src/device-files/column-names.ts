import { type FieldName, fields } from './fields.ts'

/**
 * Column names by field, the most certain first: those of the API and of the cloud's console in both languages
 * (wire-facts §9: gateway products use MQTT user name, MQTT password, SN); common names; and the names of other
 * platforms (Azure, AWS, ThingsBoard, The Things Stack, ChirpStack, Tuya, Tencent, OneNET, EMQX, Milesight).
 * Case, spaces and punctuation are ignored.
 */
const names: { readonly [F in FieldName]: readonly (readonly string[])[] } = {
  name: [
    ['DeviceName', 'MQTT用户名', 'MQTT Username', '设备名称', '设备名'],
    [
      '用户名',
      'Name',
      'Device',
      'Username',
      '名称',
      '裝置名稱',
      'デバイス名',
      '機器名',
      'Gerätename',
      'Gerät',
    ],
    [
      ...['DeviceId', '设备ID', '设备编号', '设备号', '设备标识', 'ClientId', 'MQTT Client ID', 'ThingName'],
      ...['DevEUI', 'IMEI', 'MAC', 'MAC Address', 'MAC地址', 'UUID', 'ID', 'User ID', 'IOTC_DEVICEID'],
      ...['Registration ID', 'telemetryAddress', 'Endpoint Name', 'Login'],
    ],
  ],
  secret: [
    ['DeviceSecret', 'MQTT密码', 'MQTT Password', '设备密钥'],
    [
      ...['设备密码', '密钥', '密码', '口令', 'Secret', 'Password', 'Passwd', 'Pwd', 'Passwort', 'Kennwort'],
      ...['パスワード', '密碼', '金鑰'],
    ],
    [
      ...[
        'Key',
        'Device Key',
        'AuthKey',
        'AppKey',
        'PSK',
        'Device PSK',
        'Pre-Shared Key',
        'Sec Key',
        'NwkKey',
      ],
      ...[
        'Token',
        'Access Token',
        'Device Token',
        'Auth Token',
        'Primary Key',
        'Symmetric Key',
        'Shared Key',
      ],
      ...['Secret Key', 'Credential', 'Credentials', 'API Key'],
    ],
  ],
  sn: [
    ['Sn', 'Serial Number', '序列号', '设备序列号'],
    [
      'Serial',
      'Serial No',
      'Device Sn',
      '设备SN',
      'Device Serial Number',
      'Seriennummer',
      '序號',
      '製造番号',
    ],
  ],
}

/** Removes decorations such as asterisks and brackets from a name. */
const bare = (text: string) => text.toLowerCase().replace(/[\s\ufeff_\-.:()（）*＊/#"'“”‘’]/g, '')

/** Bracketed words that make it a different column: the device's nickname, its former key. */
const another = /备注|昵称|别名|旧|新|nick|alias|old|new|display|label/i

/** The certainty of a name: 0 for the API's names, 1 for common names, 2 for names of other platforms. */
export type Rank = 0 | 1 | 2

const ranked = new Map<string, { readonly field: FieldName; readonly rank: Rank }>()
for (const field of fields)
  names[field].forEach((some, rank) => {
    for (const name of some) ranked.set(bare(name), { field, rank: rank as Rank })
  })

export type KnownName = { readonly field: FieldName; readonly rank: Rank }

/**
 * Finds the field of a column by its name. Decorated names match too: `*DeviceName(必填)`, `设备名称 DeviceName`,
 * `DeviceSecret [required]`.
 */
export function knownName(cell: string): KnownName | undefined {
  const plain = ranked.get(bare(cell))
  if (plain !== undefined || cell.length > 80) return plain
  const bracketed = [...cell.matchAll(/[(（[【<{]([^)）\]】>}]*)[)）\]】>}]/g)].map(([, inside]) => inside!)
  if (bracketed.some((inside) => another.test(inside))) return undefined
  const outside = cell.replace(/[(（[【<{][^)）\]】>}]*[)）\]】>}]/g, ' ')
  const without = ranked.get(bare(outside))
  if (without !== undefined) return without
  // A bilingual name matches only if all its parts name the same field.
  const parts = [
    outside.replace(/[^\p{ASCII}]+/gu, ' '),
    outside.replace(/[\p{ASCII}]+/gu, ' '),
    ...outside.split(/[/|\n]/),
  ].map(bare)
  const known = parts.slice(0, 2).map((part) => ranked.get(part))
  if (known[0] !== undefined && known[0].field === known[1]?.field) return known[0]
  const split = parts.slice(2).map((part) => ranked.get(part))
  if (split.length > 1 && split.every((part) => part !== undefined && part.field === split[0]?.field))
    return split[0]
  return undefined
}

/** Reports whether a column name belongs to a field. */
export const isNameOf = (column: string, field: FieldName) => knownName(column)?.field === field

/** Counts the fields that a line names. */
export const namedIn = (cells: readonly string[]) =>
  new Set(cells.map((cell) => knownName(cell)?.field).filter((field) => field !== undefined)).size

/** Finds a column by the given name: first by exact match, then ignoring case, spaces and punctuation. */
export function placeOfName(header: readonly string[], column: string): number {
  const exact = header.indexOf(column)
  return exact >= 0 ? exact : header.findIndex((name) => name !== '' && bare(name) === bare(column))
}

/** All known names in lower case, as a file may contain them. */
export const allNames: readonly string[] = fields.flatMap((field) => names[field].flat())
