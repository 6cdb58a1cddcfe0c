import type { Clock } from '../lib/clock.ts'

/** Minimum interval between log lines, in milliseconds. */
const silenceMs = 10_000

/**
 * Aggregates calls refused by address into one log line every ten seconds.
 * @param log receives the latest address, and the number of calls since the last line
 */
export function limitedCalls(
  clock: Pick<Clock, 'elapsed'>,
  log: (address: string, calls: number) => void,
): (address: string) => void {
  let silentUntil = Number.NEGATIVE_INFINITY
  let calls = 0
  return (address) => {
    calls++
    if (clock.elapsed() < silentUntil) return
    silentUntil = clock.elapsed() + silenceMs
    log(address, calls)
    calls = 0
  }
}
