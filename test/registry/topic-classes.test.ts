import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TopicClasses, topicClasses } from '../../src/registry/topic-classes.ts'
import { openSqlite } from '../../src/storage/sqlite/sqlite.ts'
import type { ProductRow, Storage } from '../../src/storage/storage.ts'
import { makeStore } from '../storage/conformance/store.ts'
import { TestClock } from '../support/deterministic.ts'

async function withTopics(
  use: (own: TopicClasses, product: ProductRow, storage: Storage) => Promise<void>,
): Promise<void> {
  const clock = new TestClock()
  const storage = openSqlite(undefined, clock)
  try {
    const { product, instance } = await makeStore(storage, clock, () => assert.fail())
    await use(topicClasses(storage.topics), (await storage.products.findById(instance, product))!, storage)
  } finally {
    await storage.close()
  }
}

const chosen = { template: '/a', operation: 'PUB', description: '' } as const

test('two that change the classes of a product at once both do', () =>
  withTopics(async (own, product) => {
    const made = await Promise.all(
      ['/a', '/b'].map((template) => own.create(product, { ...chosen, template })),
    )
    assert.deepEqual(
      made.map((one) => typeof one),
      ['object', 'object'],
    )
    assert.deepEqual(
      (await own.of(product)).slice(3).map(({ template }) => template),
      ['/a', '/b'],
    )
  }))

test('what a connection was given follows each change', () =>
  withTopics(async (own, product) => {
    own.watched(true)
    const current = await own.current(product)
    const { id } = (await own.create(product, chosen)) as { id: number }
    assert.equal(current().length, 3)
    await own.reload([product.id, 99])
    assert.equal(current().length, 4)
    await own.delete(product, id)
    await own.reload([product.id])
    assert.equal((await own.current(product))().length, 3)
  }))

test('what no change log keeps current is read anew', () =>
  withTopics(async (own, product) => {
    await own.current(product)
    await own.create(product, chosen)
    assert.equal((await own.current(product))().length, 4)
    own.watched(true)
    await own.current(product)
    own.watched(false)
    await own.create(product, { ...chosen, template: '/b' })
    own.watched(true)
    assert.equal((await own.current(product))().length, 5)
  }))
