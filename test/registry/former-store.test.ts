import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { Client } from 'pg'
import { openStore, type Store, type StoreConfig } from '../../src/main.ts'
import { formerMasterKeyIdOf, openFor } from '../../src/registry/vault.ts'
import { openTables } from '../../src/storage/open.ts'
import { StaleMasterKey } from '../../src/storage/storage.ts'
import { restore } from '../../src/transfer/restore.ts'
import { freshDatabase } from '../support/postgres.ts'
import { temporaryFolder } from '../transfer/stores.ts'

/*
 * Stores of the former form: one in SQLite, its backup, and one in PostgreSQL as pg_dump wrote it, each with what its
 * secrets and IotIds were. Their seals bind the ID of an access key, the ProductKey, or the number of a block alone.
 */

interface Facts {
  readonly masterKey: string
  readonly keys: readonly {
    readonly id: string
    readonly secret: string
    readonly account: string
    readonly ramUser: boolean
    readonly active: boolean
  }[]
  readonly products: readonly {
    readonly account: string
    readonly instanceId: string | null
    readonly productKey: string
    readonly productSecret: string
    readonly applyId: number
    readonly devices: readonly { readonly name: string; readonly secret: string; readonly iotId: string }[]
  }[]
}

const former = (name: string) => fileURLToPath(new URL(`former/${name}`, import.meta.url))
const factsOf = (name: string): Facts => JSON.parse(readFileSync(former(name), 'utf8'))
const facts = { sqlite: factsOf('sqlite.json'), postgres: factsOf('postgres.json') }
const { masterKey } = facts.sqlite

function sqliteStore(t: TestContext): StoreConfig & { readonly folder: string } {
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'roll.db'), gunzipSync(readFileSync(former('roll.db.gz'))))
  return { folder, masterKey }
}

async function postgresStore(t: TestContext): Promise<StoreConfig & { readonly database: string }> {
  const database = await freshDatabase(t)
  await sql(database, gunzipSync(readFileSync(former('postgres.sql.gz'))).toString())
  return { folder: undefined, database, masterKey }
}

async function sql(url: string, text: string): Promise<Record<string, string>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows ?? []
  } finally {
    await client.end()
  }
}

/** Everything that was known of the former store is found in a store. */
async function assertHas({ registry }: Store, { keys, products }: Facts): Promise<void> {
  for (const { id, secret, active } of keys) {
    const key = await registry.accessKeys.find(id)
    assert.deepEqual([key?.secret, key?.active], [secret, active], id)
  }
  for (const { account: name, instanceId, productKey, productSecret, devices, applyId } of products) {
    const account = (await registry.accounts.find(name))!
    const instance = (await registry.instances.find(account.id, instanceId ?? undefined))!
    const product = (await registry.products.find(instance, productKey))!
    assert.equal(await registry.products.secretOf(product), productSecret)
    const batch = (await registry.batches.find(account.id, applyId))!
    assert.ok((await registry.batches.devices(batch, 0, 500)).total >= 2)
    for (const { name, secret, iotId } of devices) {
      const found = await registry.devices.findByName(product, name)
      assert.deepEqual([found?.secret, found?.iotId], [secret, iotId], `${productKey} ${name}`)
      assert.deepEqual(
        (await registry.devices.lookUpIotIds([iotId])).map((device) => device.name),
        [name],
      )
    }
  }
}

/** Opens a store twice: the first time seals it anew, the second changes nothing of that. */
async function openTwice(config: StoreConfig, facts: Facts, seals: () => Promise<string[]>) {
  const before = await seals()
  const first = await openStore(config)
  await assertHas(first, facts)
  await first.close()
  const after = await seals()
  assert.equal(after.length, before.length)
  assert.deepEqual(
    before.filter((seal) => after.includes(seal)),
    [],
    'nothing is sealed as it was',
  )
  const second = await openStore(config)
  await assertHas(second, facts)
  await second.close()
  assert.deepEqual(await seals(), after)
}

const sealed = `SELECT hex(sealed_secret) AS it FROM access_key UNION ALL SELECT hex(sealed_secret) FROM product
  UNION ALL SELECT hex(sealed) FROM batch_block
  UNION ALL SELECT hex(wrapped) FROM data_key WHERE id NOT IN (SELECT CAST(value AS bigint) FROM fact WHERE name = 'iot_id_key')`

const sqliteSeals = (folder: string) => async () => {
  const database = new DatabaseSync(join(folder, 'roll.db'))
  try {
    return database
      .prepare(sealed)
      .all()
      .map(({ it }) => it as string)
  } finally {
    database.close()
  }
}
const postgresSeals = (url: string) => async () =>
  (await sql(url, sealed.replace(/hex\((\w+)\)/g, `encode($1, 'hex')`))).map(({ it }) => it!)

test('a store of the former form in SQLite opens, is sealed anew once, and keeps its IotIds', async (t) => {
  const config = sqliteStore(t)
  const old = (await sqliteSeals(config.folder)()).map((hex) => Buffer.from(hex, 'hex'))
  await openTwice(config, facts.sqlite, sqliteSeals(config.folder))
  // Neither the file nor its log has the former seals any more, in whatever page.
  for (const file of ['roll.db', 'roll.db-wal']) {
    const bytes = readIfThere(join(config.folder, file))
    assert.equal(old.filter((seal) => bytes.includes(seal.subarray(0, 64))).length, 0, file)
  }
})

