import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { Client } from 'pg'
import { columnsOf } from '../../src/lib/columns.ts'
import { openStore, type Store, type StoreConfig } from '../../src/main.ts'
import { devicesOf } from '../../src/registry/batches.ts'
import type { Registry } from '../../src/registry/registry.ts'
import { freshDatabase } from '../support/postgres.ts'
import { temporaryFolder } from '../transfer/stores.ts'

/*
 * Somebody can write the database, but has no master key, and has an account of their own ("thief"): whatever rows they
 * move, the secrets of the other account ("owner") open for nobody but it. Each case is tried on a node that had
 * everything in memory already, and on one that starts afterwards.
 */

const masterKey = '77'.repeat(32)

interface Side {
  readonly account: number
  readonly instance: number
  readonly product: number
  readonly productKey: string
  readonly productSecret: string
  readonly applyId: number
  readonly firstNumber: number
  readonly user: number
  /** Access keys: of the account, of its RAM user, and a disabled one. */
  readonly key: string
  readonly userKey: string
  readonly disabledKey: string
}

type Sides = { readonly owner: Side; readonly thief: Side }

async function side(registry: Registry, name: string): Promise<Side> {
  const { id: account } = await registry.accounts.create(name)
  const instance = await registry.instances.create(account, 'public', 'public')
  const { product, productSecret } = await registry.products.create(instance, {
    name: 'gateway',
    authType: 'one-party',
  })
  const list = columnsOf(
    ['DeviceName', 'DeviceSecret', 'Sn'],
    ['one', 'two'].map((device) => ({
      DeviceName: `${name}-${device}`,
      DeviceSecret: `secret-of-${name}-${device}`,
    })),
  )
  const batch = await registry.batches.import(account, product, devicesOf(list))
  const user = await registry.accounts.createRamUser(account, 'user', ['iot:Query*'])
  const key = async (id: string, of?: number) =>
    (
      await registry.accessKeys.create(account, of, {
        id: `${name}-${id}`,
        secret: `secret-of-${name}-${id}`,
      })
    ).id
  const [main, userKey, disabledKey] = [await key('key'), await key('user', user.id), await key('disabled')]
  await registry.accessKeys.setActive(disabledKey, false)
  return {
    account,
    instance: instance.id,
    product: product.id,
    productKey: product.productKey,
    productSecret,
    applyId: batch.id,
    firstNumber: batch.firstNumber,
    user: user.id,
    key: main,
    userKey,
    disabledKey,
  }
}

/** All secrets that an account gets to see of a store, and the keys that a signature could be verified with. */
async function seenBy({ registry, storage }: Store, account: number, sides: Sides): Promise<string[]> {
  const seen: string[] = []
  const see = async (look: () => Promise<(string | undefined)[]>) => {
    try {
      seen.push(...(await look()).filter((secret) => secret !== undefined))
    } catch (error) {
      assert.match((error as Error).message, /was not sealed for|changed from outside/)
    }
  }
  for (const instance of await registry.instances.of(account)) {
    for (const product of (await registry.products.page(instance, {}, 0, 100)).products) {
      await see(async () => [await registry.products.secretOf(product)])
      for (const name of ['owner-one', 'owner-two', 'thief-one', 'thief-two'])
        await see(async () => [(await registry.devices.findByName(product, name))?.secret])
      await see(async () => {
        const page = await registry.deviceLists.ofProduct(product, { offset: 0 }, 10)
        return page!.devices.map(({ secret }) => secret)
      })
      await see(async () => {
        const devices: string[] = []
        for await (const page of registry.devices.each(product))
          devices.push(...page.map(({ secret }) => secret))
        return devices
      })
    }
  }
  for (const { applyId } of Object.values(sides)) {
    const batch = await registry.batches.find(account, applyId)
    if (batch === undefined) continue
    await see(async () => (await registry.batches.devices(batch, 0, 10)).devices.map(({ secret }) => secret))
  }
  for (const { key, userKey, disabledKey } of Object.values(sides)) {
    for (const id of [key, userKey, disabledKey])
      await see(async () => {
        // As a call does: the key as it is remembered, then what its admission says of it.
        const recalled = await registry.accessKeys.findCached(id)
        const stored = await storage.accessKeys.find(id)
        if (recalled === undefined || stored?.account !== account) return []
        const usable = stored.active && (await registry.accessKeys.isCurrent(recalled, stored))
        return [
          usable ? `${recalled.secret} as ${stored.ramUser === undefined ? 'account' : 'user'}` : undefined,
        ]
      })
  }
  return [...new Set(seen)]
}

