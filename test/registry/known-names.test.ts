import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSqlite } from '../../src/storage/sqlite/sqlite.ts'
import type { DeviceStore, Storage } from '../../src/storage/storage.ts'
import { makeStore, type TestStore } from '../storage/conformance/store.ts'
import { TestClock } from '../support/deterministic.ts'
import { rememberingNode } from '../support/known-names.ts'

/** A store and two nodes on it that remember names; the store's answers are counted. */
async function withNodes(run: (made: Made) => Promise<void>): Promise<void> {
  const clock = new TestClock()
  const storage = openSqlite(undefined, clock)
  const store = await makeStore(storage, clock, async () => storage)
  const asked = { names: 0 }
  const devices: DeviceStore = {
    ...storage.devices,
    namesTaken: (product, names, entries) => {
      asked.names += entries.length
      return storage.devices.namesTaken(product, names, entries)
    },
  }
  const nodes = [rememberingNode(devices, 1), rememberingNode(devices, 2)]
  try {
    await run({
      store,
      storage,
      asked,
      async taken(node, names) {
        const product = (await storage.products.findById(store.instance, store.product))!
        return nodes[node]!.taken(product, names)
      },
    })
  } finally {
    for (const node of nodes) node.close()
    await storage.close()
  }
}

interface Made {
  readonly store: TestStore
  readonly storage: Storage
  readonly asked: { names: number }
  taken(node: number, names: readonly string[]): Promise<string[]>
}

/** Lets what is done in the background come to its end. */
async function settle(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
}

test('the answer from memory equals the store, through imports and deletes, on every node', () =>
  withNodes(async ({ store, storage, asked, taken }) => {
    await storage.devices.insertBatch(store.batchOf(Array.from({ length: 12_000 }, (_, i) => `old-${i}`)))
    const names = ['old-0', 'old-9999', 'new-1', 'new-2']
    // While the names are taken into memory, and after; the last in order is read last.
    for (let turn = 0; turn < 8; turn++) {
      for (const node of [0, 1]) assert.deepEqual(await taken(node, names), ['old-0', 'old-9999'])
      await settle(1)
    }
    await settle()
    // From here on the store is asked for no name: what a node remembers would be wrong if it were only trusted.
    asked.names = 0
    await storage.devices.insertBatch(store.batchOf(['new-1', 'new-2']))
    for (const node of [0, 1]) assert.deepEqual(await taken(node, names), [...names].sort())
    await storage.devices.delete(await store.device('new-1'), 8)
    for (const node of [0, 1]) assert.deepEqual(await taken(node, names), ['new-2', 'old-0', 'old-9999'])
    await storage.devices.insertBatch(store.batchOf(['new-1']))
    for (const node of [0, 1]) assert.deepEqual(await taken(node, names), [...names].sort())
    assert.equal(asked.names, 0)
  }))

test('a node that finds the log cut off reads the names anew', () =>
  withNodes(async ({ store, storage, asked, taken }) => {
    const names = ['aaaa', 'bbbb', 'cccc']
    await storage.devices.insertBatch(store.batchOf(['aaaa']))
    await taken(0, names)
    await settle()
    await storage.devices.insertBatch(store.batchOf(['bbbb']))
    await storage.devices.insertBatch({ ...store.batchOf(['cccc']), createdAt: 3 * 3_600_000 })
    assert.deepEqual(await taken(0, names), names)
    assert.deepEqual(await taken(0, names), names)
    await settle()
    asked.names = 0
    assert.deepEqual(await taken(0, ['dddd']), [])
    assert.equal(asked.names, 0)
  }))

test('checks at once take the same changes in once, and all see them', () =>
  withNodes(async ({ store, storage, taken }) => {
    await storage.devices.insertBatch(store.batchOf(['aaaa']))
    await taken(0, ['aaaa'])
    await settle()
    for (let i = 0; i < 5; i++) await storage.devices.insertBatch(store.batchOf([`more${i}`]))
    const all = await Promise.all(Array.from({ length: 5 }, () => taken(0, ['more0', 'more4', 'more5'])))
    for (const names of all) assert.deepEqual(names, ['more0', 'more4'])
  }))

