import { Presets, SingleBar } from 'cli-progress'

/** A progress bar with a counter, on a terminal only. */
export function countProgress(what: string): { show(done: number, total: number): void; end(): void } {
  // No progress bar if the output goes to the terminal.
  if (!process.stderr.isTTY || process.stdout.isTTY) return { show: () => {}, end: () => {} }
  const bar = new SingleBar(
    {
      format: `{bar} {percentage}%, {value} of {total} ${what}, {eta_formatted} left`,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  )
  let begun = false
  return {
    show(done, total) {
      if (!begun) bar.start(total, done)
      else bar.update(done)
      begun = true
    },
    end: () => void (begun && bar.stop()),
  }
}
