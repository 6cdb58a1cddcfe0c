import type { ChosenColumns } from '../../rows/columns.ts'
import { type FieldName, fields } from '../../rows/fields.ts'
import type { Preview } from './messages.ts'

/**
 * What is said of the columns when one is chosen for a field: all that the page shows, so that nothing is recognised
 * in another way then.
 * @param place of the column, counted from 0; -1 for none
 */
export function chosenWith(
  { columns, places, hasHeader }: Pick<Preview, 'columns' | 'places' | 'hasHeader'>,
  field: FieldName,
  place: number,
): ChosenColumns {
  const chosen = { ...places, [field]: place }
  const columnAt = (at: number) => {
    const name = columns[at]
    if (name === undefined) return null
    // By its number where its name is another's too, or none.
    return hasHeader && name !== '' && columns.indexOf(name) === at ? name : String(at + 1)
  }
  return Object.fromEntries(fields.map((it) => [it, columnAt(chosen[it])]))
}
