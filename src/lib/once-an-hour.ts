import type { Clock } from './clock.ts'

/** Maximum number of distinct keys, since clients choose them; all others share one. */
const keysMax = 1000
const hourMs = 60 * 60_000

/** Limits repeated log lines: the returned function is true once an hour for each key. */
export function onceAnHour(clock: Clock): (key: string) => boolean {
  const lastAt = new Map<string, number>()
  return (key) => {
    const one = lastAt.has(key) || lastAt.size < keysMax ? key : ''
    const last = lastAt.get(one)
    if (last !== undefined && clock.now() - last < hourMs) return false
    lastAt.set(one, clock.now())
    return true
  }
}
