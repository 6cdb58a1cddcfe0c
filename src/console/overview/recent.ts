import type { AnswerOf } from '../../client/outcome.ts'
/** A call in the answer of ListRecentCalls. */
export type RecentCall = AnswerOf<'ListRecentCalls'>['Data']['Call'][number]

/**
 * Filters calls.
 * @param sought part of the action, code or RequestId, ignoring case
 */
export function matching(
  calls: readonly RecentCall[],
  sought: string,
  failedOnly: boolean,
): readonly RecentCall[] {
  const wanted = sought.trim().toLowerCase()
  return calls.filter(
    ({ Action, Code, RequestId, Result }) =>
      (!failedOnly || Result !== 'answered') &&
      [Action, Code, RequestId].some((text) => text.toLowerCase().includes(wanted)),
  )
}
