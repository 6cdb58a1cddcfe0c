import { rangesOf } from '../../lib/number-ranges.ts'
import { schema } from '../schema.ts'
import type { SessionChange } from '../storage.ts'
import type { Statements } from './statements.ts'

/** Within a transaction that concerns connections of devices: nodes read the change within half a second. */
export function sessionChanged(
  { insert, now }: Statements,
  product: number,
  kind: SessionChange['kind'],
  numbers: readonly number[],
): void {
  insert(schema.sessionChange, { product, kind, numbers: rangesOf(numbers), at: now() })
}
