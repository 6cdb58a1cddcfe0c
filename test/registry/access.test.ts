import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mayRun } from '../../src/lib/permissions.ts'
import { openStore, type Store } from '../../src/main.ts'
import type { SealedAccessKey } from '../../src/storage/storage.ts'
import { repeatableRandom, TestClock } from '../support/deterministic.ts'

async function withStore(use: (store: Store) => Promise<void>): Promise<void> {
  const surroundings = { clock: new TestClock(), random: repeatableRandom() }
  const store = await openStore({ folder: undefined, masterKey: undefined }, surroundings)
  try {
    await use(store)
  } finally {
    await store.close()
  }
}

test('a RAM user may run what its patterns name, and an account everything', () =>
  withStore(async ({ registry: { accounts } }) => {
    const { id: account } = await accounts.create('main')
    const rows: [allowed: string[] | undefined, action: string, may: boolean][] = [
      [undefined, 'BatchCheckImportDevice', true],
      [[], 'BatchCheckImportDevice', false],
      [['*'], 'BatchCheckImportDevice', true],
      [['iot:*'], 'BatchCheckImportDevice', true],
      [['iot:BatchCheckImportDevice'], 'BatchCheckImportDevice', true],
      [['iot:BatchCheckImportDevice'], 'BatchCheckImportDevice2', false],
      [['iot:batchcheckimportdevice'], 'BatchCheckImportDevice', false],
      [['iot:Query*'], 'QueryProduct', true],
      [['iot:Query*'], 'DeleteDevice', false],
      [['iot:Delete*', 'iot:Query*'], 'QueryProduct', true],
    ]
    const key = { ramUser: 7 } as SealedAccessKey
    for (const [i, [allowed, action, may]] of rows.entries()) {
      const ramUser = await accounts.createRamUser(account, `user${i}`, allowed)
      assert.equal(mayRun({ key, ramUser }, { name: action }), may, `${allowed} ${action}`)
    }
    const own = { ramUser: undefined } as SealedAccessKey
    assert.equal(mayRun({ key: own, ramUser: undefined }, { name: 'DeleteDevice' }), true)
    assert.equal(
      mayRun({ key, ramUser: undefined }, { name: 'QueryProduct' }),
      false,
      'a RAM user that is gone',
    )
    await assert.rejects(
      accounts.createRamUser(account, 'x', ['oss:*']),
      /the action pattern "oss:\*" must be iot:/,
    )
  }))

test('a key is found with its secret, which is sealed in the store', () =>
  withStore(async ({ registry, storage }) => {
    const { id: account } = await registry.accounts.create('main')
    const { id, secret } = await registry.accessKeys.create(account, undefined)
    assert.match(id, /^LTAI5t\w{18}$/)
    assert.match(secret, /^\w{30}$/)
    assert.equal((await registry.accessKeys.find(id))?.secret, secret)
    assert.equal((await storage.accessKeys.find(id))?.sealedSecret.includes(secret), false)
    await assert.rejects(
      registry.accessKeys.create(account, undefined, { id: 'a b', secret: 's' }),
      /"a b" must be/,
    )
    await assert.rejects(
      registry.accessKeys.create(account, undefined, { id: 'a', secret: 'a b' }),
      /printable ASCII/,
    )
  }))
