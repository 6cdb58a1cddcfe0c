import type { HashedColumn } from '../lib/hashed-column.ts'
import { withTimeout } from '../lib/with-timeout.ts'
import type { DeviceStore, ProductRow } from '../storage/storage.ts'
import { LargeNameSet } from '../wasm/large-name-set.ts'
import type { NameSnapshots } from './name-snapshots.ts'
import { SmallNames } from './small-names.ts'

/** Answers from memory which names are registered. */
export interface KnownNames {
  /** Returns the entries among `entries` whose names are registered in the product, in any order. */
  taken(product: ProductRow, names: HashedColumn, entries: Int32Array): Promise<ArrayLike<number>>
  /** Seed of the hashes that `taken` expects. */
  readonly seed: number
  /** Number of names in memory, of products whose sets are complete. */
  readonly size: number
  close(): Promise<void>
}

export interface KnownNamesOptions {
  /** Seed of all hashes, including those passed in. */
  readonly seed: number
  /** Maximum number of bytes for the names of all products together. */
  readonly bytesMax: number
  /** Minimum number of queries, about any product, for which a set stays cached after its last use. */
  readonly staysFor?: number
  /** Snapshots of the sets of large products; without them sets are always built from the store. */
  readonly snapshots?: NameSnapshots | undefined
  /** Minimum number of names for a set in WebAssembly memory, which reserves address space. */
  readonly largeFrom?: number
}

/** Prevents products that are queried in turn from evicting each other's names for ever. */
const staysForByDefault = 1000

/** Names read in one turn of the event loop while a product's set is built: about 4 ms. */
const chunkSize = 10_000
/**
 * While a set is being built, another chunk is read for each `namesPerChunk` names that the store looks up:
 * both take about as long.
 */
const namesPerChunk = 2500
/**
 * Milliseconds that a check of at least `namesPerChunk` names waits for a snapshot: if the store answered it, the query
 * would block the thread that reads the snapshot.
 */
const resumeMs = 500
/** Changes read at once while a set catches up; each may have 10,000 names. */
const changesAtOnce = 50
/** Estimated bytes per name. */
const bytesPerName = 34

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

const largeFromByDefault = 40_000

interface Known {
  names: Names
  /** Once complete, the set holds the product's names at this revision. */
  revision: number
  whole: boolean
  /** Pending while a snapshot is being read. */
  resuming: Promise<void> | undefined
  /** Revision of the snapshot that the set was read from. */
  snapshotRevision?: number
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
 * the change log what happened since the set was built (design §5). While a set is being built, from a snapshot or from
 * the store, and if there is no room for it, the store answers.
 * If the names exceed `bytesMax`, the products that were not used for the longest time are dropped, and
 * products too large for it are queried in the store.
 * One function, because reading, catching up and making room all drop sets from one map.
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

  /** Restores the set from its snapshot if the change log leads from there to the present names. */
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

  /** Drops a set that exceeds the limit of all sets; it is not built again while the product is as large. */
  function outgrown(product: number, known: Known): boolean {
    if (known.names.bytes <= bytesMax) return false
    tooLarge.set(product, known.names.size)
    forget(product, known)
    return true
  }

  /** Applies the changes up to the product's revision; returns false if the log no longer has them. */
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

  /** Applies the changes since the set's revision; drops a set whose changes are no longer in the log. */
  async function catchUp(product: ProductRow, known: Known): Promise<void> {
    if (!(await replay(product, known))) return forget(product.id, known)
    if (known.names.worn) {
      forget(product.id, known)
      await snapshots?.remove(product.id)
    } else outgrown(product.id, known)
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
  function setOf(product: ProductRow): Known | undefined {
    const { id, revision, deviceCount } = product
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
      if (known?.resuming !== undefined && entries.length >= namesPerChunk)
        await withTimeout(resumeMs, known.resuming, () => new Error('it takes longer')).catch(() => {})
      if (known?.whole && known.revision < product.revision) {
        known.catchingUp = known.catchingUp.catch(() => {}).then(() => catchUp(product, known))
        await known.catchingUp
      }
      if (known?.whole && sets.get(product.id) === known) return known.names.hits(names, entries)
      const taken = await store.namesTaken(product.id, names, entries)
      if (known !== undefined && !known.resuming) {
        // Otherwise a node under load would query the store for minutes before the set is complete.
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
