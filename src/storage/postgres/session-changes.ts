import { rangesOf } from '../../lib/number-ranges.ts'
import type { SessionChange } from '../storage.ts'
import type { Session } from './connections.ts'

/** Last in a transaction that concerns connections of devices: nodes read it within half a second. */
export const sessionChanged = (
  { run }: Session,
  product: number,
  kind: SessionChange['kind'],
  numbers: readonly number[],
): Promise<void> => run('SELECT session_changed($1, $2, $3)', product, kind, rangesOf(numbers))

/** Within a transaction: what devices leave behind beside their tags and groups. */
export async function deleteSessions(
  { run }: Session,
  product: number,
  names: readonly string[],
): Promise<void> {
  for (const table of ['device_session', 'device_subscription', 'device_message'])
    await run(`DELETE FROM ${table} WHERE product = $1 AND name = ANY($2::text[])`, product, names)
}
