import { hashSlice, viewOf } from '../lib/byte-words.ts'
import type { HashedColumn } from '../lib/hashed-column.ts'
import { NameSet } from '../lib/name-set.ts'
import type { DeviceStore, ProductRow } from '../storage/storage.ts'
import { LargeNameSet } from '../wasm/large-name-set.ts'

/** Answers from memory which names are registered. */
export interface KnownNames {
  /** Returns the entries among `entries` whose names are registered in the product, in any order. */
  taken(product: ProductRow, names: HashedColumn, entries: Int32Array): Promise<Iterable<number>>
  close(): void
}

export interface KnownNamesOptions {
  /** Seed of all hashes, including those passed in. */
  readonly seed: number
  /** Maximum number of bytes for the names of all products together. */
  readonly bytesMax: number
  /** Minimum number of queries, about any product, for which a set stays cached after its last use. */
  readonly staysFor?: number
}

/** Prevents products that are queried in turn from evicting each other's names for ever. */
const staysForByDefault = 1000

/** A `NameSet` that is filled from lines. */
class SmallNames extends NameSet implements Names {
  readonly #seed: number

  constructor(seed: number) {
    super()
    this.#seed = seed
  }

  /** Whether rebuilding the set would make it noticeably faster. */
  override get worn(): boolean {
    return super.worn || this.size >= 2 * largeFrom
  }

  addLines(names: Uint8Array): void {
    this.#each(names, (...name) => this.add(...name))
  }

  deleteLines(names: Uint8Array): void {
    this.#each(names, (...name) => this.delete(...name))
  }

