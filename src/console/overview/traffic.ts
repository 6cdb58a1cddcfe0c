import type { AnswerOf } from '../../client/outcome.ts'

/** Only intervals in which something happened; times by the server's clock in milliseconds. */
export type TrafficCounts = AnswerOf<'ListTrafficCounts'>['Data']

export interface TrafficInterval {
  readonly time: number
  readonly connections: number
  readonly connects: number
  readonly up: number
  readonly down: number
}

/** All intervals of a period that have ended, oldest first, those without traffic too. */
export function trafficIntervals(counts: TrafficCounts): TrafficInterval[] {
  const { IntervalSeconds, From, Now, TrafficCount } = counts
  const length = IntervalSeconds * 1000
  const found = new Map(TrafficCount.map((count) => [count.Time, count]))
  return Array.from({ length: Math.max(1, Math.floor((Now - From) / length)) }, (_, i) => {
    const time = From + i * length
    const { Connections = 0, Connects = 0, MessagesUp = 0, MessagesDown = 0 } = found.get(time) ?? {}
    return { time, connections: Connections, connects: Connects, up: MessagesUp, down: MessagesDown }
  })
}
