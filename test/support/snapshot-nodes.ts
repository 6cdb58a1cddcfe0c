import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Timers } from '../../src/lib/timers.ts'
import { type NameSnapshotOptions, nameSnapshots } from '../../src/registry/name-snapshots.ts'
import { openSqlite } from '../../src/storage/sqlite/sqlite.ts'
import type { DeviceStore, Storage } from '../../src/storage/storage.ts'
import { makeStore, type TestStore } from '../storage/conformance/store.ts'
import { TestClock } from './deterministic.ts'
import { rememberingNode } from './known-names.ts'

/** Waits until background work has finished. */
async function settle(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
}

/** Minimum number of names for a snapshot on these nodes. */
const largeFrom = 100

export type NodeOptions = Partial<NameSnapshotOptions> & { readonly seed?: number }

/** A store, a folder of snapshots, and the nodes that use them. */
export class SnapshotNodes {
  readonly clock = new TestClock()
  readonly folder = join(mkdtempSync(join(tmpdir(), 'rollcall-names-')), 'names')
  /** The lines that the nodes logged. */
  readonly lines: string[] = []
  /** Number of chunks of names that were read from the store. */
  chunksRead = 0
  storage!: Storage
  store!: TestStore
  #lastAt = 0
  readonly #closing: (() => Promise<unknown>)[] = []

  static async with(run: (nodes: SnapshotNodes) => Promise<void>): Promise<void> {
    const nodes = new SnapshotNodes()
    await nodes.#open()
    try {
      await run(nodes)
    } finally {
      for (const close of nodes.#closing.reverse()) await close()
      rmSync(join(nodes.folder, '..'), { recursive: true, force: true })
    }
  }

  /** Registers devices with these names; each batch is a millisecond later than the one before. */
  add(names: readonly string[], createdAt = ++this.#lastAt) {
    return this.storage.devices.insertBatch({ ...this.store.batchOf(names), createdAt })
  }

  path(product = this.store.product): string {
    return join(this.folder, `${product}.names`)
  }

  get hasSnapshot(): boolean {
    return existsSync(this.path())
  }

  /** Replaces the store by a new one with these batches. */
  async restore(batches: readonly (readonly string[])[]): Promise<void> {
    await this.#open()
    for (const batch of batches) await this.add(batch)
  }

  async #open(): Promise<void> {
    const storage = openSqlite(undefined, this.clock)
    this.#closing.push(() => storage.close())
    this.storage = storage
    this.#lastAt = 0
    this.store = await makeStore(storage, this.clock, async () => storage)
  }

  /** Starts a node. */
  node({ seed = 1, ...more }: NodeOptions = {}) {
    let tick: () => Promise<void> = async () => {}
    const timers: Timers = {
      every(_, run) {
        tick = run as typeof tick
        return { stop() {} }
      },
    }
    const { devices: store } = this.storage
    const devices: DeviceStore = {
      ...store,
      namesAfter: (product, after, limit) => {
        if (limit > 1) this.chunksRead++
        return store.namesAfter(product, after, limit)
      },
    }
    const note = (details: object, message: string) =>
      this.lines.push(`${message} ${JSON.stringify(details)}`)
    const snapshots = nameSnapshots(devices, {
      folder: this.folder,
      log: { info: note, warn: note },
      key: Buffer.from('key of the store'),
      bytesMax: 2 ** 30,
      clock: this.clock,
      timers,
      rest: () => new Promise(setImmediate),
      ...more,
    })
    const node = rememberingNode(devices, seed, 2 ** 30, 0, { snapshots, largeFrom })
    this.#closing.push(() => node.close())
    const { instance, product: first } = this.store
    const productRow = async (id: number) => (await this.storage.products.findById(instance, id))!
    const taken = async (names: readonly string[], product = first) =>
      node.taken(await productRow(product), names)
    return {
      taken,
      /** Names in memory. */
      get size(): number {
        return node.size
      },
      /** Queries the node until the names are in memory. */
      async whole(product = first): Promise<void> {
        const { deviceCount } = await productRow(product)
        for (let turn = 0; node.size < deviceCount; turn++) {
          if (turn > 1_000_000) throw new Error(`${node.size} of ${deviceCount} names are in memory`)
          if (turn % 100 === 0) await taken(['none'], product)
          await new Promise(setImmediate)
        }
        await settle()
      },
      /** Writes the snapshots that are due. */
      tick: () => tick(),
      close: () => node.close(),
    }
  }

  /** Has a node write the product's snapshot, and ends the node. */
  async snapshot(): Promise<void> {
    const node = this.node()
    await node.whole()
    // An existing snapshot is replaced once it is old enough.
    this.clock.advance(6 * 60_000)
    await node.tick()
    await node.close()
    if (!this.hasSnapshot) throw new Error('no snapshot was written')
    this.chunksRead = 0
    this.lines.length = 0
  }
}
