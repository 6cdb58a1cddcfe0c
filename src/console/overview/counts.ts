import type { AnswerOf } from '../../client/outcome.ts'

/** The data in the answer of ListCallCounts. */
export type CallCounts = AnswerOf<'ListCallCounts'>['Data']
type CallCount = CallCounts['CallCount'][number]

/** The counts of one interval; sums, not rates. */
export interface Interval {
  readonly time: number
  readonly calls: number
  readonly throttled: number
  readonly failed: number
  readonly devices: number
}

/** How long the server keeps counts, in milliseconds. */
const spanMs = 10 * 60_000

const nothing = { calls: 0, throttled: 0, failed: 0, devices: 0 }
const plus = (sum: typeof nothing, { Calls, Throttled, Failed, Devices }: CallCount) => ({
  calls: sum.calls + Calls,
  throttled: sum.throttled + Throttled,
  failed: sum.failed + Failed,
  devices: sum.devices + Devices,
})

/**
 * Returns all intervals of the last ten minutes, oldest first, including empty ones. The last one is
 * incomplete.
 * @param action undefined sums all actions
 */
export function intervalsOf({ IntervalSeconds, Now, CallCount }: CallCounts, action?: string): Interval[] {
  const length = IntervalSeconds * 1000
  const last = Math.floor(Now / length) * length
  const sums = new Map<number, typeof nothing>()
  for (const count of CallCount) {
    if (action !== undefined && count.Action !== action) continue
    sums.set(count.Time, plus(sums.get(count.Time) ?? nothing, count))
  }
  return Array.from({ length: Math.floor(spanMs / length) }, (_, i) => {
    const time = last - spanMs + (i + 1) * length
    return { time, ...(sums.get(time) ?? nothing) }
  })
}

/** The use of an action. */
export interface Use {
  readonly action: string
  /** Calls in the last minute. */
  readonly lastMinute: number
  /** Admitted calls per second in the busiest interval. */
  readonly busiest: number
  /** In the last ten minutes, like the next two. */
  readonly throttled: number
  readonly failed: number
  readonly devices: number
}

/** Lists every action called in the last ten minutes, ordered by calls in the last minute. */
export function usesOf({ IntervalSeconds, Now, CallCount }: CallCounts): Use[] {
  const uses = new Map<string, Use>()
  for (const count of CallCount) {
    const { Action, Time, Calls, Throttled, Failed, Devices } = count
    const before = uses.get(Action)
    uses.set(Action, {
      action: Action,
      lastMinute: (before?.lastMinute ?? 0) + (Time > Now - 60_000 ? Calls : 0),
      busiest: Math.max(before?.busiest ?? 0, (Calls - Throttled) / IntervalSeconds),
      throttled: (before?.throttled ?? 0) + Throttled,
      failed: (before?.failed ?? 0) + Failed,
      devices: (before?.devices ?? 0) + Devices,
    })
  }
  return [...uses.values()].sort((a, b) => b.lastMinute - a.lastMinute || (a.action < b.action ? -1 : 1))
}

/**
 * The quota's height in the chart; undefined if the calls are below a fifth of it, because they would be too
 * flat.
 * @param busiest and `quota`: calls per second
 */
export const plottedQuota = (busiest: number, quota: number | undefined): number | undefined =>
  quota !== undefined && busiest >= quota / 5 ? quota : undefined
