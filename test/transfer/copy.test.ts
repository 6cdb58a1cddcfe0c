import assert from 'node:assert/strict'
import { suite, type TestContext, test } from 'node:test'
import { counterNames, tables } from '../../src/storage/content.ts'
import type { Storage } from '../../src/storage/storage.ts'
import { copyStore } from '../../src/transfer/copy.ts'
import { digestOf } from '../../src/transfer/digest.ts'
import { dataKey } from '../storage/conformance/store.ts'
import { cutOff, digest, fill, type Ground, grounds, pairs, read } from './stores.ts'

const quiet = () => {}

/** The content of a store as its port returns it. */
async function told(storage: Storage) {
  const [account] = await storage.accounts.all()
  const [instance] = await storage.instances.of(account!.id)
  const products = await storage.products.page(instance!.id, {}, 0, 10)
  const devices = await storage.devices.page(
    { products: products.map(({ id }) => id) },
    { offset: 0, limit: 1000 },
  )
  return {
    users: await storage.accounts.ramUsers(account!.id),
    quotas: await storage.accounts.quotas(account!.id),
    keys: await storage.accessKeys.of(account!.id),
    key: await storage.accessKeys.find('Z'),
    products,
    productTags: await storage.products.tags(products.at(-1)!.id),
    devices,
    deviceTags: await Promise.all(devices.map((device) => storage.devices.tags(device))),
    changes: (await Promise.all(products.map(({ id }) => storage.devices.changesSince(id, 0, 1000)))).map(
      (of) => of.map((change) => ({ ...change, names: Buffer.from(change.names).toString() })),
    ),
    groups: await storage.groups.page(instance!.id, {}, 0, 10),
    groupsOf: await storage.groups.ofDevice(devices.find(({ name }) => name === 'zeta')!),
    facts: await storage.facts.get('master_key_id'),
  }
}

const countIn = (ground: Ground, table: string) =>
  read(ground, (store) => store.count(tables.find(({ name }) => name === table)!))

/** Other rows' own numbers are seen by nobody: SQLite gives the one after the highest. */
const neverReused: Record<string, readonly (typeof counterNames)[number][]> = {
  SQLite: ['device_number', 'apply_id', 'product'],
  PostgreSQL: counterNames,
}

for (const [from, to] of pairs) {
  test(`a store in ${from} is copied into ${to}: the same content, numbers go on above it`, async (t) => {
    const [source, target] = [await grounds[from]!(t), await grounds[to]!(t)]
    const storage = await fill(source)
    const { digest: found, tables: counted } = await copyStore(source.tables, target.tables, quiet)
    assert.deepEqual(
      counted.filter(({ rows }) => rows === 0),
      [],
    )
    assert.equal(found, (await digest(source)).digest)
    assert.deepEqual(await digest(target), await digest(source))
    const copy = await target.open()
    const before = await read(source, (store) => store.counters())
    const after = await read(target, (store) => store.counters())
    try {
      assert.deepEqual(await told(copy), await told(storage))
      for (const name of neverReused[to]!) assert.ok(after[name] >= before[name], name)

      const [account] = await copy.accounts.all()
      const [instance] = await copy.instances.of(account!.id)
      const [row] = await copy.products.page(instance!.id, {}, 0, 1)
      const product = await copy.products.insert({ ...row!, productKey: 'pk9', name: 'ninth' }, dataKey)
      assert.ok(product >= before.product)
      const batch = await copy.devices.insertBatch(
        batchLike(account!.id, product, await copy.devices.namesAfter(row!.id, '', 1)),
      )
      assert.ok(batch.firstNumber >= before.device_number && batch.id >= before.apply_id)
      const user = { account: account!.id, name: 'w', allowed: undefined, createdAt: 1 }
      assert.ok((await copy.accounts.insertRamUser(user)) >= before.ram_user)
    } finally {
      await copy.close()
      await storage.close()
    }
  })
}

