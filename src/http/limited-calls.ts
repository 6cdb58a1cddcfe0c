import type { Clock } from '../lib/clock.ts'

/** How long the log is silent after a line, in milliseconds. */
const silenceMs = 10_000

/**
 * Calls that are refused unread because of their address, put together into a line of the log every ten seconds.
 * @param log is given the address of the latest, and how many there have been since the last line
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
