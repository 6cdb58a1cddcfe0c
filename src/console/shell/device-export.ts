import { stringify } from 'csv-stringify/browser/esm/sync'

/** Devices by the names that their fields have on the wire. */
export interface DevicePage {
  readonly devices: readonly Readonly<Record<string, string | undefined>>[]
  /** Devices of all pages, as known when this page was asked for. */
  readonly total: number
}

/** A piece of the file, and how far it goes. */
export interface ExportedPiece {
  readonly text: string
  /** Devices in the pieces so far. */
  readonly count: number
  readonly total: number
}

/**
 * Devices as CSV, piece by piece. Names and secrets may begin with - or @, which a spreadsheet takes for the
 * beginning of a formula; they stand as they are all the same: the file is to be imported again unchanged, and
 * what they may hold besides (src/rules/device-fields.ts) has neither a parenthesis nor a bar, so no formula that
 * does anything can be made of it.
 * @param columns names of fields; DeviceSecret is left out unless it was asked for
 * @param pages asked for one by one, as the file is read
 */
export async function* csvOf(
  columns: readonly string[],
  withSecrets: boolean,
  pages: AsyncIterable<DevicePage>,
): AsyncGenerator<ExportedPiece> {
  const told = columns.filter((column) => withSecrets || column !== 'DeviceSecret')
  // The mark lets Excel know that Chinese texts are UTF-8.
  let head = `\ufeff${stringify([told])}`
  let count = 0
  for await (const { devices, total } of pages) {
    count += devices.length
    yield {
      text: head + stringify(devices.map((device) => told.map((column) => device[column] ?? ''))),
      count,
      total,
    }
    head = ''
  }
}

/** A moment between two calls: others of the account have their share of the quota. */
export const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 15))
