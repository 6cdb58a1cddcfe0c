import type { Clock } from '../lib/clock.ts'
import type { TrafficRow, TrafficStore } from '../storage/storage.ts'

/** Numbers are written by the minute … */
export const minuteMs = 60_000
/** … and kept for so long. */
export const keptDays = 30

/** Counts of an account's devices at this node: plain numbers, since some rise with every message. */
export interface TrafficCounts {
  /** Devices that are connected now. */
  connections: number
  /** Since the last write. */
  connects: number
  up: number
  down: number
}

/** Counts of connections and messages by account and minute, on all nodes. */
export interface Traffic {
  /** The counts of an account, which its devices' sessions raise. */
  of(account: number): TrafficCounts
  /** The intervals of an account in a time up to now, oldest first; the current minute is not among them. */
  lately(
    account: number,
    spanMs: number,
    intervalMs: number,
  ): Promise<{ readonly from: number; readonly now: number; readonly counts: TrafficRow[] }>
  /** Writes what was counted since the last minute, and nothing from then on. */
  close(): Promise<void>
}

/** Counts of a node. Each minute that has ended is written once, in one statement, and only if something happened. */
export function traffic(store: TrafficStore, clock: Pick<Clock, 'now'>): Traffic {
  const counts = new Map<number, TrafficCounts>()
  let timer: NodeJS.Timeout | undefined
  let written = 0

  /** The minute that has just ended: a timer may be early or late by half of one. */
  const endedMinute = () => Math.floor((clock.now() - minuteMs / 2) / minuteMs) * minuteMs

  async function write(time: number, isLast: boolean): Promise<void> {
    const taken = [...counts].map(([account, { connections, connects, up, down }]) => ({
      account,
      time,
      // A node that ends takes its connections with it.
      connections: isLast ? 0 : connections,
      connects,
      up,
      down,
    }))
    const rows = taken.filter(({ connections, connects, up, down }) => connections + connects + up + down > 0)
    if (rows.length === 0) return
    for (const { account, connects, up, down } of rows) add(account, -connects, -up, -down)
    try {
      await store.add(rows, time - keptDays * 24 * 60 * minuteMs)
    } catch {
      // They count for the next minute.
      for (const { account, connects, up, down } of rows) add(account, connects, up, down)
    }
  }

  function add(account: number, connects: number, up: number, down: number): void {
    const of = counts.get(account)!
    of.connects += connects
    of.up += up
    of.down += down
  }

  function arm(): void {
    timer = setTimeout(
      async () => {
        const minute = endedMinute()
        if (minute > written) {
          written = minute
          await write(minute, false)
        }
        if (timer !== undefined) arm()
      },
      Math.max(1000, minuteMs - (clock.now() % minuteMs)),
    ).unref()
  }

  return {
    of(account) {
      let of = counts.get(account)
      if (of === undefined) {
        of = { connections: 0, connects: 0, up: 0, down: 0 }
        counts.set(account, of)
        if (timer === undefined) arm()
      }
      return of
    },
    async lately(account, spanMs, intervalMs) {
      const now = clock.now()
      const from = Math.floor((now - spanMs) / intervalMs + 1) * intervalMs
      return { from, now, counts: await store.of(account, from, intervalMs) }
    },
    async close() {
      clearTimeout(timer)
      timer = undefined
      await write(Math.floor(clock.now() / minuteMs) * minuteMs, true)
    },
  }
}
