import { endsAsReport } from '../../device-files/columns.ts'
import type { FieldName } from '../../device-files/fields.ts'
import { placeOfColumn } from '../../device-files/reshape/plan.ts'
import { columnsIn } from '../../device-files/reshape/recipe.ts'
import type { RowSource, Rows } from '../../device-files/rows.ts'
import { FileValidator } from '../../importer/file-validator.ts'
import { textAt } from '../../lib/columns.ts'
import { openBlob } from './blob-rows.ts'
import type { Becoming, ListedRow, Preview, Reading } from './messages.ts'

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
  const lacks = (['name', 'secret'] as const).filter((field) => !isThere(field, source))
  const isWhole = lacks.length === 0
  const becomes: Becoming[] = []
  const shown: ListedRow[] = []
  const validator = new FileValidator(seed)
  let count = 0
  // Several sheets have separate chunks.
  for await (const rows of source.chunks) {
    // While a field has no column, every row would be bad.
    const verdicts = isWhole ? validator.verdicts(rows) : undefined
    for (let entry = 0; entry < rows.count && shown.length < shownRows; entry++) {
      if (source.reshaping !== undefined) becomes.push(becomingOf(rows, entry, source))
      shown.push({
        line: rows.line(entry),
        ...(rows.sheet && { sheet: rows.sheet(entry) }),
        cells: rows.cells(entry),
        reasons: verdicts?.[entry] ? validator.reasons(rows, entry, verdicts[entry]!) : [],
      })
    }
    count += rows.count
    if (count >= readRows) break
  }
  return {
    ...source.recognised(),
    isReport: endsAsReport(columns),
    columns,
    places: { ...places, secret: secretPlace(source) },
    mayBeDevice,
    lacks,
    ...(source.reshaping !== undefined && { becomes }),
    notes,
    findings: isWhole ? source.findings() : [],
    hasBom: source.hasBom,
    rows: shown,
    hasMore: count > shown.length,
  }
}

/** Whether a field is read from a column, or made. */
function isThere(field: FieldName, { places, reshaping }: RowSource): boolean {
  if (reshaping === undefined) return places[field] >= 0
  const isMade = field === 'secret' && reshaping.reshape.secret !== undefined
  return isMade || reshaping.usable[field] !== undefined || places[field] >= 0
}

/** The column with the secrets, or with the keys that they are made of: it is masked. */
function secretPlace({ columns, places, reshaping }: RowSource): number {
  const rule = reshaping?.reshape.secret
  const column = rule?.kind === 'derive' && rule.column !== undefined ? rule.column : undefined
  const recipe = reshaping?.usable.secret?.[0]
  const named = column ?? (recipe === undefined ? undefined : columnsIn(recipe)[0])
  return places.secret < 0 && named !== undefined ? placeOfColumn(columns, named) : places.secret
}

function becomingOf(rows: Rows, entry: number, { columns, places, reshaping }: RowSource): Becoming {
  const recipe = reshaping?.usable.name?.[0]
  const place = recipe === undefined ? places.name : placeOfColumn(columns, columnsIn(recipe)[0] ?? '')
  return {
    line: rows.line(entry),
    name: textAt(rows.members.DeviceName, entry) ?? '',
    nameBefore: rows.cells(entry)[place] ?? '',
    sn: textAt(rows.members.Sn, entry) ?? '',
    ...rows.attributes?.get(entry),
  }
}
