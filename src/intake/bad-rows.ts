import { stringify } from 'csv-stringify/sync'
import { reportColumns } from '../rows/columns.ts'
import type { RowSource, Rows } from '../rows/rows.ts'
import type { Reason } from './reasons.ts'

/**
 * Bad rows as CSV: the input's own columns, and line, field, code and reason behind them, several of each joined by
 * ' | '; cells that a row has beyond the header come last. After mending it is an input itself. Secrets stand in it.
 */
export class BadRowsCsv {
  /** With a byte order mark where the input needed one, so that Excel reads it. */
  readonly header: string
  /** How many of the columns are the input's own: a mended report has those of a report behind them. */
  readonly #own: number
  readonly #columns: number

  constructor({ columns, wasMarked }: Pick<RowSource, 'columns' | 'wasMarked'>) {
    this.#columns = columns.length
    const behind = columns.length - reportColumns.length
    const isReport = reportColumns.every((name, i) => columns[behind + i] === name)
    this.#own = isReport ? behind : columns.length
    const header = [...columns.slice(0, this.#own), ...reportColumns]
    this.header = (wasMarked ? '\ufeff' : '') + stringify([header])
  }

  /** @returns the lines of some rows' records; empty where there are none */
  records(rows: Rows, bad: Iterable<readonly [number, readonly Reason[]]>): string {
    const records = [...bad].map(([entry, reasons]) => {
      const cells = rows.cells(entry)
      const joined = (what: keyof Reason) => reasons.map((reason) => reason[what]).join(' | ')
      return [
        ...Array.from({ length: this.#own }, (_, i) => cells[i] ?? ''),
        rows.line(entry),
        joined('field'),
        joined('code'),
        joined('reason'),
        ...cells.slice(this.#columns),
      ]
    })
    return records.length === 0 ? '' : stringify(records)
  }
}
