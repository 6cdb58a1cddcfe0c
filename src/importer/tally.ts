import { titleOf } from './reasons.ts'
import type { BadRows } from './target.ts'

/** Counts a file's rows: each is accepted, rejected or skipped. */
export class Tally {
  accepted = 0
  rejected = 0
  skipped = 0
  /** Number of rows by code, with its reason; a row may have several codes. */
  readonly reasons = new Map<string, { count: number; readonly reason: string }>()

  get rows(): number {
    return this.accepted + this.rejected + this.skipped
  }

  /** Adds `count` rows, including the bad ones. */
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

  /** Form for programs. */
  toJSON() {
    const { rows, accepted, rejected, skipped } = this
    const reasons = Object.fromEntries([...this.reasons].map(([code, { count }]) => [code, count]))
    return { rows, accepted, rejected, skipped, reasons }
  }
}
