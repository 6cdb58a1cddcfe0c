import { quantity } from '../../lib/quantity.ts'
import type { Progress } from '../../transfer/digest.ts'

const everyMs = 200

/** Prints the progress of a long command in one line on standard error; only on a terminal. */
export function progressLine(): { readonly progress: Progress; end(): void } {
  const { stderr } = process
  if (!stderr.isTTY) return { progress: () => {}, end: () => {} }
  const begun = performance.now()
  let shown = 0
  let present = ''
  let ofTable = 0
  let all = 0
  return {
    progress(table, rows) {
      if (table !== present) ofTable = 0
      present = table
      ofTable += rows
      all += rows
      const now = performance.now()
      if (now - shown < everyMs) return
      shown = now
      const perSecond = Math.round((all / (now - begun)) * 1000)
      stderr.write(`\r\x1b[K${table}: ${quantity(ofTable, 'row')} (${quantity(perSecond, 'row')} a second)`)
    },
    end: () => {
      stderr.write('\r\x1b[K')
    },
  }
}

/** Runs a function with a progress line. */
export async function withProgress<T>(run: (progress: Progress) => Promise<T>): Promise<T> {
  const line = progressLine()
  try {
    return await run(line.progress)
  } finally {
    line.end()
  }
}
