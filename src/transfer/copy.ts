import { type Cell, type Table, tables } from '../storage/content.ts'
import type { TableReader, TableStore, TableWriter } from '../storage/storage.ts'
import { type Digest, Digester, digestOf, type Progress, refuseDifference } from './digest.ts'
import { linesOf } from './lines.ts'
import { makeStore, masterKeyOf, refuseUnfinished, refuseUnlessEmpty } from './state.ts'

const unfinished = 'rollcall copy'

/**
 * Number of writes per commit; the end of a table is another commit. Each commit writes every changed page to
 * disk, and random names change one page each: with commits of 5000 devices, SQLite takes a third of the rows
 * per second.
 */
const usualWritesPerCommit = 40

export interface Copied extends Digest {
  /** Rows already written by an earlier, interrupted copy. */
  readonly found: number
  /** The ID of the master key of the source, which the copy needs too. */
  readonly masterKey: string
}

/**
 * Copies a snapshot of a store into an empty one. The rows have the same order in the target, and are committed
 * in groups: after an interruption, the next copy compares the target with the source and continues after the
 * last equal row. The target can't be served until its digest equals the source's.
 * @throws Error if the target is not empty, or differs from the source at the end
 */
export async function copyStore(
  from: TableStore,
  to: TableStore,
  progress: Progress,
  writesPerCommit = usualWritesPerCommit,
): Promise<Copied> {
  return from.read(async (source) => {
    await refuseUnfinished(source, from.place)
    const masterKey = await masterKeyOf(source, from.place)
    await makeStore(to)
    return to.fill(async (target) => {
      if ((await target.unfinished()) !== unfinished) {
        await refuseUnlessEmpty(target, to.place)
        await target.noteUnfinished(unfinished)
        await target.commit()
      }
      const { digest, found } = await copyRows(source, target, progress, writesPerCommit)
      await target.raiseCounters(await source.counters())
      const copied = await digestOf(target, (table, rows) => progress(`checking ${table}`, rows))
      refuseDifference(digest, copied, `the copy in ${to.place} is not what ${from.place} had; copy again`)
      await target.noteUnfinished(undefined)
      return { ...copied, found, masterKey }
    })
  })
}

async function copyRows(
  source: TableReader,
  target: TableWriter,
  progress: Progress,
  writesPerCommit: number,
) {
  const digester = new Digester()
  let found = 0
  /** True if the target may have more rows of the source. */
  let mayHaveMore = true
  for (const table of tables) {
    digester.table(table.name)
    const present = mayHaveMore ? target.rows(table)[Symbol.asyncIterator]() : undefined
    let last: Cell[] | undefined
    let written: Promise<void> = Promise.resolve()
    let writes = 0
    const endOfPresent = async () => {
      mayHaveMore = false
      await present!.return?.()
      await clearAfter(target, table, last)
    }
    for await (const rows of source.rows(table)) {
      const lines = linesOf(table, rows)
      digester.add(lines, rows.length)
      let missing = rows
      if (mayHaveMore && present !== undefined) {
        const there = await present.next()
        const same = there.done ? 0 : countSame(table, rows, lines, there.value)
        if (same > 0) last = rows[same - 1]
        found += same
        missing = rows.slice(same)
        // Chunks have the same bounds on both sides, so another equal one may follow a full equal one.
        if (same < rows.length || (there.value?.length ?? 0) > same) await endOfPresent()
      }
      if (missing.length > 0) {
        // The next rows are read while these are written.
        await written
        written = target.insert(table, missing)
        if (++writes % writesPerCommit === 0) written = written.then(() => target.commit())
        written.catch(() => {})
      }
      progress(table.name, rows.length)
    }
    await written
    if (writes > 0) await target.commit()
    if (mayHaveMore && present !== undefined && !(await present.next()).done) await endOfPresent()
  }
  return { digest: digester.result(), found }
}

/** Counts the leading rows that are equal in the target. */
function countSame(table: Table, rows: Cell[][], lines: string, there: Cell[][]): number {
  if (linesOf(table, there) === lines) return rows.length
  const place = rows.findIndex(
    (row, i) => there[i] === undefined || linesOf(table, [row]) !== linesOf(table, [there[i]]),
  )
  return place < 0 ? rows.length : place
}

/** Deletes what the source no longer has, so that the target is a prefix of the source again. */
async function clearAfter(target: TableWriter, table: Table, last: Cell[] | undefined): Promise<void> {
  const later = tables.slice(tables.indexOf(table) + 1)
  // Rows that refer to a row are deleted before it.
  for (const other of later.reverse()) await target.deleteAfter(other, undefined)
  const columns = Object.keys(table.columns)
  await target.deleteAfter(table, last && table.key.map((column) => last[columns.indexOf(column)]!))
}