const own = (name: string, { productSecret }: Side) => [
  ...['one', 'two'].map((device) => `secret-of-${name}-${device}`),
  productSecret,
  `secret-of-${name}-key as account`,
  `secret-of-${name}-user as user`,
]

/** The writes to the database, in the order of statements. */
const cases: Readonly<Record<string, (sides: Sides) => string[]>> = {
  'the product is moved into an instance of another account': ({ owner, thief }) => [
    `UPDATE product SET instance = ${thief.instance}, name = 'moved' WHERE id = ${owner.product}`,
  ],
  'the instance is given to another account': ({ owner, thief }) => [
    `DELETE FROM product WHERE 1 = 0`,
    `UPDATE instance SET account = ${thief.account}, instance_id = 'iot-moved' WHERE id = ${owner.instance}`,
  ],
  'devices are moved to a product of another account': ({ owner, thief }) => [
    `UPDATE device SET product = ${thief.product} WHERE product = ${owner.product}`,
  ],
  'devices and their batch are moved': ({ owner, thief }) => [
    `UPDATE device SET product = ${thief.product} WHERE product = ${owner.product}`,
    `UPDATE batch SET product = ${thief.product}, account = ${thief.account} WHERE id = ${owner.applyId}`,
  ],
  'the batch alone is given to another account': ({ owner, thief }) => [
    `UPDATE batch SET account = ${thief.account}, product = ${thief.product} WHERE id = ${owner.applyId}`,
  ],
  'devices of one account point into the batch of another': ({ owner, thief }) => [
    `UPDATE device SET batch = ${owner.applyId}, number = number + 1000000 WHERE product = ${thief.product}`,
    `UPDATE batch SET first_number = ${thief.firstNumber} + 1000000 WHERE id = ${owner.applyId}`,
  ],
  'the blocks and data keys of two batches are exchanged': ({ owner, thief }) => [
    `UPDATE batch_block SET batch = ${thief.applyId}, block = 7 WHERE batch = ${owner.applyId}`,
    `UPDATE batch_block SET batch = ${owner.applyId} WHERE batch = ${thief.applyId} AND block = 0`,
    `UPDATE batch_block SET block = 0 WHERE block = 7`,
    `UPDATE batch SET data_key = (SELECT sum(data_key) FROM batch) - data_key`,
  ],
  'an access key is given to another account': ({ owner, thief }) => [
    `UPDATE access_key SET account = ${thief.account} WHERE id = '${owner.key}'`,
  ],
  'the key of a RAM user is made that of the account': ({ thief }) => [
    `UPDATE access_key SET ram_user = NULL WHERE id = '${thief.userKey}'`,
  ],
  'a disabled access key is made active': ({ owner, thief }) => [
    `UPDATE access_key SET active = (1 = 1) WHERE id IN ('${owner.disabledKey}', '${thief.disabledKey}')`,
  ],
  'the secret of one access key is put into another': ({ owner, thief }) => [
    `UPDATE access_key SET data_key = k.data_key, sealed_secret = k.sealed_secret
     FROM (SELECT * FROM access_key) k WHERE k.id = '${owner.key}' AND access_key.id = '${thief.key}'`,
  ],
  'the secret of one product is put into another': ({ owner, thief }) => [
    `UPDATE product SET data_key = p.data_key, sealed_secret = p.sealed_secret
     FROM (SELECT * FROM product) p WHERE p.id = ${owner.product} AND product.id = ${thief.product}`,
  ],
}