  #each(
    names: Uint8Array,
    take: (view: DataView, start: number, length: number, hash: number) => void,
  ): void {
    const view = viewOf(names)
    for (let at = 0; at < names.length; ) {
      const next = names.indexOf(lineFeed, at)
      const end = next < 0 ? names.length : next
      take(view, at, end - at, hashSlice(view, at, end - at, this.#seed))
      at = end + 1
    }
  }
}

/** Names read in one turn of the event loop while a product's set is built: about 4 ms. */
const chunkSize = 10_000
/**
 * While a set is being built, another chunk is read for each `namesPerChunk` names that the store looks up:
 * both take about as long.
 */
const namesPerChunk = 2500
/** Changes read at once while a set catches up; each may have 10,000 names. */
const changesAtOnce = 50
/** Estimated bytes per name. */
const bytesPerName = 34
const lineFeed = 0x0a

/** A set of names; its implementation depends on its initial size. */
interface Names {
  readonly size: number
  /** Its size in bytes. */
  readonly bytes: number
  /** Whether rebuilding it is worth the time. */
  readonly worn: boolean
  hits(names: HashedColumn, entries: Int32Array): Int32Array
  /** Adds or deletes names that are separated by line feeds. */
  addLines(names: Uint8Array): void
  deleteLines(names: Uint8Array): void
}

/** Minimum number of names for a set in WebAssembly memory, which reserves address space. */
const largeFrom = 40_000

interface Known {
  readonly names: Names
  /** Once complete, the set holds the product's names at this revision. */
  revision: number
  whole: boolean
  /** The last name read. */
  after: string
  reading: Promise<void>
  /** Its present or expected size in bytes. */
  readonly bytesExpected: number
  /** The query that used it last. */
  askedAt: number
  /** Serialises the changes that are applied. */
  catchingUp: Promise<void>
}

/**
 * Exact sets of names for the products in use: a check of 10,000 names costs 0.4 ms instead of 16 and needs no
 * database query.
 * Before each answer a set catches up: the product row that the call has read holds the current revision, and
 * the change log what happened since the set was built (design §5). While a set is being built, and if there is
 * no room for it, the store answers.
 * If the names exceed `bytesMax`, the products that were not used for the longest time are dropped, and
 * products too large for it are queried in the store.
 */
export function knownNames(
  store: DeviceStore,
  { seed, bytesMax, staysFor = staysForByDefault }: KnownNamesOptions,
): KnownNames {
  const sets = new Map<number, Known>()
  /** Products whose names exceeded the limit, with the number of names read by then. */
  const tooLarge = new Map<number, number>()
  let questions = 0
  let closed = false

  /** Reads the next chunk of a product's names, in order; until all are read, the store answers. */
  function readOn(product: number, known: Known): Promise<void> {
    const read = async () => {
      if (closed || known.whole || sets.get(product) !== known) return
      const { names, last } = await store.namesAfter(product, known.after, chunkSize)
      known.names.addLines(names)
      if (outgrown(product, known)) return
      if (last === undefined) {
        known.whole = true
        makeRoom(0)
      } else known.after = last
      await new Promise(setImmediate)
    }
    // Chunks are read one at a time. If reading fails, the next check starts a new set.
    known.reading = known.reading.then(read).catch(() => forget(product, known))
    return known.reading
  }

  async function load(product: number, known: Known): Promise<void> {
    while (!closed && !known.whole && sets.get(product) === known) await readOn(product, known)
  }

  function forget(product: number, known: Known): void {
    if (sets.get(product) === known) sets.delete(product)
  }

  /** Drops a set that exceeds the limit of all sets; it is not built again while the product is as large. */
  function outgrown(product: number, known: Known): boolean {
    if (known.names.bytes <= bytesMax) return false
    tooLarge.set(product, known.names.size)
    forget(product, known)
    return true
  }

  /** Applies the changes since the set's revision; drops a set whose changes are no longer in the log. */
  async function catchUp(product: ProductRow, known: Known): Promise<void> {
    while (known.revision < product.revision) {
      const changes = await store.changesSince(product.id, known.revision, changesAtOnce)
      if (changes[0]?.revision !== known.revision + 1) return forget(product.id, known)
      for (const { revision, removed, names } of changes) {
        if (removed) known.names.deleteLines(names)
        else known.names.addLines(names)
        known.revision = revision
        await new Promise(setImmediate)
      }
    }
    if (known.names.worn) forget(product.id, known)
    else outgrown(product.id, known)
    makeRoom(0)
  }

  const bytesOf = ({ names, bytesExpected }: Known) => Math.max(names.bytes, bytesExpected)

  /** The bytes of sets that must not be dropped for another. */
  const bytesInUse = () =>
    [...sets.values()].reduce(
      (sum, known) => (questions - known.askedAt < staysFor ? sum + bytesOf(known) : sum),
      0,
    )

  /** Makes room for a new set of `needed` bytes, or for the growth of an existing one. */
  function makeRoom(needed: number): void {
    let held = [...sets.values()].reduce((sum, known) => sum + bytesOf(known), needed)
    for (const [id, known] of sets) {
      if (held <= bytesMax) return
      held -= bytesOf(known)
      sets.delete(id)
    }
  }

  /** Returns the product's set, creating it if necessary; undefined if the product is too large. */
  function setOf({ id, revision, deviceCount }: ProductRow): Known | undefined {
    let known = sets.get(id)
    if (known === undefined) {
      const bytesExpected = bytesPerName * deviceCount
      if (deviceCount >= (tooLarge.get(id) ?? Number.POSITIVE_INFINITY)) return undefined
      if (bytesExpected + bytesInUse() > bytesMax) return undefined
      tooLarge.delete(id)
      makeRoom(bytesExpected)
      // Changes made while the set is being built are in the log after this revision, and perhaps already in
      // the set; applying them twice is harmless.
      known = {
        names: deviceCount < largeFrom ? new SmallNames(seed) : new LargeNameSet(deviceCount, seed),
        revision,
        whole: false,
        after: '',
        reading: Promise.resolve(),
        bytesExpected,
        askedAt: questions,
        catchingUp: Promise.resolve(),
      }
      sets.set(id, known)
      load(id, known)
    }
    known.askedAt = questions
    // The map is in order of last use.
    sets.delete(id)
    sets.set(id, known)
    return known
  }

  return {
    async taken(product, names, entries) {
      if (entries.length === 0) return []
      questions++
      const known = setOf(product)
      if (known?.whole && known.revision < product.revision) {
        known.catchingUp = known.catchingUp.catch(() => {}).then(() => catchUp(product, known))
        await known.catchingUp
      }
      if (known?.whole && sets.get(product.id) === known) return known.names.hits(names, entries)
      const taken = await store.namesTaken(product.id, names, entries)
      if (known !== undefined) {
        // Otherwise a node under load would query the store for minutes before the set is complete.
        for (let left = entries.length; left >= namesPerChunk; left -= namesPerChunk)
          await readOn(product.id, known)
      }
      return taken
    },
    close() {
      closed = true
    },
  }
}
