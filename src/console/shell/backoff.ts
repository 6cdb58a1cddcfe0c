/** The longest pause between two tries of a page that asks again and again, in milliseconds. */
const pauseMaxMs = 60_000

/**
 * When a page asks again: regularly, and after errors in pauses that double.
 * @param state of the query, as TanStack Query has it; times in milliseconds
 */
export function nextPoll(
  everyMs: number,
  state: { readonly error: unknown; readonly dataUpdatedAt: number; readonly errorUpdatedAt: number },
): number {
  if (state.error === null) return everyMs
  const failingMs = state.dataUpdatedAt === 0 ? 0 : state.errorUpdatedAt - state.dataUpdatedAt
  return Math.min(pauseMaxMs, Math.max(everyMs, failingMs))
}
