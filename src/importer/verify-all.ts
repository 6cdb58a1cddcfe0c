import type { Pace } from '../client/pace.ts'
import type { Hashes } from '../client/sign.ts'
import type { RowSource, Rows } from '../device-files/rows.ts'
import { digestOf, FileDigest } from './digest.ts'
import { FileValidator } from './file-validator.ts'
import type { ImportJournal } from './journal.ts'
import { reasons } from './reasons.ts'
import { Tally } from './tally.ts'
import type { BadRows } from './target.ts'
import { type AskEndpoint, verifiedChunks } from './verify.ts'

/** What to do with devices that are registered already: call them bad, or skip them. */
export type Mode = 'create' | 'skip-existing'

export interface VerifyOptions {
  /** Left out where only the file itself is to be judged. */
  readonly ask?: AskEndpoint | undefined
  /** Of the names' hashes: drawn, below 2^31. */
  readonly seed: number
  readonly pace: Pace
  /** Ends it between two chunks; whoever aborts has calls cut as well, if they are not to be waited for. */
  readonly signal: AbortSignal
  readonly mode: Mode
}

/** What an import notes while its file is verified. */
export interface VerifiedImport {
  /** Left out by a dry run. */
  readonly journal?: ImportJournal | undefined
  readonly sha256: Hashes['sha256']
}

/** A chunk that was dealt with. */
export interface VerifiedChunk {
  readonly rows: Rows
  readonly bad: BadRows
  /** How many of its rows are skipped since they are registered; they are not among the bad ones. */
  readonly skipped: number
  /** Of all rows so far. */
  readonly tally: Tally
}

/**
 * Verifies a whole file once.
 * @param each is given every chunk, in the file's order; what it returns is waited for
 * @param noted of an import: rows that are skipped are noted in its journal
 * @returns the counts, and of an import the digest that `markVerified` is to be told once nothing speaks against it
 * @throws UnreadableFile, Refused, Unreachable; the reason of `signal` where that ended it
 */
export async function verifyAll(
  chunks: RowSource['chunks'],
  { ask, seed, pace, signal, mode }: VerifyOptions,
  each: (chunk: VerifiedChunk) => void | Promise<void>,
  noted?: VerifiedImport,
): Promise<{ readonly tally: Tally; readonly digest: string }> {
  const tally = new Tally()
  const whole = noted && new FileDigest(noted.sha256)
  let number = 0
  for await (const { rows, bad } of verifiedChunks(chunks, new FileValidator(seed), ask, pace)) {
    signal.throwIfAborted()
    const existing = mode === 'create' ? [] : takeExisting(bad)
    whole?.add(digestOf(rows))
    if (existing.length > 0)
      await noted?.journal?.markLeft(
        number,
        existing.map((entry) => [entry, reasons.nameTaken.code]),
      )
    number++
    const skipped = existing.length
    tally.add(rows.count, bad, skipped)
    await each({ rows, bad, skipped, tally })
  }
  signal.throwIfAborted()
  return { tally, digest: whole?.end() ?? '' }
}

/** Takes the rows out whose only fault is that they are registered. */
function takeExisting(bad: BadRows): number[] {
  const taken = [...bad].filter(([, found]) => found.every((reason) => reason === reasons.nameTaken))
  for (const [entry] of taken) bad.delete(entry)
  return taken.map(([entry]) => entry)
}

/** The counts of a file of which nothing is imported, because some rows are bad: the others are left out with them. */
export function nothingImported(verified: Tally): Tally {
  const tally = new Tally()
  tally.rejected = verified.rejected
  tally.skipped = verified.skipped + verified.accepted
  for (const [code, told] of verified.reasons) tally.reasons.set(code, told)
  return tally
}