function batchLike(account: number, product: number, { names }: { names: Uint8Array }) {
  const bytes = Buffer.from(names)
  const column = { bytes, start: Int32Array.of(0), length: Int32Array.of(bytes.length) }
  return { account, product, names: column, size: 1, dataKey, blocks: [Buffer.from('b')], createdAt: 1 }
}

for (const [from, to] of [
  ['SQLite', 'PostgreSQL'],
  ['PostgreSQL', 'SQLite'],
] as const) {
  suite(`a copy from ${from} to ${to}`, () => {
    async function filled(t: TestContext) {
      const [source, target] = [await grounds[from]!(t), await grounds[to]!(t)]
      return { source, target, storage: await fill(source) }
    }

    test('continues wherever it was interrupted; until then the target is incomplete', async (t) => {
      const { source, target, storage } = await filled(t)
      await storage.close()
      // Before it takes the first rows of all it asks for the master key.
      let chunks = 1
      for (; ; chunks++) {
        const copied = await copyStore(cutOff(source, chunks), target.tables, quiet, 1).catch(
          (error) => error,
        )
        if (!(copied instanceof Error)) {
          assert.equal(
            copied.found,
            copied.tables.reduce((sum: number, { rows }: { rows: number }) => sum + rows, 0) - 2,
          )
          break
        }
        assert.equal(copied.message, 'cut off')
        assert.notEqual(await read(target, (store) => store.unfinished()), undefined)
      }
      assert.ok(chunks > tables.length)
      assert.deepEqual(await digest(target), await digest(source))
      assert.equal(await read(target, (store) => store.unfinished()), undefined)
    })

    test('copies the current source when it continues, whatever was changed since', async (t) => {
      const { source, target, storage } = await filled(t)
      await assert.rejects(copyStore(cutOff(source, 19), target.tables, quiet, 1), /cut off/)
      const copied = await countIn(target, 'name_change')
      assert.ok(copied > 0 && copied < (await countIn(source, 'name_change')))

      const [account] = await storage.accounts.all()
      await storage.accounts.setQuota(account!.id, 'B', undefined)
      await storage.accessKeys.delete('ä')
      const [instance] = await storage.instances.of(account!.id)
      const [newest, oldest] = await storage.products.page(instance!.id, {}, 0, 10)
      await storage.products.delete(oldest!.id)
      await storage.products.update(newest!.id, { name: 'changed' })
      await storage.close()

      await copyStore(source.tables, target.tables, quiet)
      assert.deepEqual(await digest(target), await digest(source))
    })

    test('is refused if the target is not empty, and leaves it unchanged', async (t) => {
      const { source, target, storage } = await filled(t)
      await storage.close()
      await (await fill(target)).close()
      const before = await digest(target)
      await assert.rejects(
        copyStore(source.tables, target.tables, quiet),
        /is not empty \(it has rows in fact\)/,
      )
      assert.deepEqual(await digest(target), before)
    })

    test('is refused from a store that is not whole, and beside another', async (t) => {
      const { source, target, storage } = await filled(t)
      await storage.close()
      await assert.rejects(copyStore(cutOff(source, 3), target.tables, quiet), /cut off/)
      const third = await grounds.SQLite!(t)
      await assert.rejects(copyStore(target.tables, third.tables, quiet), /is not whole: rollcall copy/)
      await target.tables.fill(async () => {
        await assert.rejects(copyStore(source.tables, target.tables, quiet), /another process is filling/)
      })
    })
  })
}

for (const [name, ground] of Object.entries(grounds)) {
  test(`reading a store in ${name} sees one snapshot, and blocks no one`, async (t) => {
    const made = await ground(t)
    const storage = await fill(made)
    const before = await digest(made)
    await read(made, async (store) => {
      const [account] = await storage.accounts.all()
      await storage.accounts.setQuota(account!.id, 'later', 1)
      const [instance] = await storage.instances.of(account!.id)
      const [product] = await storage.products.page(instance!.id, {}, 0, 1)
      await storage.products.delete(product!.id)
      assert.deepEqual(await digestOf(store), before)
    })
    assert.notEqual((await digest(made)).digest, before.digest)
    await storage.close()
  })
}
