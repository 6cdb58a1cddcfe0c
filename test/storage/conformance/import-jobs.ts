import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ImportJobRow } from '../../../src/storage/storage.ts'
import type { TestStore } from './store.ts'

/** Imports of whole files, with their batches. */
export function importJobConformance(store: () => TestStore): void {
  const job = (id: string, more: Partial<ImportJobRow> = {}): ImportJobRow => ({
    ...{ id, account: store().account, product: store().product, fileName: 'ä.csv', accessKey: 'AK' },
    ...{ ramUser: undefined, state: 'Running', accepted: 0, rejected: 0, skipped: 0, reasons: '{}' },
    ...{ createdAt: 10, updatedAt: 10, attributesUntil: undefined },
    ...more,
  })

  test('an import job is stored unchanged, once, and found by its account alone', async () => {
    const { storage, account } = store()
    const first = job('a', { ramUser: 'eve', reasons: '{"InvalidSn":2}', attributesUntil: 7 })
    assert.equal(await storage.importJobs.insert(first), true)
    assert.equal(await storage.importJobs.insert(job('a', { fileName: 'other.csv' })), false)
    const listed = { ...first, productKey: 'pk', productName: 'first', batches: 0, devices: 0 }
    assert.deepEqual(await storage.importJobs.find(account, 'a'), listed)
    assert.equal(await storage.importJobs.find(account + 1, 'a'), undefined)
    assert.equal(await storage.importJobs.find(account, 'b'), undefined)
  })

  test('a change of an import job leaves the rest as it is', async () => {
    const { storage, account } = store()
    await storage.importJobs.insert(job('a', { accepted: 5 }))
    await storage.importJobs.insert(job('b'))
    await storage.importJobs.update({ account, id: 'a' }, { state: 'Finished', rejected: 3, updatedAt: 20 })
    const { state, accepted, rejected, skipped, updatedAt } = (await storage.importJobs.find(account, 'a'))!
    assert.deepEqual([state, accepted, rejected, skipped, updatedAt], ['Finished', 5, 3, 0, 20])
    assert.equal((await storage.importJobs.find(account, 'b'))?.state, 'Running')
  })

  test('import jobs are listed newest first, page by page, of an instance or a product', async () => {
    const { storage, instance, insertProduct } = store()
    const other = await insertProduct('pk2', 'second')
    for (const [id, createdAt, product] of [
      ['a', 1, other],
      ['b', 3, other],
      ['c', 3, store().product],
      ['d', 2, store().product],
    ] as const)
      await storage.importJobs.insert(job(id, { createdAt, product }))
    const ids = async (...[product, below, limit]: [number?, { createdAt: number; id: string }?, number?]) =>
      (await storage.importJobs.page(instance, product, below, limit ?? 9)).map(({ id }) => id).join('')
    assert.equal(await ids(), 'cbda')
    assert.equal(await ids(undefined, undefined, 2), 'cb')
    assert.equal(await ids(undefined, { createdAt: 3, id: 'b' }), 'da')
    assert.equal(await ids(other), 'ba')
    assert.deepEqual(await storage.importJobs.page(instance + 1, undefined, undefined, 9), [])
  })

  test('an import job counts the batches that were imported, and no other', async () => {
    const { storage, account, batchOf } = store()
    await storage.importJobs.insert(job('a'))
    const applyIds: number[] = []
    for (const names of [['lamp-1', 'lamp-2'], ['lamp-3']]) {
      const id = await storage.devices.nextApplyId()
      await storage.importJobs.addBatch({ account, id: 'a' }, id)
      await storage.devices.insertBatch({ ...batchOf(names), id })
      applyIds.push(id)
    }
    // Its call failed, or has not ended.
    await storage.importJobs.addBatch({ account, id: 'a' }, await storage.devices.nextApplyId())
    await storage.devices.insertBatch(batchOf(['lamp-4']))
    const { batches, devices } = (await storage.importJobs.find(account, 'a'))!
    assert.deepEqual([batches, devices], [2, 3])
    const ids = async (after: number, limit: number) =>
      (await storage.importJobs.batches({ account, id: 'a' }, after, limit)).map(({ id }) => id)
    assert.deepEqual(await ids(0, 9), applyIds)
    assert.deepEqual(await ids(0, 1), applyIds.slice(0, 1))
    assert.deepEqual(await ids(applyIds[0]!, 9), applyIds.slice(1))
  })
}
