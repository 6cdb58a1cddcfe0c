import type { Client } from '../client/client.ts'
import type { Pace } from '../client/pace.ts'
import type { Hashes } from '../client/sign.ts'
import type { RowSource, Rows } from '../device-files/rows.ts'
import { importRows } from './chunk.ts'
import { digestOf, FileDigest } from './digest.ts'
import { FileValidator } from './file-validator.ts'
import type { ImportJournal } from './journal.ts'
import { reasonOf, reasons } from './reasons.ts'
import { Tally } from './tally.ts'
import type { BadRows, Target } from './target.ts'
import type { Mode, VerifiedChunk } from './verify-all.ts'

/** More at once are of no use: an endpoint does imports one after the other, and allows ten in a second. */
export const importsAtOnceMax = 4

export interface ImportAllOptions {
  readonly client: Client
  readonly target: Target
  readonly mode: Mode
  readonly journal: ImportJournal
  readonly sha256: Hashes['sha256']
  /** Of the names' hashes: drawn, below 2^31. */
  readonly seed: number
  /** Of `importsAtOnceMax` at the most. */
  readonly pace: Pace
  /** Has no more begun; what is under way is ended. */
  readonly signal: AbortSignal
}

/** Rows of the file are not those that were sent before. */
export class ChangedRows extends Error {
  /** The line of the first row of their chunk. */
  readonly line: number

  constructor(line: number) {
    super(`the rows from line ${line} on are not those that the import was begun with`)
    this.line = line
  }
}

/**
 * Imports what the journal does not say is done, a chunk at a time, several of them at once. However it ends, what
 * was under way has ended and is in the journal, and whoever calls it again with that goes on.
 * @param each is given every chunk, in the file's order; what it returns is waited for
 * @throws ChangedRows, UnreadableFile; Refused or Unreachable where it can't go on now; the reason of `signal` where
 * that ended it
 */
export async function importAll(
  chunks: RowSource['chunks'],
  { client, target, mode, journal, sha256, seed, pace, signal }: ImportAllOptions,
  each: (chunk: VerifiedChunk) => void | Promise<void>,
): Promise<Tally> {
  const validator = new FileValidator(seed)
  const tally = new Tally()
  const whole = new FileDigest(sha256)

  async function one(number: number, rows: Rows, verdicts: Uint8Array) {
    const record = journal.of(number)
    const digest = digestOf(rows)
    if (record.digest !== undefined && record.digest !== digest) throw new ChangedRows(rows.line(0))
    const bad: BadRows = new Map()
    verdicts.forEach((verdict, entry) => {
      if (verdict !== 0) bad.set(entry, validator.reasons(rows, entry, verdict))
    })
    if (!record.done) {
      const entries = Int32Array.from(verdicts.keys()).filter(
        (entry) => verdicts[entry] === 0 && !record.left.has(entry),
      )
      await importRows(client, target, rows, entries, record.sent, {
        sending: () => journal.markSent(number, digest),
        left: (left) =>
          journal.markLeft(
            number,
            left.map(([entry, { code }]) => [entry, code]),
          ),
      })
      await journal.markDone(number)
      pace.wentWell()
    }
    let skipped = 0
    for (const [entry, code] of record.left) {
      if (mode === 'skip-existing' && code === reasons.nameTaken.code) skipped++
      else bad.set(entry, [reasonOf(code)])
    }
    return { rows, bad, skipped, digest }
  }

  const underWay: ReturnType<typeof one>[] = []
  const settle = async () => {
    const { rows, bad, skipped, digest } = await underWay.shift()!
    whole.add(digest)
    tally.add(rows.count, bad, skipped)
    await each({ rows, bad, skipped, tally })
  }
  try {
    let number = 0
    for await (const rows of chunks) {
      if (signal.aborted) break
      const done = one(number++, rows, validator.verdicts(rows))
      done.catch(() => {})
      underWay.push(done)
      while (underWay.length >= pace.width) await settle()
    }
    while (underWay.length > 0) await settle()
  } catch (error) {
    await Promise.allSettled(underWay)
    throw error
  }
  signal.throwIfAborted()
  if (!journal.finished) await journal.markFinished(whole.end())
  return tally
}
