/** The CPU time that one address can cause while `--failed-calls` limits it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { displayed, table } from '../measure.ts'
import { cpuMillisecondsOf } from '../processes.ts'
import type { Server } from '../servers/child.ts'
import { send } from './send.ts'
import { failure, shapes } from './shapes.ts'

export interface LimitedFigures {
  readonly bytes: number
  /** Calls sent per second, the number of them that were read, and the cost of all. */
  readonly sentPerSecond: number
  readonly readPerSecond: number
  readonly cpuMsPerSecond: number
}

export type Limited = Readonly<Record<string, LimitedFigures>>

/** The default limit of failed calls per second; an address may burst to ten times as many. */
export const failedCallsPerSecond = 50
const burst = 10 * failedCallsPerSecond

/** The most expensive shapes of each kind. */
const names = [
  'a false signature, V1',
  '10,000 devices, a false signature, V1',
  '4 MB of escapes, a false signature',
  '199,000 entries with wide gaps in disorder, a false signature',
]

/** Maximum bytes sent per second, because the sender shares the machine. */
const bytesPerSecond = 20e6
const attemptsMax = 3 * failedCallsPerSecond

/** @param server a server that limits this machine's calls, too */
export async function measureLimited(server: Server, seconds: number): Promise<Limited> {
  const figures: Record<string, LimitedFigures> = {}
  for (const { name, pieces } of shapes.filter(({ name }) => names.includes(name))) {
    // Use up the burst first, as a lasting attack does.
    await Promise.all(Array.from({ length: burst }, () => send(server.url, [failure()])))
    const last = pieces().at(-1)!
    const perSecond = Math.max(2, Math.min(attemptsMax, Math.floor(bytesPerSecond / last.length)))
    const before = cpuMillisecondsOf(server.pid)
    const from = performance.now()
    const sending: Promise<number>[] = []
    for (let i = 0; i < perSecond * seconds; i++) {
      const due = from + (1000 * i) / perSecond
      await sleep(Math.max(0, due - performance.now()))
      sending.push(send(server.url, [pieces().at(-1)!]))
    }
    const statuses = await Promise.all(sending)
    const took = (performance.now() - from) / 1000
    figures[name] = {
      bytes: last.length,
      sentPerSecond: statuses.length / took,
      readPerSecond: statuses.filter((status) => status !== 429).length / took,
      cpuMsPerSecond: (cpuMillisecondsOf(server.pid) - before) / took,
    }
  }
  return figures
}

export function printLimited(limited: Limited): void {
  const rows = Object.entries(limited).map(
    ([name, { bytes, sentPerSecond, readPerSecond, cpuMsPerSecond }]) => [
      name,
      (bytes / 1000).toFixed(1),
      ...[sentPerSecond, readPerSecond, cpuMsPerSecond].map(displayed),
    ],
  )
  const heads = ['one address under --failed-calls', 'KB', 'sent/s', 'read/s', 'CPU ms/s']
  process.stdout.write(`\n${table(heads, rows)}\n`)
}
