import cluster, { type Worker } from 'node:cluster'
import { within } from '../../lib/within.ts'
import type { Order, Report, Served } from './messages.ts'

/** How long a worker may take to tell its measures, in milliseconds; the last that are known count then. */
const countMs = 1000
/** How much longer than it should a worker may take to end, in milliseconds. */
const overdueMs = 10_000

/** One worker as the primary sees it. */
export class Member {
  readonly #worker: Worker = cluster.fork()
  readonly #ended = Promise.withResolvers<void>()
  readonly #served = Promise.withResolvers<Served>()
  #counted = Promise.withResolvers<void>()
  readonly startedAt: number
  state: 'starting' | 'serving' | 'leaving' = 'starting'

  /** @param heard is told whatever the worker says; @param left how it ended */
  constructor(startedAt: number, heard: (report: Report) => void, left: (how: string) => void) {
    this.startedAt = startedAt
    this.#worker.on('message', (report: Report) => {
      heard(report)
      if (report.kind === 'counted') this.#counted.resolve()
      if (report.kind === 'failed') this.#served.reject(new Error(report.message))
      if (report.kind === 'serving') this.#served.resolve(report)
    })
    this.#worker.once('exit', (code, signal) => {
      const how = signal ? `by ${signal}` : `with status ${code}`
      this.#served.reject(new Error(`a worker ended ${how} before it served`))
      this.#ended.resolve()
      left(how)
    })
  }

  get number(): number {
    return this.#worker.id
  }

  get pid(): number | undefined {
    return this.#worker.process.pid
  }

  /** Rejects when the worker ends before it serves. */
  get served(): Promise<Served> {
    return this.#served.promise
  }

  /** Says something to the worker, if it still listens. */
  tell(order: Order): void {
    if (this.#worker.isConnected()) this.#worker.send(order, () => {})
  }

  /** Asks for its measures, and waits a while until it has told them. */
  async count(): Promise<void> {
    this.#counted = Promise.withResolvers()
    this.tell({ kind: 'count' })
    const told = Promise.race([this.#counted.promise, this.#ended.promise])
    await within(countMs, told, () => new Error('late')).catch(() => {})
  }

  /**
   * Has it answer what is under way and end; a worker that does not is killed.
   * @param idleMs how long its idle connections may stay open; a moment when not given
   * @param requestMs how long a request may take
   */
  async end(idleMs: number | undefined, requestMs: number): Promise<void> {
    this.state = 'leaving'
    this.tell({ kind: 'stop', idleMs })
    const cut = setTimeout(() => this.#worker.process.kill('SIGKILL'), (idleMs ?? 0) + requestMs + overdueMs)
    await this.#ended.promise
    clearTimeout(cut)
  }
}
