import { hashSlice, viewOf } from '../lib/byte-words.ts'
import type { HashedColumn } from '../lib/hashed-column.ts'
import { NameSet } from '../lib/name-set.ts'
import type { DeviceStore, ProductRow } from '../storage/storage.ts'
import { LargeNameSet } from '../wasm/large-name-set.ts'

/** Which names are registered, told from memory. */
export interface KnownNames {
  /** Which of `entries` of a column of names are registered in the product, in any order. */
  taken(product: ProductRow, names: HashedColumn, entries: Int32Array): Promise<Iterable<number>>
  close(): void
}

export interface KnownNamesOptions {
  /** Of all hashes, those that it is asked with too. */
  readonly seed: number
  /** Bytes that the names of all products together may take. */
  readonly bytesMax: number
  /** A set stays for so many questions at least, whatever they are about, after it was asked last. */
  readonly staysFor?: number
}

/** Or products that are asked about by turns would have each other's names forgotten, and read anew, for ever. */
const staysForByDefault = 1000

/** A `NameSet` that is filled from lines. */
class SmallNames extends NameSet implements Names {
  readonly #seed: number

  constructor(seed: number) {
    super()
    this.#seed = seed
  }

  /** It has outgrown what such a set is good for. */
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

/** Names read in one turn of the event loop while a product's set is made: about 4 ms. */
const chunkSize = 10_000
/** For so many names that the store is asked about meanwhile another chunk is read: each takes about as long. */
const namesPerChunk = 2500
/** Changes read at once while a set catches up; each may have 10,000 names. */
const changesAtOnce = 50
/** What a name takes before it is known how much. */
const bytesPerName = 34
const lineFeed = 0x0a

/** A set of names; which of the two it is depends on how many it is begun with. */
interface Names {
  readonly size: number
  /** Bytes that it takes. */
  readonly bytes: number
  /** Whether to make it anew is worth the time. */
  readonly worn: boolean
  hits(names: HashedColumn, entries: Int32Array): Int32Array
  /** Adds or deletes names that have a line feed between each two. */
  addLines(names: Uint8Array): void
  deleteLines(names: Uint8Array): void
}

/** From so many names on a set is worth a WebAssembly memory, which reserves address space. */
const largeFrom = 40_000

interface Known {
  readonly names: Names
  /** The set holds the names that the product had at this revision, once it is whole. */
  revision: number
  whole: boolean
  /** The last of the names that have been read. */
  after: string
  reading: Promise<void>
  /** What it takes, or is about to. */
  readonly bytesExpected: number
  /** At which question it was asked last. */
  askedAt: number
  /** Changes are taken in one after the other. */
  catchingUp: Promise<void>
}

/**
 * The set of a product's names for each product that was asked about, exact, so that a check of 10,000 names costs
 * 0.4 ms instead of 16 and asks no database.
 *
 * It proves that it is current before every answer: the product row that the call has read says how far the
 * product's names have come, and the change log what happened since the set was made (design §5). While it is read,
 * and where there is no room for it, the store answers.
 *
 * Where there are too many names for `bytesMax`, products that were not asked about for the longest time are
 * forgotten, and those that are larger are asked of the store.
 */
export function knownNames(
  store: DeviceStore,
  { seed, bytesMax, staysFor = staysForByDefault }: KnownNamesOptions,
): KnownNames {
  const sets = new Map<number, Known>()
  /** Products whose names took more than there is room for, and how many had been taken in by then. */
  const tooLarge = new Map<number, number>()
  let questions = 0
  let closed = false

  /** Reads on in a product's names, which come in their order; until they are all there the store answers. */
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
    // One chunk after the other, whoever asks for it. A set that can't be read is begun anew by the next check.
    known.reading = known.reading.then(read).catch(() => forget(product, known))
    return known.reading
  }

  async function load(product: number, known: Known): Promise<void> {
    while (!closed && !known.whole && sets.get(product) === known) await readOn(product, known)
  }

  function forget(product: number, known: Known): void {
    if (sets.get(product) === known) sets.delete(product)
  }

  /** Whether a set takes more than all may; it is forgotten then, and not begun again while the product is as large. */
  function outgrown(product: number, known: Known): boolean {
    if (known.names.bytes <= bytesMax) return false
    tooLarge.set(product, known.names.size)
    forget(product, known)
    return true
  }

  /** Takes in what happened since; a set whose log has been cut off is forgotten. */
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

  /** What sets take that must not be forgotten for another's sake. */
  const bytesInUse = () =>
    [...sets.values()].reduce(
      (sum, known) => (questions - known.askedAt < staysFor ? sum + bytesOf(known) : sum),
      0,
    )

  /** Makes room for a set of so many bytes, or for what is more than was expected. */
  function makeRoom(needed: number): void {
    let held = [...sets.values()].reduce((sum, known) => sum + bytesOf(known), needed)
    for (const [id, known] of sets) {
      if (held <= bytesMax) return
      held -= bytesOf(known)
      sets.delete(id)
    }
  }

  /** The product's set, begun where there is none; undefined where it is too large. */
  function setOf({ id, revision, deviceCount }: ProductRow): Known | undefined {
    let known = sets.get(id)
    if (known === undefined) {
      const bytesExpected = bytesPerName * deviceCount
      if (deviceCount >= (tooLarge.get(id) ?? Number.POSITIVE_INFINITY)) return undefined
      if (bytesExpected + bytesInUse() > bytesMax) return undefined
      tooLarge.delete(id)
      makeRoom(bytesExpected)
      // What happens while the set is made is in the log after this revision, and perhaps in the set too; to take
      // it in again changes nothing.
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
    // The map keeps the order in which they were asked about last.
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
        // Or a node under load would ask the store for minutes before it knows better.
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
