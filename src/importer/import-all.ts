/**
 * The engine of an import. It sends the rows of a verified file chunk by chunk, several chunks at once, and reports
 * every step to its door (the command line, the console's worker). Each chunk is in one of these states. The journal
 * has what is needed to continue after a crash at any place; each line is kept before the step that it records.
 *
 * | state       | journal          | what happens                              | event        | next                   |
 * |-------------|------------------|-------------------------------------------|--------------|------------------------|
 * | waiting     | `left` at most   | fewer chunks have to be under way         |              | sent, or done if empty |
 * | sent        | `sent`           | the endpoint has the call                 | batchSent    | done, in doubt, sent¹  |
 * | in doubt    | `sent`           | no answer says whether it executed it     | batchInDoubt | reconciling²           |
 * | reconciling | `sent`           | looks up which of its rows are registered | reconciling  | sent (the rest), done  |
 * | done        | `done`, its rows | waits for the chunks before it            | batchDone    | reported: chunkDone    |
 *
 * ¹ Without the rows that the endpoint rejects, or in halves if the call was too large; each half is a batch of its
 *   own, and only the last one makes the chunk done.
 * ² After six calls without an answer the import pauses instead.
 *
 * The import as a whole is running, then finished (`finished` in the journal) or paused (the event, once and last). It
 * pauses when its signal aborts, when the endpoint can't be reached or refuses a call, and when the file or the journal
 * can't be used; calls under way are finished first. Another run with the same journal resumes it: a chunk that is
 * done is skipped, one that is sent and not done is in doubt and begins with reconciling, any other is waiting.
 */

import type { Rows } from '../device-files/rows.ts'
import { ChunkImport } from './chunk.ts'
import { digestOf, FileDigest } from './digest.ts'
import { FileValidator } from './file-validator.ts'
import type { ImportPass } from './import-job.ts'
import { inOrder } from './in-order.ts'
import { reasonOf, reasons } from './reasons.ts'
import { Tally } from './tally.ts'

/** More are useless: an endpoint executes imports one after the other, ten per second at most. */
export const importsAtOnceMax = 4

/** The file's rows differ from those that were sent before. */
export class ChangedRows extends Error {
  constructor(line: number) {
    super(`the rows from line ${line} on are not those that the import was begun with`)
  }
}

/**
 * Imports what the journal does not record as done. At its end no call is in progress, and the journal records
 * what was done.
 * @throws ChangedRows, UnreadableFile; Refused or Unreachable if it can't continue now; the reason of `signal`
 */
export async function importAll(pass: ImportPass): Promise<Tally> {
  const { chunks, journal, sha256, seed, pace, signal, mode, report } = pass
  const validator = new FileValidator(seed)
  const tally = new Tally()
  const whole = new FileDigest(sha256)
  const underWay = new Set<Promise<unknown>>()
  let next = 0

  async function* untilAborted() {
    for await (const rows of chunks) {
      if (signal.aborted) return
      yield rows
    }
  }

  async function one(number: number, rows: Rows) {
    const { good, bad } = validator.judge(rows)
    const record = journal.of(number)
    const digest = digestOf(rows)
    if (record.digest !== undefined && record.digest !== digest) throw new ChangedRows(rows.line(0))
    if (!record.done) {
      await new ChunkImport(pass, number, rows, digest).run(good.filter((entry) => !record.left.has(entry)))
      pace.wentWell()
    }
    let existing = 0
    for (const [entry, code] of record.left) {
      const isExisting = code === reasons.nameTaken.code
      if (isExisting) existing++
      if (!isExisting || mode === 'create') bad.set(entry, [reasonOf(code)])
    }
    return { rows, bad, existing, digest }
  }

  const start = (rows: Rows) => {
    const result = one(next++, rows).finally(() => underWay.delete(result))
    underWay.add(result)
    return result
  }

  try {
    for await (const { digest, ...chunk } of inOrder(untilAborted(), start, () => pace.width)) {
      whole.add(digest)
      tally.add(chunk.rows.count, chunk.bad, mode === 'skip-existing' ? chunk.existing : 0)
      report({ type: 'chunkDone', ...chunk, tally })
    }
    signal.throwIfAborted()
    if (!journal.finished) await journal.markFinished(whole.end())
    return tally
  } catch (error) {
    await Promise.allSettled(underWay)
    report({ type: 'paused', error })
    throw error
  }
}
