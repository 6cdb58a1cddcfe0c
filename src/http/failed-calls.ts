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
/**
 * So many addresses are remembered at least, about 100 bytes each, and twice as many at most; those that failed longest
 * ago are forgotten.
 */
const generationMax = 25_000

/**
 * A failed call counts once more for each of these bytes that it has: reading and signing them is what it costs. A call
 * of 1.4 MB costs as much CPU time as 20 small ones.
 */
const bytesPerCall = 64 * 1024

/** How often a call of so many bytes counts beside once, when its signature was not verified. */
export const countedForSize = (bytes: number): number => Math.floor(bytes / bytesPerCall)

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
  /** Buckets by the network that they are of: those charged lately, and those charged before them. */
  #young = new Map<string, number>()
  #old = new Map<string, number>()
  #youngSince = 0
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
    return new Set([...this.#young.keys(), ...this.#old.keys()]).size
  }

  /** In how many milliseconds a call from this address will be read; 0 means now. */
  waitMs(address: string): number {
    if (!this.#counts(address)) return 0
    const fullAt = this.#fullAt(networkOf(address)) ?? 0
    return Math.max(0, fullAt + this.#intervalMs - 1000 * burstSeconds - this.#clock.elapsed())
  }

  /**
   * Counts a call that is about to be read, or has failed. The caller has looked at `waitMs`.
   * @param calls how many it counts as
   */
  charge(address: string, calls = 1): Charge {
    if (!this.#counts(address)) return { cancel: () => {} }
    const network = networkOf(address)
    const now = this.#clock.elapsed()
    this.#set(network, Math.max(now, this.#fullAt(network) ?? 0) + calls * this.#intervalMs)
    let isCancelled = false
    return {
      cancel: () => {
        const fullAt = this.#fullAt(network)
        if (!isCancelled && fullAt !== undefined) this.#set(network, fullAt - calls * this.#intervalMs)
        isCancelled = true
      },
    }
  }

  #counts(address: string): boolean {
    return this.#intervalMs !== Number.POSITIVE_INFINITY && (this.#loopback || !isLoopback(address))
  }

  #fullAt(network: string): number | undefined {
    return this.#young.get(network) ?? this.#old.get(network)
  }

  #set(network: string, fullAt: number): void {
    const now = this.#clock.elapsed()
    // A bucket that was not charged for as long as it takes to fill is full.
    if (this.#young.size >= generationMax || now - this.#youngSince >= 1000 * burstSeconds) {
      this.#old = this.#young
      this.#young = new Map()
      this.#youngSince = now
    }
    this.#young.set(network, fullAt)
  }
}
