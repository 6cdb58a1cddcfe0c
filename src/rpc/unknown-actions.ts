import type { Clock } from '../lib/clock.ts'

/** The maximum number of names that are counted apart: clients may call anything, and each name is a permanent label. */
export const namesMax = 100
const other = 'other'

/** How long the log does not repeat a name, in milliseconds: an hour. */
const silenceMs = 60 * 60_000

/**
 * Operations that clients call and Rollcall doesn't have, by name: an operator sees what they miss.
 * @param tell called for every call; `aloud` if the log has not had the name for an hour
 */
export function unknownActions(
  clock: Clock,
  tell: (name: string, aloud: boolean) => void,
): (name: string) => void {
  const toldAt = new Map<string, number>()
  return (name) => {
    if (!/^[A-Za-z0-9]{1,64}$/.test(name)) return
    const known = toldAt.has(name) || toldAt.size < namesMax ? name : other
    const last = toldAt.get(known)
    const aloud = last === undefined || clock.now() - last >= silenceMs
    if (aloud) toldAt.set(known, clock.now())
    tell(known, aloud)
  }
}
