import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Duplicate, NotFound, StaleMasterKey } from '../../../src/storage/storage.ts'
import { accessKeyId, dataKey, type TestStore, wrapped } from './store.ts'

/** Accounts, keys, instances, data keys and facts. */
export function accessConformance(store: () => TestStore): void {
  test('a write under another master key than the store’s is refused', async () => {
    const { storage, batchOf, taken } = store()
    const stale = { ...batchOf(['aaaa']), dataKey: { wrapped, masterKeyId: 'm0' } }
    await assert.rejects(storage.devices.insertBatch(stale), StaleMasterKey)
    assert.deepEqual(await taken(['aaaa']), [])
  })

  test('re-wrapping changes every data key and the store’s master key', async () => {
    const { storage, batchOf } = store()
    const { dataKey: id } = await storage.devices.insertBatch(batchOf(['aaaa']))
    const count = await storage.dataKeys.rewrap('m2', (old) => Buffer.concat([old, Buffer.from(' anew')]))
    assert.equal(count, 3)
    assert.equal((await storage.dataKeys.find(id))?.toString(), 'wrapped anew')
    assert.equal(await storage.facts.get('master_key_id'), 'm2')
  })

  test('facts and named data keys are settled once', async () => {
    const { storage } = store()
    const facts = await Promise.all(['one', 'two', 'three'].map((value) => storage.facts.settle('f', value)))
    assert.equal(new Set(facts).size, 1)
    assert.equal(await storage.facts.settle('f', 'four'), facts[0])
    assert.equal(await storage.facts.get('nothing'), undefined)
    const id = await storage.dataKeys.settle('k', dataKey)
    assert.equal(await storage.dataKeys.settle('k', { ...dataKey, wrapped: Buffer.from('other') }), id)
    assert.equal((await storage.dataKeys.find(id))?.toString(), 'wrapped')
  })

  test('access keys are found with their wrapped key, disabled and deleted', async () => {
    const { storage, account } = store()
    const row = { id: 'AK2', account, ramUser: undefined, active: true, createdAt: 2 }
    await storage.accessKeys.insert({ ...row, sealedSecret: Buffer.from('s2') }, dataKey)
    await assert.rejects(
      storage.accessKeys.insert({ ...row, sealedSecret: Buffer.from('s') }, dataKey),
      Duplicate,
    )
    const found = await storage.accessKeys.find('AK2')
    assert.deepEqual(
      [found?.account, found?.active, found?.wrappedKey.toString(), found?.sealedSecret.toString()],
      [account, true, 'wrapped', 's2'],
    )
    assert.deepEqual(
      (await storage.accessKeys.of(account)).map(({ id }) => id),
      [accessKeyId, 'AK2'],
    )
    assert.equal(await storage.accessKeys.setActive('AK2', false), true)
    assert.equal((await storage.accessKeys.find('AK2'))?.active, false)
    assert.equal(await storage.accessKeys.setActive('ak2', false), false)
    assert.equal(await storage.accessKeys.delete('AK2'), true)
    assert.equal(await storage.accessKeys.find('AK2'), undefined)
    assert.equal(await storage.accessKeys.delete('AK2'), false)
  })

  test('a RAM user is deleted with its keys and what they are sealed with, and no key is made of it then', async () => {
    const { storage, account } = store()
    const user = { account, name: 'u', allowed: undefined, createdAt: 3 }
    const [gone, stays] = [
      await storage.accounts.insertRamUser(user),
      await storage.accounts.insertRamUser({ ...user, name: 'v' }),
    ]
    const key = (id: string, ramUser: number) =>
      storage.accessKeys.insert(
        { id, account, ramUser, active: true, createdAt: 2, sealedSecret: Buffer.from('s') },
        dataKey,
      )
    for (const [id, of] of [
      ['U1', gone],
      ['U2', gone],
      ['V1', stays],
    ] as const)
      await key(id, of)
    const { dataKey: sealedWith } = (await storage.accessKeys.find('U1'))!
    assert.equal(await storage.accounts.deleteRamUser(gone), true)
    assert.equal(await storage.accounts.deleteRamUser(gone), false)
    assert.equal(await storage.accounts.setAllowed(gone, undefined), false)
    assert.equal(await storage.accounts.setAllowed(stays, undefined), true)
    assert.deepEqual(
      (await storage.accounts.ramUsers(account)).map(({ id }) => id),
      [stays],
    )
    assert.deepEqual(
      (await storage.accessKeys.of(account)).map(({ id }) => id),
      [accessKeyId, 'V1'],
    )
    assert.equal(await storage.dataKeys.find(sealedWith), undefined)
    await assert.rejects(key('U3', gone), NotFound)
    const last = await storage.accounts.insertRamUser({ ...user, name: 'last' })
    await storage.accounts.deleteRamUser(last)
    const other = await storage.accounts.insertRamUser({ ...user, name: 'other' })
    assert.notEqual(other, last, 'the number of one that is gone is nobody else’s')
  })

  test('accounts, RAM users, quotas and instances are stored unchanged', async () => {
    const { storage, account, instance } = store()
    const user = await storage.accounts.insertRamUser({
      account,
      name: 'u',
      allowed: ['iot:Query*'],
      createdAt: 3,
    })
    assert.deepEqual((await storage.accounts.ramUser(user))?.allowed, ['iot:Query*'])
    await storage.accounts.setAllowed(user, undefined)
    assert.equal((await storage.accounts.ramUser(user))?.allowed, undefined)
    assert.deepEqual(
      (await storage.accounts.ramUsers(account)).map(({ id }) => id),
      [user],
    )
    await storage.accounts.setQuota(account, 'A', 5)
    await storage.accounts.setQuota(account, 'A', 6)
    assert.deepEqual(await storage.accounts.quotas(account), [{ action: 'A', perSecond: 6 }])
    await storage.accounts.setQuota(account, 'A', undefined)
    assert.deepEqual(await storage.accounts.quotas(account), [])
    const row = { account, instanceId: 'iot-1', kind: 'enterprise-standard', name: 'e', createdAt: 4 }
    await storage.instances.insert(row)
    await assert.rejects(storage.instances.insert(row), Duplicate)
    await assert.rejects(storage.instances.insert({ ...row, instanceId: undefined }), Duplicate)
    assert.equal((await storage.instances.find(account, 'iot-1'))?.name, 'e')
    assert.equal(await storage.instances.find(account + 1, 'iot-1'), undefined)
    assert.equal((await storage.instances.find(account, undefined))?.id, instance)
    assert.equal((await storage.instances.of(account)).length, 2)
    await assert.rejects(storage.accounts.insert({ uid: '1', name: 'other', createdAt: 1 }), Duplicate)
    assert.equal((await storage.accounts.find(account))?.uid, '1')
    assert.equal(await storage.accounts.find(account + 1), undefined)
    assert.deepEqual(await storage.accounts.all(), [{ id: account, uid: '1', name: 'main', createdAt: 1 }])
  })
}
