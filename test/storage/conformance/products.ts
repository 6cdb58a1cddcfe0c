import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Duplicate, NotFound } from '../../../src/storage/storage.ts'
import type { TestStore } from './store.ts'

/** Products and their tags. */
export function productConformance(store: () => TestStore): void {
  test('products are found, paged newest first, counted and changed', async () => {
    const { storage, instance, product, insertProduct } = store()
    await assert.rejects(insertProduct('pk', 'another name'), Duplicate)
    await assert.rejects(insertProduct('pk9', 'first'), Duplicate)
    const third = await insertProduct('pk3', 'third')
    const page = await storage.products.page(instance, {}, 0, 1)
    assert.deepEqual(
      page.map(({ productKey }) => productKey),
      ['pk3'],
    )
    assert.equal(await storage.products.count(instance, { commodityCode: 'iothub' }), 0)
    assert.equal(await storage.products.update(product, { name: 'renamed', released: true }), true)
    await assert.rejects(storage.products.update(product, { name: 'third' }), Duplicate)
    const row = await storage.products.find(instance, 'pk')
    assert.deepEqual([row?.name, row?.released, row?.description], ['renamed', true, ''])
    assert.equal(await storage.products.update(third + 100, { description: 'd' }), false)
  })

  test('products and their devices are summed up by instance', async () => {
    const { storage, account, instance, insertProduct, batchOf } = store()
    await storage.instances.insert({ account, instanceId: 'iot-1', kind: 'k', name: 'e', createdAt: 4 })
    await storage.devices.insertBatch(batchOf(['aaaa', 'bbbb']))
    await storage.devices.insertBatch(batchOf(['aaaa'], await insertProduct('pk2', 'second')))
    assert.deepEqual(await storage.products.sums(account), [{ instance, products: 2, devices: 3 }])
    assert.deepEqual(await storage.products.sums(account + 1), [])
  })

  test('tags are set, replaced, limited, deleted and read', async () => {
    const { storage, instance, product, insertProduct } = store()
    const other = await insertProduct('pk2', 'second')
    const { products } = storage
    assert.equal(
      await products.setTags(
        product,
        [
          { key: 'b', value: '1' },
          { key: 'a', value: '2' },
        ],
        2,
      ),
      true,
    )
    assert.equal(await products.setTags(product, [{ key: 'b', value: '3' }], 2), true)
    assert.equal(await products.setTags(product, [{ key: 'c', value: '4' }], 2), false)
    assert.deepEqual(await products.tags(product), [
      { key: 'a', value: '2' },
      { key: 'b', value: '3' },
    ])
    await products.setTags(other, [{ key: 'b', value: '9' }], 2)
    const keys = async (anyTag: { key: string; value?: string }[]) => {
      const page = await products.page(instance, { anyTag }, 0, 10)
      assert.equal(await products.count(instance, { anyTag }), page.length)
      return page.map(({ productKey }) => productKey).join(' ')
    }
    assert.equal(await keys([{ key: 'b' }]), 'pk2 pk')
    assert.equal(await keys([{ key: 'b', value: '3' }]), 'pk')
    assert.equal(await keys([{ key: 'b', value: '9' }, { key: 'a' }]), 'pk2 pk')
    assert.equal(await keys([{ key: 'none' }]), '')
    await products.deleteTags(product, ['a', 'zz'])
    assert.deepEqual(await products.tags(product), [{ key: 'b', value: '3' }])
    await assert.rejects(products.setTags(other + 100, [{ key: 'b', value: '3' }], 2), NotFound)
  })

  test('a product that is deleted takes all that is tied to it along, and its id is not used again', async () => {
    const { storage, instance, product, account, insertProduct, batchOf, device } = store()
    const second = await insertProduct('pk2', 'second')
    const batch = await storage.devices.insertBatch(batchOf(['aaaa', 'bbbb'], second))
    await storage.devices.insertBatch(batchOf(['aaaa']))
    const aaaa = await device('aaaa', second)
    await storage.devices.setTags(aaaa, [{ key: 'k', value: 'v' }], 10, 8)
    await storage.products.setTags(second, [{ key: 'k', value: 'v' }], 10)
    const checked = { account, product: second, good: true, list: '', size: 0, createdAt: 5 }
    const applyId = await storage.devices.insertChecked(checked, 0)
    const group = { instance, groupId: 'g', name: 'g', description: '', parent: undefined, createdAt: 1 }
    const groupId = await storage.groups.insert(group)
    await storage.groups.add(groupId, [aaaa], { groupsOfDevice: 10, devicesOfGroup: 10 }, 9)
    assert.equal(await storage.products.delete(second), true)
    assert.equal(await storage.products.delete(second), false)
    assert.equal(await storage.products.find(instance, 'pk2'), undefined)
    assert.equal(await storage.devices.batch(batch.id), undefined)
    assert.equal(await storage.devices.checked(applyId), undefined)
    assert.equal(await storage.dataKeys.find(batch.dataKey), undefined)
    assert.equal(await storage.devices.count({ products: [product, second] }), 1)
    assert.equal(await storage.groups.countDevices(groupId), 0)
    assert.notEqual(await insertProduct('pk2', 'second'), second)
  })
}
