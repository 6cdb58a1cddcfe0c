import { stringify } from 'csv-stringify/browser/esm/sync'
import type { ExportedRow } from './written.ts'

/** How the devices of a product are written for another platform: columns of CSV, each with the member that fills it. */
interface PlatformFile {
  /** Undefined if the platform's file has no header. */
  readonly header: readonly string[] | undefined
  readonly delimiter: string
  readonly record: (device: Device) => readonly string[]
}

interface Device {
  readonly name: string
  readonly secret: string
  readonly sn: string
  readonly nickname: string
}

/** The formats that hold a secret and that the platforms import, as their documentation has them. */
const files = {
  thingsboard: {
    header: ['name', 'type', 'label', 'ACCESS_TOKEN', 'serialNumber'],
    delimiter: ',',
    record: ({ name, secret, sn, nickname }) => [name, 'default', nickname, secret, sn],
  },
  ttn: {
    header: ['id', 'dev_eui', 'name', 'app_key'],
    delimiter: ';',
    record: ({ name, secret, sn, nickname }) => [name.toLowerCase(), sn, nickname, secret],
  },
  chirpstack: {
    header: ['devEui', 'name', 'appKey'],
    delimiter: ',',
    record: ({ name, secret, nickname }) => [name, nickname || name, secret],
  },
  emqx: {
    header: ['user_id', 'password', 'is_superuser'],
    delimiter: ',',
    record: ({ name, secret }) => [name, secret, 'false'],
  },
  mosquitto: { header: undefined, delimiter: ':', record: ({ name, secret }) => [name, secret] },
  aliyun: {
    header: ['DeviceName', 'DeviceSecret', 'Sn'],
    delimiter: ',',
    record: ({ name, secret, sn }) => [name, secret, sn],
  },
} as const satisfies Readonly<Record<string, PlatformFile>>

export type ExportPlatform = keyof typeof files
export const exportPlatforms = Object.keys(files) as readonly ExportPlatform[]

/** Writes devices as a file that a platform imports, piece by piece. */
export async function* writtenFor(
  platform: ExportPlatform,
  pages: AsyncIterable<readonly ExportedRow[]>,
): AsyncGenerator<string> {
  const { header, delimiter, record }: PlatformFile = files[platform]
  if (header !== undefined) yield stringify([header], { delimiter })
  for await (const rows of pages)
    yield stringify(
      rows.map((row) => record(deviceOf(row))),
      { delimiter },
    )
}

const deviceOf = (row: ExportedRow): Device => {
  const text = (member: string) => String(row[member] ?? '')
  return {
    name: text('DeviceName'),
    secret: text('DeviceSecret'),
    sn: text('Sn'),
    nickname: text('Nickname'),
  }
}
