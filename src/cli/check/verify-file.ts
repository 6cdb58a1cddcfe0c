import { randomInt } from 'node:crypto'
import { Pace } from '../../client/pace.ts'
import { UnreadableFile } from '../../device-files/unreadable.ts'
import type { Tally } from '../../importer/tally.ts'
import { checkRows, type Target } from '../../importer/target.ts'
import type { Verified } from '../../importer/verify.ts'
import { type Mode, type VerifiedImport, verifyAll } from '../../importer/verify-all.ts'
import { CliError } from '../cli-error.ts'
import { cliErrorOf, connect } from '../endpoint/connect.ts'
import { describeFinding, describeNote, describeReading, describeUnreadable } from './describe.ts'
import { interruption } from './interruptible.ts'
import { type OpenFile, openRowsOf } from './open-file.ts'
import { type FileOptions, readOptionsOf } from './options.ts'
import { fileProgress } from './progress.ts'
import { toCliError } from './system-error.ts'

/**
 * Opens the file of a command and prints how it is read.
 * @param isTold whether that was printed before
 * @throws CliError
 */
export async function openFile(path: string, options: FileOptions, isTold = false): Promise<OpenFile> {
  try {
    const file = await openRowsOf(path, readOptionsOf(options))
    if (isTold) return file
    process.stderr.write(`${path}: ${describeReading(file)}\n`)
    for (const note of file.notes) process.stderr.write(`${path}: ${describeNote(note)}\n`)
    return file
  } catch (error) {
    throw toCliErrorOf(path, error)
  }
}

/**
 * Reads a file that is not to be verified, to its end: some damage of its first rows shows only beside the last ones.
 * @throws CliError
 */
export async function readThrough(path: string, options: FileOptions): Promise<void> {
  const file = await openFile(path, options, true)
  try {
    for await (const _ of file.chunks);
  } catch (error) {
    throw toCliErrorOf(path, error)
  }
}

/** @throws CliError where a file has no rows: giving the same command again can't help */
export function refuseEmpty(path: string, { rows }: Tally, { recognised }: OpenFile): void {
  if (rows > 0) return
  const what = recognised().hasHeader ? 'a header and no rows' : 'no rows'
  throw new CliError('usage', `${path}: the file has ${what}`)
}

/**
 * Verifies a whole file once, showing how far it is, and in the end what was found in it.
 * @param target undefined to judge only the file itself
 * @param signal has it end, with nothing told
 * @param each is given every chunk, in the file's order
 * @param noted of an import
 * @throws CliError
 */
export async function verifyFile(
  path: string,
  file: OpenFile,
  target: Target | undefined,
  options: FileOptions,
  signal: AbortSignal,
  each: (chunk: Verified) => void,
  ofImport?: VerifiedImport & { readonly mode: Mode },
): Promise<{ readonly tally: Tally; readonly digest: string }> {
  const pace = new Pace(options.concurrency)
  const endpoint =
    target === undefined ? undefined : connect(options, { onThrottled: () => pace.throttled() }, signal)
  const ask =
    target === undefined
      ? undefined
      : (rows: Verified['rows'], entries: Int32Array) => checkRows(endpoint!.client, target, rows, entries)
  // Calls that only ask may be cut.
  const cut = () => endpoint?.close()
  signal.addEventListener('abort', cut)
  const progress = fileProgress('check', file.size)
  const mode = ofImport?.mode ?? 'create'
  try {
    const verified = await verifyAll(
      file.chunks,
      { ask, seed: randomInt(2 ** 31), pace, signal, mode },
      ({ rows, bad, tally }) => {
        each({ rows, bad })
        progress.show({ rows: tally.rows, bad: tally.rejected, position: file.position() })
      },
      ofImport,
    )
    refuseEmpty(path, verified.tally, file)
    return verified
  } catch (error) {
    throw signal.aborted ? interruption() : toCliErrorOf(path, error)
  } finally {
    signal.removeEventListener('abort', cut)
    progress.end()
    endpoint?.close()
    printFindings(path, file)
  }
}

/** Prints what was found in the rows that were read. */
export function printFindings(path: string, file: OpenFile): void {
  for (const finding of file.findings()) process.stderr.write(`${path}: ${describeFinding(finding)}\n`)
}

function toCliErrorOf(path: string, error: unknown): unknown {
  if (error instanceof UnreadableFile) return new CliError('usage', `${path}: ${describeUnreadable(error)}`)
  return toCliError(cliErrorOf(error), path)
}
