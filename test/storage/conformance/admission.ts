import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Callers, mayRun } from '../../../src/lib/permissions.ts'
import { deniedPerSecond } from '../../../src/storage/storage.ts'
import { accessKeyId, type TestStore } from './store.ts'

/** Nonces, quotas and what a call learns with its admission. */
export function gateConformance(store: () => TestStore, skip: string | false): void {
  const quota = (perWindow: number, action = 'A') => ({
    action,
    apart: undefined as string | undefined,
    perWindow,
    windowSeconds: 1,
    callers: undefined as Callers | undefined,
  })

  /** A RAM user's key, made for one test. */
  async function userKey(allowed: readonly string[] | undefined, id = 'RK') {
    const { storage, account } = store()
    const ramUser = await storage.accounts.insertRamUser({ account, name: id, allowed, createdAt: 3 })
    const key = { id, account, ramUser, active: true, sealedSecret: Buffer.from('r'), createdAt: 2 }
    await storage.accessKeys.insert(key, { wrapped: Buffer.from('w'), masterKeyId: 'm1' })
    return { accessKeyId: id, ramUser }
  }

  /** How many of a number of calls of a key are admitted within a second that has just begun. */
  async function admittedOf(calls: number, accessKeyId: string, counted: ReturnType<typeof quota>) {
    const { storage, clock, call } = store()
    clock.advance(1000 - (clock.now() % 1000) + 5000)
    let admitted = 0
    for (let i = 0; i < calls; i++)
      if ((await storage.admission.admit(call({ accessKeyId, quota: counted }))).kind === 'admitted')
        admitted++
    return admitted
  }

  test('a nonce is admitted once until it expires', async () => {
    const { storage, clock, call } = store()
    const kind = async (n: number) => {
      const nonce = Buffer.alloc(16, n)
      return (await storage.admission.admit(call({ nonce }))).kind
    }
    assert.equal(await kind(1), 'admitted')
    assert.equal(await kind(1), 'replayed')
    assert.equal(await kind(2), 'admitted')
    clock.advance(59_000)
    assert.equal(await kind(1), 'replayed')
    clock.advance(11_000)
    assert.equal(await kind(3), 'admitted')
  })

  test('of calls at once with the same nonce one is admitted', async () => {
    const { storage, call } = store()
    const same = call()
    const kinds = await Promise.all(Array.from({ length: 8 }, () => storage.admission.admit(same)))
    assert.equal(kinds.filter(({ kind }) => kind === 'admitted').length, 1)
  })

  test('a quota limits the calls of an action in each second and returns how long to wait', async () => {
    const { storage, clock, call } = store()
    clock.advance(1000 - (clock.now() % 1000) + 250)
    const admit = (action: string) => storage.admission.admit(call({ quota: quota(3, action) }))
    const kinds = (await Promise.all(Array.from({ length: 5 }, () => admit('a')))).map(({ kind }) => kind)
    assert.equal(kinds.filter((kind) => kind === 'admitted').length, 3)
    assert.deepEqual(await admit('a'), { kind: 'throttled', retryAfterMs: 750 })
    assert.equal((await admit('b')).kind, 'admitted')
    const apart = await storage.admission.admit(call({ quota: { ...quota(3, 'a'), apart: 'far pages' } }))
    assert.equal(apart.kind, 'admitted', 'what is counted apart')
    clock.advance(750)
    assert.equal((await admit('a')).kind, 'admitted')
  })

  test('a quota of a minute admits its calls in each minute, and reports how long to wait', async () => {
    const { storage, clock, account, call } = store()
    clock.advance(60_000 - (clock.now() % 60_000) + 10_250)
    const apart = { ...quota(1), apart: 'without a topic', windowSeconds: 60 }
    const admit = (counted = apart) => storage.admission.admit(call({ quota: counted }))
    const kinds = (await Promise.all(Array.from({ length: 3 }, () => admit()))).map(({ kind }) => kind)
    assert.deepEqual(kinds.toSorted(), ['admitted', 'throttled', 'throttled'])
    clock.advance(30_000)
    assert.deepEqual(await admit(), { kind: 'throttled', retryAfterMs: 19_750 })
    assert.equal((await admit({ ...quota(1), apart: 'another' } as typeof apart)).kind, 'admitted')
    clock.advance(19_750)
    assert.equal((await admit()).kind, 'admitted')
    await storage.accounts.setQuota(account, 'A', 0)
    clock.advance(60_000)
    assert.equal((await admit()).kind, 'throttled')
    // The quota of denied calls is per second, whatever the window of the action.
    const { accessKeyId } = await userKey([])
    const denied = { ...apart, action: 'B' }
    assert.equal(await admittedOf(15, accessKeyId, denied), deniedPerSecond)
    clock.advance(1000)
    assert.equal(await admittedOf(15, accessKeyId, denied), deniedPerSecond)
  })

  test('an account’s own quota counts instead of the declared one', async () => {
    const { storage, clock, account, call } = store()
    clock.advance(1000 - (clock.now() % 1000) + 5000)
    await storage.accounts.setQuota(account, 'A', 1)
    const kinds = []
    for (let i = 0; i < 2; i++) kinds.push((await storage.admission.admit(call({ quota: quota(100) }))).kind)
    assert.deepEqual(kinds, ['admitted', 'throttled'])
  })

  test('an account’s own quota does not raise that of what is counted apart, and may lower it', async () => {
    const { storage, clock, account, call } = store()
    clock.advance(1000 - (clock.now() % 1000) + 5000)
    const admitted = async (own: number) => {
      clock.advance(5000)
      await storage.accounts.setQuota(account, 'A', own)
      const apart = { ...quota(2), apart: 'far pages' }
      const all = []
      for (let i = 0; i < 4; i++) all.push(await storage.admission.admit(call({ quota: apart })))
      return all.filter(({ kind }) => kind === 'admitted').length
    }
    assert.deepEqual([await admitted(100), await admitted(1)], [2, 1])
  })

  test('a RAM user takes nothing of a quota by calls that it may not make', async () => {
    const { storage, call } = store()
    const denied = await userKey(['iot:Query*'])
    const other = await userKey([], 'OK')
    assert.equal(await admittedOf(15, denied.accessKeyId, quota(3)), deniedPerSecond)
    // In the same second: another action is the same caller's no, another caller's is its own, and the account's and
    // what the user may call are untouched.
    const kind = async (accessKeyId: string, counted: ReturnType<typeof quota>) =>
      (await storage.admission.admit(call({ accessKeyId, quota: counted }))).kind
    const ofAccount = { ...quota(100, 'S'), callers: 'account' as const }
    assert.equal(await kind(denied.accessKeyId, quota(100, 'B')), 'throttled')
    assert.equal(await kind(denied.accessKeyId, { ...ofAccount, action: 'QueryS' }), 'throttled')
    assert.equal(await kind(other.accessKeyId, ofAccount), 'admitted')
    for (let i = 0; i < 3; i++) assert.equal(await kind(accessKeyId, quota(3)), 'admitted')
    assert.equal(await kind(accessKeyId, quota(3)), 'throttled')
    assert.equal(await kind(denied.accessKeyId, quota(1, 'QueryB')), 'admitted')
    assert.equal(await kind(accessKeyId, quota(1, 'QueryB')), 'throttled', 'which they share')
  })

  test('an account’s own quota neither raises nor lowers what a RAM user may be denied', async () => {
    const { storage, account } = store()
    const { accessKeyId } = await userKey([])
    await storage.accounts.setQuota(account, 'A', 50)
    assert.equal(await admittedOf(15, accessKeyId, quota(100)), deniedPerSecond)
    await storage.accounts.setQuota(account, 'A', 1)
    assert.equal(await admittedOf(15, accessKeyId, quota(100)), deniedPerSecond)
    const farPages = { ...quota(100), apart: 'far pages' }
    assert.equal(await admittedOf(15, accessKeyId, farPages), deniedPerSecond)
  })

  test('each RAM user has its own quota for actions open to every caller', async () => {
    const one = await userKey([])
    const two = await userKey(['iot:B'], 'OK')
    const { storage, clock, call, account } = store()
    const open = { ...quota(2), callers: 'everyone' as const }
    clock.advance(1000 - (clock.now() % 1000) + 5000)
    const kinds = []
    for (const id of [one.accessKeyId, two.accessKeyId, accessKeyId])
      for (let i = 0; i < 3; i++)
        kinds.push((await storage.admission.admit(call({ accessKeyId: id, quota: open }))).kind)
    const each = ['admitted', 'admitted', 'throttled']
    assert.deepEqual(kinds, [...each, ...each, ...each])
    await storage.accounts.setQuota(account, 'A', 1)
    assert.equal(await admittedOf(3, one.accessKeyId, open), 1)
  })

  test('permissions are judged in the store as everywhere, and those that the moment has', async () => {
    const { storage } = store()
    const { accessKeyId, ramUser } = await userKey([])
    const patterns = [
      ['*'],
      ['iot:*'],
      ['iot:Query*', 'iot:*Device'],
      ['iot:QueryDevice'],
      ['iot:querydevice'],
      ['iot:Query'],
      ['iot:*y*D*e*'],
      ['iot:**Prop'],
      [],
      undefined,
    ]
    for (const allowed of patterns) {
      await storage.accounts.setAllowed(ramUser, allowed)
      for (const action of ['QueryDevice', 'QueryDeviceProp', 'SetDevice'])
        for (const callers of [undefined, 'everyone', 'account'] as const) {
          const may = mayRun({ key: { ramUser }, ramUser: { allowed } }, { name: action, callers })
          const counted = { ...quota(1, action), callers }
          // One more than a denied caller has would be more than the action's quota, which is a call.
          assert.equal(
            (await admittedOf(2, accessKeyId, counted)) === 1,
            may,
            `${allowed} ${action} ${callers}`,
          )
        }
    }
  })

  test('processes whose clocks differ by a moment share one window', async () => {
    const { storage, clock, call } = store()
    clock.advance(1000 - (clock.now() % 1000) + 5000)
    const kinds: string[] = []
    for (let i = 0; i < 10; i++) {
      // Just before and just after the edge of a second, in turn.
      clock.advance(i % 2 === 0 ? -1 : 1)
      kinds.push((await storage.admission.admit(call({ quota: quota(3, 'edge') }))).kind)
    }
    assert.ok(kinds.filter((kind) => kind === 'admitted').length <= 6, kinds.join(' '))
  })

  test('a clock that is set back far does not stop calls', async () => {
    const { storage, clock, call } = store()
    await storage.admission.admit(call({ quota: quota(1) }))
    clock.advance(-3_600_000)
    assert.equal((await storage.admission.admit(call({ quota: quota(1) }))).kind, 'admitted')
    clock.advance(3_600_000)
  })

  test('a call learns of its key, its RAM user, and the instance and product that it names', async () => {
    const { storage, account, instance, product, call } = store()
    const { ramUser } = await userKey([])
    await storage.instances.insert({ account, instanceId: 'iot-1', kind: 'k', name: 'e', createdAt: 4 })
    const learnt = async (more: object) => {
      const admission = await storage.admission.admit(call(more))
      assert.ok(admission.kind === 'admitted')
      return [admission.key.id, admission.ramUser?.id, admission.instance?.id, admission.product?.id]
    }
    assert.deepEqual(await learnt({}), [accessKeyId, undefined, instance, undefined])
    assert.deepEqual(await learnt({ productKey: 'pk' }), [accessKeyId, undefined, instance, product])
    assert.deepEqual(await learnt({ productKey: 'none' }), [accessKeyId, undefined, instance, undefined])
    const elsewhere = await learnt({ accessKeyId: 'RK', instanceId: 'iot-1', productKey: 'pk' })
    assert.deepEqual(elsewhere, ['RK', ramUser, elsewhere[2], undefined])
    assert.notEqual(elsewhere[2], instance)
    assert.deepEqual(await learnt({ instanceId: 'iot-9', productKey: 'pk' }), [
      accessKeyId,
      undefined,
      undefined,
      undefined,
    ])
    const admission = await storage.admission.admit(call({ productKey: 'pk' }))
    assert.ok(admission.kind === 'admitted')
    assert.deepEqual(admission.product, await storage.products.find(instance, 'pk'))
    assert.deepEqual(admission.key, await storage.accessKeys.find(accessKeyId))
  })

  test('a key that is gone or disabled burns no nonce', async () => {
    const { storage, call } = store()
    const same = call()
    await storage.accessKeys.setActive(accessKeyId, false)
    const disabled = await storage.admission.admit(same)
    assert.equal(disabled.kind === 'key-unfit' && disabled.key?.active, false)
    await storage.accessKeys.setActive(accessKeyId, true)
    assert.equal((await storage.admission.admit(same)).kind, 'admitted')
    await storage.accessKeys.delete(accessKeyId)
    assert.deepEqual(await storage.admission.admit(call()), { kind: 'key-unfit', key: undefined })
  })

  test('nonces and quotas count in every opening of the store, at once', { skip }, async () => {
    const { storage, clock, call, again } = store()
    clock.advance(1000 - (clock.now() % 1000) + 5000)
    const others = [await again(), await again()]
    const all = [storage, ...others]
    const same = call()
    const replays = await Promise.all(all.map(({ admission }) => admission.admit(same)))
    assert.equal(replays.filter(({ kind }) => kind === 'admitted').length, 1)
    const calls = Array.from({ length: 30 }, (_, i) =>
      all[i % 3]!.admission.admit(call({ quota: quota(10, 'shared') })),
    )
    const admitted = (await Promise.all(calls)).filter(({ kind }) => kind === 'admitted')
    assert.equal(admitted.length, 10)
    await storage.accessKeys.setActive(accessKeyId, false)
    for (const { admission } of others) assert.equal((await admission.admit(call())).kind, 'key-unfit')
  })
}
