import { type Buffers, separateBuffers } from './buffers.ts'
import { ByteSemaphore } from './byte-semaphore.ts'

export interface MemoryOptions {
  /** Maximum bytes for all requests together. */
  readonly bytesMax: number
  /** The source of buffers; separate memory for each if omitted. */
  readonly buffers?: Buffers
  /** How long a request waits for room before it is refused, in milliseconds. */
  readonly waitMs?: number
  /** While a request waits for room, senders without progress for this many milliseconds are aborted. */
  readonly stalledMs?: number
}

/** The lease of a request that is arriving. */
interface Arriving {
  /** Aborts the transfer if the sender stalls. */
  cutIfStalled(): void
}

/** The memory for the requests of one process; each request has a lease (memory-lease.ts). */
export class Memory {
  readonly waitMs: number
  readonly stalledMs: number
  /** Leases of arriving requests. */
  readonly arriving = new Set<Arriving>()
  readonly #semaphore: ByteSemaphore
  readonly #buffers: Buffers
  #watch: NodeJS.Timeout | undefined

  constructor({ bytesMax, buffers = separateBuffers, waitMs = 2000, stalledMs = 3000 }: MemoryOptions) {
    this.waitMs = waitMs
    this.stalledMs = stalledMs
    this.#semaphore = new ByteSemaphore(bytesMax)
    this.#buffers = buffers
  }

  get bytesMax(): number {
    return this.#semaphore.max
  }

  /** Bytes in use for requests. */
  get heldBytes(): number {
    return this.#semaphore.held
  }

  /** Counts bytes that are already held, ahead of waiting requests; returns false if they exceed the limit. */
  count(bytes: number): boolean {
    return this.#semaphore.takeAhead(bytes)
  }

  uncount(bytes: number): void {
    this.#semaphore.give(bytes)
  }

  /**
   * Returns a buffer of a size that `sizeOf` gives, or undefined if there is no room now.
   * @param small whether the request needs only this buffer, a small one
   */
  take(size: number, small: boolean): Buffer | undefined {
    return this.#semaphore.take(size, small) ? this.#buffers.take(size) : undefined
  }

  /**
   * Passes on a buffer of that size as soon as there is room; undefined if there is none within `waitMs`.
   * @returns stops waiting; `told` is not called then
   */
  wait(size: number, small: boolean, told: (buffer: Buffer | undefined) => void): () => void {
    const leave = this.#semaphore.wait(size, small, this.waitMs, (taken) =>
      told(taken ? this.#buffers.take(size) : undefined),
    )
    this.#cutStalled()
    this.#watch ??= setInterval(() => this.#cutStalled(), this.stalledMs / 4).unref()
    return leave
  }

  give(buffer: Buffer): void {
    const { length } = buffer
    this.#buffers.give(buffer)
    this.#semaphore.give(length)
  }

  #cutStalled(): void {
    if (this.#semaphore.short) for (const share of this.arriving) share.cutIfStalled()
    else {
      clearInterval(this.#watch)
      this.#watch = undefined
    }
  }
}
