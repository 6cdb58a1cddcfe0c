/** A call in the answer of ListRecentCalls. */
export interface RecentCall {
  /** Start of the call, in milliseconds. */
  readonly Time: number
  readonly Action: string
  readonly Result: 'answered' | 'failed' | 'refused' | 'broken'
  /** Empty if it succeeded. */
  readonly Code: string
  readonly HttpStatus: number
  readonly Milliseconds: number
  readonly RequestId: string
  readonly Entries: number
  readonly Devices: number
}

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
