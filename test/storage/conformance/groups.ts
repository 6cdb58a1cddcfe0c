import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DeviceRow, Duplicate, NotFound } from '../../../src/storage/storage.ts'
import type { TestStore } from './store.ts'

/** Groups of devices. */
export function groupConformance(store: () => TestStore): void {
  const insert = (name: string, parent?: number) => {
    const { storage, instance } = store()
    return storage.groups.insert({
      instance,
      groupId: `id-${name}`,
      name,
      description: '',
      parent,
      createdAt: 3,
    })
  }

  test('groups are found, changed, paged newest first, nested and deleted', async () => {
    const { storage, instance } = store()
    const { groups } = storage
    const top = await insert('top')
    const below = await insert('below', top)
    await assert.rejects(insert('top'), Duplicate)
    assert.equal((await groups.find(instance, 'id-below'))?.parent, top)
    assert.equal(await groups.find(instance + 1, 'id-below'), undefined)
    assert.equal(await groups.update(top, 'described'), true)
    assert.equal((await groups.find(instance, 'id-top'))?.description, 'described')
    assert.deepEqual([await groups.depth(top), await groups.depth(below)], [0, 1])
    await insert('t_p')
    await assert.rejects(insert('lost', below + 100), NotFound)
    const names = async (filter: object) => {
      const page = await groups.page(instance, filter, 0, 10)
      assert.equal(await groups.count(instance, filter), page.length)
      return page.map(({ name }) => name).join(' ')
    }
    assert.equal(await names({}), 't_p below top')
    assert.equal(await names({ parent: top }), 'below')
    assert.equal(await names({ name: 't_p' }), 't_p')
    assert.equal(await names({ parent: top, name: 't_p' }), '')
    assert.equal(await names({ name: 't' }), '', 'the whole name')
    assert.equal(await groups.delete(top), 'has-children')
    assert.equal(await groups.delete(below), true)
    assert.equal(await groups.delete(below), false)
    assert.equal(await groups.delete(top), true)
  })

  test('devices are added to groups up to the limit, and removed', async () => {
    const { storage, batchOf, device } = store()
    const { groups } = storage
    await storage.devices.insertBatch(batchOf(['aaaa', 'bbbb', 'cccc']))
    const [aaaa, bbbb, cccc] = [await device('aaaa'), await device('bbbb'), await device('cccc')]
    const [one, two] = [await insert('one'), await insert('two')]
    const add = (group: number, devices: readonly DeviceRow[], groupsOfDevice = 1, devicesOfGroup = 3) =>
      groups.add(group, devices, { groupsOfDevice, devicesOfGroup }, 9)
    assert.deepEqual(await add(one, [aaaa, bbbb]), { added: 2, alreadyIn: 0, inTooMany: 0 })
    assert.equal(await add(one, [aaaa, cccc], 1, 2), undefined)
    assert.equal(await groups.countDevices(one), 2)
    assert.deepEqual(await add(one, [aaaa, cccc]), { added: 1, alreadyIn: 1, inTooMany: 0 })
    assert.deepEqual(await add(one, [aaaa]), { added: 0, alreadyIn: 1, inTooMany: 0 }, 'it is full')
    assert.deepEqual(await add(two, [aaaa]), { added: 0, alreadyIn: 0, inTooMany: 1 })
    assert.deepEqual(await add(two, [aaaa], 2), { added: 1, alreadyIn: 0, inTooMany: 0 })
    const gone = { ...cccc, name: 'none', number: cccc.number + 100 }
    assert.deepEqual(await add(two, [gone], 2), { added: 0, alreadyIn: 0, inTooMany: 0 })
    await assert.rejects(add(two + 100, [bbbb], 2), NotFound)
    assert.deepEqual(
      (await groups.ofDevice(aaaa)).map(({ name }) => name),
      ['one', 'two'],
    )
    assert.deepEqual(
      (await groups.devices(one, 1, 2)).map(({ name }) => name),
      ['bbbb', 'aaaa'],
    )
    assert.equal(await groups.countDevices(one), 3)
    assert.equal(await groups.countDevices(one, aaaa.product), 3)
    assert.equal(await groups.countDevices(one, aaaa.product + 1), 0)
    assert.equal((await device('aaaa')).modifiedAt, 9)
    assert.equal(await groups.remove(one, [aaaa, bbbb, { ...cccc, name: 'none' }], 10), 2)
    assert.equal(await groups.countDevices(one), 1)
    await storage.devices.delete(cccc, 11)
    assert.equal(await groups.countDevices(one), 0)
    await groups.delete(two)
    assert.deepEqual(await groups.ofDevice(aaaa), [])
  })
}
