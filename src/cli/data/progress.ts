import type { Progress } from '../../transfer/digest.ts'

const everyMs = 200

/** Tells on standard error how far a long command is, in a line that is written over; only to a terminal. */
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
      stderr.write(`\r\x1b[K${table}: ${count(ofTable)} rows (${count(perSecond)} rows a second)`)
    },
    end: () => {
      stderr.write('\r\x1b[K')
    },
  }
}

/** Runs something with a line of its progress. */
export async function withProgress<T>(run: (progress: Progress) => Promise<T>): Promise<T> {
  const line = progressLine()
  try {
    return await run(line.progress)
  } finally {
    line.end()
  }
}

/** A number as people read it. */
export const count = (number: number) => number.toLocaleString('en-US')
