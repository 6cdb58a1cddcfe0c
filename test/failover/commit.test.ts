import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { Unavailable } from '../../src/storage/storage.ts'
import { makeStore } from '../storage/conformance/store.ts'
import { cuttingProxy } from '../support/cutting-proxy.ts'
import { TestClock } from '../support/deterministic.ts'
import { onPostgres } from '../support/nodes.ts'
import { freshDatabase } from '../support/postgres.ts'

/** A store whose connections can be cut at a message. */
async function cutStore(t: TestContext, connections = 4) {
  const clock = new TestClock()
  const database = await freshDatabase(t)
  const proxy = await cuttingProxy(t, database)
  const storage = await openPostgres(proxy.url, clock, { connections, testClock: true })
  t.after(() => storage.close())
  const store = await makeStore(storage, clock, async () => storage)
  return {
    ...store,
    proxy,
    count: async (sql: string) => Number((await onPostgres(database, sql))[0]!.count),
  }
}

const devices = 'SELECT count(*) AS count FROM device'
const batches = 'SELECT count(*) AS count FROM batch'

test('an import whose commit got no response is answered, if the database has it', async (t) => {
  const { storage, batchOf, proxy, count } = await cutStore(t)
  proxy.cut('after', 'COMMIT')
  const batch = await storage.devices.insertBatch(batchOf(['one', 'two']))
  assert.equal(proxy.left, 0)
  assert.equal((await storage.devices.batch(batch.id))?.size, 2)
  assert.deepEqual([await count(devices), await count(batches)], [2, 1])
})

test('an import whose commit never reached the database fails, and is not there', async (t) => {
  const { storage, batchOf, proxy, count } = await cutStore(t)
  proxy.cut('before', 'COMMIT')
  await assert.rejects(storage.devices.insertBatch(batchOf(['one', 'two'])), Unavailable)
  assert.deepEqual([await count(devices), await count(batches)], [0, 0])
  await storage.devices.insertBatch(batchOf(['one', 'two']))
  assert.deepEqual([await count(devices), await count(batches)], [2, 1])
})

test('more commits than there are connections, none of them answered, are all resolved', async (t) => {
  const { storage, batchOf, proxy, count } = await cutStore(t, 4)
  proxy.cut('after', 'COMMIT', 6)
  const imports = Array.from({ length: 6 }, (_, i) =>
    storage.devices.insertBatch(batchOf([`a${i}`, `b${i}`])),
  )
  assert.equal(new Set((await Promise.all(imports)).map(({ id }) => id)).size, 6)
  assert.deepEqual([proxy.left, await count(devices), await count(batches)], [0, 12, 6])
})

test('a connection that breaks amid an import is replaced, and the import done once', async (t) => {
  const { batchOf, proxy, count } = await cutStore(t)
  for (const at of ['begin_batch', 'INSERT INTO device', 'names_changed']) {
    for (const how of ['before', 'after'] as const) {
      // Statements are prepared when a connection has them first.
      const fresh = await openPostgres(proxy.url, new TestClock(), { connections: 4, testClock: true })
      const before = await count(batches)
      proxy.cut(how, at)
      await fresh.devices.insertBatch(batchOf([`${how}-${at.slice(0, 5)}`, `${how} ${at.slice(0, 5)}`]))
      assert.deepEqual([proxy.left, (await count(batches)) - before], [0, 1])
      await fresh.close()
    }
  }
})

test('a product, an account or a checked list is made once, though the answer was lost', async (t) => {
  const { storage, account, product, insertProduct, proxy, count } = await cutStore(t)
  for (const make of [
    () => insertProduct('pk2', 'second'),
    () => storage.accounts.insert({ uid: '2', name: 'second', createdAt: 1 }),
    () => storage.devices.insertChecked({ account, product, good: true, list: '', size: 0, createdAt: 1 }, 0),
  ]) {
    proxy.cut('after', 'COMMIT')
    assert.ok((await make()) > 0)
    assert.equal(proxy.left, 0, String(make))
  }
  for (const table of ['product', 'account'])
    assert.equal(await count(`SELECT count(*) AS count FROM ${table}`), 2)
})

test('a call whose admission got no response reports that, not a used nonce', async (t) => {
  const { storage, call, proxy } = await cutStore(t)
  await storage.admission.admit(call())
  proxy.cut('after', 'AK')
  await assert.rejects(storage.admission.admit(call()), Unavailable)
  assert.equal((await storage.admission.admit(call())).kind, 'admitted')
})
