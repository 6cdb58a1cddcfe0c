import { isLegal } from '../device-files/columns.ts'
import { isOfRow } from '../device-files/faults.ts'
import { fields, parameters } from '../device-files/fields.ts'
import { type Fix, fixes, mended, visible } from '../device-files/reshape/fixes.ts'
import { columnAt } from '../device-files/reshape/plan.ts'
import { changed, type Recipe, type Step } from '../device-files/reshape/recipe.ts'
import type { RowSource, Rows } from '../device-files/rows.ts'
import { textAt } from '../lib/columns.ts'
import type { ChunkDone } from './import-job.ts'

/** A fix that would make bad values legal, or `blanks`: a recipe that replaces the spaces in names. */
export type FixOffer = {
  /** Rows that have such a value. */
  readonly count: number
  /** The first of them, without secrets. */
  readonly samples: readonly { readonly line: number; readonly before: string; readonly after: string }[]
} & ({ readonly fix: Fix } | { readonly fix: 'blanks'; readonly recipe: Recipe })

/** Values before and after that are shown of each fix. */
const samplesMax = 5

const replaceBlanks: Step = { op: 'replace', from: ' ', to: '-' }

/** Finds the fixes that would make bad values of a file legal. Memory is that of the samples, however many rows are bad. */
export class FixOffers {
  readonly #offers = new Map<FixOffer['fix'], { count: number; samples: FixOffer['samples'][number][] }>()

  add({ rows, bad }: Pick<ChunkDone, 'rows' | 'bad'>): void {
    for (const [entry] of bad) {
      if (rows.faults.get(entry)?.some(isOfRow)) continue
      this.#addRow(rows, entry)
    }
  }

  #addRow(rows: Rows, entry: number): void {
    const inRow = new Set<FixOffer['fix']>()
    for (const field of fields) {
      const before = textAt(rows.members[parameters[field]], entry) ?? ''
      if (before === '' || isLegal(field, before)) continue
      const { text, by } = mended(before, fixes)
      const isFixed = isLegal(field, text)
      const after = isFixed || field !== 'name' ? text : changed(text, replaceBlanks)
      if (!isFixed && !isLegal(field, after)) continue
      for (const fix of isFixed ? by : [...by, 'blanks' as const]) {
        const offer = this.#offerOf(fix)
        if (!inRow.has(fix)) offer.count++
        inRow.add(fix)
        if (field !== 'secret' && offer.samples.length < samplesMax)
          offer.samples.push({ line: rows.line(entry), before: visible(before), after: visible(after) })
      }
    }
  }

  /** @param source of the rows; its columns are what `blanks` needs */
  all(source: Pick<RowSource, 'columns' | 'places' | 'reshaping'>): readonly FixOffer[] {
    return [...this.#offers].map(([fix, offer]) =>
      fix === 'blanks' ? { fix, recipe: blanksRecipe(source), ...offer } : { fix, ...offer },
    )
  }

  #offerOf(fix: FixOffer['fix']) {
    let offer = this.#offers.get(fix)
    if (offer === undefined) this.#offers.set(fix, (offer = { count: 0, samples: [] }))
    return offer
  }
}

/** The recipe by which names are read now, with one more step. */
function blanksRecipe({
  columns,
  places,
  reshaping,
}: Pick<RowSource, 'columns' | 'places' | 'reshaping'>): Recipe {
  const own = reshaping?.reshape.set?.name?.[0]
  if (own !== undefined) return { ...own, steps: [...own.steps, replaceBlanks] }
  // A preset has a column of its own for names, or several.
  if (reshaping?.preset !== undefined) return { parts: [], steps: [replaceBlanks] }
  return { parts: [{ column: columnAt(columns, places.name) ?? '1' }], steps: [replaceBlanks] }
}