test('the number of names in memory is limited: the least recently used product is dropped', async () => {
  const clock = new TestClock()
  const storage = openSqlite(undefined, clock)
  const store = await makeStore(storage, clock, async () => storage)
  const other = await store.insertProduct('pk2', 'second')
  const large = await store.insertProduct('pk3', 'third')
  const asked: number[] = []
  const counting: DeviceStore = {
    ...storage.devices,
    namesAfter: (product, after, limit) => {
      if (after === '') asked.push(product)
      return storage.devices.namesAfter(product, after, limit)
    },
  }
  // A small set takes 4160 bytes; a large one is told by its device count, 34 bytes a name.
  const node = rememberingNode(counting, 1, 5000)
  try {
    await storage.devices.insertBatch(store.batchOf(['a-01', 'a-02', 'a-03']))
    await storage.devices.insertBatch(store.batchOf(['b-01', 'b-02', 'b-03'], other))
    const many = Array.from({ length: 150 }, (_, i) => `c-${i + 100}`)
    await storage.devices.insertBatch(store.batchOf(many, large))
    for (const [id, name] of [
      [store.product, 'a-01'],
      [store.product, 'a-02'],
      [other, 'b-01'],
      [large, 'c-101'],
      [store.product, 'a-03'],
    ] as const) {
      const product = (await storage.products.findById(store.instance, id))!
      assert.deepEqual(await node.taken(product, [name, 'none']), [name])
      await settle()
    }
    assert.deepEqual(asked, [store.product, other, store.product])
  } finally {
    node.close()
    await storage.close()
  }
})

/** A node with room for one of two products, and how often it reads in the names of either. */
async function withTwoProducts(
  names: readonly [readonly string[], readonly string[]],
  bytesMax: number,
  staysFor: number,
  run: (ask: (which: 0 | 1) => Promise<void>, asked: { chunks: number; store: number }) => Promise<void>,
): Promise<void> {
  const clock = new TestClock()
  const storage = openSqlite(undefined, clock)
  const store = await makeStore(storage, clock, async () => storage)
  const products = [store.product, await store.insertProduct('pk2', 'second')] as const
  for (const which of [0, 1] as const)
    await storage.devices.insertBatch(store.batchOf(names[which], products[which]))
  const asked = { chunks: 0, store: 0 }
  const counting: DeviceStore = {
    ...storage.devices,
    namesAfter: (...given) => {
      asked.chunks++
      return storage.devices.namesAfter(...given)
    },
    namesTaken: (...given) => {
      asked.store++
      return storage.devices.namesTaken(...given)
    },
  }
  const node = rememberingNode(counting, 1, bytesMax, staysFor)
  try {
    await run(async (which) => {
      const product = (await storage.products.findById(store.instance, products[which]))!
      assert.deepEqual(await node.taken(product, [names[which][0]!, 'none']), [names[which][0]])
      await settle()
    }, asked)
  } finally {
    node.close()
    await storage.close()
  }
}

const namesOf = (letter: string, length: number) =>
  Array.from({ length: 200 }, (_, i) => `${letter}${i}`.padEnd(length, 'x'))

test('of two products used in turn that don’t both fit, one stays in memory', () =>
  withTwoProducts([namesOf('a', 17), namesOf('b', 17)], 12_000, 1000, async (ask, asked) => {
    await ask(0)
    const { chunks } = asked
    asked.store = 0
    for (let turn = 0; turn < 10; turn++) {
      await ask(1)
      await ask(0)
    }
    assert.deepEqual(asked, { chunks, store: 10 })
  }))

test('a set that takes more than was thought, and more than there is, is not read again and again', () =>
  withTwoProducts([namesOf('a', 200), namesOf('b', 17)], 20_000, 0, async (ask, asked) => {
    await ask(0)
    const { chunks } = asked
    for (let turn = 0; turn < 5; turn++) await ask(0)
    assert.equal(asked.chunks, chunks)
    await ask(1)
    await ask(1)
    assert.equal(asked.store, 7, 'another product is remembered as ever')
  }))
