import { sizeOf } from './buffers.ts'
import type { Memory } from './memory.ts'
import type { Problem } from './service.ts'

/** So many bytes more are progress. A byte now and then is not: a buffer would be held with it for a minute. */
const progressBytes = 16 * 1024

const nothing = Buffer.alloc(0)

/**
 * What one request holds of the memory: a buffer that grows as bytes arrive, what it takes besides while it is answered, and
 * what node holds of it.
 */
export class MemoryLease {
  /** Empty at first, and when it was given back. */
  bytes: Buffer = nothing
  /** How much of the body has arrived. */
  bodyBytes = 0
  readonly #memory: Memory
  /** Whether it is known to need little. */
  readonly #small: boolean
  #counted = 0
  #more: Buffer[] = []
  #leave: (() => void) | undefined
  #stop: ((problem: Problem) => void) | undefined
  /** When it last made progress, in milliseconds of `performance.now()`, and the bytes that arrived since. */
  #progressAt = 0
  #arrived = 0

  constructor(memory: Memory, small = false) {
    this.#memory = memory
    this.#small = small
  }

  /** Counts bytes that node holds for the request; false where that is too much. */
  count(bytes: number): boolean {
    if (!this.#memory.count(bytes)) return false
    this.#counted += bytes
    return true
  }

  /**
   * Takes a buffer of at least so many bytes in place of the present one, whose first `end` bytes go along.
   * @returns false where there is no room for it now
   */
  grow(bytesMin: number, end: number): boolean {
    const bigger = this.#memory.take(sizeOf(bytesMin), this.#small)
    if (bigger !== undefined) this.#replace(bigger, end)
    return bigger !== undefined
  }

  /** As `grow`, when there is room; `told` whether there was. */
  growLater(bytesMin: number, end: number, told: (grown: boolean) => void): void {
    this.#leave = this.#memory.wait(sizeOf(bytesMin), this.#small, (bigger) => {
      this.#leave = undefined
      // It was we who did not read.
      this.#progressAt = performance.now()
      if (bigger !== undefined) this.#replace(bigger, end)
      told(bigger !== undefined)
    })
  }

  /** Takes a buffer of at least so many bytes besides; undefined where there is no room for it now. */
  readonly room = (bytesMin: number): Buffer | undefined => {
    const more = this.#memory.take(sizeOf(bytesMin), this.#small)
    if (more !== undefined) this.#more.push(more)
    return more
  }

  /** Its bytes are arriving from now on; `stop` ends that with a refusal. */
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

  /** Nothing more is arriving. */
  end(): void {
    this.#memory.arriving.delete(this)
    this.#leave?.()
    this.#leave = undefined
  }

  cutIfStalled(): void {
    const holds = this.bytes.length > 0 && this.#leave === undefined
    if (holds && performance.now() - this.#progressAt >= this.#memory.stalledMs)
      this.refuse({ kind: 'RequestTimeout' })
  }

  /** Refuses the request while it is arriving. */
  refuse(problem: Problem): void {
    this.#stop?.(problem)
  }

  /** Gives everything back. */
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
