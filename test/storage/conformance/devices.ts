import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columnsOf } from '../../../src/lib/columns.ts'
import { Duplicate, NotFound } from '../../../src/storage/storage.ts'
import type { TestStore } from './store.ts'

/** Batches, devices and the log of their names. */
export function deviceConformance(store: () => TestStore, skip: string | false): void {
  test('a batch is registered whole, in its own product, and counted', async () => {
    const { storage, instance, product, insertProduct, batchOf, taken } = store()
    const other = await insertProduct('pk2', 'second')
    const batch = await storage.devices.insertBatch(batchOf(['aaaa', 'bbbb', 'cccc']))
    assert.deepEqual(await taken(['bbbb', 'dddd', 'aaaa', 'AAAA']), ['aaaa', 'bbbb'])
    assert.deepEqual(await taken(['aaaa'], other), [])
    const row = await storage.products.findById(instance, product)
    assert.equal(row?.deviceCount, 3)
    assert.equal(row?.revision, 1)
    assert.deepEqual(await storage.devices.batch(batch.id), batch)
    const sealed = await storage.devices.batches([batch.id, batch.id + 1])
    assert.deepEqual(sealed, [{ ...batch, wrappedKey: Buffer.from('wrapped') }])
    const blocks = await storage.devices.blocks([
      { batch: batch.id, block: 0 },
      { batch: batch.id, block: 1 },
    ])
    assert.deepEqual(blocks, [{ batch: batch.id, block: 0, sealed: Buffer.from('block') }])
    const devices = await storage.devices.ofBatch(batch, 1, 5)
    assert.deepEqual(
      devices.map(({ number, ...device }) => ({ ...device, place: number - batch.firstNumber })),
      ['bbbb', 'cccc'].map((name, i) => ({
        product,
        name,
        batch: batch.id,
        sn: i === 0 ? undefined : 'sn2',
        nickname: undefined,
        vehicle: undefined,
        disabled: false,
        modifiedAt: undefined,
        place: i + 1,
      })),
    )
  })

  test('nicknames and vehicles come with their devices, whatever characters they have', async () => {
    const { storage, batchOf, device } = store()
    const { nickname, vehicle } = columnsOf(
      ['nickname', 'vehicle'],
      [{ nickname: 'Lämpchen "1", {2} \\\n灯' }, { vehicle: '{"DeviceId":"x,y"}' }, { nickname: '' }, {}],
    ).members
    const batch = { ...batchOf(['aaaa', 'bbbb', 'cccc', 'dddd']), nicknames: nickname, vehicles: vehicle }
    await storage.devices.insertBatch(batch)
    const found = await Promise.all(['aaaa', 'bbbb', 'cccc', 'dddd'].map((name) => device(name)))
    assert.deepEqual(
      found.map((row) => [row.nickname, row.vehicle]),
      [
        ['Lämpchen "1", {2} \\\n灯', undefined],
        [undefined, '{"DeviceId":"x,y"}'],
        ['', undefined],
        [undefined, undefined],
      ],
    )
  })

  test('of a batch with one name that is taken nothing is written', async () => {
    const { storage, instance, product, batchOf, taken } = store()
    await storage.devices.insertBatch(batchOf(['aaaa']))
    await assert.rejects(storage.devices.insertBatch(batchOf(['bbbb', 'aaaa', 'cccc'])), Duplicate)
    await assert.rejects(storage.devices.insertBatch(batchOf(['dddd', 'dddd'])), Duplicate)
    assert.deepEqual(await taken(['aaaa', 'bbbb', 'cccc', 'dddd']), ['aaaa'])
    assert.equal((await storage.products.findById(instance, product))?.deviceCount, 1)
    assert.equal((await storage.devices.changesSince(product, 0, 100)).length, 1)
  })

  test('of a batch into a product that is gone nothing is written', async () => {
    const { storage, product, batchOf } = store()
    await assert.rejects(storage.devices.insertBatch(batchOf(['aaaa'], product + 1000)), NotFound)
  })

  test('of a batch of which some names are taken the others are registered', async () => {
    const { storage, instance, product, batchOf, taken } = store()
    await storage.devices.insertBatch(batchOf(['bbbb']))
    const { batch, taken: places } = await storage.devices.insertFree(batchOf(['aaaa', 'bbbb', 'cccc']))
    assert.deepEqual(places, [1])
    const devices = await storage.devices.ofBatch(batch!, 0, 10)
    assert.deepEqual(
      devices.map(({ name, number }) => [name, number - batch!.firstNumber]),
      [
        ['aaaa', 0],
        ['cccc', 2],
      ],
    )
    assert.equal((await storage.products.findById(instance, product))?.deviceCount, 3)
    const none = await storage.devices.insertFree(batchOf(['aaaa', 'cccc']))
    assert.deepEqual([none.batch, none.taken.sort()], [undefined, [0, 1]])
    assert.deepEqual(await taken(['aaaa', 'bbbb', 'cccc']), ['aaaa', 'bbbb', 'cccc'])
  })

  test('of imports at once that share a name exactly one is taken', async () => {
    const { storage, instance, product, batchOf } = store()
    const imports = Array.from({ length: 8 }, (_, i) =>
      // The shared names in either order, or two of them could wait for each other.
      storage.devices.insertBatch(
        batchOf(i % 2 === 0 ? [`own${i}`, 'sh-a', 'sh-b'] : ['sh-b', 'sh-a', `own${i}`]),
      ),
    )
    const results = await Promise.allSettled(imports)
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const result of results)
      if (result.status === 'rejected') assert.ok(result.reason instanceof Duplicate)
    assert.equal((await storage.products.findById(instance, product))?.deviceCount, 3)
  })

  test('a deleted device is gone, its name is free, its number is not used again', async () => {
    const { storage, instance, product, batchOf, device } = store()
    const { firstNumber } = await storage.devices.insertBatch(batchOf(['aaaa', 'bbbb']))
    const bbbb = await device('bbbb')
    await storage.devices.setTags(bbbb, [{ key: 'k', value: 'v' }], 10, 8)
    assert.equal(await storage.devices.delete(bbbb, 9), true)
    assert.equal(await storage.devices.delete(bbbb, 9), false)
    assert.equal(await storage.devices.findByName(product, 'bbbb'), undefined)
    assert.equal((await storage.products.findById(instance, product))?.deviceCount, 1)
    const next = await storage.devices.insertBatch(batchOf(['bbbb']))
    assert.ok(next.firstNumber > firstNumber + 1)
    assert.equal(await storage.devices.delete(bbbb, 10), false, 'another device of the same name')
    const [found] = await storage.devices.findByNumbers([next.firstNumber])
    assert.equal(found?.name, 'bbbb')
    assert.deepEqual(await storage.devices.tags(found!), [], 'nothing of the one before it')
  })

  test('10,000 names are looked up and registered at once', async () => {
    const { storage, batchOf, taken } = store()
    const names = Array.from({ length: 10_000 }, (_, i) => `device-${i}`)
    assert.deepEqual(await taken(names), [])
    const batch = await storage.devices.insertBatch(batchOf(names))
    assert.equal((await taken(names)).length, 10_000)
    assert.equal(await storage.devices.countOfBatch(batch), 10_000)
  })

  test('the log lists changes of names in order, and names are read in byte order', async () => {
    const { storage, product, batchOf, device } = store()
    await storage.devices.insertBatch(batchOf(['b-01', 'a-02', 'B-03', 'a:04', 'a.05']))
    await storage.devices.delete(await device('a-02'), 8)
    const changes = await storage.devices.changesSince(product, 0, 100)
    assert.deepEqual(
      changes.map(({ revision, removed, names, createdAt }) => [
        revision,
        createdAt,
        removed,
        Buffer.from(names).toString().split('\n').sort().join(),
      ]),
      [
        [1, 7, false, 'B-03,a-02,a.05,a:04,b-01'],
        [2, 8, true, 'a-02'],
      ],
    )
    assert.deepEqual(
      (await storage.devices.changesSince(product, 1, 100)).map(({ revision }) => revision),
      [2],
    )
    const pages: string[][] = []
    for (let after: string | undefined = ''; after !== undefined; ) {
      const { names, last }: { names: Uint8Array; last?: string } = await storage.devices.namesAfter(
        product,
        after,
        3,
      )
      pages.push(Buffer.from(names).toString().split('\n'))
      after = last
    }
    assert.deepEqual(pages, [['B-03', 'a.05', 'a:04'], ['b-01'], ['']])
  })

  test('a change of long ago is forgotten', async () => {
    const { storage, product, batchOf } = store()
    await storage.devices.insertBatch(batchOf(['aaaa']))
    await storage.devices.insertBatch({ ...batchOf(['bbbb']), createdAt: 7 + 2 * 3_600_000 })
    const changes = await storage.devices.changesSince(product, 0, 100)
    assert.deepEqual(
      changes.map(({ revision }) => revision),
      [2],
    )
  })

  test('devices are changed, all that are given or none, and the time of it is kept', async () => {
    const { storage, batchOf, device } = store()
    await storage.devices.insertBatch(batchOf(['aaaa', 'bbbb']))
    const [aaaa, bbbb] = [await device('aaaa'), await device('bbbb')]
    const update = (changes: Parameters<typeof storage.devices.update>[0], at: number) =>
      storage.devices.update(changes, at)
    assert.equal(await update([{ device: aaaa, change: { nickname: 'lamp' } }], 11), undefined)
    const both = [bbbb, aaaa].map((device) => ({ device, change: { disabled: true } }))
    assert.equal(await update(both, 12), undefined)
    assert.deepEqual(await device('aaaa'), { ...aaaa, nickname: 'lamp', disabled: true, modifiedAt: 12 })
    assert.deepEqual(await device('bbbb'), { ...bbbb, disabled: true, modifiedAt: 12 })
    await update([{ device: aaaa, change: { nickname: null, disabled: false } }], 13)
    assert.deepEqual(await device('aaaa'), { ...aaaa, modifiedAt: 13 })
    const gone = { ...bbbb, number: bbbb.number + 1 }
    const changes = [aaaa, gone].map((device) => ({ device, change: { nickname: 'x' } }))
    assert.deepEqual(await update(changes, 14), gone)
    assert.deepEqual(await device('aaaa'), { ...aaaa, modifiedAt: 13 }, 'nothing was changed')
  })

  test('devices are paged newest first, by offset and below a number, in a state and by tags', async () => {
    const { storage, product, insertProduct, batchOf, device } = store()
    const other = await insertProduct('pk2', 'second')
    await storage.devices.insertBatch(batchOf(['a-01', 'a-02', 'a-03']))
    await storage.devices.insertBatch(batchOf(['z-01', 'z-02'], other))
    await storage.devices.insertBatch(batchOf(['a-04']))
    await storage.devices.update([{ device: await device('a-02'), change: { disabled: true } }], 9)
    const names = async (filter: object, page: object) =>
      (await storage.devices.page({ products: [product], ...filter }, { limit: 10, ...page } as never))
        .map(({ name }) => name)
        .join(' ')
    assert.equal(await names({}, { offset: 0 }), 'a-04 a-03 a-02 a-01')
    assert.equal(await names({}, { offset: 1, limit: 2 }), 'a-03 a-02')
    assert.equal(await names({}, { below: (await device('a-03')).number }), 'a-02 a-01')
    assert.equal(await names({ products: [product, other] }, { offset: 0, limit: 3 }), 'a-04 z-02 z-01')
    assert.equal(await names({ products: [] }, { offset: 0 }), '')
    assert.equal(await names({ state: 'DISABLE' }, { offset: 0 }), 'a-02')
    assert.equal(await names({ state: 'UNACTIVE' }, { offset: 0 }), 'a-04 a-03 a-01')
    await storage.devices.setTags(
      await device('a-01'),
      [
        { key: 'k', value: 'v' },
        { key: 'l', value: 'w' },
      ],
      10,
      9,
    )
    await storage.devices.setTags(await device('a-03'), [{ key: 'k', value: 'v' }], 10, 9)
    assert.equal(await names({ everyTag: [{ key: 'k', value: 'v' }] }, { offset: 0 }), 'a-03 a-01')
    assert.equal(await names({ everyTag: [{ key: 'k', value: 'v' }, { key: 'l' }] }, { offset: 0 }), 'a-01')
    assert.equal(await names({ everyTag: [{ key: 'k', value: 'x' }] }, { offset: 0 }), '')
    const count = (filter: object) => storage.devices.count({ products: [product, other], ...filter })
    assert.equal(await count({}), 6)
    assert.equal(await count({ state: 'DISABLE' }), 1)
    assert.equal(await count({ everyTag: [{ key: 'k' }] }), 2)
  })

  test('devices are found by names and by numbers, those that are there', async () => {
    const { storage, product, batchOf } = store()
    const { firstNumber } = await storage.devices.insertBatch(batchOf(['aaaa', 'bbbb', 'cccc']))
    const byNames = await storage.devices.findByNames(product, ['cccc', 'nope', 'aaaa'])
    assert.deepEqual(byNames.map(({ name }) => name).sort(), ['aaaa', 'cccc'])
    const byNumbers = await storage.devices.findByNumbers([firstNumber + 1, firstNumber + 3, firstNumber])
    assert.deepEqual(byNumbers.map(({ name }) => name).sort(), ['aaaa', 'bbbb'])
    assert.deepEqual(await storage.devices.findByNumbers([]), [])
  })

  test('tags are set, replaced, limited and deleted', async () => {
    const { storage, batchOf, device } = store()
    await storage.devices.insertBatch(batchOf(['aaaa']))
    const aaaa = await device('aaaa')
    const set = (tags: Record<string, string>, max = 3) =>
      storage.devices.setTags(
        aaaa,
        Object.entries(tags).map(([key, value]) => ({ key, value })),
        max,
        20,
      )
    assert.equal(await set({ b: '1', a: '2' }), true)
    assert.equal(await set({ b: '3', c: '4' }), true)
    assert.equal(await set({ d: '5' }), false)
    assert.deepEqual(await storage.devices.tags(aaaa), [
      { key: 'a', value: '2' },
      { key: 'b', value: '3' },
      { key: 'c', value: '4' },
    ])
    assert.equal((await device('aaaa')).modifiedAt, 20)
    assert.equal(await storage.devices.deleteTag(aaaa, 'b', 21), true)
    assert.equal(await storage.devices.deleteTag(aaaa, 'b', 22), false)
    assert.equal((await device('aaaa')).modifiedAt, 21)
    assert.equal((await storage.devices.tags(aaaa)).length, 2)
  })

  test('undoing a batch deletes its devices that were never changed', async () => {
    const { storage, instance, product, batchOf, device, taken } = store()
    const batch = await storage.devices.insertBatch(batchOf(['aaaa', 'bbbb', 'cccc', 'dddd']))
    await storage.devices.insertBatch(batchOf(['eeee']))
    await storage.devices.update([{ device: await device('bbbb'), change: { disabled: true } }], 9)
    await storage.devices.setTags(await device('cccc'), [{ key: 'k', value: 'v' }], 10, 9)
    await storage.devices.delete(await device('dddd'), 9)
    assert.equal(await storage.devices.deleteUnchanged(batch, 10), 1)
    assert.deepEqual(await taken(['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee']), ['bbbb', 'cccc', 'eeee'])
    const row = await storage.products.findById(instance, product)
    assert.deepEqual([row?.deviceCount, row?.revision], [3, 4])
    assert.equal(await storage.devices.deleteUnchanged(batch, 11), 0)
  })

  test('a checked list is registered once, under its own ApplyId', async () => {
    const { storage, account, product, batchOf } = store()
    const list = { account, product, good: true, list: '["aaaa"]', size: 1, createdAt: 5 }
    const applyId = await storage.devices.insertChecked(list, 0)
    assert.deepEqual(await storage.devices.checked(applyId), { applyId, ...list })
    const other = await storage.devices.insertBatch(batchOf(['zzzz']))
    assert.notEqual(other.id, applyId)
    const twice = await Promise.allSettled([
      storage.devices.insertBatch({ ...batchOf(['aaaa']), applyId }),
      storage.devices.insertBatch({ ...batchOf(['aaaa']), applyId }),
    ])
    const [done] = twice.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    const [refused] = twice.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    assert.equal(done?.id, applyId)
    assert.ok(refused instanceof NotFound, String(refused))
    assert.equal(await storage.devices.checked(applyId), undefined)
    assert.equal((await storage.devices.batch(applyId))?.size, 1)
    const again = await storage.devices.insertChecked(list, 0)
    await assert.rejects(storage.devices.insertBatch({ ...batchOf(['aaaa']), applyId: again }), Duplicate)
    assert.equal((await storage.devices.checked(again))?.applyId, again, 'it is kept when it fails')
  })

  test('a checked list makes older ones of its product forgotten, and no others', async () => {
    const { storage, account, product, insertProduct } = store()
    const second = await insertProduct('pk2', 'second')
    const keep = (product: number, createdAt: number, forgetBefore: number) =>
      storage.devices.insertChecked(
        { account, product, good: true, list: '', size: 0, createdAt },
        forgetBefore,
      )
    const applyIds = [await keep(product, 5, 0), await keep(second, 5, 0), await keep(product, 6, 0)]
    applyIds.push(await keep(product, 9, 6))
    const found = await Promise.all(applyIds.map((applyId) => storage.devices.checked(applyId)))
    assert.deepEqual(
      found.map((list) => list?.createdAt),
      [undefined, 5, 6, 9],
    )
  })

  test('devices are paged in the order of the bytes of their names, after a name and by a prefix', async () => {
    const { storage, product, insertProduct, batchOf } = store()
    const names = ['Lamp', 'lamp-1', 'lamp-10', 'lamp-2', 'lamp.', 'lamp:', 'lamq', 'lan-']
    await storage.devices.insertBatch(batchOf(names.toReversed()))
    await storage.devices.insertBatch(batchOf(['lamp-3'], await insertProduct('pk2', 'second')))
    const page = async (prefix: string, after: string, limit: number) =>
      (await storage.devices.pageByName(product, prefix, after, limit)).map(({ name }) => name)
    assert.deepEqual(await page('', '', 99), names)
    assert.deepEqual(await page('', 'lamp-10', 2), ['lamp-2', 'lamp.'])
    assert.deepEqual(await page('lamp-', '', 99), ['lamp-1', 'lamp-10', 'lamp-2'])
    assert.deepEqual(await page('lamp-1', 'lamp-1', 99), ['lamp-10'])
    assert.deepEqual(await page('la%', '', 99), [])
    for (const prefix of ['灯', '\u{10FFFF}', '\uFFFD', 'l'.repeat(100_000)])
      assert.deepEqual(await page(prefix, '', 99), [])
    assert.deepEqual(await page('lamq', 'lamz', 99), [])
  })

  test('batches and checked lists are paged newest first, by product, instance and kind', async () => {
    const { storage, account, instance, product, insertProduct, batchOf } = store()
    const second = await insertProduct('pk2', 'second')
    const list = { account, product, good: true, list: '[]', size: 3, createdAt: 5 }
    const old = await storage.devices.insertChecked({ ...list, createdAt: 1 }, 0)
    const first = await storage.devices.insertBatch(batchOf(['aaaa', 'bbbb']))
    const drawn = await storage.devices.insertBatch({ ...batchOf(['cccc'], second), kind: 'Register' })
    const checked = await storage.devices.insertChecked(list, 0)
    const last = await storage.devices.insertBatch(batchOf(['dddd'], second))
    const all = { account, instance, product: undefined, checkedSince: 2 }
    const page = async (
      more: object,
      kind: 'Import' | 'Register' | 'Check',
      below = 2 ** 53 - 1,
      limit = 9,
    ) => (await storage.devices.batchPage({ ...all, ...more, kind }, below, limit)).map(({ id }) => id)
    assert.deepEqual(await page({}, 'Import'), [last.id, first.id])
    assert.deepEqual(await page({}, 'Import', last.id), [first.id])
    assert.deepEqual(await page({}, 'Import', undefined, 1), [last.id])
    assert.deepEqual(await page({}, 'Register'), [drawn.id])
    assert.deepEqual(await page({}, 'Check'), [checked])
    assert.deepEqual(await page({ checkedSince: 0 }, 'Check'), [checked, old])
    assert.deepEqual(await page({ product: second }, 'Import'), [last.id])
    assert.deepEqual(await page({ product: second }, 'Check'), [])
    assert.deepEqual(await page({ instance: instance + 1 }, 'Import'), [])
    assert.deepEqual(await page({ account: account + 1 }, 'Import'), [])
    const [told] = await storage.devices.batchPage({ ...all, kind: 'Check' }, checked + 1, 1)
    assert.deepEqual(told, {
      id: checked,
      kind: 'Check',
      productKey: 'pk',
      productName: 'first',
      size: 3,
      createdAt: 5,
    })
    assert.deepEqual((await storage.devices.batchPage({ ...all, kind: 'Register' }, drawn.id + 1, 1))[0], {
      id: drawn.id,
      kind: 'Register',
      productKey: 'pk2',
      productName: 'second',
      size: 1,
      createdAt: drawn.createdAt,
    })
    assert.equal((await storage.devices.batch(drawn.id))?.kind, 'Register')
  })

  test('each opening sees at once what another imports and deletes', { skip }, async () => {
    const { storage, product, batchOf, taken, device, again } = store()
    const other = await again()
    const asked = ['aaaa', 'bbbb']
    await storage.devices.insertBatch(batchOf(['aaaa']))
    assert.deepEqual(await taken(asked, product, other), ['aaaa'])
    await other.devices.insertBatch(batchOf(['bbbb']))
    assert.deepEqual(await taken(asked), asked)
    await storage.devices.delete(await device('bbbb'), 8)
    assert.deepEqual(await taken(asked, product, other), ['aaaa'])
    assert.equal((await other.devices.findByName(product, 'aaaa'))?.sn, 'sn0')
  })
}
