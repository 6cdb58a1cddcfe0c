import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { openStore, type Store, type StoreConfig } from '../../src/main.ts'
import { blockOf, openSecrets } from '../../src/registry/secret-blocks.ts'
import { unwrapKey } from '../../src/registry/vault.ts'
import { truncateLog } from '../../src/storage/sqlite/files.ts'
import { freshDatabase } from '../support/postgres.ts'
import { temporaryFolder } from '../transfer/stores.ts'

const masterKey = '33'.repeat(32)

const grounds: Readonly<Record<string, (t: TestContext) => Promise<StoreConfig>>> = {
  SQLite: async (t) => ({ folder: temporaryFolder(t), masterKey }),
  PostgreSQL: async (t) => ({ folder: undefined, database: await freshDatabase(t), masterKey }),
}

/** An account with a product of 300 devices, which have two blocks. */
async function filled({ registry }: Store) {
  const account = await registry.accounts.create('main')
  const instance = await registry.instances.create(account.id, 'public', 'public')
  const { product } = await registry.products.create(instance, { name: 'gateway', authType: 'one-party' })
  const batch = await registry.batches.generate(account.id, product, 300)
  const { devices } = await registry.batches.devices(batch, 0, 300)
  return { account: account.id, product, batch, devices }
}

/** All secrets that the blocks of a batch hold, by position. */
async function heldBy({ storage }: Store, account: number, id: number): Promise<(string | null)[]> {
  const [batch] = await storage.devices.batches([id])
  const keys = Array.from({ length: blockOf(batch!.size - 1) + 1 }, (_, block) => ({ batch: id, block }))
  const blocks = (await storage.devices.blocks(keys)).sort((a, b) => a.block - b.block)
  const key = unwrapKey(Buffer.from(masterKey, 'hex'), batch!.wrappedKey)
  return blocks.flatMap(({ block, sealed }) =>
    openSecrets(key, sealed, { account, product: batch!.product, batch: id, block }),
  )
}

for (const [driver, ground] of Object.entries(grounds)) {
  test(`in ${driver} the secret of a deleted device is gone from its block, and the others are not`, async (t) => {
    const store = await openStore(await ground(t))
    const { account, product, batch, devices } = await filled(store)
    const gone = [0, 7, 255, 256, 299]
    // At once: those of one block wait for each other.
    const deleted = await Promise.all(
      gone.map((place) => store.registry.devices.delete(account, devices[place]!)),
    )
    assert.deepEqual(deleted, [true, true, true, true, true])
    assert.equal(await store.registry.devices.delete(account, devices[7]!), false, 'it was gone')
    const expected = devices.map(({ secret }, place) => (gone.includes(place) ? null : secret))
    assert.deepEqual(await heldBy(store, account, batch.id), expected)
    const left = (await store.registry.batches.devices(batch, 0, 300)).devices
    assert.deepEqual(
      left.map(({ secret }) => secret),
      expected.filter((secret) => secret !== null),
    )

    // Undoing the batch leaves what was changed since.
    await store.registry.devices.update([{ device: devices[8]!, change: { nickname: 'kept' } }])
    assert.deepEqual(await store.registry.batches.undo(batch), { deleted: 294, kept: 1 })
    const held = await heldBy(store, account, batch.id)
    assert.deepEqual(
      held.filter((secret) => secret !== null),
      [devices[8]!.secret],
    )
    assert.equal((await store.registry.devices.findByName(product, devices[8]!.name))?.secret, held[8])
    await store.close()
  })

  test(`in ${driver} the secret of a device whose name was taken is kept nowhere`, async (t) => {
    const store = await openStore(await ground(t))
    const { account, product } = await filled(store)
    const { devices } = store.registry
    await devices.register(account, product, { name: 'taken' })
    const [refused, registered] = await Promise.allSettled([
      devices.register(account, product, { name: 'taken', secret: 'refused-secret' }),
      devices.register(account, product, { name: 'free', secret: 'kept-secret' }),
    ])
    assert.equal(refused.status, 'rejected')
    assert.ok(registered.status === 'fulfilled')
    // They came at once, so they are of one batch.
    const held = await heldBy(store, account, registered.value.batch)
    assert.deepEqual(held.sort(), ['kept-secret', null])
    assert.equal((await devices.findByName(product, 'free'))?.secret, 'kept-secret')
    await store.close()
  })

  test(`in ${driver} three nodes that delete devices of one block at once lose no secret and keep none`, async (t) => {
    const config = await ground(t)
    const nodes = [await openStore(config), await openStore(config), await openStore(config)]
    const { account, batch, devices } = await filled(nodes[0]!)
    await Promise.all(
      devices.slice(0, 30).map((device, place) => nodes[place % 3]!.registry.devices.delete(account, device)),
    )
    const expected = devices.map(({ secret }, place) => (place < 30 ? null : secret))
    assert.deepEqual(await heldBy(nodes[0]!, account, batch.id), expected)
    // Each reads what is left, whatever it remembers.
    for (const { registry } of nodes)
      assert.equal((await registry.batches.devices(batch, 0, 300)).devices.length, 270)
    await Promise.all(nodes.map((node) => node.close()))
  })
}

test('in SQLite what was replaced is overwritten in the file, and truncated in the log', async (t) => {
  const config = { folder: temporaryFolder(t), masterKey }
  const store = await openStore(config)
  const { account, product, batch, devices } = await filled(store)
  const before = await store.storage.devices.blocks([{ batch: batch.id, block: 0 }])
  const productSeal = product.sealedSecret
  // Long enough to be found, wherever the pages of the block begin.
  const has = (file: string, bytes: Buffer) => {
    const content = readFileSync(join(config.folder, file))
    const parts = [0, 64, 128].filter((start) => start + 40 <= bytes.length)
    return parts.some((start) => content.includes(bytes.subarray(start, start + 40)))
  }
  assert.equal(await store.storage.dataKeys.truncateLog(), true)
  assert.ok(
    has('roll.db', before[0]!.sealed) && has('roll.db', productSeal),
    'the search finds what is there',
  )
  await store.registry.devices.delete(account, devices[3]!)
  assert.equal(await store.storage.dataKeys.truncateLog(), true)
  assert.ok(!has('roll.db', before[0]!.sealed) && !has('roll.db-wal', before[0]!.sealed))
  const [after] = await store.storage.devices.blocks([{ batch: batch.id, block: 0 }])
  await store.registry.products.delete(product)
  assert.equal(await store.storage.dataKeys.truncateLog(), true)
  for (const file of ['roll.db', 'roll.db-wal'])
    assert.deepEqual([has(file, after!.sealed), has(file, productSeal)], [false, false], file)
  await store.close()
})

test('a log that is being read is not truncated, and that is not hidden', async (t) => {
  const folder = temporaryFolder(t)
  const store = await openStore({ folder, masterKey })
  await filled(store)
  const [reader, writer] = [1, 2].map(() => new DatabaseSync(join(folder, 'roll.db'), { timeout: 0 }))
  reader!.exec('BEGIN; SELECT count(*) FROM fact')
  assert.equal(truncateLog(writer!), false)
  reader!.close()
  assert.equal(truncateLog(writer!), true)
  assert.equal(statSync(join(folder, 'roll.db-wal')).size, 0)
  writer!.close()
  await store.close()
})
