import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { after, before, suite, test } from 'node:test'
import type { Store } from '../../src/main.ts'
import {
  ask,
  type DriverName,
  devicesNamed,
  type Node,
  namesRemembered,
  nodesOn,
  type SharedStore,
  sharedStore,
  takenOn,
} from '../support/nodes.ts'
import type { Reply, Signing } from '../support/sign.ts'

/** The guarantees of three servers on one store; each is a process, and calls come over HTTP. */
export function threeNodes(driver: DriverName): void {
  suite(`three nodes on one store in ${driver}`, () => {
    let shared: SharedStore
    let nodes: Node[]
    let store: Store
    let account: number

    const ends: (() => unknown)[] = []
    after(async () => {
      for (const end of ends) await end()
    })
    before(async () => {
      shared = await sharedStore({ after: (end) => ends.push(end as () => unknown) }, driver)
      nodes = await nodesOn(shared, 3)
      store = await shared.open()
      account = (await store.registry.accounts.all())[0]!.id
      for (const action of ['BatchCheckImportDevice', 'BatchImportDevice', 'DeleteDevice', 'QueryProduct']) {
        await store.registry.accounts.setQuota(account, action, 100_000)
      }
    })

    const everywhere = (act: (node: Node) => Promise<Reply>) => Promise.all(nodes.map(act))
    const codes = (replies: readonly Reply[]) => replies.map(({ body }) => body.Code ?? 'answered')
    const check = (node: Node, signing: Signing = {}) =>
      ask(node, 'BatchCheckImportDevice', devicesNamed(['some-name']), signing)

    test('admit together what the quota of one node is, in one window', async () => {
      const key = `${account} BatchImportDevice`
      await store.registry.accounts.setQuota(account, 'BatchImportDevice', undefined)
      const names = Array.from({ length: 30 }, (_, i) => `quota-${i}`)
      // Two seconds ahead is the furthest that a window may be and still count: no second that begins meanwhile
      // lets calls in anew.
      await setWindow(shared, key, { second: Math.floor(Date.now() / 1000) + 2, calls: 0 })
      const replies = await Promise.all(
        names.map((name, i) => ask(nodes[i % 3]!, 'BatchImportDevice', devicesNamed([name]))),
      )
      assert.deepEqual(codes(replies).sort(), [
        ...Array(20).fill('Throttling.User'),
        ...Array(10).fill('answered'),
      ])
      assert.equal((await takenOn(nodes[0]!, names)).length, 10)
      await setWindow(shared, key, { second: Math.floor(Date.now() / 1000) - 1, calls: 30 })
      const [later] = codes([await ask(nodes[0]!, 'BatchImportDevice', devicesNamed(['a-second-later']))])
      assert.equal(later, 'answered')
      await store.registry.accounts.setQuota(account, 'BatchImportDevice', 100_000)
    })

    test('refuse a nonce that one of them has admitted, and burn none that they refused', async () => {
      assert.deepEqual(codes([await check(nodes[0]!, { nonce: 'used' })]), ['answered'])
      assert.deepEqual(
        codes(await everywhere((node) => check(node, { nonce: 'used' }))),
        Array(3).fill('SignatureNonceUsed'),
      )
      const wrong = await check(nodes[0]!, { nonce: 'forged', secret: 'wrong' })
      assert.equal(wrong.body.Code, 'SignatureDoesNotMatch')
      assert.deepEqual(codes([await check(nodes[1]!, { nonce: 'forged' })]), ['answered'])
    })

    test('admit one of the calls that come to all of them at once with one nonce', async () => {
      for (let round = 0; round < 10; round++) {
        const all = codes(await everywhere((node) => check(node, { nonce: `at-once-${round}` })))
        assert.deepEqual(all.sort(), ['SignatureNonceUsed', 'SignatureNonceUsed', 'answered'])
      }
    })

    test('see an access key made, disabled, enabled, deleted and made anew, each at the next call', async () => {
      const { accessKeys } = store.registry
      const key = await accessKeys.create(account, undefined)
      const all = async () => codes(await everywhere((node) => check(node, key)))
      assert.deepEqual(await all(), Array(3).fill('answered'))
      await accessKeys.setActive(key.id, false)
      assert.deepEqual(await all(), Array(3).fill('InvalidAccessKeyId.Inactive'))
      await accessKeys.setActive(key.id, true)
      assert.deepEqual(await all(), Array(3).fill('answered'))
      await accessKeys.delete(key.id)
      assert.deepEqual(await all(), Array(3).fill('InvalidAccessKeyId.NotFound'))
      await accessKeys.create(account, undefined, key)
      assert.deepEqual(await all(), Array(3).fill('answered'))
      // Deleted and made again while the nodes remember it.
      await accessKeys.delete(key.id)
      await accessKeys.create(account, undefined, key)
      assert.deepEqual(await all(), Array(3).fill('answered'))
      await accessKeys.delete(key.id)
      const other = await accessKeys.create(account, undefined, { id: key.id, secret: 'another-secret' })
      // The nodes remember the secret that signed; the key that has it is gone.
      assert.deepEqual(await all(), Array(3).fill('InvalidAccessKeyId.NotFound'))
      assert.deepEqual(await all(), Array(3).fill('SignatureDoesNotMatch'))
      assert.deepEqual(codes(await everywhere((node) => check(node, other))), Array(3).fill('answered'))
    })

    test('answer a key’s own calls while others forge its signature', async () => {
      const calls = Array.from({ length: 60 }, (_, i) =>
        check(nodes[i % 3]!, i % 2 === 0 ? { secret: 'wrong' } : {}),
      )
      const expected = calls.map((_, i) => (i % 2 === 0 ? 'SignatureDoesNotMatch' : 'answered'))
      assert.deepEqual(codes(await Promise.all(calls)), expected)
    })

    test('see a RAM user’s permissions changed at the next call', async () => {
      const { accounts, accessKeys } = store.registry
      const user = await accounts.createRamUser(account, 'somebody', ['iot:Query*'])
      const key = await accessKeys.create(account, user.id)
      const all = async () => codes(await everywhere((node) => check(node, key)))
      assert.deepEqual(await all(), Array(3).fill('iot.common.RamActionPermissionDeny'))
      await accounts.setAllowed(user.id, ['iot:BatchCheck*'])
      assert.deepEqual(await all(), Array(3).fill('answered'))
      await accounts.setAllowed(user.id, [])
      assert.deepEqual(await all(), Array(3).fill('iot.common.RamActionPermissionDeny'))
      await accounts.setAllowed(user.id, undefined)
      assert.deepEqual(await all(), Array(3).fill('answered'))
    })

    test('apply users, keys and quotas changed at one of them, each at the next call', async () => {
      const own = (node: Node, action: string, parameters = {}, signing: Signing = {}) =>
        ask(node, action, { Version: '2026-11-01', ...parameters }, signing)
      const [first, second, third] = nodes as [Node, Node, Node]
      await own(first, 'CreateUser', { UserName: 'anybody', 'AllowedAction.1': 'iot:BatchCheck*' })
      const made = (await own(second, 'CreateAccessKey', { UserName: 'anybody' })).body.Data
      const key = { id: made.AccessKeyId, secret: made.AccessKeySecret }
      const all = async () => codes(await everywhere((node) => check(node, key)))
      assert.deepEqual(await all(), Array(3).fill('answered'))
      await own(third, 'SetUserPermissions', { UserName: 'anybody', 'AllowedAction.1': 'iot:List*' })
      assert.deepEqual(await all(), Array(3).fill('iot.common.RamActionPermissionDeny'))
      const identities = await everywhere((node) => own(node, 'GetCallerIdentity', {}, key))
      assert.deepEqual(
        identities.map(({ body }) => body.Data.AllowedActions.Action),
        Array(3).fill(['iot:List*']),
      )
      await own(second, 'SetQuota', { ActionName: 'ListQuotas', PerSecond: '0' })
      assert.deepEqual(
        codes(await everywhere((node) => own(node, 'ListQuotas', {}, key))),
        Array(3).fill('Throttling.User'),
      )
      await own(first, 'DeleteUser', { UserName: 'anybody' })
      assert.deepEqual(await all(), Array(3).fill('InvalidAccessKeyId.NotFound'))
    })

    test('share what they have answered', async () => {
      const own = (node: Node, action: string, signing: Signing = {}) =>
        ask(node, action, { Version: '2026-11-01' }, signing)
      const { accounts, accessKeys } = store.registry
      const other = await accounts.create('watcher')
      await accounts.setQuota(other.id, 'ListRecentCalls', 100_000)
      const key = await accessKeys.create(other.id, undefined)
      const asked = await everywhere((node) => own(node, 'ListUsers', key))
      const ids = asked.map(({ body }) => body.RequestId as string)
      for (const node of nodes) {
        // A node tells the others once in a second.
        for (let seen: string[] = []; seen.length < 3; ) {
          const { body } = await own(node, 'ListRecentCalls', key)
          seen = body.Data.Call.map(({ RequestId }: { RequestId: string }) => RequestId)
          assert.deepEqual(
            seen.filter((id) => !ids.includes(id)),
            [],
          )
        }
        const { body } = await own(node, 'ListCallCounts', key)
        const counts: { Action: string; Calls: number }[] = body.Data.CallCount
        const users = counts.filter(({ Action }) => Action === 'ListUsers')
        assert.equal(
          users.reduce((sum, { Calls }) => sum + Calls, 0),
          3,
        )
      }
    })

    // Each import is checked at once on the others, which all tell new names from memory: a node that trusted
    // what it remembers without asking how far the product has come would call the names free.
    test('see names imported or deleted at another in the very next check, from memory', async () => {
      for (const node of nodes) assert.deepEqual(await takenOn(node, ['free']), [])
      await namesRemembered(shared, nodes)
      for (let round = 0; round < 12; round++) {
        const importer = nodes[round % 3]!
        const names = Array.from({ length: 50 }, (_, i) => `fence-${round}-${String(i).padStart(2, '0')}`)
        const { body } = await ask(importer, 'BatchImportDevice', devicesNamed(names))
        assert.equal(body.Success, true, JSON.stringify(body))
        for (const found of await Promise.all(nodes.map((node) => takenOn(node, [...names, 'free'])))) {
          assert.deepEqual(found, names)
        }
        const deleted = await ask(nodes[(round + 1) % 3]!, 'DeleteDevice', { DeviceName: names[0]! })
        assert.equal(deleted.body.Success, true, deleted.text)
        for (const found of await Promise.all(nodes.map((node) => takenOn(node, names)))) {
          assert.deepEqual(found, names.slice(1))
        }
      }
      // It was memory that told them to the end.
      await namesRemembered(shared, nodes)
    })

    test('import a name that all of them are sent at once only once', async () => {
      for (let round = 0; round < 5; round++) {
        const names = [`race-${round}-1`, `race-${round}-2`, `race-${round}-3`]
        const replies = await Promise.all(
          nodes.map((node, i) =>
            ask(node, 'BatchImportDevice', devicesNamed([...names, `own-${round}-${i}`])),
          ),
        )
        assert.deepEqual(codes(replies).sort(), [
          'answered',
          'iot.device.ApplyManyDevicesFailed',
          'iot.device.ApplyManyDevicesFailed',
        ])
        for (const { body } of replies.filter(({ body }) => !body.Success)) {
          assert.deepEqual(body.Data.RepeatedDeviceNameList.repeatedDeviceName, names)
        }
        const own = [0, 1, 2].map((i) => `own-${round}-${i}`)
        const winner = replies.findIndex(({ body }) => body.Success)
        assert.deepEqual(await takenOn(nodes[0]!, own), [own[winner]])
      }
    })
  })
}

/** Has so many calls of what is counted under `key` counted in the window of a second, since 1970. */
async function setWindow(
  { place, database, sql }: SharedStore,
  key: string,
  { second, calls }: { second: number; calls: number },
): Promise<void> {
  const put = `INSERT INTO quota_window (key, second, calls)
    VALUES (?, ${second}, ${calls})
    ON CONFLICT (key) DO UPDATE SET second = excluded.second, calls = excluded.calls`
  if (database !== undefined) {
    await sql(put, key)
    return
  }
  const gate = new DatabaseSync(place.file('data/gate.db'), { timeout: 5000 })
  try {
    gate.prepare(put).run(key)
  } finally {
    gate.close()
  }
}
