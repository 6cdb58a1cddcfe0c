import type { ExportedRow } from '../../export/written.ts'

/** Devices by the names that their fields have on the wire. */
export interface DevicePage {
  readonly devices: readonly ExportedRow[]
  /** Devices of all pages, as known when this page was asked for. */
  readonly total: number
}

/** What a file is written of. */
export interface ToExport {
  readonly columns: readonly string[]
  /** Asked for one by one, as the file is written. */
  readonly pages: AsyncIterable<readonly ExportedRow[]>
  /** Devices of all pages, as known at the last one. */
  readonly total: () => number
  /** Why serial numbers are not in it, if they are not. */
  readonly withoutSn?: string | undefined
  /** The operation that lists them; ListDevices if undefined. */
  readonly serialsBy?: string
}

/** @param columns names of fields; DeviceSecret is left out unless it was asked for */
export function toExport(
  columns: readonly string[],
  withSecrets: boolean,
  pages: AsyncIterable<DevicePage>,
): ToExport {
  let last = 0
  async function* rows() {
    for await (const { devices, total } of pages) {
      last = total
      yield devices
    }
  }
  return {
    columns: columns.filter((column) => withSecrets || column !== 'DeviceSecret'),
    pages: rows(),
    total: () => last,
  }
}

/** A moment between two calls: others of the account have their share of the quota. */
export const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 15))
