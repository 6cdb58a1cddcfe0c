import { columnsOf } from '../lib/columns.ts'
import type { Places } from './columns.ts'
import { type Faults, noFaults } from './faults.ts'
import type { Rows } from './rows.ts'

/** Rows of cells that are strings already. An empty cell of a field is none. */
export function rowsOf(
  rows: readonly (readonly string[])[],
  line: (entry: number) => number,
  places: Places,
  faults: Faults = noFaults,
): Rows {
  const devices = rows.map((cells) => ({
    DeviceName: cells[places.name] || undefined,
    DeviceSecret: cells[places.secret] || undefined,
    Sn: cells[places.sn] || undefined,
  }))
  return {
    ...columnsOf(['DeviceName', 'DeviceSecret', 'Sn'], devices),
    line,
    cells: (entry) => rows[entry]!,
    faults,
  }
}
