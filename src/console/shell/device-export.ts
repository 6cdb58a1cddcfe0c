import type { ExportedRow } from '../../export/written.ts'

/** Devices with their fields by wire name. */
export interface DevicePage {
  readonly devices: readonly ExportedRow[]
  /** Devices on all pages, as known when this page was requested. */
  readonly total: number
}

/** The content of an export file. */
export interface ToExport {
  readonly columns: readonly string[]
  /** Loaded on demand while the file is written. */
  readonly pages: AsyncIterable<readonly ExportedRow[]>
  /** Devices on all pages, as known with the last page. */
  readonly total: () => number
  /** Why serial numbers are missing, if they are. */
  readonly withoutSn?: string | undefined
  /** The operation that lists serial numbers; ListDevices if undefined. */
  readonly serialsBy?: string
}

/** @param columns field names; DeviceSecret is omitted unless requested */
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

/** A pause between two calls, which leaves other callers of the account a share of the quota. */
export const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 15))
