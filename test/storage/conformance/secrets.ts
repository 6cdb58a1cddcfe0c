import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Conflict, StaleMasterKey } from '../../../src/storage/storage.ts'
import { accessKeyId, dataKey, type TestStore } from './store.ts'

/** Sealed values that are replaced: only what was read is replaced, together with what it belongs to. */
export function secretConformance(store: () => TestStore): void {
  const block = Buffer.from('block')
  const anew = Buffer.from('block anew')

  test('an access key changes its state together with its seal, unless that was changed meanwhile', async () => {
    const { accessKeys, dataKeys } = store().storage
    const { dataKey: before } = (await accessKeys.find(accessKeyId))!
    const sealed = { before: Buffer.from('s'), after: Buffer.from('s anew'), dataKey }
    assert.equal(await accessKeys.setActive(accessKeyId, false, sealed), true)
    const row = (await accessKeys.find(accessKeyId))!
    assert.deepEqual([row.active, row.sealedSecret.toString()], [false, 's anew'])
    assert.notEqual(row.dataKey, before)
    assert.equal(await dataKeys.find(before), undefined, 'the former data key is gone')

    await assert.rejects(accessKeys.setActive(accessKeyId, true, sealed), Conflict)
    const stale = {
      ...sealed,
      before: row.sealedSecret,
      dataKey: { ...dataKey, masterKeyId: 'm0' },
    }
    await assert.rejects(accessKeys.setActive(accessKeyId, true, stale), StaleMasterKey)
    assert.deepEqual(await accessKeys.find(accessKeyId), row, 'nothing of either is written')
    assert.equal(await accessKeys.setActive('nothing', true, sealed), false)
  })

  test('a device is deleted together with its secret, unless its block was changed meanwhile', async () => {
    const { storage, batchOf, device, taken } = store()
    const { devices } = storage
    const { id } = await devices.insertBatch(batchOf(['aaaa', 'bbbb']))
    const key = { batch: id, block: 0 }
    const sealed = async () => (await devices.blocks([key]))[0]?.sealed.toString()
    const stale = { ...key, before: Buffer.from('another'), after: anew }
    await assert.rejects(devices.delete(await device('aaaa'), 9, stale), Conflict)
    assert.deepEqual([await taken(['aaaa']), await sealed()], [['aaaa'], 'block'])
    const gone = await device('aaaa')
    assert.equal(await devices.delete(gone, 9, { ...key, before: block, after: anew }), true)
    assert.deepEqual([await taken(['aaaa', 'bbbb']), await sealed()], [['bbbb'], 'block anew'])
    assert.equal(await devices.delete(gone, 9, { ...key, before: anew, after: block }), false)
    assert.equal(await sealed(), 'block anew')
  })

  test('the unchanged devices of a batch are deleted if they are still as read, or none', async () => {
    const { storage, batchOf, device, taken } = store()
    const { devices } = storage
    const names = ['aaaa', 'bbbb', 'cccc']
    const batch = await devices.insertBatch(batchOf(names))
    const numbers = await Promise.all(names.map(async (name) => (await device(name)).number))
    const change = { batch: batch.id, block: 0, before: block, after: anew }
    await devices.update([{ device: await device('bbbb'), change: { disabled: true } }], 8)
    await assert.rejects(devices.deleteUnchanged(batch, 9, numbers, [change]), Conflict)
    const stale = { ...change, before: Buffer.from('another') }
    await assert.rejects(devices.deleteUnchanged(batch, 9, [numbers[0]!, numbers[2]!], [stale]), Conflict)
    assert.deepEqual(await taken(names), names)
    assert.equal(await devices.deleteUnchanged(batch, 9, [numbers[0]!], [change]), 1)
    assert.deepEqual(await taken(names), ['bbbb', 'cccc'])
    assert.equal((await devices.blocks([change]))[0]?.sealed.toString(), 'block anew')
  })

  test('an allocated ApplyId becomes the batch’s, and is allocated once', async () => {
    const { storage, batchOf, account, product } = store()
    const { devices } = storage
    const drawn = await Promise.all([1, 2, 3].map(() => devices.nextApplyId()))
    const { id } = await devices.insertBatch({ ...batchOf(['aaaa']), id: drawn[1] })
    assert.equal(id, drawn[1])
    const checked = { account, product, good: true, list: '{}', size: 1, createdAt: 8 }
    const others = [
      (await devices.insertBatch(batchOf(['bbbb']))).id,
      await devices.insertChecked(checked, 0),
      await devices.nextApplyId(),
    ]
    assert.equal(new Set([...drawn, ...others]).size, 6)
  })

  test('data keys are counted by what they seal', async () => {
    const { storage, batchOf } = store()
    await storage.devices.insertBatch(batchOf(['aaaa']))
    await storage.devices.insertBatch(batchOf(['bbbb']))
    assert.deepEqual({ ...(await storage.dataKeys.counts()) }, { accessKeys: 1, products: 1, batches: 2 })
  })
}
