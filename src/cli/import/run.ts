import { Pace } from '../../client/pace.ts'
import { digestOf, WholeDigest } from '../../intake/digest.ts'
import { FileJudge } from '../../intake/judge.ts'
import { importRows } from '../../intake/portion.ts'
import { reasonOf, reasons, reasonsOf } from '../../intake/reasons.ts'
import { Tally } from '../../intake/tally.ts'
import type { BadRows, Target } from '../../intake/target.ts'
import type { Rows } from '../../rows/rows.ts'
import { Ending } from '../ending.ts'
import { connect, endingOf } from '../endpoint/connect.ts'
import type { OpenFile } from '../fleet/open-file.ts'
import { fileProgress } from '../fleet/progress.ts'
import type { Journal } from './journal.ts'
import type { ImportOptions } from './options.ts'

/** More at once are of no use: an endpoint does imports one after the other, and allows ten in a second. */
const importsAtOnceMax = 4

/**
 * Imports what the journal does not say is done, a portion at a time, several of them at once.
 * @param hurry resolves when no more is to be begun
 * @param each is given every portion's bad rows, in the file's order
 * @throws Ending `interrupted` where it can't go on now; the same command goes on
 */
export async function importFile(
  file: OpenFile,
  target: Target,
  options: ImportOptions,
  journal: Journal,
  hurry: AbortSignal,
  each: (rows: Rows, bad: BadRows) => void,
): Promise<Tally> {
  const pace = new Pace(Math.min(importsAtOnceMax, options.concurrency))
  const { client, close } = connect(options, { onThrottled: () => pace.throttled() }, hurry)
  // Rows are counted where they were before; else bytes, which are read well ahead of what is done with them.
  const known = journal.verified
  const progress = fileProgress('import', known ?? file.size)
  const judge = new FileJudge()
  const tally = new Tally()
  const whole = new WholeDigest()

  async function one(number: number, rows: Rows, verdicts: Uint8Array) {
    const record = journal.of(number)
    const digest = digestOf(rows)
    if (record.digest !== undefined && record.digest !== digest)
      throw new Ending(
        'usage',
        `the rows from line ${rows.line(0)} on are not those that the import was begun with`,
      )
    const bad: BadRows = new Map()
    verdicts.forEach((verdict, entry) => {
      if (verdict !== 0) bad.set(entry, reasonsOf(verdict))
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
      journal.markDone(number)
      pace.wentWell()
    }
    let skipped = 0
    for (const [entry, code] of record.left) {
      if (options.mode === 'skip-existing' && code === reasons.nameTaken.code) skipped++
      else bad.set(entry, [reasonOf(code)])
    }
    return { rows, bad, skipped, digest }
  }

  const underWay: ReturnType<typeof one>[] = []
  const settle = async () => {
    const { rows, bad, skipped, digest } = await underWay.shift()!
    whole.add(digest)
    tally.add(rows.count, bad, skipped)
    each(rows, bad)
    progress.show({
      rows: tally.rows,
      bad: tally.rejected,
      position: known === undefined ? file.position() : tally.rows,
    })
  }
  try {
    let number = 0
    for await (const rows of file.portions) {
      if (hurry.aborted) break
      const done = one(number++, rows, judge.verdicts(rows))
      done.catch(() => {})
      underWay.push(done)
      while (underWay.length >= pace.width) await settle()
    }
    while (underWay.length > 0) await settle()
  } catch (error) {
    // What is under way is ended, and written down, before the journal is closed.
    await Promise.allSettled(underWay)
    if (hurry.aborted) throw interrupted('interrupted')
    if (error instanceof Ending) throw error
    const ending = endingOf(error)
    throw ending instanceof Ending ? interrupted(ending.message) : error
  } finally {
    progress.end()
    close()
  }
  if (hurry.aborted) throw interrupted('interrupted')
  if (!journal.finished) journal.markFinished(whole.end())
  return tally
}

const interrupted = (why: string) =>
  new Ending('interrupted', `${why}\nNothing is lost: the same command goes on where this one ended.`)
