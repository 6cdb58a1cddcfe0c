import { Pace } from '../../client/pace.ts'
import { FileJudge } from '../../intake/judge.ts'
import { Tally } from '../../intake/tally.ts'
import { checkedBy, type Target } from '../../intake/target.ts'
import { type Verified, verified } from '../../intake/verify.ts'
import { UnreadableFile } from '../../rows/rows.ts'
import { Ending } from '../ending.ts'
import { connect, endingOf } from '../endpoint/connect.ts'
import { interruption } from './interruptibly.ts'
import { type OpenFile, openRowsOf } from './open-file.ts'
import { type FileOptions, readOptionsOf } from './options.ts'
import { fileProgress } from './progress.ts'
import { asEndingOfSystem } from './system-error.ts'

/** Opens the file of a command and tells what was recognised of it. @throws Ending */
export async function openFile(path: string, options: FileOptions): Promise<OpenFile> {
  try {
    const file = await openRowsOf(path, readOptionsOf(options))
    for (const note of file.notes) process.stderr.write(`${path}: ${note}\n`)
    return file
  } catch (error) {
    throw asEnding(path, error)
  }
}

/** A file may be cut by what wrote it, and is good all the same: nothing in it is bad. */
export function tellIfEmpty(path: string, { rows }: Tally, { header }: FileOptions): void {
  if (rows > 0) return
  process.stderr.write(`${path}: the file has ${header ? 'a header and ' : ''}no rows\n`)
}

/**
 * Verifies a whole file once, telling how far it is.
 * @param target undefined to judge only the file itself
 * @param hurry has it end, with nothing told
 * @param each is given every portion, in the file's order, and says how many of its rows were skipped
 * @throws Ending
 */
export async function verifyFile(
  path: string,
  file: OpenFile,
  target: Target | undefined,
  options: FileOptions,
  hurry: AbortSignal,
  each: (portion: Verified) => number,
): Promise<Tally> {
  const pace = new Pace(options.concurrency)
  const endpoint =
    target === undefined ? undefined : connect(options, { onThrottled: () => pace.throttled() }, hurry)
  const ask =
    target === undefined
      ? undefined
      : (rows: Verified['rows'], entries: Int32Array) => checkedBy(endpoint!.client, target, rows, entries)
  // Calls that only ask may be cut.
  const cut = () => endpoint?.close()
  hurry.addEventListener('abort', cut)
  const progress = fileProgress('check', file.size)
  const tally = new Tally()
  try {
    const judge = new FileJudge()
    for await (const portion of verified(file.portions, judge, ask, pace)) {
      if (hurry.aborted) break
      const skipped = each(portion)
      tally.add(portion.rows.count, portion.bad, skipped)
      progress.show({ rows: tally.rows, bad: tally.rejected, position: file.position() })
    }
    if (hurry.aborted) throw interruption()
    tellIfEmpty(path, tally, options)
    return tally
  } catch (error) {
    throw hurry.aborted ? interruption() : asEnding(path, error)
  } finally {
    hurry.removeEventListener('abort', cut)
    progress.end()
    endpoint?.close()
  }
}

function asEnding(path: string, error: unknown): unknown {
  if (error instanceof UnreadableFile) return new Ending('usage', `${path}: ${error.message}`)
  return asEndingOfSystem(endingOf(error), path)
}
