import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type ColumnsModule, columnsModule } from './module.ts'
import { Slots } from './slots.ts'

/** A memory for requests, with its slots. */
interface Arena {
  readonly module: ColumnsModule
  readonly slots: Slots
  /**
   * The end of the highest slot so far, and since the last sweep: the system has allocated pages up to there.
   */
  touched: number
  wanted: number
}

/** Interval at which unused memory is checked, in milliseconds. */
const sweepMs = 10_000
/** Minimum size of unused pages that is worth releasing. */
const worthwhileBytes = 32 * 1024 * 1024

/**
 * The memory of a process for requests: slots in the memory of a WebAssembly module, whose loops read them in
 * place (decision 0063). The caller limits how much is taken at a time; the memory is twice that, so that gaps
 * between slots don't matter.
 * A WebAssembly memory never shrinks. After a burst a new one replaces it, and the former is freed with the
 * last of its requests.
 */
export class RequestMemory {
  readonly #bytesMax: number
  readonly #arenaOf = new WeakMap<ArrayBufferLike, Arena>()
  #arena: Arena
  #sweep: NodeJS.Timeout | undefined

  /** @param bytesMax maximum for all slots together */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
    this.#arena = this.#newArena()
  }

  /** Upper bound of the bytes for which the system has allocated pages. */
  get touchedBytes(): number {
    return this.#arena.touched - this.#arena.module.slotsFrom
  }

  /** Returns a slot of `size` bytes with undefined content; separate memory if there is none. */
  take(size: number): Buffer {
    const arena = this.#arena
    const start = arena.slots.take(size)
    if (start === undefined) return Buffer.allocUnsafeSlow(size)
    arena.wanted = Math.max(arena.wanted, start + size)
    arena.touched = Math.max(arena.touched, arena.wanted)
    this.#sweepLater()
    return arena.module.bytes.subarray(start, start + size)
  }

  /** Takes a slot back; the caller must no longer use it. */
  give(slot: Buffer): void {
    const arena = this.#arenaOf.get(slot.buffer)
    // Frees the memory at once rather than at the next garbage collection.
    if (arena === undefined) (slot.buffer as ArrayBuffer).transfer(0)
    else arena.slots.give(slot.byteOffset, slot.length)
  }

  #newArena(): Arena {
    const module = columnsModule(2 * this.#bytesMax)
    const { slotsFrom, bytes } = module
    const slots = new Slots(slotsFrom, bytes.length)
    const arena: Arena = { module, slots, touched: slotsFrom, wanted: slotsFrom }
    this.#arenaOf.set(bytes.buffer, arena)
    return arena
  }

  #sweepLater(): void {
    this.#sweep ??= setTimeout(() => {
      this.#sweep = undefined
      const { touched, wanted, slots, module } = this.#arena
      if (touched - wanted >= worthwhileBytes && touched - wanted >= touched / 2) {
        this.#arena = this.#newArena()
        collectLater()
        return
      }
      this.#arena.wanted = module.slotsFrom
      if (slots.used > 0 || touched - module.slotsFrom >= worthwhileBytes) this.#sweepLater()
    }, sweepMs).unref()
  }
}

/** Collects garbage: otherwise a former memory would return to the system only at the next collection. */
function collectLater(): void {
  setFlagsFromString('--expose-gc')
  const collect: NodeJS.GCFunction = runInNewContext('gc')
  collect({ type: 'major', execution: 'async' })
}
