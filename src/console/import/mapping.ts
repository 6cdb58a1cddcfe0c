import { type ChosenColumns, ownColumns } from '../../device-files/columns.ts'
import { type FieldName, fields } from '../../device-files/fields.ts'
import type { Preview } from './messages.ts'

/**
 * What is said of the columns when one is chosen for a field: all that the page shows, so that nothing is recognised
 * in another way then.
 * @param place of the column, counted from 0; -1 for none
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
    // By its number where its name is another's too, or none, or may be a cell of a device.
    return hasHeader && !mayBeDevice && name !== '' && columns.indexOf(name) === at ? name : String(at + 1)
  }
  return Object.fromEntries(fields.map((it) => [it, columnAt(chosen[it])]))
}

/** Columns that were chosen by hand, and what they were columns of. */
export interface Mapping {
  readonly map: ChosenColumns
  readonly hasHeader: boolean
  readonly columns: readonly string[]
  readonly isPasted: boolean
}

/**
 * Whether the columns that were chosen of one list are meant of another one, too: it is the same list, mended. Without
 * names that is known of a pasted text alone, which is mended in its place.
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
