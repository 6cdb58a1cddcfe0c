import { createHash } from 'node:crypto'
import { chmod, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../lib/clock.ts'
import { onceAnHour } from '../lib/once-an-hour.ts'
import { systemTimers, type Timers } from '../lib/timers.ts'
import type { DeviceStore, NameChange, ProductRow } from '../storage/storage.ts'
import type { LargeNameSet } from '../wasm/large-name-set.ts'
import {
  bytesWhileCopied,
  Damaged,
  Outdated,
  openSnapshot,
  readHead,
  readSnapshot,
  writeSnapshot,
} from './name-snapshot-file.ts'

/** A set of names, and the product's revision that it reflects. */
export interface NamesAtRevision {
  readonly names: LargeNameSet
  readonly revision: number
}

/** The log of the process. */
export interface SnapshotLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}

/** The folder of snapshots, and the log. */
export interface NameSnapshotPlace {
  /** The folder of the snapshots; it is created if necessary. */
  readonly folder: string
  readonly log: SnapshotLog
}

export interface NameSnapshotOptions extends NameSnapshotPlace {
  /** Key of the digests, the same on all nodes of the store. */
  readonly key: Uint8Array
  /** Maximum size of all files together. */
  readonly bytesMax: number
  readonly clock: Clock
  readonly timers?: Timers
  /** Awaited after each piece of about a megabyte, so that a snapshot slows neither the disk nor the thread. */
  readonly rest?: () => Promise<void>
}

/** Snapshots of the names of large products, which a starting node reads in a second instead of 20. */
export interface NameSnapshots {
  /**
   * Reads the set from the product's snapshot; the caller applies the changes since. Sets a damaged snapshot aside, and removes one
   * that the change log does not prove to be part of the product's history.
   */
  read(product: ProductRow, seed: number): Promise<NamesAtRevision | undefined>
  /** Renames a snapshot that turned out to be wrong, and logs the reason. */
  setAside(product: number, why: string): Promise<void>
  /** Removes a snapshot that is not worth reading. */
  remove(product: number): Promise<void>
  /**
   * Writes the product's snapshot whenever it is due, until `current` returns undefined.
   * @param revision the revision of the existing snapshot; undefined if there is none
   */
  keep(
    product: number,
    seed: number,
    revision: number | undefined,
    current: () => NamesAtRevision | undefined,
  ): void
  close(): Promise<void>
}

/** Interval at which a node looks for sets to write. */
const tickMs = 15_000
/** Minimum age of a snapshot that is replaced; the change log keeps changes for an hour. */
const betweenMs = 5 * 60_000
/** Age from which a draft counts as left behind by a process that has ended. */
const abandonedMs = 60_000

/** Limits writing to 50 MB a second. */
const restMs = 20
const restAWhile = () => pause(restMs, undefined, { ref: false })

/** Stands for a snapshot that could not be written. */
const none = -1

interface Kept {
  readonly seed: number
  readonly current: () => NamesAtRevision | undefined
  /** Revision of the snapshot on disk. */
  revision: number | undefined
  /** Time of the last attempt to write it, by `Clock.elapsed`. */
  at: number
}

/**
 * Snapshots in files of the data folder. One function, because reading, writing and removing share the map of kept
 * sets, and the writer stops at any of them.
 */
