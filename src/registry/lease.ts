import type { Clock } from '../lib/clock.ts'
import type { Timers } from '../lib/timers.ts'
import type { SessionChange, SessionStore } from '../storage/storage.ts'

/** How long a node that does not renew its lease still owns its devices, and how often it renews, in milliseconds. */
const leaseMs = 10_000
const renewEveryMs = 3000
/** How soon a renewal that failed is tried again. */
const retryMs = 1000
/** How often the change log is read: a device that is deleted is cut within a second. */
const tickMs = 400
const sweepEveryMs = 30_000
/** Changes that one read takes; what is left is read at once. */
const changesAtOnce = 1000

export interface LeaseEvents {
  /** What the change log has, in its order, each once. */
  changed(changes: readonly SessionChange[]): Promise<void>
  /** The lease could not be renewed in time. Called once, unless the lease was ended before. */
  lost(): void
}

/** A node's lease: renewed, and the change log read, until it is lost or ended. */
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

  /** Joins the nodes of a store. */
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

  /** Ends it here; `leave` of the store ends it for others. */
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
    // Also while the store has not answered what it was asked before.
    if (this.#clock.elapsed() >= this.#validUntil) return this.#lose()
    if (this.#isTicking || this.#isOver) return
    this.#isTicking = true
    try {
      if (this.#clock.elapsed() >= this.#nextRenewal) await this.#renew()
      await this.#readChanges()
      if (this.#clock.elapsed() >= this.#nextSweep) await this.#sweep()
    } catch {
      // The store is away; it is asked again, until the lease has run out.
    } finally {
      this.#isTicking = false
    }
  }

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
