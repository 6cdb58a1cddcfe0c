import { closeSync, existsSync, openSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs'
import { stringify } from 'csv-stringify/sync'
import { Ending } from '../ending.ts'
import { reportColumns } from '../rows/columns.ts'
import type { RowSource, Rows } from '../rows/rows.ts'
import type { Reason } from './reasons.ts'

/**
 * Bad rows as CSV: the input's own columns, and line, field, code and reason behind them, several of each joined by
 * ' | '. After mending it is an input itself. Secrets stand in it, so only its owner reads it; it is there whole
 * or not at all.
 */
export class Report {
  readonly #path: string
  readonly #draft: string
  readonly #file: number
  /** The places of the columns that are the input's own: a mended report has those of a report too. */
  readonly #own: readonly number[]

  /** @throws Ending where it would be written over its own input */
  constructor(path: string, input: string, { columns, wasMarked }: Pick<RowSource, 'columns' | 'wasMarked'>) {
    if (existsSync(path) && existsSync(input) && realpathSync(path) === realpathSync(input))
      throw new Ending('usage', `the report would be written over ${input} itself; name another file`)
    this.#path = path
    this.#draft = `${path}.${process.pid}.part`
    this.#file = openSync(this.#draft, 'w', 0o600)
    const isReport = reportColumns.every((name) => columns.includes(name))
    this.#own = columns.flatMap((name, i) =>
      isReport && (reportColumns as readonly string[]).includes(name) ? [] : [i],
    )
    const header = [...this.#own.map((i) => columns[i]!), ...reportColumns]
    writeSync(this.#file, (wasMarked ? '\ufeff' : '') + stringify([header]))
  }

  add(rows: Rows, bad: Iterable<readonly [number, readonly Reason[]]>): void {
    const records = [...bad].map(([entry, reasons]) => {
      const cells = rows.cells(entry)
      const joined = (what: keyof Reason) => reasons.map((reason) => reason[what]).join(' | ')
      return [
        ...this.#own.map((i) => cells[i] ?? ''),
        rows.line(entry),
        joined('field'),
        joined('code'),
        joined('reason'),
      ]
    })
    if (records.length > 0) writeSync(this.#file, stringify(records))
  }

  /** Puts it where it belongs. */
  finish(): void {
    closeSync(this.#file)
    renameSync(this.#draft, this.#path)
  }

  /** Takes it back. */
  abandon(): void {
    closeSync(this.#file)
    rmSync(this.#draft, { force: true })
  }
}
