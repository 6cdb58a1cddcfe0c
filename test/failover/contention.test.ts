import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Client } from 'pg'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { Unavailable } from '../../src/storage/storage.ts'
import { dataKey, makeStore } from '../storage/conformance/store.ts'
import { TestClock } from '../support/deterministic.ts'
import { freshDatabase } from '../support/postgres.ts'

async function storeAnd(t: TestContext, connections = 6) {
  const clock = new TestClock()
  const url = await freshDatabase(t)
  const open = async () => {
    const storage = await openPostgres(url, clock, { connections, testClock: true })
    t.after(() => storage.close())
    return storage
  }
  const store = await makeStore(await open(), clock, open)
  /** Somebody else who is connected to the database. */
  const somebody = async () => {
    const client = new Client({ connectionString: url })
    await client.connect()
    t.after(() => client.end())
    return client
  }
  return { ...store, url, open, somebody }
}

/** Waits until so many sessions wait for a lock. */
async function waiting(client: Client, count = 1): Promise<void> {
  const sql = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  while ((await client.query(sql)).rows[0].n < count) await new Promise(setImmediate)
}

test('an import that meets a deadlock is run again, and done once', async (t) => {
  const { storage, batchOf, product, somebody, taken } = await storeAnd(t)
  const other = await somebody()
  const watcher = await somebody()
  // It has the product's row and wants a name; the import has the name and wants the product's row. The one that
  // waits longer than deadlock_timeout gives up: the other one has a longer one.
  await other.query(`BEGIN; SELECT 1 FROM product WHERE id = ${product} FOR NO KEY UPDATE`)
  const importing = storage.devices.insertBatch(batchOf(['name-1', 'name-2']))
  await waiting(watcher)
  const insertion = other
    .query(`INSERT INTO device (product, name, number, batch) VALUES (${product}, 'name-2', 1, 1)`)
    .then(
      () => 'in',
      (error) => error.code,
    )
  await Promise.race([importing, insertion])
  await other.query('ROLLBACK')
  assert.equal((await importing).size, 2)
  assert.deepEqual(await taken(['name-1', 'name-2']), ['name-1', 'name-2'])
})

test('a product is deleted between imports that are under way: each is in it whole, or not there', async (t) => {
  const { storage, batchOf, product, open } = await storeAnd(t)
  const others = [await open(), await open()]
  const imports = Array.from({ length: 12 }, (_, i) =>
    [storage, ...others]
      [i % 3]!.devices.insertBatch(batchOf(Array.from({ length: 200 }, (_, n) => `${i}-${n}`)))
      .then(
        () => 'in',
        (error) => error.constructor.name,
      ),
  )
  await Promise.race(imports)
  assert.equal(await others[0]!.products.delete(product), true)
  const outcomes = new Set(await Promise.all(imports))
  for (const outcome of outcomes) assert.ok(['in', 'NotThere'].includes(outcome), outcome)
  assert.equal(await storage.devices.count({ products: [product] }), 0)
})

test('calls of two accounts that come to two nodes at once never wait for each other in a ring', async (t) => {
  const { storage, account, call, open, clock } = await storeAnd(t)
  const nodes = [storage, await open()]
  const second = await storage.accounts.insert({ uid: '2', name: 'second', createdAt: 1 })
  // Two keys each, whose order is not that of their accounts.
  const keys = ['A', 'B', 'C', 'D'].map((id, i) => ({ id, account: i % 3 === 0 ? account : second }))
  for (const key of keys) {
    const row = { ...key, ramUser: undefined, active: true, sealedSecret: Buffer.from('s'), createdAt: 1 }
    await storage.accessKeys.insert(row, dataKey)
  }
  clock.advance(5000)
  const quota = { action: 'A', apart: undefined, perWindow: 1_000_000, windowSeconds: 1, callers: undefined }
  for (let round = 0; round < 40; round++) {
    const nonces = Array.from({ length: 24 }, () => call().nonce)
    const calls = nodes.flatMap(({ admission }, node) =>
      nonces.map((_, i) =>
        admission.admit(
          // Some nonces come to both nodes, in another order.
          call({
            quota,
            accessKeyId: keys[(i + node) % 4]!.id,
            nonce: i % 3 === 0 ? nonces[(i + 12 * node) % 24]! : call().nonce,
          }),
        ),
      ),
    )
    for (const { kind } of await Promise.all(calls)) assert.ok(['admitted', 'replayed'].includes(kind), kind)
  }
})

