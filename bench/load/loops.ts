/** Timing of calls. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Call } from '../calls/call.ts'
import { type Latency, latencyOf } from '../measure.ts'
import { Connections } from './connection.ts'

export type Loop = ClosedLoop | OpenLoop

/**
 * Each connection sends its next call when the last one is answered, until the time or number of calls is
 * reached.
 */
export interface ClosedLoop {
  readonly kind: 'closed'
  readonly connections: number
  readonly milliseconds?: number
  readonly calls?: number
}

/**
 * Calls arrive at a steady rate, whether or not earlier ones are answered, and their latency counts from the
 * time at which they were due, so a stalled server is charged for all that arrive meanwhile.
 */
export interface OpenLoop {
  readonly kind: 'open'
  readonly perSecond: number
  readonly milliseconds: number
  /** Whether no further calls are to arrive, before the time is up. */
  readonly isOver?: () => boolean
}

export interface Load {
  readonly calls: number
  readonly milliseconds: number
  readonly latency: Latency
}

/** @throws Error of the first call with an unexpected answer */
export async function drive(url: string, next: () => Call, loop: Loop): Promise<Load> {
  const connections = new Connections(url)
  const from = performance.now()
  try {
    const send = () => connections.send(next())
    const latencies = await (loop.kind === 'closed' ? closed(send, loop) : open(send, loop))
    const milliseconds = performance.now() - from
    return { calls: latencies.length, milliseconds, latency: latencyOf(latencies) }
  } finally {
    connections.close()
  }
}

async function closed(
  send: () => Promise<void>,
  { connections, milliseconds = Number.POSITIVE_INFINITY, calls = Number.POSITIVE_INFINITY }: ClosedLoop,
): Promise<number[]> {
  const until = performance.now() + milliseconds
  const latencies: number[] = []
  let sent = 0
  const connection = async () => {
    do {
      if (sent++ >= calls) return
      const from = performance.now()
      await send()
      latencies.push(performance.now() - from)
    } while (performance.now() < until)
  }
  await Promise.all(Array.from({ length: connections }, connection))
  return latencies
}

async function open(
  send: () => Promise<void>,
  { perSecond, milliseconds, isOver = () => false }: OpenLoop,
): Promise<number[]> {
  const count = Math.ceil((perSecond * milliseconds) / 1000)
  const from = performance.now()
  const latencies: number[] = []
  const failed = Promise.withResolvers<never>()
  let hasFailed = false
  const fail = (error: Error) => {
    hasFailed = true
    failed.reject(error)
  }
  const underWay: Promise<void>[] = []
  const arrivals = async () => {
    for (let i = 0; i < count && !hasFailed && !isOver(); i++) {
      const due = from + (i * 1000) / perSecond
      const early = due - performance.now()
      if (early > 0) await pause(early)
      underWay.push(
        send().then(() => {
          latencies.push(performance.now() - due)
        }, fail),
      )
    }
    await Promise.all(underWay)
  }
  await Promise.race([arrivals(), failed.promise])
  return latencies
}