export function nameSnapshots(store: DeviceStore, options: NameSnapshotOptions): NameSnapshots {
  const { folder, key, bytesMax, clock, log, timers = systemTimers, rest = restAWhile } = options
  const kept = new Map<number, Kept>()
  const isNews = onceAnHour(clock)
  const pathOf = (product: number) => join(folder, `${product}.names`)
  let writing: Promise<void> | undefined
  let closed = false
  let timer: { stop(): void } | undefined

  async function read(product: ProductRow, seed: number): Promise<NamesAtRevision | undefined> {
    const from = clock.elapsed()
    const path = pathOf(product.id)
    const file = await openSnapshot(path)
    if (file === undefined) return undefined
    try {
      const head = await readHead(file)
      if (head.product !== product.id) throw new Damaged(`it is of product ${head.product}`)
      if (head.seed !== seed) throw new Outdated('its hashes have another seed')
      await proveCurrent(store, product, head.revision, head.change)
      const names = await readSnapshot(file, key)
      const now = new Date(clock.now())
      await utimes(path, now, now)
      const milliseconds = Math.round(clock.elapsed() - from)
      log.info(
        { product: product.productKey, names: names.size, milliseconds },
        'names were read from their snapshot',
      )
      return { names, revision: head.revision }
    } catch (error) {
      if (error instanceof Damaged) await setAside(product.id, error.message)
      else if (error instanceof Outdated) {
        await remove(product.id)
        log.info({ file: path }, `a snapshot of names was removed: ${error.message}`)
      } else throw error
      return undefined
    } finally {
      await file.close()
    }
  }

  async function setAside(product: number, why: string): Promise<void> {
    const [from, to] = [pathOf(product), join(folder, `${product}.damaged`)]
    await rename(from, to).catch(ignoreAbsent)
    log.warn(
      { product, file: to },
      `a snapshot of names was set aside, and the names are read from the store: ${why}`,
    )
  }

  const remove = (product: number) => rm(pathOf(product), { force: true })

  /** Writes the sets that are due, one after the other. */
  async function writeDue(): Promise<void> {
    for (const [product, one] of kept) {
      const current = one.current()
      if (current === undefined) kept.delete(product)
      else if (isDue(one, current))
        await writeOne(product, one, current).catch((error) => failed(product, one, error))
    }
  }

  function tick(): Promise<void> {
    writing ??= writeDue().finally(() => {
      writing = undefined
    })
    return writing
  }

  const isDue = ({ revision, at }: Kept, current: NamesAtRevision) =>
    !closed && revision !== current.revision && (revision === undefined || clock.elapsed() - at >= betweenMs)

  function failed(product: number, one: Kept, error: unknown): void {
    one.revision ??= none
    one.at = clock.elapsed()
    if (!closed && isNews(String(product)))
      log.warn(
        { product, err: error },
        `a snapshot of names can't be written in ${folder}, so the next start reads them from the store; the server tries again every 5 minutes`,
      )
  }

  async function writeOne(product: number, one: Kept, current: NamesAtRevision): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
    if (await isBeingWritten(product)) return
    const former = one.revision ?? none
    // The next attempt is later, regardless of the result.
    one.revision = former
    one.at = clock.elapsed()
    // Another process with this folder may have written a newer one.
    const present = (await presentRevision(product, one.seed)) ?? none
    if (present > former) {
      one.revision = present
      return
    }
    const [change] = await store.changesSince(product, current.revision - 1, 1)
    if (
      change?.revision === current.revision &&
      (await writeFile(product, one.seed, current, digestOf(change)))
    )
      one.revision = current.revision
    await sweep()
  }

  /** @returns false if the set has grown too much meanwhile, or the process is ending */
  async function writeFile(
    product: number,
    seed: number,
    { names, revision }: NamesAtRevision,
    change: Buffer,
  ) {
    const draft = join(folder, `${product}.${process.pid}.part`)
    await rm(draft, { force: true })
    const file = await open(draft, 'wx', 0o600)
    let isWhole = false
    const bytes = bytesWhileCopied(names.bytes)
    const pieces = function* () {
      for (const copy = names.copy(bytes); ; ) {
        const { done, value } = copy.next()
        if (done) isWhole = value
        if (done || closed) return
        yield value
      }
    }
    try {
      // The file is not synced, because imports need the disk; the digest detects an incomplete file after a power cut.
      await writeSnapshot(file, { product, revision, change, seed, bytes }, pieces(), key, rest)
      if (isWhole) await rename(draft, pathOf(product))
      return isWhole
    } finally {
      await file.close()
      await rm(draft, { force: true })
    }
  }

  async function presentRevision(product: number, seed: number): Promise<number | undefined> {
    const file = await openSnapshot(pathOf(product))
    if (file === undefined) return undefined
    try {
      const head = await readHead(file)
      return head.seed === seed ? head.revision : undefined
    } catch {
      return undefined
    } finally {
      await file.close()
    }
  }

  async function isBeingWritten(product: number): Promise<boolean> {
    const drafts = (await readdir(folder)).filter(
      (name) => name.startsWith(`${product}.`) && name.endsWith('.part'),
    )
    const ages = await Promise.all(drafts.map((name) => ageOf(join(folder, name))))
    return ages.some((age) => age < abandonedMs)
  }

  const ageOf = async (path: string) =>
    stat(path).then(
      ({ mtimeMs }) => clock.now() - mtimeMs,
      () => Number.POSITIVE_INFINITY,
    )

  /** Removes files of deleted products and ended processes, and the least recently used ones beyond `bytesMax`. */
  async function sweep(): Promise<void> {
    const files = await Promise.all(
      (await readdir(folder)).map(async (name) => {
        const path = join(folder, name)
        return {
          name,
          path,
          age: await ageOf(path),
          size: await stat(path).then(
            ({ size }) => size,
            () => 0,
          ),
        }
      }),
    )
    let bytes = 0
    for (const { name, path, age, size } of files.sort((a, b) => a.age - b.age)) {
      const [, product, kind] = /^(\d+)\.(names|damaged|\d+\.part)$/.exec(name) ?? []
      if (product === undefined) continue
      bytes += size
      const isOf = async () => (await store.namesAfter(Number(product), '', 1)).last !== undefined
      const goes = kind!.endsWith('part') ? age >= abandonedMs : bytes > bytesMax || !(await isOf())
      if (goes) await rm(path, { force: true })
    }
  }

  return {
    read: (product, seed) =>
      read(product, seed).catch((error) => {
        log.warn({ product: product.productKey, err: error }, 'a snapshot of names could not be read')
        return undefined
      }),
    setAside,
    remove,
    keep(product, seed, revision, current) {
      kept.set(product, { seed, revision, current, at: clock.elapsed() })
      timer ??= timers.every(tickMs, tick)
    },
    async close() {
      closed = true
      timer?.stop()
      await writing
    },
  }
}

/** @throws Outdated if the change log does not prove that a snapshot is part of the product's history */
async function proveCurrent(
  store: DeviceStore,
  product: ProductRow,
  revision: number,
  change: Buffer,
): Promise<void> {
  if (revision > product.revision)
    throw new Outdated(`it is of revision ${revision}, and the product is at ${product.revision}`)
  const [first] = await store.changesSince(product.id, revision - 1, 1)
  if (first?.revision !== revision) throw new Outdated(`the change log no longer has revision ${revision}`)
  // A store that was restored from a backup may have reached the same revision by another change.
  if (!digestOf(first).equals(change))
    throw new Outdated(`revision ${revision} of the product is another change`)
}

/** Identifies a change: two histories don't contain the same one at the same millisecond. */
const digestOf = ({ revision, removed, names, createdAt }: NameChange): Buffer =>
  createHash('sha256').update(`${revision} ${removed} ${createdAt} `).update(names).digest()

function ignoreAbsent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
