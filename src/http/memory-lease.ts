import { sizeOf } from './buffers.ts'
import type { Memory } from './memory.ts'
import type { Problem } from './service.ts'

/**
 * Minimum bytes that count as progress, so that a client can't hold a buffer for a minute with single bytes.
 */
const progressBytes = 16 * 1024

const nothing = Buffer.alloc(0)

/**
 * The memory of one request: a buffer that grows as bytes arrive, further buffers while it is answered, and
 * what node holds of it.
 */
export class MemoryLease {
  /** Empty at first and after release. */
  bytes: Buffer = nothing
  /** Bytes of the body received. */
  bodyBytes = 0
  #isUnread = false
  readonly #memory: Memory
  /** Whether the request needs little memory. */
  readonly #small: boolean
  #counted = 0
  #more: Buffer[] = []
  #leave: (() => void) | undefined
  #stop: ((problem: Problem) => void) | undefined
  /** Time of the last progress by `performance.now()` in milliseconds, and bytes received since. */
  #progressAt = 0
  #arrived = 0

  constructor(memory: Memory, small = false) {
    this.#memory = memory
    this.#small = small
  }

  /** Counts bytes that node holds for the request; returns false if the limit is exceeded. */
  count(bytes: number): boolean {
    if (!this.#memory.count(bytes)) return false
    this.#counted += bytes
    return true
  }

  /**
   * Replaces the buffer by one of at least `bytesMin` bytes, keeping the first `end` bytes.
   * @returns false if there is no room now
   */
  grow(bytesMin: number, end: number): boolean {
    const bigger = this.#memory.take(sizeOf(bytesMin), this.#small)
    if (bigger !== undefined) this.#replace(bigger, end)
    return bigger !== undefined
  }

  /** Like `grow`, when there is room; `told` receives whether it succeeded. */
  growLater(bytesMin: number, end: number, told: (grown: boolean) => void): void {
    this.#leave = this.#memory.wait(sizeOf(bytesMin), this.#small, (bigger) => {
      this.#leave = undefined
      // The server paused the connection, not the sender.
      this.#progressAt = performance.now()
      if (bigger !== undefined) this.#replace(bigger, end)
      told(bigger !== undefined)
    })
  }

  /** Takes an additional buffer of at least `bytesMin` bytes; undefined if there is no room now. */
  readonly room = (bytesMin: number): Buffer | undefined => {
    const more = this.#memory.take(sizeOf(bytesMin), this.#small)
    if (more !== undefined) this.#more.push(more)
    return more
  }

  /** Marks the start of the transfer; `stop` aborts it with a refusal. */
  begin(stop: (problem: Problem) => void): void {
    this.#stop = stop
    this.#progressAt = performance.now()
    this.#memory.arriving.add(this)
  }

  arrived(bytes: number): void {
    this.bodyBytes += bytes
    this.#arrived += bytes
    if (this.#arrived < progressBytes) return
    this.#arrived = 0
    this.#progressAt = performance.now()
  }

  /** Marks the end of the transfer. */
  end(): void {
    this.#memory.arriving.delete(this)
    this.#leave?.()
    this.#leave = undefined
  }

  /** Whether the request waits for its turn to be read: that is no stall of its client. */
  set isUnread(isUnread: boolean) {
    this.#isUnread = isUnread
    this.#progressAt = performance.now()
  }

  cutIfStalled(): void {
    const holds = this.bytes.length > 0 && this.#leave === undefined && !this.#isUnread
    if (holds && performance.now() - this.#progressAt >= this.#memory.stalledMs)
      this.refuse({ kind: 'RequestTimeout' })
  }

  /** Refuses the request while it arrives. */
  refuse(problem: Problem): void {
    this.#stop?.(problem)
  }

  /** Releases all memory. */
  release(): void {
    this.end()
    const { bytes } = this
    this.bytes = nothing
    if (bytes.length > 0) this.#memory.give(bytes)
    for (const more of this.#more.splice(0)) this.#memory.give(more)
    if (this.#counted > 0) this.#memory.uncount(this.#counted)
    this.#counted = 0
  }

  #replace(bigger: Buffer, end: number): void {
    const { bytes } = this
    bytes.copy(bigger, 0, 0, end)
    this.bytes = bigger
    if (bytes.length > 0) this.#memory.give(bytes)
  }
}
