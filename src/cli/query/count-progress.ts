import { Presets, SingleBar } from 'cli-progress'

/** A bar for things that are counted, on a terminal; nothing otherwise. */
export function countProgress(what: string): { show(done: number, total: number): void; end(): void } {
  // What is written to the terminal itself has no room for a bar.
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
