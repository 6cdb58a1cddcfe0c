import type { Cell, Table } from '../storage/content.ts'

/**
 * Formats rows as lines of JSON arrays, identical for every database; digests and backup files are made of
 * them. Bytes are Base64.
 */
export function linesOf(table: Table, rows: readonly Cell[][]): string {
  let lines = ''
  if (!Object.values(table.columns).includes('bytes')) {
    for (const row of rows) lines += `${JSON.stringify(row)}\n`
    return lines
  }
  const plain = (cell: Cell) =>
    cell instanceof Uint8Array
      ? Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength).toString('base64')
      : cell
  for (const row of rows) lines += `${JSON.stringify(row.map(plain))}\n`
  return lines
}

/**
 * Parses lines to rows.
 * @throws Error if a line is not a row of the table
 */
export function rowsOf(table: Table, lines: readonly string[]): Cell[][] {
  const types = Object.values(table.columns)
  const rows = JSON.parse(`[${lines.join(',')}]`) as Cell[][]
  if (rows.length !== lines.length) throw new Error(`a line of the table ${table.name} is no row`)
  for (const row of rows) {
    if (!Array.isArray(row) || row.length !== types.length)
      throw new Error(`a row of the table ${table.name} has not its ${types.length} values`)
    types.forEach((type, place) => {
      if (type === 'bytes' && row[place] !== null) row[place] = Buffer.from(row[place] as string, 'base64')
    })
  }
  return rows
}
