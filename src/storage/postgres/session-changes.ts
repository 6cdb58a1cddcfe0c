import { rangesOf } from '../../lib/number-ranges.ts'
import type { SessionChange } from '../storage.ts'
import type { Session } from './connections.ts'

/** Last in a transaction that concerns connections of devices: nodes read the change within half a second. */
export const sessionChanged = (
  { run }: Session,
  product: number,
  kind: SessionChange['kind'],
  numbers: readonly number[],
): Promise<void> => run('SELECT session_changed($1, $2, $3)', product, kind, rangesOf(numbers))