const grounds = {
  async SQLite(t: TestContext) {
    const folder = temporaryFolder(t)
    const write = async (statements: readonly string[]) => {
      const database = new DatabaseSync(join(folder, 'roll.db'))
      database.exec('PRAGMA foreign_keys = OFF')
      for (const statement of statements) database.exec(statement.replace(' = (1 = 1)', ' = 1'))
      database.close()
    }
    return { config: { folder, masterKey } satisfies StoreConfig, write }
  },
  async PostgreSQL(t: TestContext) {
    const database = await freshDatabase(t)
    const write = async (statements: readonly string[]) => {
      const client = new Client({ connectionString: database })
      await client.connect()
      for (const statement of statements) await client.query(statement)
      await client.end()
    }
    return { config: { folder: undefined, database, masterKey } satisfies StoreConfig, write }
  },
}

for (const [driver, ground] of Object.entries(grounds)) {
  test(`a writer of a database in ${driver} can move no secret to another account, and revive no key`, async (t) => {
    for (const [what, statementsOf] of Object.entries(cases)) {
      const { config, write } = await ground(t)
      const running = await openStore(config)
      const sides = {
        owner: await side(running.registry, 'owner'),
        thief: await side(running.registry, 'thief'),
      }
      const seen = (store: Store) => seenBy(store, sides.thief.account, sides)
      const allowed = own('thief', sides.thief)
      assert.deepEqual((await seen(running)).sort(), allowed.sort(), 'before')
      await seenBy(running, sides.owner.account, sides)

      await write(statementsOf(sides))
      const starting = await openStore(config)
      for (const [node, store] of Object.entries({ running, starting })) {
        const stolen = (await seen(store)).filter((secret) => !allowed.includes(secret))
        assert.deepEqual(stolen, [], `${what}, on the ${node} node`)
      }
      await Promise.all([running.close(), starting.close()])
    }
  })
}

test('a key that was disabled by hand is disabled, and is enabled again by Rollcall alone', async (t) => {
  const { config, write } = await grounds.SQLite(t)
  const store = await openStore(config)
  const { owner } = { owner: await side(store.registry, 'owner') }
  const { accessKeys } = store.registry
  await write([`UPDATE access_key SET active = 0 WHERE id = '${owner.key}'`])
  assert.equal((await accessKeys.find(owner.key))?.active, false)
  assert.equal(await accessKeys.setActive(owner.key, true), true)
  const { secret, active } = (await accessKeys.find(owner.key))!
  assert.deepEqual([secret, active], ['secret-of-owner-key', true])

  // One that was moved opens for nobody; it can still be disabled.
  await write([`UPDATE access_key SET account = 99 WHERE id = '${owner.key}'`])
  await assert.rejects(accessKeys.find(owner.key), /the secret of owner-key was not sealed for/)
  assert.equal(await accessKeys.setActive(owner.key, false), true)
  await assert.rejects(accessKeys.setActive(owner.key, true), /was not sealed for/)
  await store.close()
})

test('no device gets the secret of another product or batch of its own account', async (t) => {
  const { config, write } = await grounds.SQLite(t)
  const store = await openStore(config)
  const { registry } = store
  const first = await side(registry, 'owner')
  const instance = (await registry.instances.find(first.account, undefined))!
  const product = (await registry.products.findById(instance, first.product))!
  const other = (await registry.products.create(instance, { name: 'other', authType: 'one-party' })).product
  const list = (names: readonly string[]) =>
    devicesOf(
      columnsOf(
        ['DeviceName', 'DeviceSecret', 'Sn'],
        names.map((name) => ({ DeviceName: name, DeviceSecret: `secret-of-${name}` })),
      ),
    )
  const second = await registry.batches.import(first.account, product, list(['three', 'four']))
  await write([
    `UPDATE batch_block SET batch = ${second.id}, block = 7 WHERE batch = ${first.applyId}`,
    `UPDATE batch_block SET batch = ${first.applyId} WHERE batch = ${second.id} AND block = 0`,
    'UPDATE batch_block SET block = 0 WHERE block = 7',
    `UPDATE batch SET data_key = (SELECT sum(data_key) FROM batch) - data_key`,
  ])
  await assert.rejects(registry.devices.findByName(product, 'three'), /was not sealed for/)

  await registry.batches.import(first.account, product, list(['five']))
  await write([`UPDATE device SET product = ${other.id} WHERE name = 'five'`])
  await assert.rejects(registry.devices.findByName(other, 'five'), /was not sealed for/)
  await store.close()
})
