/** The operations that the pages of the console call by themselves, again and again. */
const polled: ReadonlySet<string> = new Set([
  'GetCallerIdentity',
  'ListCallCounts',
  'ListDevicePresence',
  'ListInstances',
  'ListQuotas',
  'ListRecentCalls',
  'ListTrafficCounts',
])

/** Reports whether the console itself polls an operation, so that its calls would bury those of programs. */
export const isPolled = (action: string): boolean => polled.has(action)

/** Calls that failed in the last hour, among those that the server recorded. */
export function failuresSince(
  calls: readonly { readonly Time: number; readonly Result: string }[],
  since: number,
): number {
  return calls.filter(({ Time, Result }) => Time >= since && Result !== 'answered').length
}

/** The operation that came closest to its quota, with the share that it used; undefined without quotas. */
export function closestToQuota(
  uses: readonly { readonly action: string; readonly busiest: number }[],
  quotas: ReadonlyMap<string, number>,
): { readonly action: string; readonly share: number } | undefined {
  const shares = uses.flatMap(({ action, busiest }) => {
    const quota = quotas.get(action)
    return quota ? [{ action, share: busiest / quota }] : []
  })
  return shares.sort((a, b) => b.share - a.share)[0]
}

/** Keeps an earlier order of rows; new rows come last. */
export function inOrder<Row>(
  rows: readonly Row[],
  keys: readonly string[],
  keyOf: (row: Row) => string,
): readonly Row[] {
  const place = new Map(keys.map((key, i) => [key, i]))
  const placeOf = (row: Row) => place.get(keyOf(row)) ?? keys.length
  return [...rows].sort((a, b) => placeOf(a) - placeOf(b))
}
