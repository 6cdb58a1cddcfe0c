import { stringify } from 'csv-stringify/sync'
import { ownColumns, reportColumns } from '../device-files/columns.ts'
import { parameters } from '../device-files/fields.ts'
import { fixedCode } from '../device-files/inspection.ts'
import type { Change } from '../device-files/reshape/reshape.ts'
import type { RowSource, Rows } from '../device-files/rows.ts'
import type { Reason } from './reasons.ts'
import type { BadRows } from './target.ts'

/**
 * Bad rows as a table: the input's columns, followed by line, field, code and reason (several joined by ' | ').
 * Cells beyond the header come last; missing cells are not filled. The corrected table can be imported. It
 * contains secrets.
 */
export class BadRowsTable {
  readonly header: readonly string[]
  /** Number of the input's own columns; a corrected report also has the columns of a report. */
  readonly #own: number
  readonly #columns: number

  /** @param columns of the input */
  constructor(columns: readonly string[]) {
    this.#columns = columns.length
    this.#own = ownColumns(columns).length
    this.header = [...columns.slice(0, this.#own), ...reportColumns]
  }

  /** @param line of the row with these cells, which is bad for these reasons */
  record(line: number, cells: readonly string[], reasons: readonly Reason[]): string[] {
    const joined = (what: keyof Reason) => reasons.map((reason) => reason[what]).join(' | ')
    const isRagged = reasons.some(({ code }) => code === 'RaggedRow')
    const own = isRagged ? Math.min(this.#own, cells.length) : this.#own
    return [
      ...Array.from({ length: own }, (_, i) => cells[i] ?? ''),
      String(line),
      joined('field'),
      joined('code'),
      joined('reason'),
      ...cells.slice(this.#columns),
    ]
  }
}

/** Describes what a report says of a value that was changed: the name as it is now, and of other fields only what changed them. */
const reasonOfChange = ({ field, by, after }: Change): Reason => ({
  field: parameters[field],
  code: fixedCode,
  reason: `changed by ${by.join(', ')}${field === 'secret' ? '' : ` to ${JSON.stringify(after)}`}`,
})

/** The rows of a chunk that a report lists, in their order: those that are bad, and those that were changed. */
export function reportedRows(rows: Rows, bad: BadRows): BadRows {
  const { changes } = rows
  if (changes === undefined || changes.size === 0) return bad
  const entries = [...new Set([...bad.keys(), ...changes.keys()])].sort((a, b) => a - b)
  return new Map(
    entries.map((entry) => [
      entry,
      [...(bad.get(entry) ?? []), ...(changes.get(entry) ?? []).map(reasonOfChange)],
    ]),
  )
}

/** Bad rows as CSV. */
export class BadRowsCsv {
  /** With a byte order mark if Excel needs one to read the input. */
  readonly header: string
  readonly #table: BadRowsTable

  constructor({ columns, hasBom }: Pick<RowSource, 'columns' | 'hasBom'>) {
    this.#table = new BadRowsTable(columns)
    this.header = (hasBom ? '\ufeff' : '') + stringify([this.#table.header])
  }

  /** @returns the records of bad rows; empty if there are none */
  records(rows: Rows, bad: Iterable<readonly [number, readonly Reason[]]>): string {
    const records = [...bad].map(([entry, reasons]) =>
      this.#table.record(rows.line(entry), rows.cells(entry), reasons),
    )
    return records.length === 0 ? '' : stringify(records)
  }
}
