import { stringify } from 'csv-stringify/sync'
import { BadRowsTable } from '../../intake/bad-rows.ts'
import { otherReason, reasonOf } from '../../intake/reasons.ts'
import type { BadRows } from './bad-rows.ts'
import type { Preview } from './messages.ts'
import { xlsxOf } from './xlsx-writer.ts'

/** So many records are made text at a time. */
const atOnce = 2000

/** The bad rows as a file like the one that they came in, ready to be mended and dropped again. */
export function reportOf(
  bad: BadRows,
  name: string,
  preview: Pick<Preview, 'columns' | 'format' | 'delimiter' | 'wasMarked'>,
): { readonly file: Blob; readonly name: string } {
  const { columns, format, delimiter = ',', wasMarked } = preview
  const table = new BadRowsTable(columns)
  const records = recordsOf(bad, table)
  const stem = name.replace(/\.[^.]*$/, '')
  if (format === 'xlsx') return { file: xlsxOf(records, table.header.length), name: `${stem}-bad.xlsx` }
  const pieces: string[] = wasMarked ? ['\ufeff'] : []
  let some: (readonly string[])[] = []
  for (const record of records) {
    if (some.push(record) < atOnce) continue
    pieces.push(stringify(some, { delimiter }))
    some = []
  }
  pieces.push(stringify(some, { delimiter }))
  const ending = format === 'tsv' || delimiter === '\t' ? 'tsv' : 'csv'
  return { file: new Blob(pieces, { type: 'text/csv' }), name: `${stem}-bad.${ending}` }
}

function* recordsOf(bad: BadRows, table: BadRowsTable): Generator<readonly string[]> {
  yield table.header
  for (const { line, cells, codes, said } of bad.all()) {
    const found = codes.map((code) =>
      code === 'Rejected' && said !== undefined ? otherReason(said) : reasonOf(code),
    )
    yield table.record(line, cells, found)
  }
}
