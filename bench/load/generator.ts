import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Workload } from '../calls/workloads.ts'
import type { Load, Loop } from './loops.ts'

/** A load: the calls, their target and their timing. */
export interface Order {
  readonly url: string
  readonly workload: Workload
  readonly loop: Loop
}

export interface Report {
  /** One per order. */
  readonly loads: readonly Load[]
  /** CPU time of the generator for all orders. */
  readonly cpuMs: number
}

/** The load generator, as the bench sees it. */
export class Generator {
  readonly #child = fork(fileURLToPath(new URL('program.ts', import.meta.url)), { stdio: 'inherit' })

  /**
   * Runs all orders concurrently.
   * @throws Error if an answer is not the expected one
   */
  async run(orders: readonly Order[]): Promise<Report> {
    this.#child.send(orders)
    const abort = new AbortController()
    const { signal } = abort
    const died = once(this.#child, 'exit', { signal }).then(() => [{ error: 'the load generator died' }])
    died.catch(() => {})
    const [report] = await Promise.race([once(this.#child, 'message', { signal }), died])
    abort.abort()
    if (report.error !== undefined) throw new Error(report.error)
    return report
  }

  /** Signs the lists of a workload in advance, so that its first call is sent without delay. */
  async prepare(workload: Workload): Promise<void> {
    const nothing = { kind: 'closed', connections: 0 } as const
    await this.run([{ url: 'http://127.0.0.1:80', workload, loop: nothing }])
  }

  /** Runs one order; returns its result and the generator's CPU time in milliseconds. */
  async drive(order: Order): Promise<Load & { readonly cpuMs: number }> {
    const { loads, cpuMs } = await this.run([order])
    return { ...loads[0]!, cpuMs }
  }

  close(): void {
    if (this.#child.connected) this.#child.disconnect()
  }
}
