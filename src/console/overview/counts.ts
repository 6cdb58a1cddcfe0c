/** What ListCallCounts answers. */
export interface CallCounts {
  readonly IntervalSeconds: number
  /** By the server's clock, in milliseconds. */
  readonly Now: number
  /** Only of intervals in which the action was called. */
  readonly CallCount: readonly CallCount[]
}

interface CallCount {
  /** When the interval began, in milliseconds. */
  readonly Time: number
  readonly Action: string
  readonly Calls: number
  readonly Throttled: number
  readonly Failed: number
  readonly Devices: number
}

/** What happened in one interval; the numbers are sums, not rates. */
export interface Interval {
  readonly time: number
  readonly calls: number
  readonly throttled: number
  readonly failed: number
  readonly devices: number
}

/** How far back the server remembers, in milliseconds. */
const spanMs = 10 * 60_000

const nothing = { calls: 0, throttled: 0, failed: 0, devices: 0 }
const plus = (sum: typeof nothing, { Calls, Throttled, Failed, Devices }: CallCount) => ({
  calls: sum.calls + Calls,
  throttled: sum.throttled + Throttled,
  failed: sum.failed + Failed,
  devices: sum.devices + Devices,
})

/**
 * All intervals of the last ten minutes, oldest first, those without calls too. The last of them has not ended yet.
 * @param action undefined sums all of them
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

/** What an action came to. */
export interface Use {
  readonly action: string
  /** Calls of the last minute, up to now. */
  readonly lastMinute: number
  /** Calls a second that the quota let through, in the interval that had the most. */
  readonly busiest: number
  /** Of the last ten minutes, as the next two. */
  readonly throttled: number
  readonly failed: number
  readonly devices: number
}

/** Every action that was called in the last ten minutes, the most called of the last minute first. */
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
 * The quota's height in the chart, where it can be drawn without pressing the calls to the ground: below a fifth of
 * it they have the chart to themselves.
 * @param busiest and `quota`: calls a second
 */
export const plottedQuota = (busiest: number, quota: number | undefined): number | undefined =>
  quota !== undefined && busiest >= quota / 5 ? quota : undefined
