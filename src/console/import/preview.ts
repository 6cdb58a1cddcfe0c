import { endsAsReport } from '../../device-files/columns.ts'
import { FileValidator } from '../../importer/file-validator.ts'
import { openBlob } from './blob-rows.ts'
import type { ListedRow, Preview, Reading } from './messages.ts'

/** Rows that are validated and inspected for spreadsheet artifacts. */
const readRows = 1000
/** Rows that are displayed. */
const shownRows = 10

/**
 * Reads the beginning of a file and validates its rows as far as the file shows.
 * @throws UnreadableFile
 */
export async function previewOf(file: Blob, name: string, reading: Reading, seed: number): Promise<Preview> {
  const source = await openBlob(file, name, reading, readRows)
  const { columns, places, mayBeDevice, notes } = source
  const isWhole = places.name >= 0 && places.secret >= 0
  const shown: ListedRow[] = []
  const validator = new FileValidator(seed)
  let count = 0
  // Several sheets have separate chunks.
  for await (const rows of source.chunks) {
    // While a field has no column, every row would be bad.
    const verdicts = isWhole ? validator.verdicts(rows) : undefined
    for (let entry = 0; entry < rows.count && shown.length < shownRows; entry++)
      shown.push({
        line: rows.line(entry),
        ...(rows.sheet && { sheet: rows.sheet(entry) }),
        cells: rows.cells(entry),
        reasons: verdicts?.[entry] ? validator.reasons(rows, entry, verdicts[entry]!) : [],
      })
    count += rows.count
    if (count >= readRows) break
  }
  return {
    ...source.recognised(),
    isReport: endsAsReport(columns),
    columns,
    places,
    mayBeDevice,
    notes,
    findings: isWhole ? source.findings() : [],
    hasBom: source.hasBom,
    rows: shown,
    hasMore: count > shown.length,
  }
}
