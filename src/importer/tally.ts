import { titleOf } from './reasons.ts'
import type { BadRows } from './target.ts'

/** Counts of a file's rows. Accepted, rejected and skipped make up all of them. */
export class Tally {
  accepted = 0
  rejected = 0
  skipped = 0
  /** How many rows each code was told of, by the code, and what that means; a row may have several. */
  readonly reasons = new Map<string, { count: number; readonly reason: string }>()

  get rows(): number {
    return this.accepted + this.rejected + this.skipped
  }

  /** Counts rows of which these are bad. */
  add(count: number, bad: BadRows, skipped = 0): void {
    this.accepted += count - bad.size - skipped
    this.rejected += bad.size
    this.skipped += skipped
    for (const reasons of bad.values()) {
      for (const { code, reason } of reasons) {
        const known = this.reasons.get(code)
        if (known === undefined) this.reasons.set(code, { count: 1, reason: titleOf(code) ?? reason })
        else known.count++
      }
    }
  }

  /** For machines. */
  toJSON() {
    const { rows, accepted, rejected, skipped } = this
    const reasons = Object.fromEntries([...this.reasons].map(([code, { count }]) => [code, count]))
    return { rows, accepted, rejected, skipped, reasons }
  }
}
