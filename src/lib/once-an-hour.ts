import type { Clock } from './clock.ts'

/** So many keys are told apart, since callers choose them; all others are one. */
const keysMax = 1000
const hourMs = 60 * 60_000

/** Keeps a log from repeating itself: the function that it gives is true once an hour for each key. */
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
