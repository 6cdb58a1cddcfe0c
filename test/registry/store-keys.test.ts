import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStore } from '../../src/main.ts'
import { decrypt, encrypt } from '../../src/registry/encryption.ts'
import { iotIdOf, numberOf } from '../../src/registry/iot-id.ts'
import { pageToken, placeOf } from '../../src/registry/page-token.ts'
import { storeKeys } from '../../src/registry/store-keys.ts'
import { openVault } from '../../src/registry/vault.ts'
import { repeatableRandom } from '../support/deterministic.ts'

test('IotIds and page tokens have their own keys, the same for every reader', async () => {
  const store = await openStore({ folder: undefined, masterKey: '55'.repeat(32) })
  const vault = await openVault(store.masterKey, repeatableRandom())
  const [keys, again] = [await storeKeys(store.storage, vault), await storeKeys(store.storage, vault)]
  assert.deepEqual(keys, again)
  assert.deepEqual(
    [keys.iotId, keys.place, keys.pageToken].map(({ length }) => length),
    [16, 16, 32],
  )
  const all = Object.values(keys)
  for (const key of all)
    for (const other of all) assert.equal(other.includes(key), key === other, 'none is a part of another')

  // A value made under one key is invalid under another.
  assert.equal(numberOf(keys.iotId, iotIdOf(keys.iotId, 7)), 7)
  assert.equal(numberOf(keys.place, iotIdOf(keys.iotId, 7)), undefined)
  assert.equal(decrypt(keys.iotId, encrypt(keys.place, 7, 3), 3), undefined)
  assert.equal(placeOf(keys.pageToken, ['list'], pageToken(keys.pageToken, ['list'], 'x')), 'x')
  assert.equal(placeOf(keys.iotId, ['list'], pageToken(keys.pageToken, ['list'], 'x')), undefined)
  await store.close()
})

test('a device list’s token is not made with the key of IotIds', async () => {
  const store = await openStore({ folder: undefined, masterKey: '55'.repeat(32) })
  const { registry, storage } = store
  const account = await registry.accounts.create('main')
  const instance = await registry.instances.create(account.id, 'public', 'public')
  const { product } = await registry.products.create(instance, { name: 'gateway', authType: 'one-party' })
  await registry.batches.generate(account.id, product, 3)
  const first = (await registry.deviceLists.ofProduct(product, { offset: 0 }, 2))!
  const keys = await storeKeys(storage, await openVault(store.masterKey, repeatableRandom()))
  const number = first.devices.at(-1)!.number
  assert.equal(first.next, encrypt(keys.place, number, product.id))
  const forged = encrypt(keys.iotId, number, product.id)
  assert.equal(await registry.deviceLists.ofProduct(product, { token: forged }, 2), undefined)
  const next = (await registry.deviceLists.ofProduct(product, { token: first.next! }, 2))!
  assert.deepEqual([next.devices.length, next.next], [1, undefined])
  await store.close()
})
