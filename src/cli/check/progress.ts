import { Presets, SingleBar } from 'cli-progress'
import { formatNumber, quantity } from '../../lib/quantity.ts'

/** Displays the progress of a file. */
export interface Done {
  readonly rows: number
  readonly bad: number
  /** The completed part: bytes read, or rows if their number is known. */
  readonly position: number
}

export interface FileProgress {
  show(done: Done): void
  /** Removes the bar, so that other output can follow. */
  end(): void
}

const lineEveryMs = 5000

/**
 * Prints progress on standard error: a bar on a terminal, otherwise an occasional line.
 * @param what the activity, such as `check`
 * @param total final value of `position`; undefined if unknown
 */
export function fileProgress(what: string, total: number | undefined): FileProgress {
  const begun = performance.now()
  const rate = (rows: number) => Math.round((1000 * rows) / Math.max(1, performance.now() - begun))
  return process.stderr.isTTY ? bar(what, total, rate) : lines(what, total, rate)
}

function bar(what: string, total: number | undefined, rate: (rows: number) => number): FileProgress {
  const counts = '{rows}, {rate} a second, {bad} bad'
  const format =
    total === undefined ? `${what} ${counts}` : `${what} {bar} {percentage}%, {eta_formatted} left, ${counts}`
  const shown = new SingleBar(
    { format, clearOnComplete: true, hideCursor: true, barsize: 24, stream: process.stderr },
    Presets.shades_classic,
  )
  shown.start(total ?? 0, 0, { rows: quantity(0, 'row'), rate: '0', bad: '0' })
  return {
    show: ({ rows, bad, position }) =>
      shown.update(position, {
        rows: quantity(rows, 'row'),
        rate: formatNumber(rate(rows)),
        bad: formatNumber(bad),
      }),
    end: () => shown.stop(),
  }
}

function lines(what: string, total: number | undefined, rate: (rows: number) => number): FileProgress {
  let told = performance.now()
  return {
    show({ rows, bad, position }) {
      const now = performance.now()
      if (now - told < lineEveryMs) return
      told = now
      const share = total === undefined ? '' : `${Math.floor((100 * position) / Math.max(1, total))}%, `
      process.stderr.write(
        `${what}: ${share}${quantity(rows, 'row')}, ${formatNumber(rate(rows))} a second, ${formatNumber(bad)} bad\n`,
      )
    },
    end: () => {},
  }
}
