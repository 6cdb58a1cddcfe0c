import type { Clock } from '../lib/clock.ts'
import { isLoopback, networkOf } from './source.ts'

export interface FailedCallsOptions {
  /** Failed calls of one address a second, in the long run; 0 sets no limit. */
  readonly perSecond: number
  /** Whether the limit holds for this machine, too. */
  readonly loopback: boolean
}

/** The seconds' worth of failed calls that an address may make at once. */
const burstSeconds = 10
/** So many addresses are remembered, about 100 bytes each; beyond it the one that failed longest ago is forgotten. */
const addressesMax = 50_000

/** One call that counts as failed unless it is cancelled. */
export interface Charge {
  cancel(): void
}

/**
 * Limits calls whose signature was not verified by the address that they come from. Each address has a bucket that
 * holds ten seconds' worth of failed calls; it is kept as the moment at which it will be full again, so that an
 * address takes one number and a full bucket none.
 */
export class FailedCalls {
  readonly #fullAt = new Map<string, number>()
  readonly #intervalMs: number
  readonly #loopback: boolean
  readonly #clock: Pick<Clock, 'elapsed'>

  constructor({ perSecond, loopback }: FailedCallsOptions, clock: Pick<Clock, 'elapsed'>) {
    this.#intervalMs = 1000 / perSecond
    this.#loopback = loopback
    this.#clock = clock
  }

  /** How many addresses are remembered. */
  get addresses(): number {
    return this.#fullAt.size
  }

  /** In how many milliseconds a call from this address will be read; 0 means now. */
  waitMs(address: string): number {
    if (!this.#counts(address)) return 0
    const fullAt = this.#fullAt.get(networkOf(address)) ?? 0
    return Math.max(0, fullAt + this.#intervalMs - 1000 * burstSeconds - this.#clock.elapsed())
  }

  /** Counts a call that is about to be read, or has failed. The caller has looked at `waitMs`. */
  charge(address: string): Charge {
    if (!this.#counts(address)) return { cancel: () => {} }
    const network = networkOf(address)
    const now = this.#clock.elapsed()
    this.#set(network, Math.max(now, this.#fullAt.get(network) ?? 0) + this.#intervalMs)
    let isCancelled = false
    return {
      cancel: () => {
        const fullAt = this.#fullAt.get(network)
        if (!isCancelled && fullAt !== undefined) this.#set(network, fullAt - this.#intervalMs)
        isCancelled = true
      },
    }
  }

  #counts(address: string): boolean {
    return this.#intervalMs !== Number.POSITIVE_INFINITY && (this.#loopback || !isLoopback(address))
  }

  /** Remembers a bucket as the latest, and forgets those that are full again. */
  #set(network: string, fullAt: number): void {
    const now = this.#clock.elapsed()
    this.#fullAt.delete(network)
    if (fullAt > now) this.#fullAt.set(network, fullAt)
    for (const [other, otherFullAt] of this.#fullAt) {
      if (otherFullAt > now && this.#fullAt.size <= addressesMax) break
      this.#fullAt.delete(other)
    }
  }
}
