import { isLegal } from '../../device-files/columns.ts'
import { isOfRow } from '../../device-files/faults.ts'
import { fields, parameters } from '../../device-files/fields.ts'
import { type Fix, fixes, mended, visible } from '../../device-files/reshape/fixes.ts'
import type { ChunkDone } from '../../importer/import-job.ts'
import { textAt } from '../../lib/columns.ts'
import type { FixOffer } from './messages.ts'

/** Values before and after that are shown of each fix. */
const samplesMax = 5

/** Finds the fixes that would make bad values of a file legal. Memory is that of the samples, however many rows are bad. */
export class FixOffers {
  readonly #offers = new Map<Fix, { count: number; samples: FixOffer['samples'][number][] }>()

  add({ rows, bad }: ChunkDone): void {
    for (const [entry] of bad) {
      if (rows.faults.get(entry)?.some(isOfRow)) continue
      const inRow = new Set<Fix>()
      for (const field of fields) {
        const before = textAt(rows.members[parameters[field]], entry) ?? ''
        if (before === '' || isLegal(field, before)) continue
        const { text: after, by } = mended(before, fixes)
        if (!isLegal(field, after)) continue
        for (const fix of by) {
          const offer = this.#offerOf(fix)
          if (!inRow.has(fix)) offer.count++
          inRow.add(fix)
          if (field !== 'secret' && offer.samples.length < samplesMax)
            offer.samples.push({ line: rows.line(entry), before: visible(before), after: visible(after) })
        }
      }
    }
  }

  all(): readonly FixOffer[] {
    return [...this.#offers].map(([fix, offer]) => ({ fix, ...offer }))
  }

  #offerOf(fix: Fix) {
    let offer = this.#offers.get(fix)
    if (offer === undefined) this.#offers.set(fix, (offer = { count: 0, samples: [] }))
    return offer
  }
}