function readIfThere(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch {
    return Buffer.alloc(0)
  }
}

test('the same in PostgreSQL', async (t) => {
  const config = await postgresStore(t)
  await openTwice(config, facts.postgres, postgresSeals(config.database))
})

for (const driver of ['SQLite', 'PostgreSQL'] as const) {
  test(`a backup of the former form is restored into ${driver}, opens and is sealed anew`, async (t) => {
    const config: StoreConfig =
      driver === 'SQLite'
        ? { folder: join(temporaryFolder(t), 'data'), masterKey }
        : { folder: undefined, database: await freshDatabase(t), masterKey }
    const tables = await openTables(config.folder ?? '', config.database)
    await restore(former('rollcall.backup'), tables, () => {})
    const seals = driver === 'SQLite' ? sqliteSeals(config.folder!) : postgresSeals(config.database!)
    await openTwice(config, facts.sqlite, seals)
  })

  test(`several nodes that start at once on a former store in ${driver} seal it once`, async (t) => {
    const config = driver === 'SQLite' ? sqliteStore(t) : await postgresStore(t)
    const nodes = await Promise.all(Array.from({ length: 4 }, () => openStore(config)))
    for (const node of nodes) await assertHas(node, driver === 'SQLite' ? facts.sqlite : facts.postgres)
    await Promise.all(nodes.map((node) => node.close()))
  })

  test(`sealing a store anew in ${driver} that is cut off has changed nothing`, async (t) => {
    const config: StoreConfig = driver === 'SQLite' ? sqliteStore(t) : await postgresStore(t)
    await (await openTables(config.folder ?? '', config.database)).migrate()
    const seals = config.database === undefined ? sqliteSeals(config.folder!) : postgresSeals(config.database)
    // The last block was changed from outside: what was sealed before it is taken back.
    const spoil =
      'UPDATE batch_block SET sealed = substr(sealed, 2) WHERE batch = (SELECT max(id) FROM batch)'
    if (config.database !== undefined) await sql(config.database, spoil)
    else {
      const database = new DatabaseSync(join(config.folder!, 'roll.db'))
      database.exec(spoil)
      database.close()
    }
    const spoiled = await seals()
    await assert.rejects(openStore(config), /was not sealed for/)
    assert.deepEqual(await seals(), spoiled)
  })
}

test('a process that is killed while it reseals a store leaves it unchanged', async (t) => {
  const config = sqliteStore(t)
  await (await openTables(config.folder, undefined)).migrate()
  const before = await sqliteSeals(config.folder)()
  for (const after of [1, 20, 60]) {
    const script = `
      import { systemRandom } from ${JSON.stringify(new URL('../../src/lib/random.ts', import.meta.url).href)}
      import { systemClock } from ${JSON.stringify(new URL('../../src/lib/clock.ts', import.meta.url).href)}
      import { openStore } from ${JSON.stringify(new URL('../../src/main.ts', import.meta.url).href)}
      let drawn = 0
      const random = { bytes(count) {
        if (++drawn > ${after}) process.kill(process.pid, 'SIGKILL')
        return systemRandom.bytes(count)
      } }
      await openStore(${JSON.stringify(config)}, { clock: systemClock, random })`
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', script])
    assert.equal(signal, 'SIGKILL')
    assert.deepEqual(await sqliteSeals(config.folder)(), before, `after ${after}`)
  }
  const store = await openStore(config)
  await assertHas(store, facts.sqlite)
  await store.close()
})

test('secrets of devices that were deleted before are left out when a store is sealed anew', async (t) => {
  const config = sqliteStore(t)
  const store = await openStore(config)
  const { storage, masterKey: source } = store
  const [{ applyId }] = facts.sqlite.products as [Facts['products'][0]]
  const [batch] = await storage.devices.batches([applyId])
  const [block] = await storage.devices.blocks([{ batch: applyId, block: 0 }])
  const key = openFor('a data key', await source.read(), batch!.wrappedKey, 'data key')
  const purpose = JSON.stringify(['device secrets', batch!.account, batch!.product, applyId, 0])
  const secrets = JSON.parse(openFor('the block', key, block!.sealed, purpose).toString())
  // lamp-2 was deleted.
  assert.deepEqual(
    [secrets[0], secrets[1], secrets[2]].map((secret) => secret !== null),
    [true, false, true],
  )
  await store.close()
})

test('a program of the former version adds nothing to a store that was sealed anew', async (t) => {
  const store = await openStore(sqliteStore(t))
  const dataKey = {
    wrapped: Buffer.alloc(60),
    masterKeyId: formerMasterKeyIdOf(Buffer.from(masterKey, 'hex')),
  }
  const row = { id: 'AK', account: 1, ramUser: undefined, active: true, createdAt: 1 }
  const insertion = store.storage.accessKeys.insert({ ...row, sealedSecret: Buffer.alloc(40) }, dataKey)
  await assert.rejects(insertion, StaleMasterKey)
  await store.close()
})
