import { parameters } from '../../device-files/fields.ts'
import { visible } from '../../device-files/reshape/fixes.ts'
import { placeOfColumn } from '../../device-files/reshape/plan.ts'
import { columnsIn } from '../../device-files/reshape/recipe.ts'
import type { RowSource, Rows } from '../../device-files/rows.ts'
import { textAt } from '../../lib/columns.ts'

/** Rows of which the preview shows what they were and what they become. */
const shownRows = 3

/** Describes the first rows of a file that is reshaped: before and after, without secrets. */
export function describePreview(rows: Rows, source: RowSource): string[] {
  const { reshaping } = source
  if (reshaping === undefined || source.mayBeDevice) return []
  return Array.from({ length: Math.min(shownRows, rows.count) }, (_, entry) => {
    const cells = rows.cells(entry)
    const parts = (['name', 'sn'] as const).flatMap((field) => {
      const recipe = reshaping.usable[field]?.[0]
      const place =
        recipe === undefined
          ? source.places[field]
          : placeOfColumn(source.columns, columnsIn(recipe)[0] ?? '')
      const before = cells[place] ?? ''
      const after = textAt(rows.members[parameters[field]], entry) ?? ''
      if (after === '') return []
      const shown = JSON.stringify(visible(after))
      return [`${field} ${before === after ? shown : `${JSON.stringify(visible(before))} → ${shown}`}`]
    })
    const { nickname, tags = {} } = rows.attributes?.get(entry) ?? {}
    if (nickname !== undefined) parts.push(`nickname ${JSON.stringify(nickname)}`)
    for (const [key, value] of Object.entries(tags)) parts.push(`tag ${key}=${value}`)
    const secret = reshaping.reshape.secret?.kind
    if (secret !== undefined) parts.push(secret === 'generate' ? 'secret generated' : 'secret derived')
    return `line ${rows.line(entry)}: ${parts.join(', ')}`
  })
}
