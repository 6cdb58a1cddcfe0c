import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Duplicate, NotFound, type Storage } from '../../../src/storage/storage.ts'
import type { TestStore } from './store.ts'

/**
 * Operations of three nodes at the same moment, round after round: each thing happens once, and the counts agree with the
 * rows. The race of imports, which clients run most, has four times the rounds.
 */
export function raceConformance(store: () => TestStore, skip: string | false, rounds = 25): void {
  const names = (count = rounds) => Array.from({ length: count }, (_, round) => `device-${round}`)
  const race = (what: string, run: (nodes: readonly Storage[]) => Promise<void>) =>
    test(`of three nodes at once ${what}`, { skip }, async () => {
      await run([store().storage, await store().again(), await store().again()])
      await assertConsistent(store())
    })

  race('exactly one imports a name', async (nodes) => {
    for (const name of names(4 * rounds)) {
      const outcomes = await all(nodes, ({ devices }) => devices.insertBatch(store().batchOf([name])))
      assert.deepEqual(kinds(outcomes), ['done', 'taken', 'taken'], name)
    }
  })

  race('exactly one registers a name, and all register their others', async (nodes) => {
    for (const name of names()) {
      const outcomes = await Promise.all(
        nodes.map(({ devices }, i) =>
          devices.insertFree(store().batchOf([`${name}-${i}`, name, `other-${name}-${i}`])),
        ),
      )
      assert.deepEqual(outcomes.map(({ taken }) => taken.join()).sort(), ['', '1', '1'], name)
      const alone = await Promise.all(
        nodes.map(({ devices }) => devices.insertFree(store().batchOf([`alone-${name}`]))),
      )
      assert.equal(alone.filter(({ batch }) => batch !== undefined).length, 1, name)
    }
  })

  race(
    'of lists that share names one is imported, and a registration leaves out what is taken',
    async (nodes) => {
      const [one, other, third] = nodes as [Storage, Storage, Storage]
      for (const name of names()) {
        const shared = Array.from({ length: 8 }, (_, i) => `${name}-${i}`)
        const [registered, ...imported] = await Promise.all([
          one.devices.insertFree(store().batchOf([...shared, `a-${name}`])),
          outcome(other.devices.insertBatch(store().batchOf([...shared.toReversed(), `z-${name}`]))),
          outcome(third.devices.insertBatch(store().batchOf([`m-${name}`, ...shared]))),
        ])
        const done = kinds(imported).filter((kind) => kind === 'done').length
        assert.equal(registered.taken.length, done === 0 ? 0 : shared.length, name)
        assert.ok(done < 2 && kinds(imported).filter((kind) => kind === 'taken').length === 2 - done, name)
      }
    },
  )

  race('exactly one registers a checked list', async (nodes) => {
    const { account, product, batchOf } = store()
    for (const name of names()) {
      const list = { account, product, good: true, list: '[]', size: 1, createdAt: 5 }
      const applyId = await nodes[0]!.devices.insertChecked(list, 0)
      const outcomes = await all(nodes, ({ devices }) => devices.insertBatch({ ...batchOf([name]), applyId }))
      assert.deepEqual(kinds(outcomes), ['done', 'gone', 'gone'], name)
    }
  })

  race('each device of a batch is deleted by exactly one', async (nodes) => {
    const { batchOf, device } = store()
    for (const name of names()) {
      const batch = await nodes[0]!.devices.insertBatch(batchOf([`${name}-a`, `${name}-b`, `${name}-c`]))
      const single = await device(`${name}-a`)
      const [deleted, ...undone] = await Promise.all([
        nodes[0]!.devices.delete(single, 9),
        ...nodes.map(({ devices }) => devices.deleteUnchanged(batch, 9)),
      ])
      assert.equal(Number(deleted) + undone.reduce((sum, count) => sum + count), 3, name)
      await nodes[0]!.devices.insertBatch(batchOf([name]))
      const once = await device(name)
      const deletions = await Promise.all(nodes.map(({ devices }) => devices.delete(once, 9)))
      assert.deepEqual(deletions.sort(), [false, false, true], name)
    }
  })

  race('one deletes a device while others import its name', async (nodes) => {
    const { product, batchOf, device } = store()
    const [one, other, third] = nodes as [Storage, Storage, Storage]
    for (const name of names()) {
      await one.devices.insertBatch(batchOf([name]))
      const before = await device(name)
      const [deleted, ...imported] = await Promise.all([
        one.devices.delete(before, 9),
        outcome(other.devices.insertBatch(batchOf([name]))),
        outcome(third.devices.insertBatch(batchOf([name]))),
      ])
      assert.equal(deleted, true, name)
      const done = kinds(imported).filter((kind) => kind === 'done').length
      assert.ok(done < 2 && kinds(imported).filter((kind) => kind === 'taken').length === 2 - done, name)
      assert.equal((await one.devices.findByNames(product, [name])).length, done, name)
    }
  })

  race('a device takes tags up to its limit, and loses each once', async (nodes) => {
    const { storage, batchOf, device } = store()
    for (const name of names()) {
      await storage.devices.insertBatch(batchOf([name]))
      const tagged = await device(name)
      const set = await Promise.all(
        nodes.map(({ devices }, i) => devices.setTags(tagged, [{ key: `k${i}`, value: name }], 2, 9)),
      )
      assert.deepEqual(set.sort(), [false, true, true], name)
      const [tag] = await storage.devices.tags(tagged)
      const gone = await Promise.all(nodes.map(({ devices }) => devices.deleteTag(tagged, tag!.key, 9)))
      assert.deepEqual(gone.sort(), [false, false, true], name)
    }
  })

  race('a device comes into a group once, and leaves it once', async (nodes) => {
    const { storage, instance, batchOf, device } = store()
    const row = { instance, groupId: 'g', name: 'g', description: '', parent: undefined, createdAt: 3 }
    const group = await storage.groups.insert(row)
    const limits = { groupsOfDevice: 10, devicesOfGroup: 100 }
    for (const name of names()) {
      await storage.devices.insertBatch(batchOf([`${name}-a`, `${name}-b`]))
      const both = [await device(`${name}-a`), await device(`${name}-b`)]
      const added = await Promise.all(
        nodes.map(({ groups }, i) => groups.add(group, i === 1 ? both.toReversed() : both, limits, 9)),
      )
      assert.equal(
        added.reduce((sum, result) => sum + result!.added, 0),
        2,
        name,
      )
      const removed = await Promise.all(
        nodes.map(({ groups }, i) => groups.remove(group, i === 1 ? both.toReversed() : both, 9)),
      )
      assert.equal(
        removed.reduce((sum, count) => sum + count),
        2,
        name,
      )
    }
    assert.equal(await storage.groups.countDevices(group), 0)
  })
}

