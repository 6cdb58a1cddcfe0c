import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type ColumnsModule, columnsModule } from './module.ts'
import { Slots } from './slots.ts'

/** A memory in which requests lie, and its slots. */
interface Arena {
  readonly module: ColumnsModule
  readonly slots: Slots
  /** The end of the highest slot so far, and since the last sweep: up to there the system has given it pages. */
  touched: number
  wanted: number
}

/** How often it is seen to that a burst is not paid for ever after, in milliseconds. */
const sweepMs = 10_000
/** Pages that nobody wants are given back when they are at least so many bytes. */
const worthwhileBytes = 32 * 1024 * 1024

/**
 * The memory of a process for requests: slots in the memory of a WebAssembly module, whose loops read them where they lie
 * (decision 0063). How much may be taken at once is for the caller to see to; the memory is twice that, so that gaps
 * between slots are not in the way.
 *
 * A WebAssembly memory never becomes smaller. After a burst a new one takes its place, and the former goes with the
 * last of its requests.
 */
export class RequestMemory {
  readonly #bytesMax: number
  readonly #arenaOf = new WeakMap<ArrayBufferLike, Arena>()
  #arena: Arena
  #sweep: NodeJS.Timeout | undefined

  /** @param bytesMax of all slots at once */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
    this.#arena = this.#newArena()
  }

  /** Bytes that the system has given it pages for, at most. */
  get touchedBytes(): number {
    return this.#arena.touched - this.#arena.module.slotsFrom
  }

  /** A slot of so many bytes, with whatever was in it; memory of its own where there is none. */
  take(size: number): Buffer {
    const arena = this.#arena
    const start = arena.slots.take(size)
    if (start === undefined) return Buffer.allocUnsafeSlow(size)
    arena.wanted = Math.max(arena.wanted, start + size)
    arena.touched = Math.max(arena.touched, arena.wanted)
    this.#sweepLater()
    return arena.module.bytes.subarray(start, start + size)
  }

  /** Takes a slot back. Nobody may read it any more. */
  give(slot: Buffer): void {
    const arena = this.#arenaOf.get(slot.buffer)
    // Frees the memory at once, where the collector may take its time.
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

/** Has the heap collected: what a former memory held would go to the system only when that happens by itself. */
function collectLater(): void {
  setFlagsFromString('--expose-gc')
  const collect: NodeJS.GCFunction = runInNewContext('gc')
  collect({ type: 'major', execution: 'async' })
}
