import type { HashedColumn } from '../lib/hashed-column.ts'
import { withTimeout } from '../lib/with-timeout.ts'
import type { DeviceStore, ProductRow } from '../storage/storage.ts'
import { LargeNameSet } from '../wasm/large-name-set.ts'
import type { NameSnapshots } from './name-snapshots.ts'
import { SmallNames } from './small-names.ts'

/** Which names are registered, told from memory. */
export interface KnownNames {
  /** Which of `entries` of a column of names are registered in the product, in any order. */
  taken(product: ProductRow, names: HashedColumn, entries: Int32Array): Promise<ArrayLike<number>>
  /** Of the hashes that it is asked with. */
  readonly seed: number
  /** How many names are in memory, of products whose names all are. */
  readonly size: number
  close(): Promise<void>
}

export interface KnownNamesOptions {
  /** Of all hashes, those that it is asked with too. */
  readonly seed: number
  /** Bytes that the names of all products together may take. */
  readonly bytesMax: number
  /** A set stays for so many questions at least, whatever they are about, after it was asked last. */
  readonly staysFor?: number
  /** Where the sets of large products are kept on disk; absent: nowhere. */
  readonly snapshots?: NameSnapshots | undefined
  /** From how many names on a set lies in a WebAssembly memory, which reserves address space. */
  readonly largeFrom?: number
}

/** Or products that are asked about by turns would have each other's names forgotten, and read anew, for ever. */
const staysForByDefault = 1000

/** Names read in one turn of the event loop while a product's set is made: about 4 ms. */
const chunkSize = 10_000
/** For so many names that the store is asked about meanwhile another chunk is read: each takes about as long. */
const namesPerChunk = 2500
/** So long a check of so many names waits for a snapshot, in milliseconds: the store would hold the thread that reads it. */
const resumeMs = 500
/** Changes read at once while a set catches up; each may have 10,000 names. */
const changesAtOnce = 50
/** What a name takes before it is known how much. */
const bytesPerName = 34

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

const largeFromByDefault = 40_000

interface Known {
  names: Names
  /** The set holds the names that the product had at this revision, once it is whole. */
  revision: number
  whole: boolean
  /** While its snapshot is being read. */
  resuming: Promise<void> | undefined
  /** The revision of the snapshot that it was read from. */
  snapshotRevision?: number
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
 * from its snapshot or from the store, and where there is no room for it, the store answers.
 *
 * Where there are too many names for `bytesMax`, products that were not asked about for the longest time are
 * forgotten, and those that are larger are asked of the store.
 */
export function knownNames(
  store: DeviceStore,
  {
    seed,
    bytesMax,
    staysFor = staysForByDefault,
    snapshots,
    largeFrom = largeFromByDefault,
  }: KnownNamesOptions,
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

  async function load(product: ProductRow, known: Known): Promise<void> {
    const isLarge = product.deviceCount >= largeFrom
    if (isLarge && snapshots !== undefined) {
      known.resuming = resume(product, known)
      await known.resuming
      known.resuming = undefined
    }
    if (!known.whole && isLarge) known.names = new LargeNameSet(product.deviceCount, seed)
    while (!closed && !known.whole && sets.get(product.id) === known) await readOn(product.id, known)
    if (isLarge) keepSnapshot(product.id, known)
  }

  /** Reads the set from its snapshot if there is one that the change log leads on from. */
  async function resume(product: ProductRow, known: Known): Promise<void> {
    const found = await snapshots?.read(product, seed)
    if (found === undefined || closed || sets.get(product.id) !== known) return
    if (found.names.worn) return snapshots?.remove(product.id)
    const resumed = { ...found }
    if ((await replay(product, resumed)) && resumed.names.size === product.deviceCount) {
      Object.assign(known, { ...resumed, snapshotRevision: found.revision, whole: true })
      if (!outgrown(product.id, known)) makeRoom(0)
    } else
      await snapshots?.setAside(product.id, 'the change log does not lead from it to the names of the store')
  }

  function keepSnapshot(product: number, known: Known): void {
    snapshots?.keep(product, seed, known.snapshotRevision, () => {
      const { names, revision, whole } = known
      const isCurrent = whole && sets.get(product) === known && names instanceof LargeNameSet
      return isCurrent ? { names, revision } : undefined
    })
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

  /** Takes in the changes up to the revision of the product; false if the log has been cut off. */
  async function replay(product: ProductRow, into: Pick<Known, 'names' | 'revision'>): Promise<boolean> {
    while (into.revision < product.revision) {
      const limit = Math.min(changesAtOnce, product.revision - into.revision)
      const changes = await store.changesSince(product.id, into.revision, limit)
      if (changes[0]?.revision !== into.revision + 1) return false
      for (const { revision, removed, names } of changes) {
        if (removed) into.names.deleteLines(names)
        else into.names.addLines(names)
        into.revision = revision
        await new Promise(setImmediate)
      }
    }
    return true
  }

  /** A set whose log has been cut off is forgotten. */
  async function catchUp(product: ProductRow, known: Known): Promise<void> {
    if (!(await replay(product, known))) return forget(product.id, known)
    if (known.names.worn) {
      forget(product.id, known)
      await snapshots?.remove(product.id)
    } else outgrown(product.id, known)
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
  function setOf(product: ProductRow): Known | undefined {
    const { id, revision, deviceCount } = product
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
        names: new SmallNames(seed, 2 * largeFrom),
        revision,
        whole: false,
        resuming: undefined,
        after: '',
        reading: Promise.resolve(),
        bytesExpected,
        askedAt: questions,
        catchingUp: Promise.resolve(),
      }
      sets.set(id, known)
      const begun = known
      load(product, begun).catch(() => forget(id, begun))
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
      if (known?.resuming !== undefined && entries.length >= namesPerChunk)
        await withTimeout(resumeMs, known.resuming, () => new Error('it takes longer')).catch(() => {})
      if (known?.whole && known.revision < product.revision) {
        known.catchingUp = known.catchingUp.catch(() => {}).then(() => catchUp(product, known))
        await known.catchingUp
      }
      if (known?.whole && sets.get(product.id) === known) return known.names.hits(names, entries)
      const taken = await store.namesTaken(product.id, names, entries)
      if (known !== undefined && !known.resuming) {
        // Or a node under load would ask the store for minutes before it knows better.
        for (let left = entries.length; left >= namesPerChunk; left -= namesPerChunk)
          await readOn(product.id, known)
      }
      return taken
    },
    seed,
    get size() {
      return [...sets.values()].reduce((sum, { names, whole }) => (whole ? sum + names.size : sum), 0)
    },
    async close() {
      closed = true
      await snapshots?.close()
    },
  }
}
