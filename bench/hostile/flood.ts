/** Measures calls with a valid key during a flood of large posts with false signatures. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { displayed, type Latency, latencyOf, table } from '../measure.ts'
import type { Server } from '../servers/child.ts'
import { send } from './send.ts'
import { large } from './shapes.ts'

export interface FloodSize {
  readonly posts: number
  readonly times: number
}

export interface FloodFigures extends FloodSize {
  readonly seconds: number
  /** Number of posts by response status. */
  readonly statuses: Readonly<Record<string, number>>
  readonly calls: Latency
  readonly callCount: number
  readonly refusedCalls: number
  /** Peak resident memory, and resident memory afterwards, in bytes. */
  readonly peakBytes: number
  readonly afterBytes: number
}

/** Memory of a process as the kernel counts it, in bytes. */
function memoryOf(pid: number, field: 'VmHWM' | 'VmRSS'): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1')
  const [, kibibytes] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status) ?? []
  return Number(kibibytes) * 1024
}

export async function measureFlood(server: Server, { posts, times }: FloodSize): Promise<FloodFigures> {
  const program = fileURLToPath(new URL('calls.ts', import.meta.url))
  const client = fork(program, [server.url], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  await once(client, 'message')
  const from = performance.now()
  const statuses: Record<string, number> = {}
  for (let time = 0; time < times; time++) {
    const sent = Array.from({ length: posts }, () => send(server.url, [large()]).catch(() => 0))
    for (const status of await Promise.all(sent)) statuses[status] = (statuses[status] ?? 0) + 1
  }
  const seconds = (performance.now() - from) / 1000
  client.send('stop')
  const [{ took, refused }] = (await once(client, 'message')) as [{ took: number[]; refused: number }]
  client.disconnect()
  return {
    posts,
    times,
    seconds,
    statuses,
    calls: latencyOf(took),
    callCount: took.length,
    refusedCalls: refused,
    peakBytes: memoryOf(server.pid, 'VmHWM'),
    afterBytes: memoryOf(server.pid, 'VmRSS'),
  }
}

export function printFlood(flood: FloodFigures): void {
  const { posts, times, seconds, statuses, calls, callCount, refusedCalls, peakBytes, afterBytes } = flood
  const answers = Object.entries(statuses).map(([status, count]) => `${count} × ${status}`)
  const heads = [`${posts} posts of 4 MB with false signatures, ${times} times`, '']
  const rows = [
    ['it took, in seconds', displayed(seconds)],
    ['answers to the posts (0: none)', answers.join(', ')],
    ['calls with a valid key meanwhile, 50 a second', String(callCount)],
    ['refused of them', String(refusedCalls)],
    ['their p50, p99 and slowest, in ms', [calls.p50, calls.p99, calls.max].map(displayed).join(', ')],
    [
      'resident memory at the most, and afterwards, in MB',
      `${displayed(peakBytes / 1e6)}, ${displayed(afterBytes / 1e6)}`,
    ],
  ]
  process.stdout.write(`\n${table(heads, rows)}\n`)
}
