import { rangesOf } from '../../../lib/number-ranges.ts'
import type { SessionChange } from '../../storage.ts'
import type { Statements } from '../statements.ts'

/** Within a transaction that concerns connections of devices: nodes read it within half a second. */
export function sessionChanged(
  { run }: Statements,
  product: number,
  kind: SessionChange['kind'],
  numbers: readonly number[],
  at: number,
): void {
  const sql = 'INSERT INTO session_change (product, kind, numbers, at) VALUES (?, ?, ?, ?)'
  run(sql, product, kind, rangesOf(numbers), at)
}

/** Within a transaction: what devices leave behind beside their tags and groups. */
export function deleteSessions({ run }: Statements, product: number, names: readonly string[]): void {
  const asked = JSON.stringify(names)
  for (const table of ['device_session', 'device_subscription', 'device_message']) {
    run(`DELETE FROM ${table} WHERE product = ? AND name IN (SELECT value FROM json_each(?))`, product, asked)
  }
}
