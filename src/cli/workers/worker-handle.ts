import type { Worker } from 'node:cluster'
import { withTimeout } from '../../lib/with-timeout.ts'
import type { Order, Report, Served } from './messages.ts'
import { NotStarted } from './start-failure.ts'
import type { Watched } from './watchdog.ts'

/** How long a worker may take to report its measures, in milliseconds; its last ones count then. */
const countMs = 1000
/** How much longer than it should a worker may take to end, in milliseconds. */
const overdueMs = 10_000

/** What the primary learns of a worker. */
export interface WorkerEvents {
  heard(member: WorkerHandle, report: Report): void
  /** @param how it ended, as in `by SIGKILL` */
  left(member: WorkerHandle, how: string): void
}

/** One worker as the primary sees it. */
export class WorkerHandle implements Watched {
  readonly #worker: Worker
  readonly #ended = Promise.withResolvers<void>()
  readonly #served = Promise.withResolvers<Served>()
  #counted = Promise.withResolvers<void>()
  /** By the clock's `elapsed`. */
  readonly startedAt: number
  state: 'starting' | 'serving' | 'leaving' = 'starting'
  hasServed = false

  constructor(worker: Worker, startedAt: number, events: WorkerEvents) {
    this.#worker = worker
    this.startedAt = startedAt
    worker.on('message', (report: Report) => {
      if (report.kind === 'serving' && this.state === 'starting') {
        this.state = 'serving'
        this.hasServed = true
      }
      if (report.kind === 'failed') this.state = 'leaving'
      events.heard(this, report)
      if (report.kind === 'counted') this.#counted.resolve()
      if (report.kind === 'failed') this.#served.reject(new NotStarted(report.message, report.obstacle))
      if (report.kind === 'serving') this.#served.resolve(report)
    })
    const ended = (how: string) => {
      this.#served.reject(new NotStarted(`a worker ended ${how} before it served`, 'passing'))
      this.#ended.resolve()
      events.left(this, how)
    }
    worker.once('exit', (code, signal) => ended(signal ? `by ${signal}` : `with status ${code}`))
    // Of a process that the system did not start there is no other event; of one that runs it says nothing of interest.
    worker.on('error', (error) => {
      if (this.pid === undefined) ended(`by an error: ${error.message}`)
    })
  }

  get number(): number {
    return this.#worker.id
  }

  get pid(): number | undefined {
    return this.#worker.process.pid
  }

  /** Rejects with NotStarted when the worker ends before it serves. */
  get served(): Promise<Served> {
    return this.#served.promise
  }

  /** Says something to the worker, if it still listens. */
  send(order: Order): void {
    if (this.#worker.isConnected()) this.#worker.send(order, () => {})
  }

  /** Asks for its measures, and waits a while until it has reported them. */
  async count(): Promise<void> {
    this.#counted = Promise.withResolvers()
    this.send({ kind: 'count' })
    const counted = Promise.race([this.#counted.promise, this.#ended.promise])
    await withTimeout(countMs, counted, () => new Error('late')).catch(() => {})
  }

  kill(): void {
    this.#worker.process.kill('SIGKILL')
  }

  /**
   * Has the primary let go of the port. Nothing accepts on its copy: a connection that is made after the last worker
   * has closed its own would be reset. So the primary closes first, where all workers are to end.
   */
  releasePort(): void {
    this.#worker.disconnect()
  }

  /**
   * Has it answer what is under way and end; a worker that does not is killed.
   * @param idleMs how long its idle connections may stay open; a moment when not given
   * @param requestMs how long a request may take
   */
  async end(idleMs: number | undefined, requestMs: number): Promise<void> {
    this.state = 'leaving'
    this.send({ kind: 'stop', idleMs })
    const cut = setTimeout(() => this.kill(), (idleMs ?? 0) + requestMs + overdueMs)
    await this.#ended.promise
    clearTimeout(cut)
  }
}
