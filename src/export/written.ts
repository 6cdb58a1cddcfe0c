import { stringify } from 'csv-stringify/browser/esm/sync'
import { sheetRowsMax, xlsxWriter } from '../device-files/xlsx-writer.ts'

export const exportFormats = ['csv', 'jsonl', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Chooses the format by the file's extension; CSV for any other, and for standard output. */
export const formatOf = (file = ''): ExportFormat =>
  exportFormats.find((format) => file.toLowerCase().endsWith(`.${format}`)) ?? 'csv'

/** The values of a row, by column. */
export type ExportedRow = Readonly<Record<string, string | number | undefined>>

/**
 * Writes devices chunk by chunk as a file that can be imported again. Names and secrets may begin with - or @,
 * which spreadsheets interpret as a formula. CSV keeps them unchanged, so that the file can be imported: the
 * legal characters (src/rules/device-fields.ts) include no parenthesis or bar, so no formula can call anything.
 * In XLSX each cell is text.
 * @throws Error if an XLSX sheet can't hold all devices
 * @param pages read on demand
 * @param mark prefix of CSV: U+FEFF makes Excel read it as UTF-8
 */
export async function* written(
  format: ExportFormat,
  columns: readonly string[],
  pages: AsyncIterable<readonly ExportedRow[]>,
  mark = '',
): AsyncGenerator<string | Uint8Array<ArrayBuffer>> {
  const cells = (row: ExportedRow) => columns.map((column) => String(row[column] ?? ''))
  if (format === 'csv') {
    yield mark + stringify([columns])
    for await (const rows of pages) yield stringify(rows.map(cells))
  } else if (format === 'jsonl') {
    for await (const rows of pages)
      yield rows.map((row) => `${JSON.stringify(row, columns as string[])}\n`).join('')
  } else {
    const pieces: Uint8Array<ArrayBuffer>[] = []
    const writer = xlsxWriter(columns.length, (piece) => pieces.push(piece))
    writer.add([columns])
    let count = 1
    for await (const rows of pages) {
      count += rows.length
      if (count > sheetRowsMax)
        throw new Error(`a sheet of XLSX holds ${sheetRowsMax - 1} devices; choose CSV or JSON lines`)
      writer.add(rows.map(cells))
      yield* pieces.splice(0)
    }
    writer.end()
    yield* pieces
  }
}
