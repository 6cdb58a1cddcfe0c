import { randomInt } from 'node:crypto'
import { Pace } from '../../client/pace.ts'
import type { Rows } from '../../device-files/rows.ts'
import { UnreadableFile } from '../../device-files/unreadable.ts'
import { type FixOffer, FixOffers } from '../../importer/fix-offers.ts'
import type { ChunkDone, Mode } from '../../importer/import-job.ts'
import type { ImportJournal } from '../../importer/journal.ts'
import type { Tally } from '../../importer/tally.ts'
import type { Target } from '../../importer/target.ts'
import { verifyAll } from '../../importer/verify-all.ts'
import { CliError } from '../cli-error.ts'
import { cliErrorOf, connect } from '../endpoint/connect.ts'
import { hashes } from '../endpoint/send.ts'
import {
  describeFinding,
  describeNote,
  describeOffer,
  describeReading,
  describeUnreadable,
} from './describe.ts'
import { interruption } from './interruptible.ts'
import { type OpenFile, openRowsOf } from './open-file.ts'
import { type FileOptions, readOptionsOf } from './options.ts'
import { describePreview } from './print-preview.ts'
import { fileProgress } from './progress.ts'
import { toCliError } from './system-error.ts'

/**
 * Opens the file of a command and prints how it is read.
 * @param isTold whether that was already printed
 * @throws CliError
 */
export async function openFile(path: string, options: FileOptions, isTold = false): Promise<OpenFile> {
  try {
    const file = await openRowsOf(path, readOptionsOf(options))
    if (isTold) return file
    process.stderr.write(`${path}: ${describeReading(file)}\n`)
    for (const note of file.notes) process.stderr.write(`${path}: ${describeNote(note)}\n`)
    return file.reshaping === undefined ? file : { ...file, chunks: previewed(path, file) }
  } catch (error) {
    throw toCliErrorOf(path, error)
  }
}

/** Prints what the first rows of a reshaped file become. */
async function* previewed(path: string, file: OpenFile): AsyncGenerator<Rows> {
  let isFirst = true
  for await (const rows of file.chunks) {
    if (isFirst) for (const line of describePreview(rows, file)) process.stderr.write(`${path}: ${line}\n`)
    isFirst = false
    yield rows
  }
}

/**
 * Reads a file to its end without verifying it, because some damage of its first rows shows only in comparison
 * with the last ones.
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

/** @throws CliError if a file has no rows, because repeating the command can't help */
export function refuseEmpty(path: string, { rows }: Tally, { recognised }: OpenFile): void {
  if (rows > 0) return
  const what = recognised().hasHeader ? 'a header and no rows' : 'no rows'
  throw new CliError('usage', `${path}: the file has ${what}`)
}

/** The input of a verification; an import has a journal, and `check --offline` no target. */
export interface VerifyFileJob {
  readonly path: string
  readonly options: FileOptions
  readonly target: Target | undefined
  readonly mode: Mode
  readonly signal: AbortSignal
  readonly journal?: ImportJournal | undefined
}

/**
 * Verifies a whole file once, prints its progress, and finally the findings.
 * @param report receives every chunk in file order
 * @throws CliError
 */
export async function verifyFile(
  file: OpenFile,
  { path, options, target, mode, signal, journal }: VerifyFileJob,
  report: (chunk: ChunkDone) => void,
): Promise<{ readonly tally: Tally; readonly digest: string }> {
  const pace = new Pace(options.concurrency)
  const connection =
    target === undefined ? undefined : connect(options, { onThrottled: () => pace.throttled() }, signal)
  const endpoint = target && connection && { client: connection.client, target }
  // Read-only calls may be aborted.
  const cut = () => connection?.close()
  signal.addEventListener('abort', cut)
  const progress = fileProgress('check', file.size)
  const { sha256 } = hashes
  const seed = randomInt(2 ** 31)
  const offers = new FixOffers()
  let found: readonly FixOffer[] = []
  try {
    const verified = await verifyAll({
      ...{ chunks: file.chunks, endpoint, journal, mode, signal, pace, seed, sha256 },
      report(chunk) {
        const { tally } = chunk
        report(chunk)
        offers.add(chunk)
        progress.show({ rows: tally.rows, bad: tally.rejected, position: file.position() })
      },
    })
    refuseEmpty(path, verified.tally, file)
    found = offers.all(file)
    return verified
  } catch (error) {
    throw signal.aborted ? interruption() : toCliErrorOf(path, error)
  } finally {
    signal.removeEventListener('abort', cut)
    progress.end()
    connection?.close()
    printFindings(path, file)
    for (const offer of found) process.stderr.write(`${path}: ${describeOffer(offer)}\n`)
  }
}

/** Prints the findings in the rows read so far. */
export function printFindings(path: string, file: OpenFile): void {
  for (const finding of file.findings()) process.stderr.write(`${path}: ${describeFinding(finding)}\n`)
}

function toCliErrorOf(path: string, error: unknown): unknown {
  if (error instanceof UnreadableFile) return new CliError('usage', `${path}: ${describeUnreadable(error)}`)
  return toCliError(cliErrorOf(error), path)
}
