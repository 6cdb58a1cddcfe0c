import { stringify } from 'csv-stringify/sync'
import { xlsxOf } from '../../device-files/xlsx-writer.ts'
import { BadRowsTable } from '../../importer/bad-rows.ts'
import type { BadRows } from './bad-rows.ts'
import type { Preview } from './messages.ts'

/** The number of records that are converted to text at a time. */
const atOnce = 2000

/** Creates a file of the bad rows in the input's format, ready to be corrected and imported. */
export function reportOf(
  bad: BadRows,
  name: string,
  preview: Pick<Preview, 'columns' | 'format' | 'delimiter' | 'hasBom'>,
): { readonly file: Blob; readonly name: string } {
  const { columns, format, hasBom } = preview
  // The user would have to choose any other delimiter again.
  const delimiter = /^[,;\t|]$/.test(preview.delimiter ?? '') ? preview.delimiter! : ','
  const table = new BadRowsTable(columns)
  const { header } = table
  const records = recordsOf(bad, table)
  const named = (file: Blob, ending: string) => ({
    file,
    name: `${name.replace(/\.[^.]*$/, '')}-bad.${ending}`,
  })
  if (format === 'xlsx') return named(xlsxOf(records, header.length), 'xlsx')
  if (format === 'jsonl' || format === 'json') {
    // Each object contains its member names.
    records.next()
    const members = membersOf(header)
    const pieces = piecesOf(records, (some) => jsonLinesOf(members, some))
    return named(new Blob(pieces, { type: 'application/x-ndjson' }), 'jsonl')
  }
  const pieces = piecesOf(records, (some) => stringify(some, { delimiter }))
  if (hasBom) pieces.unshift('\ufeff')
  const ending = format === 'tsv' || delimiter === '\t' ? 'tsv' : 'csv'
  return named(new Blob(pieces, { type: 'text/csv' }), ending)
}

type Cells = readonly string[]

/** The header, then the bad rows. */
function* recordsOf(bad: BadRows, table: BadRowsTable): Generator<Cells> {
  yield table.header
  for (const { line, cells, reasons } of bad.all()) yield table.record(line, cells, reasons)
}

/** The member names of an object; an added one gets a number if the file already has that name. */
const membersOf = (header: Cells) =>
  header.map((name, place) => {
    const before = header.slice(0, place).filter((other) => other === name).length
    return before === 0 ? name : `${name} ${before + 1}`
  })

/** Formats one object per line. */
const jsonLinesOf = (members: Cells, records: readonly Cells[]) =>
  records
    .map((cells) => `${JSON.stringify(Object.fromEntries(members.map((name, i) => [name, cells[i]!])))}\n`)
    .join('')

function piecesOf(records: Iterable<Cells>, textOf: (some: Cells[]) => string): string[] {
  const pieces: string[] = []
  let some: Cells[] = []
  for (const record of records) {
    if (some.push(record) < atOnce) continue
    pieces.push(textOf(some))
    some = []
  }
  pieces.push(textOf(some))
  return pieces
}
