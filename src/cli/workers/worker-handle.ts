import type { Worker } from 'node:cluster'
import { withTimeout } from '../../lib/with-timeout.ts'
import type { Serves } from '../../main.ts'
import type { Order, Report, Served } from './messages.ts'
import { NotStarted } from './start-failure.ts'
import type { Watched } from './watchdog.ts'

/** Time in milliseconds for a worker to report its metrics; after it, the last ones count. */
const countMs = 1000
/** Additional time in milliseconds for a worker to stop. */
const overdueMs = 10_000

/** Events of a worker, for the primary. */
export interface WorkerEvents {
  heard(member: WorkerHandle, report: Report): void
  /** @param how how it ended, such as `by SIGKILL` */
  left(member: WorkerHandle, how: string): void
}

/** A worker, as the primary sees it. */
export class WorkerHandle implements Watched {
  readonly #worker: Worker
  readonly #ended = Promise.withResolvers<void>()
  readonly #served = Promise.withResolvers<Served>()
  #counted = Promise.withResolvers<void>()
  /** By the clock's `elapsed`. */
  readonly startedAt: number
  state: 'starting' | 'serving' | 'leaving' = 'starting'
  hasServed = false

  readonly serves: Serves

  constructor(worker: Worker, serves: Serves, startedAt: number, events: WorkerEvents) {
    this.#worker = worker
    this.serves = serves
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
    // If the system failed to start the process, this is its only event; for a running process it is
    // irrelevant.
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

  /** Rejects with NotStarted if the worker ends before it serves. */
  get served(): Promise<Served> {
    return this.#served.promise
  }

  /** Sends an order if the worker still listens. */
  send(order: Order): void {
    if (this.#worker.isConnected()) this.#worker.send(order, () => {})
  }

  /** Requests the worker's metrics and waits for them for a limited time. */
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
   * Has the primary close its copy of the port. Nothing accepts on that copy, so a connection that arrives
   * after the last worker has closed its own would be reset. When all workers stop, the primary therefore
   * closes first.
   */
  releasePort(): void {
    this.#worker.disconnect()
  }

  /**
   * Lets the worker finish calls in progress and stop; kills it if it does not.
   * @param idleMs how long its idle connections may stay open; a short default if omitted
   * @param requestMs maximum duration of a request
   */
  async end(idleMs: number | undefined, requestMs: number): Promise<void> {
    this.state = 'leaving'
    this.send({ kind: 'stop', idleMs })
    const cut = setTimeout(() => this.kill(), (idleMs ?? 0) + requestMs + overdueMs)
    await this.#ended.promise
    clearTimeout(cut)
  }
}
