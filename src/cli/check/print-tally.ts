import type { Rows } from '../../device-files/rows.ts'
import type { Tally } from '../../importer/tally.ts'
import type { BadRows } from '../../importer/target.ts'
import { textAt } from '../../lib/columns.ts'
import { formatNumber, quantity } from '../../lib/quantity.ts'

/** Maximum bad rows printed if no report is requested. */
const toldMax = 20

/** Prints the first bad rows with their names, but no secrets and no cells that may be secrets. */
export class FirstBadRows {
  #told = 0

  add(rows: Rows, bad: BadRows): void {
    for (const [entry, reasons] of bad) {
      if (this.#told++ >= toldMax) continue
      const words = reasons
        .map(({ field, reason }) => (field === '' ? reason : `${field} ${reason}`))
        .join(' | ')
      // In a row with a wrong number of cells, the secret may be in the name's column.
      const isOwn = reasons.every(({ field, code }) => field !== '' || code === 'Rejected')
      const name = isOwn
        ? `${JSON.stringify((textAt(rows.members.DeviceName, entry) ?? '').slice(0, 64))}: `
        : ''
      const sheet = rows.sheet === undefined ? '' : `sheet ${JSON.stringify(rows.sheet(entry))}, `
      process.stderr.write(`${sheet}line ${rows.line(entry)}: ${name}${words}\n`)
    }
  }

  end(): void {
    const more = this.#told - toldMax
    if (more > 0) process.stderr.write(`… and ${formatNumber(more)} more; --report FILE writes them all\n`)
  }
}

/** Prints the result for a file. */
export function printTally(
  tally: Tally,
  words: { readonly accepted: string; readonly seconds: number },
  options: { readonly json?: true; readonly summary?: true },
  more: Readonly<Record<string, unknown>> = {},
): void {
  const seconds = Math.round(1000 * words.seconds) / 1000
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ ...tally.toJSON(), seconds, ...more })}\n`)
    return
  }
  const { rows, accepted, rejected, skipped } = tally
  process.stdout.write(
    `${quantity(rows, 'row')}: ${formatNumber(accepted)} ${words.accepted}, ${formatNumber(rejected)} rejected, ${formatNumber(skipped)} skipped (${seconds} s)\n`,
  )
  if (!options.summary) return
  for (const [code, { count: times, reason }] of tally.reasons)
    process.stdout.write(`  ${formatNumber(times).padStart(9)}  ${code}: ${reason}\n`)
}