const all = (nodes: readonly Storage[], act: (node: Storage) => Promise<unknown>) =>
  Promise.all(nodes.map((node) => outcome(act(node))))

const outcome = (acting: Promise<unknown>): Promise<unknown> =>
  acting.then(
    () => undefined,
    (error) => error,
  )

const kinds = (outcomes: readonly unknown[]) =>
  outcomes
    .map((error) => {
      if (error === undefined) return 'done'
      if (error instanceof Duplicate) return 'taken'
      if (error instanceof NotFound) return 'gone'
      throw error
    })
    .sort()

/** The product's count is that of its rows, and its log of changes leads to their names, one revision a change. */
async function assertConsistent({ storage, instance, product }: TestStore): Promise<void> {
  const row = (await storage.products.findById(instance, product))!
  const changes = await storage.devices.changesSince(product, 0, 100_000)
  assert.deepEqual(
    changes.map(({ revision }) => revision),
    Array.from(changes, (_, i) => i + 1),
  )
  const logged = new Set<string>()
  for (const { removed, names } of changes) {
    for (const name of Buffer.from(names).toString().split('\n')) {
      assert.equal(logged.has(name), removed, `the log ${removed ? 'removes' : 'adds'} ${name}`)
      if (removed) logged.delete(name)
      else logged.add(name)
    }
  }
  const { names } = await storage.devices.namesAfter(product, '', 100_000)
  assert.deepEqual([...logged].sort().join('\n'), Buffer.from(names).toString())
  assert.deepEqual([row.deviceCount, row.revision], [logged.size, changes.length])
}
