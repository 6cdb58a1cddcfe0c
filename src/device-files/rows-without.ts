import type { Column } from '../lib/columns.ts'
import type { Fault } from './faults.ts'
import type { Rows } from './rows.ts'

/** Removes entries from rows. */
export function withoutRows(rows: Rows, entries: readonly number[]): Rows {
  const left = new Set(entries)
  const kept = Int32Array.from({ length: rows.count }, (_, entry) => entry).filter(
    (entry) => !left.has(entry),
  )
  const of = (column: Column): Column => ({
    bytes: column.bytes,
    start: kept.map((entry) => column.start[entry]!),
    length: kept.map((entry) => column.length[entry]!),
    ...(column.kinds && { kinds: Uint8Array.from(kept, (entry) => column.kinds![entry]!) }),
  })
  const { DeviceName, DeviceSecret, Sn } = rows.members
  const faults = new Map<number, readonly Fault[]>()
  kept.forEach((entry, at) => {
    const known = rows.faults.get(entry)
    if (known !== undefined) faults.set(at, known)
  })
  return {
    count: kept.length,
    members: { DeviceName: of(DeviceName), DeviceSecret: of(DeviceSecret), Sn: of(Sn) },
    discarded: 0,
    line: (at) => rows.line(kept[at]!),
    ...(rows.sheet && { sheet: (at: number) => rows.sheet!(kept[at]!) }),
    cells: (at) => rows.cells(kept[at]!),
    faults,
  }
}
