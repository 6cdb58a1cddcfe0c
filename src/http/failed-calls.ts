import type { Clock } from '../lib/clock.ts'
import { isLoopback, networkOf } from './source.ts'

export interface FailedCallsOptions {
  /** Sustained rate of failed calls per second and address; 0 sets no limit. */
  readonly perSecond: number
  /** Whether the limit also applies to this machine. */
  readonly loopback: boolean
}

/** The burst that an address may use at once, in seconds of its rate. */
const burstSeconds = 10
/**
 * Minimum number of addresses remembered, about 100 bytes each; at most twice as many. The addresses that
 * failed longest ago are dropped.
 */
const generationMax = 25_000

/**
 * A failed call counts once more per `bytesPerCall` bytes, because reading and signing them is its cost. A call
 * of 1.4 MB takes as much CPU time as 20 small ones.
 */
const bytesPerCall = 64 * 1024

/** Returns how many additional calls a call of `bytes` bytes counts as if its signature was not verified. */
export const countedForSize = (bytes: number): number => Math.floor(bytes / bytesPerCall)

/** A call that counts as failed unless it is cancelled. */
export interface Charge {
  cancel(): void
}

/**
 * Limits calls without a verified signature by source address. Each address has a bucket for ten seconds' worth
 * of failed calls. The bucket is stored as the time at which it will be full again, so an address takes one
 * number and a full bucket none.
 */
export class FailedCalls {
  /** Buckets by network: recently charged ones, and older ones. */
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

  /** The number of addresses remembered. */
  get addresses(): number {
    return new Set([...this.#young.keys(), ...this.#old.keys()]).size
  }

  /** Returns the milliseconds until a call from this address is accepted; 0 means now. */
  waitMs(address: string): number {
    if (!this.#counts(address)) return 0
    const fullAt = this.#fullAt(networkOf(address)) ?? 0
    return Math.max(0, fullAt + this.#intervalMs - 1000 * burstSeconds - this.#clock.elapsed())
  }

  /**
   * Counts a call that is about to be read, or has failed. The caller has checked `waitMs`.
   * @param calls the number of calls it counts as
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
    // A bucket that was not charged for the time it takes to fill is full.
    if (this.#young.size >= generationMax || now - this.#youngSince >= 1000 * burstSeconds) {
      this.#old = this.#young
      this.#young = new Map()
      this.#youngSince = now
    }
    this.#young.set(network, fullAt)
  }
}
