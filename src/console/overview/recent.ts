/** A call as ListRecentCalls tells it. */
export interface RecentCall {
  /** When it began, in milliseconds. */
  readonly Time: number
  readonly Action: string
  readonly Result: 'answered' | 'failed' | 'refused' | 'broken'
  /** Empty where it was answered. */
  readonly Code: string
  readonly HttpStatus: number
  readonly Milliseconds: number
  readonly RequestId: string
  readonly Entries: number
  readonly Devices: number
}

/**
 * The calls that are looked for.
 * @param sought a piece of the action, the code or the RequestId, in any case
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
