import { type ChosenColumns, ownColumns } from '../../device-files/columns.ts'
import { type FieldName, fields } from '../../device-files/fields.ts'
import type { Preview } from './messages.ts'

/**
 * Returns the complete choice of columns after the user assigns one, as displayed, so that nothing else is
 * detected differently.
 * @param place index of the column from 0; -1 for none
 */
export function chosenWith(
  {
    columns,
    places,
    hasHeader,
    mayBeDevice,
  }: Pick<Preview, 'columns' | 'places' | 'hasHeader' | 'mayBeDevice'>,
  field: FieldName,
  place: number,
): ChosenColumns {
  const chosen = { ...places, [field]: place }
  const columnAt = (at: number) => {
    const name = columns[at]
    if (name === undefined) return null
    // By number if the name is empty, not unique, or may be a device's cell.
    return hasHeader && !mayBeDevice && name !== '' && columns.indexOf(name) === at ? name : String(at + 1)
  }
  return Object.fromEntries(fields.map((it) => [it, columnAt(chosen[it])]))
}

/** The user's columns, and the header for which they were chosen. */
export interface Mapping {
  readonly map: ChosenColumns
  readonly hasHeader: boolean
  readonly columns: readonly string[]
  readonly isPasted: boolean
}

/**
 * Reports whether the chosen columns also apply to another list: a corrected version of the same one. Without a
 * header that is certain only for pasted text, which is corrected in place.
 */
export function holdsOf(
  mapping: Mapping,
  { hasHeader, columns }: Pick<Preview, 'hasHeader' | 'columns'>,
  isPasted: boolean,
): boolean {
  if (hasHeader !== mapping.hasHeader) return false
  if (!hasHeader) return isPasted && mapping.isPasted && columns.length === mapping.columns.length
  const [one, other] = [ownColumns(columns), ownColumns(mapping.columns)]
  return one.length === other.length && one.every((name, i) => name === other[i])
}
