import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf } from '../../src/lib/columns.ts'
import { openStore, type Store } from '../../src/main.ts'
import type { Group } from '../../src/registry/groups.ts'
import type { Instance } from '../../src/registry/instances.ts'
import { groupLimits } from '../../src/rules/group-fields.ts'
import { repeatableRandom, TestClock } from '../support/deterministic.ts'

interface Made extends Store {
  readonly instance: Instance
  readonly account: number
  group(name: string, parent?: Group): Promise<Group>
}

async function withInstance(use: (made: Made) => Promise<void>): Promise<void> {
  const surroundings = { clock: new TestClock(), random: repeatableRandom() }
  const store = await openStore({ folder: undefined, masterKey: undefined }, surroundings)
  try {
    const { accounts, instances, groups } = store.registry
    const { id: account } = await accounts.create('main')
    const instance = await instances.create(account, 'public', 'Public instance')
    const group = async (name: string, parent?: Group) => {
      const made = await groups.create(instance, { name, description: '' }, parent)
      if (typeof made === 'string') throw new Error(made)
      return made
    }
    await use({ ...store, instance, account, group })
  } finally {
    await store.close()
  }
}

test('an instance has 1,000 groups', () =>
  withInstance(async ({ registry: { groups }, instance, group }) => {
    for (let i = 0; i < groupLimits.groupsOfInstance; i++) await group(`group_${i}`)
    const more = () => groups.create(instance, { name: 'one_more', description: '' }, undefined)
    assert.equal(await more(), 'instance-full')
    await groups.delete((await groups.page(instance, { name: 'group_0' }, 0, 1)).groups[0]!)
    assert.equal(typeof (await more()), 'object')
  }))

test('a group has 20,000 devices', () =>
  withInstance(async ({ registry: { groups, products, batches }, instance, account, group }) => {
    const { product } = await products.create(instance, { name: 'lamps', authType: 'one-party' })
    const { productKey } = product
    const names = Array.from({ length: groupLimits.devicesOfGroup + 1 }, (_, i) => `lamp-${i}`)
    for (const part of [names.slice(0, 10_000), names.slice(10_000)]) {
      const { name } = columnsOf(
        ['name'],
        part.map((name) => ({ name })),
      ).members
      await batches.import(account, product, { count: part.length, names: name })
    }
    const full = await group('full')
    const add = (part: readonly string[]) =>
      groups.add(
        instance,
        full,
        part.map((name) => ({ productKey, name })),
      )
    assert.equal((await add(names.slice(0, -1)))?.added, groupLimits.devicesOfGroup)
    assert.equal(await add(names.slice(-2)), undefined)
    assert.deepEqual(await add(names.slice(0, 2)), { added: 0, alreadyIn: 2, inTooMany: 0, registered: 2 })
    await groups.remove(instance, full, [{ productKey, name: names[0]! }])
    assert.deepEqual(await add(names.slice(-2)), { added: 1, alreadyIn: 1, inTooMany: 0, registered: 2 })
  }))

test('a group’s devices are of several products, and leave it with theirs', () =>
  withInstance(async ({ registry: { groups, products, devices }, instance, account, group }) => {
    const all = await group('all_lamps')
    const made = await Promise.all(
      ['halls', 'rooms'].map((name) => products.create(instance, { name, authType: 'one-party' })),
    )
    for (const { product } of made) {
      await devices.register(account, product, { name: 'lamp-1', secret: 'secret' })
      await groups.add(instance, all, [{ productKey: product.productKey, name: 'lamp-1' }])
    }
    const listed = async () => {
      const { devices, total } = await groups.devices(instance, all, 0, 10)
      return [total, ...devices.map(({ productName }) => productName)]
    }
    assert.deepEqual(await listed(), [2, 'rooms', 'halls'])
    await products.delete(made[1]!.product)
    assert.deepEqual(await listed(), [1, 'halls'])
  }))
