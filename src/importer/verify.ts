import type { Pace } from '../client/pace.ts'
import type { RowSource, Rows } from '../device-files/rows.ts'
import type { FileValidator } from './file-validator.ts'
import { inOrder } from './in-order.ts'
import type { BadRows } from './target.ts'

/** Rows with the reasons of bad ones. */
export interface Verified {
  readonly rows: Rows
  readonly bad: BadRows
  /** The bad rows that the endpoint rejects. */
  readonly rejected: BadRows
}

/** Has the endpoint check rows that are valid as far as the file shows. */
export type AskEndpoint = (rows: Rows, entries: Int32Array) => Promise<BadRows>

/**
 * Verifies a file chunk by chunk in file order, with as many concurrent calls as the pace allows.
 * @param ask undefined to validate only the file itself
 */
export const verifiedChunks = (
  chunks: RowSource['chunks'],
  validator: FileValidator,
  ask: AskEndpoint | undefined,
  pace: Pace,
): AsyncGenerator<Verified> =>
  inOrder(
    chunks,
    (rows) => verifiedChunk(rows, validator, ask, pace),
    // Without calls there is nothing to wait for.
    () => (ask === undefined ? 1 : pace.width),
  )

async function verifiedChunk(
  rows: Rows,
  validator: FileValidator,
  ask: AskEndpoint | undefined,
  pace: Pace,
): Promise<Verified> {
  const { good, bad } = validator.judge(rows)
  if (ask === undefined || good.length === 0) return { rows, bad, rejected: new Map() }
  const rejected = await ask(rows, good)
  pace.wentWell()
  for (const [entry, reasons] of rejected) bad.set(entry, reasons)
  return { rows, bad, rejected }
}
