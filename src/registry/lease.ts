import type { Clock } from '../lib/clock.ts'
import type { Timers } from '../lib/timers.ts'
import type { SessionChange, SessionStore } from '../storage/storage.ts'

/** Time for which a node owns its devices after its last renewal, and the renewal interval, in milliseconds. */
const leaseMs = 10_000
const renewEveryMs = 3000
/** Delay before a failed renewal is retried, in milliseconds. */
const retryMs = 1000
/** Interval for reading the change log, in milliseconds: a deleted device is disconnected within a second. */
const tickMs = 400
const sweepEveryMs = 30_000
/** Changes per read; if there are more, the next read follows immediately. */
const changesAtOnce = 1000

export interface LeaseEvents {
  /** Receives the changes in log order, each once. */
  changed(changes: readonly SessionChange[]): Promise<void>
  /** Called once if the lease was not renewed in time, unless `end` was called before. */
  lost(): void
}

/** A node's lease: it is renewed and the change log is read until the lease is lost or ended. */
export class Lease {
  readonly node: number
  #isOver = false
  #isTicking = false
  #validUntil: number
  #nextRenewal: number
  #nextSweep: number
  #readUpTo: number
  readonly #store: SessionStore
  readonly #clock: Pick<Clock, 'elapsed'>
  readonly #events: LeaseEvents
  readonly #timer: { stop(): void }

  /** Adds the node to the store's nodes. */
  static async begin(
    store: SessionStore,
    address: string,
    clock: Pick<Clock, 'elapsed'>,
    timers: Timers,
    events: LeaseEvents,
  ): Promise<Lease> {
    const begun = clock.elapsed()
    const { id, lastChange } = await store.join(address, leaseMs)
    return new Lease(store, clock, timers, events, { node: id, begun, lastChange })
  }

  private constructor(
    store: SessionStore,
    clock: Pick<Clock, 'elapsed'>,
    timers: Timers,
    events: LeaseEvents,
    { node, begun, lastChange }: { node: number; begun: number; lastChange: number },
  ) {
    this.#store = store
    this.#clock = clock
    this.#events = events
    this.node = node
    this.#validUntil = begun + leaseMs
    this.#nextRenewal = begun + renewEveryMs
    this.#nextSweep = begun + sweepEveryMs
    this.#readUpTo = lastChange
    this.#timer = timers.every(tickMs, () => this.#tick())
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Ends the lease in this process; the store's `leave` ends it for other nodes. */
  end(): void {
    this.#isOver = true
    this.#timer.stop()
  }

  #lose(): void {
    if (this.#isOver) return
    this.end()
    this.#events.lost()
  }

  async #tick(): Promise<void> {
    if (this.#isOver) return
    if (this.#isTicking) {
      // A query to the store is pending.
      if (this.#isOverdue()) this.#lose()
      return
    }
    this.#isTicking = true
    try {
      if (this.#clock.elapsed() >= this.#nextRenewal) await this.#renew()
      await this.#readChanges()
      if (this.#clock.elapsed() >= this.#nextSweep) await this.#sweep()
    } catch {
      // If the store is unreachable, the renewal is retried until the lease expires.
      if (this.#isOverdue()) this.#lose()
    } finally {
      this.#isTicking = false
    }
  }

  #isOverdue(): boolean {
    return this.#clock.elapsed() >= this.#validUntil
  }

  /**
   * Also when the lease should have run out: this process may have been too busy to renew it, and the store then says
   * whether a thread of the driver's has, or whether other nodes may count it as lost.
   */
  async #renew(): Promise<void> {
    const begun = this.#clock.elapsed()
    this.#nextRenewal = begun + retryMs
    if (!(await this.#store.renew(this.node, leaseMs))) return this.#lose()
    this.#validUntil = begun + leaseMs
    this.#nextRenewal = begun + renewEveryMs
  }

  async #readChanges(): Promise<void> {
    let changes: readonly SessionChange[]
    do {
      if (this.#isOver) return
      changes = await this.#store.changesAfter(this.#readUpTo, changesAtOnce)
      if (changes.length === 0 || this.#isOver) return
      await this.#events.changed(changes)
      this.#readUpTo = changes.at(-1)!.id
    } while (changes.length === changesAtOnce)
  }

  async #sweep(): Promise<void> {
    this.#nextSweep = this.#clock.elapsed() + sweepEveryMs
    if (!this.#isOver) await this.#store.sweep()
  }
}
