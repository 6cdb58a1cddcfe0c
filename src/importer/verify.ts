import type { Pace } from '../client/pace.ts'
import type { RowSource, Rows } from '../device-files/rows.ts'
import type { FileValidator } from './file-validator.ts'
import type { BadRows } from './target.ts'

/** Rows with what is wrong with them. */
export interface Verified {
  readonly rows: Rows
  readonly bad: BadRows
}

/** Asks the endpoint about rows that are good as far as the file tells. */
export type AskEndpoint = (rows: Rows, entries: Int32Array) => Promise<BadRows>

/**
 * Verifies a file, chunk by chunk and in the file's order; as many calls are under way at once as the pace
 * allows.
 * @param ask left out where only the file itself is to be judged
 */
export async function* verifiedChunks(
  chunks: RowSource['chunks'],
  validator: FileValidator,
  ask: AskEndpoint | undefined,
  pace: Pace,
): AsyncGenerator<Verified> {
  const underWay: Promise<Verified>[] = []
  for await (const rows of chunks) {
    const verdict = verifiedChunk(rows, validator, ask, pace)
    // Where one before it fails, nobody waits for this one.
    verdict.catch(() => {})
    underWay.push(verdict)
    // What is not asked about waits for nothing.
    while (underWay.length >= (ask === undefined ? 1 : pace.width)) yield await underWay.shift()!
  }
  while (underWay.length > 0) yield await underWay.shift()!
}

async function verifiedChunk(
  rows: Rows,
  validator: FileValidator,
  ask: AskEndpoint | undefined,
  pace: Pace,
): Promise<Verified> {
  const verdicts = validator.verdicts(rows)
  const bad: BadRows = new Map()
  const good = new Int32Array(rows.count)
  let count = 0
  for (let entry = 0; entry < rows.count; entry++) {
    const verdict = verdicts[entry]!
    if (verdict === 0) good[count++] = entry
    else bad.set(entry, validator.reasons(rows, entry, verdict))
  }
  if (ask === undefined || count === 0) return { rows, bad }
  const told = await ask(rows, good.subarray(0, count))
  pace.wentWell()
  for (const [entry, reasons] of told) bad.set(entry, reasons)
  return { rows, bad }
}
