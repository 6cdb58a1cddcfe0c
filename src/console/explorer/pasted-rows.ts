import { isNameOf as isNameOfField } from '../../device-files/column-names.ts'
import { fields, parameters } from '../../device-files/fields.ts'
import { pastedCells } from '../../device-files/parse.ts'
import type { Column, Row } from './form-model.ts'

/** Clipboard content as rows of a list. */
export interface PastedRows {
  readonly rows: readonly Row[]
  /** True if the first line named the columns. */
  readonly hadHeader: boolean
}

/**
 * Reads cells copied from a spreadsheet (tabs), a CSV file (commas or semicolons), or lines of one value each.
 * If the first line has column names, they decide; otherwise columns are taken in order, and for a list with
 * one column each cell is an entry. Empty lines are skipped.
 */
export function readPastedRows(text: string, columns: readonly Column[]): PastedRows {
  const { lines, places, hadHeader } = read(text, columns, 0)
  const rows = lines
    .map((line) => places.map((place) => line[place] ?? ''))
    .filter((row) => row.some((cell) => cell !== ''))
  return { rows, hadHeader }
}

/**
 * Returns a list's rows after a paste into one of its cells. As in a spreadsheet, an empty cell clears the
 * existing one, and an empty line keeps its place, since the other columns belong to another row. Columns that
 * were not pasted stay.
 */
export function withPasted(
  rows: readonly Row[],
  text: string,
  columns: readonly Column[],
  row: number,
  column: number,
): readonly Row[] {
  const { lines, places } = read(text, columns, column)
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0)
  const isPasted = places.map((place) => place >= 0 && place < width)
  const pasted = lines.map((line, i) =>
    places.map((place, c) => (isPasted[c] ? line[place] : rows[row + i]?.[c]) ?? ''),
  )
  return [...rows.slice(0, row), ...pasted, ...rows.slice(row + pasted.length)]
}

/** Returns lines of cells, and the index of each column's cell in them; negative if they lack it. */
function read(text: string, columns: readonly Column[], first: number) {
  const lines = pastedCells(text)
  const isBlank = (line: readonly string[]) => line.every((cell) => cell === '')
  const head = lines.findIndex((line) => !isBlank(line))
  const end = lines.findLastIndex((line) => !isBlank(line)) + 1
  const named = columns.map(({ member }) => lines[head]?.findIndex((cell) => isNameOf(cell, member)) ?? -1)
  const hadHeader = named.some((place) => place >= 0)
  const body = lines.slice(hadHeader ? head + 1 : 0, end)
  return {
    lines: columns.length === 1 && !hadHeader ? body.flatMap(inOneColumn) : body,
    places: hadHeader ? named : columns.map((_, column) => column - first),
    hadHeader,
  }
}

/** Splits a line into lines of one cell: for a list with one column, adjacent cells are entries too. */
function inOneColumn(line: readonly string[]): readonly (readonly string[])[] {
  return line.length === 1 ? [line] : line.filter((cell) => cell !== '').map((cell) => [cell])
}

/** Reports whether a text has several cells. */
export const isTable = (text: string) => /[\t\r\n]/.test(text.replace(/[\r\n]+$/, ''))

/**
 * Reports whether a cell is a column's name in a common spelling: Device Name, device_name, 设备名称; device
 * columns as on the import page.
 */
function isNameOf(cell: string, member: string): boolean {
  const bare = cell.toLowerCase().replace(/[\s_\-.:()（）*]/g, '')
  if (bare === '') return false
  if (bare === member.toLowerCase() || otherNames[member]?.includes(bare)) return true
  const field = fields.find((field) => parameters[field] === member)
  return field !== undefined && isNameOfField(cell, field)
}

const otherNames: Readonly<Record<string, readonly string[]>> = {
  '': ['devicename', 'iotid', '设备名称'],
  DeviceNickname: ['nickname', '备注名称', '昵称'],
  Nickname: ['devicenickname', '备注名称', '昵称'],
}
