import { absent, type Column } from '../lib/columns.ts'
import type { Places } from './columns.ts'
import { type Faults, noFaults } from './faults.ts'
import { fields, parameters } from './fields.ts'
import type { Rows } from './rows.ts'

const encoder = new TextEncoder()

/** Builds rows from string cells. An empty cell counts as a missing value. */
export function rowsOf(
  rows: readonly (readonly string[])[],
  line: (entry: number) => number,
  places: Places,
  faults: Faults = noFaults,
): Rows {
  let bytes = new Uint8Array(rows.length * 64 + 64)
  let end = 0
  const members: Record<string, Column> = {}
  const columns = fields.map((field) => {
    const start = new Int32Array(rows.length)
    const length = new Int32Array(rows.length)
    const place = places[field]
    rows.forEach((cells, entry) => {
      const text = cells[place]
      start[entry] = end
      if (text === undefined || text === '') {
        length[entry] = absent
        return
      }
      // A UTF-16 unit takes at most three bytes of UTF-8.
      if (bytes.length - end < 3 * text.length) bytes = grown(bytes, 3 * text.length)
      const { written } = encoder.encodeInto(text, bytes.subarray(end))
      length[entry] = written
      end += written
    })
    return [parameters[field], start, length] as const
  })
  for (const [member, start, length] of columns) members[member] = { bytes, start, length }
  const { DeviceName, DeviceSecret, Sn } = members as Record<'DeviceName' | 'DeviceSecret' | 'Sn', Column>
  return {
    count: rows.length,
    members: { DeviceName, DeviceSecret, Sn },
    discarded: 0,
    line,
    cells: (entry) => rows[entry]!,
    faults,
  }
}

function grown(bytes: Uint8Array<ArrayBuffer>, more: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * bytes.length + more)
  larger.set(bytes)
  return larger
}
