import type { TableReader, TableStore, TableWriter } from '../storage/storage.ts'
import { type Cell, type Table, tables } from '../storage/tables.ts'
import { type Digest, Digester, digestOf, type Progress, refuseDifference } from './digest.ts'
import { linesOf } from './lines.ts'
import { makeStore, masterKeyOf, refuseUnfinished, refuseUnlessEmpty } from './state.ts'

const unfinished = 'rollcall copy'

/**
 * How often rows are written before they are committed, at the end of a table beside that. Each commit puts every
 * page on the disk that was touched, and random names touch a page each: SQLite takes a third of the rows a second
 * where 5000 devices are a commit.
 */
const usualWritesPerCommit = 40

export interface Copied extends Digest {
  /** Rows that an earlier copy, which was cut off, had brought already. */
  readonly found: number
  /** The ID of the master key that the copy needs, as its source did. */
  readonly masterKey: string
}

/**
 * Copies a store, as it is when the copy begins, into an empty one. The rows lie in the target in the same
 * order, and are committed some at a time: a copy that was cut off is continued by another, which compares
 * what is there with the source and goes on after the last row that is the same. Until the digest of the
 * target is the source's, the target can't be served.
 *
 * @throws Error when the target is not empty, or has something else than the source in the end
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
  /** True if the target may have more of the source than was seen so far. */
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
        // Chunks have the same bounds in both, so a full one that is the same may be followed by another.
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

/** How many of the rows, from the first on, are the same in the target. */
function countSame(table: Table, rows: Cell[][], lines: string, there: Cell[][]): number {
  if (linesOf(table, there) === lines) return rows.length
  const place = rows.findIndex(
    (row, i) => there[i] === undefined || linesOf(table, [row]) !== linesOf(table, [there[i]]),
  )
  return place < 0 ? rows.length : place
}

/** Takes away what the source has no more: the target is again the beginning of a copy. */
async function clearAfter(target: TableWriter, table: Table, last: Cell[] | undefined): Promise<void> {
  const later = tables.slice(tables.indexOf(table) + 1)
  // What refers to a row goes before it.
  for (const other of later.reverse()) await target.deleteAfter(other, undefined)
  const columns = Object.keys(table.columns)
  await target.deleteAfter(table, last && table.key.map((column) => last[columns.indexOf(column)]!))
}
