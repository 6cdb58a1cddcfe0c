import { type Buffers, separateBuffers } from './buffers.ts'
import { ByteSemaphore } from './byte-semaphore.ts'

export interface MemoryOptions {
  /** Bytes that may be held for requests at once. */
  readonly bytesMax: number
  /** Where they are held; each in memory of its own when not given. */
  readonly buffers?: Buffers
  /** How long a request waits for room before it is refused, in milliseconds. */
  readonly waitMs?: number
  /** While somebody waits for room, who makes no progress for so many milliseconds is cut. */
  readonly stalledMs?: number
}

/** A share of the memory that a request arrives in. */
interface Arriving {
  /** Ends that, where its sender stalls. */
  cutIfStalled(): void
}

/** The memory of one process for requests: each has a share of it (memory-lease.ts). */
export class Memory {
  readonly waitMs: number
  readonly stalledMs: number
  /** Shares of the requests that are arriving. */
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

  /** Bytes held for requests. */
  get heldBytes(): number {
    return this.#semaphore.held
  }

  /** Counts bytes that are there already, whoever waits; false where they are too many. */
  count(bytes: number): boolean {
    return this.#semaphore.takeAhead(bytes)
  }

  uncount(bytes: number): void {
    this.#semaphore.give(bytes)
  }

  /**
   * A buffer of a size that `sizeOf` gives, or undefined where there is no room for it now.
   * @param small whether it is all that a request needs, and little
   */
  take(size: number, small: boolean): Buffer | undefined {
    return this.#semaphore.take(size, small) ? this.#buffers.take(size) : undefined
  }

  /**
   * A buffer of that size as soon as there is room for it; undefined if there is none in `waitMs`.
   * @returns gives up waiting; nothing is told then
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