test('an import that waits too long for a lock fails, and is not there', async (t) => {
  const { storage, batchOf, product, somebody, taken } = await storeAnd(t)
  const other = await somebody()
  await other.query('BEGIN; LOCK TABLE device IN ACCESS EXCLUSIVE MODE')
  const refused = assert.rejects(storage.devices.insertBatch(batchOf(['name-1'])), Unavailable)
  const watcher = await somebody()
  await waiting(watcher)
  // As the timeout would.
  await watcher.query(
    `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  await refused
  await other.query('ROLLBACK')
  assert.deepEqual(await taken(['name-1']), [])
  await storage.devices.insertBatch(batchOf(['name-1']))
  assert.equal(
    (await storage.products.findById((await storage.instances.of(1))[0]!.id, product))?.deviceCount,
    1,
  )
})

test('calls and imports at once go through, whatever isolation the database has by default', async (t) => {
  const { storage, call, batchOf, open, url, somebody } = await storeAnd(t)
  const name = new URL(url).pathname.slice(1)
  await (await somebody()).query(`ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`)
  const nodes = [await open(), await open()]
  const quota = { action: 'A', apart: undefined, perWindow: 1_000_000, windowSeconds: 1, callers: undefined }
  const calls = Array.from({ length: 200 }, (_, i) => nodes[i % 2]!.admission.admit(call({ quota })))
  const imports = Array.from({ length: 20 }, (_, i) =>
    nodes[i % 2]!.devices.insertBatch(batchOf([`${i}-1`, `${i}-2`])),
  )
  for (const { kind } of await Promise.all(calls)) assert.equal(kind, 'admitted')
  assert.equal((await Promise.all(imports)).length, 20)
  assert.equal(await storage.devices.count({ products: [1] }), 40)
})

test('a product is deleted while a device of it is put into a group: no relation is left behind', async (t) => {
  const { storage, batchOf, product, instance, device, somebody } = await storeAnd(t)
  await storage.devices.insertBatch(batchOf(['aaaa']))
  const { number } = await device('aaaa')
  const row = { instance, groupId: 'g', name: 'gggg', description: '', parent: undefined, createdAt: 1 }
  const group = await storage.groups.insert(row)
  const [other, watcher] = [await somebody(), await somebody()]
  await other.query(`BEGIN; UPDATE device SET modified_at = 1 WHERE number = ${number};
    INSERT INTO group_device VALUES (${group}, ${product}, 'aaaa')`)
  const deleting = storage.products.delete(product)
  await waiting(watcher)
  await other.query('COMMIT')
  assert.equal(await deleting, true)
  assert.equal(await storage.groups.countDevices(group), 0)
})

test('a migration that another node applies is met by statements that were prepared before it', async (t) => {
  const { storage, batchOf, device, call, somebody } = await storeAnd(t, 3)
  const batch = await storage.devices.insertBatch(batchOf(['aaaa']))
  const read = async () => {
    assert.equal((await storage.devices.batch(batch.id))?.size, 1)
    assert.equal((await device('aaaa')).name, 'aaaa')
    assert.equal((await storage.admission.admit(call({ productKey: 'pk' }))).kind, 'admitted')
  }
  await read()
  const other = await somebody()
  await other.query('ALTER TABLE batch ADD COLUMN later text; ALTER TABLE device ADD COLUMN later text')
  await read()
})
