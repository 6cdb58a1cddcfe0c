import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  Conflict,
  type DeviceKey,
  type MessageRow,
  NotFound,
  type Storage,
} from '../../../src/storage/storage.ts'
import type { TestStore } from './store.ts'

const lease = 10_000
const limits = { messages: 3, bytes: 100 }

/** Calls the port of sessions for single devices. */
function asked({ storage, clock }: TestStore) {
  const { sessions } = storage
  return {
    /** A session of 60 seconds, unless it is clean. */
    claim: async (node: number, device: DeviceKey, clean = false, address = '10.0.0.1') =>
      (await sessions.claim(node, [{ device, address, clean, expirySeconds: clean ? 0 : 60 }]))[0],
    session: async (device: DeviceKey) => (await sessions.sessions([device]))[0],
    message: (id: number, size = 1, forMs = 1000): MessageRow => ({
      id,
      topic: `/t/${id}`,
      payload: Buffer.alloc(size, id),
      properties: id % 2 === 0 ? '{"a":1}' : undefined,
      createdAt: clock.now(),
      expiresAt: clock.now() + forMs,
    }),
    waiting: async (device: DeviceKey, after = 0) =>
      (await sessions.messages(device, after, 100)).map(({ id }) => id),
  }
}

/** Imports devices of these names. */
async function imported<const Names extends readonly string[]>(
  { storage, batchOf, device }: TestStore,
  names: Names,
): Promise<{ readonly [Place in keyof Names]: DeviceKey }> {
  await storage.devices.insertBatch(batchOf(names))
  return Promise.all(names.map((name) => device(name))) as never
}

const changesOf = async ({ sessions }: Storage, after: number) =>
  (await sessions.changesAfter(after, 100)).map(({ product, kind, numbers }) => ({ product, kind, numbers }))

/** The requirements for nodes, sessions and waiting messages in every driver. */
export function sessionConformance(store: () => TestStore): void {
  test('a node is listed while its lease is valid, and IDs are never reused', async () => {
    const { storage, clock } = store()
    const { sessions } = storage
    const a = await sessions.join('/run/a', lease)
    const b = await sessions.join('10.0.0.2:1', lease)
    assert.deepEqual(await sessions.nodes(), [
      { id: a.id, address: '/run/a' },
      { id: b.id, address: '10.0.0.2:1' },
    ])
    clock.advance(lease - 1)
    assert.equal(await sessions.renew(a.id, lease), true)
    clock.advance(1)
    assert.deepEqual(await sessions.nodes(), [{ id: a.id, address: '/run/a' }])
    assert.equal(await sessions.renew(b.id, lease), false)
    await sessions.leave(a.id)
    assert.deepEqual(await sessions.nodes(), [])
    assert.equal(await sessions.renew(a.id, lease), false)
    const c = await sessions.join('/run/a', lease)
    assert.ok(c.id > b.id && b.id > a.id)
  })

  test('a node goes an hour after its lease, and its devices stay offline since then', async () => {
    const it = store()
    const { storage, clock } = it
    const { claim, session } = asked(it)
    const { sessions } = storage
    const [device, moved] = await imported(it, ['aaaa', 'bbbb'])
    const dead = (await sessions.join('/run/a', lease)).id
    await claim(dead, device)
    await claim(dead, moved)
    const endedAt = clock.now() + lease
    clock.advance(lease + 60 * 60_000)
    const live = (await sessions.join('/run/b', lease)).id
    await claim(live, moved)
    const stateOf = async () => {
      const { owner, changedAt } = (await session(device))!
      return { owner, changedAt }
    }
    const offline = { owner: undefined, changedAt: endedAt }
    assert.deepEqual(await stateOf(), offline)
    clock.advance(1)
    await sessions.sweep()
    assert.deepEqual(await stateOf(), offline)
    // A node that does not know yet that its lease is over is answered as before.
    assert.equal(await sessions.renew(dead, lease), false)
    assert.equal((await session(moved))!.owner?.id, live)
    await claim(dead, device)
    assert.equal((await session(device))!.owner, undefined)
    assert.ok((await sessions.join('/run/c', lease)).id > live)
  })

  test('a claim makes a node the owner, and returns the former one while its lease is valid', async () => {
    const it = store()
    const { storage, clock } = it
    const { claim, session } = asked(it)
    const [device, other] = await imported(it, ['aaaa', 'bbbb'])
    const a = await storage.sessions.join('/run/a', lease)
    const b = await storage.sessions.join('/run/b', lease)
    assert.equal(await session(device), undefined)

    const first = await claim(a.id, device)
    assert.deepEqual(first, { epoch: 1, former: undefined, resumed: false, subscriptions: [] })
    const since = clock.now()
    assert.deepEqual(await session(device), {
      owner: { id: a.id, address: '/run/a' },
      epoch: 1,
      resumed: false,
      activeAt: since,
      onlineAt: since,
      changedAt: since,
      address: '10.0.0.1',
    })
    assert.equal(await session(other), undefined)

    clock.advance(1000)
    const second = await claim(b.id, device, false, '10.0.0.9')
    assert.deepEqual([second!.epoch, second!.former], [2, { id: a.id, address: '/run/a' }])
    // The end of the former connection changes nothing any more.
    await storage.sessions.end(a.id, [{ device, epoch: 1 }])
    const now = (await session(device))!
    assert.deepEqual(
      [now.owner?.id, now.activeAt, now.onlineAt, now.address],
      [b.id, since, since + 1000, '10.0.0.9'],
    )

    clock.advance(500)
    await storage.sessions.end(b.id, [{ device, epoch: 2 }])
    const ended = (await session(device))!
    assert.deepEqual([ended.owner, ended.onlineAt, ended.changedAt], [undefined, since + 1000, since + 1500])

    assert.equal((await claim(b.id, device))!.former, undefined)
    clock.advance(lease)
    const lost = (await session(device))!
    assert.deepEqual([lost.owner, lost.changedAt], [undefined, since + lease])
    const c = await storage.sessions.join('/run/c', lease)
    assert.deepEqual((await claim(c.id, device))!.former, undefined)
  })

  test('claims of a moment are answered in their order; devices that are gone or disabled have none', async () => {
    const it = store()
    const { storage, product } = it
    const [a, b, c, d] = await imported(it, ['aaaa', 'bbbb', 'cccc', 'dddd'])
    const node = await storage.sessions.join('/run/a', lease)
    await storage.devices.update([{ device: b, change: { disabled: true } }], 5)
    await storage.devices.delete(c, 6)
    const unknown = { product, name: 'zzzz', number: 99_999 }
    const renumbered = { ...a, number: d.number }
    const claims = [d, b, c, unknown, a].map((device) => ({
      device,
      address: '::1',
      clean: true,
      expirySeconds: 0,
    }))
    const claimed = await storage.sessions.claim(node.id, claims)
    assert.deepEqual(
      claimed.map((claim) => claim?.epoch),
      [1, undefined, undefined, undefined, 1],
    )
    assert.deepEqual(await storage.sessions.claim(node.id, [{ ...claims[0]!, device: renumbered }]), [
      undefined,
    ])
    assert.deepEqual(
      (await storage.sessions.sessions([a, b, d])).map((session) => session?.owner?.id),
      [node.id, undefined, node.id],
    )
  })

  test('a persistent session resumes with its subscriptions; a clean connection discards it', async () => {
    const it = store()
    const { storage, clock } = it
    const { sessions } = storage
    const { claim, message, waiting } = asked(it)
    const [device] = await imported(it, ['aaaa'])
    const node = (await sessions.join('/run/a', lease)).id
    const filters = async () => (await sessions.subscriptions(device)).map(({ filter }) => filter)
    await sessions.addMessages([{ device, message: message(1) }], limits)

    assert.equal((await claim(node, device))!.resumed, false)
    assert.deepEqual(await waiting(device), [1])
    await sessions.subscribe([
      { device, epoch: 1, subscription: { filter: 'b/+', qos: 0, at: 1 } },
      { device, epoch: 1, subscription: { filter: 'a', qos: 1, at: 2 } },
      { device, epoch: 1, subscription: { filter: 'b/+', qos: 1, at: 3 } },
    ])
    // The same once more is no change.
    await sessions.subscribe([{ device, epoch: 1, subscription: { filter: 'a', qos: 1, at: 9 } }])
    const subscriptions = [
      { filter: 'a', qos: 1, at: 2 },
      { filter: 'b/+', qos: 1, at: 3 },
    ]
    assert.deepEqual(await sessions.subscriptions(device), subscriptions)
    const again = (await claim(node, device))!
    assert.deepEqual([again.resumed, again.subscriptions], [true, subscriptions])
    // Writes of a connection that was taken over change nothing.
    await sessions.subscribe([
      { device, epoch: 1, subscription: { filter: 'late', qos: 1, at: 4 } },
      { device, epoch: 1, subscription: { filter: 'a', qos: 0, at: 4 } },
    ])
    await sessions.unsubscribe([{ device, epoch: 1, filter: 'a' }])
    assert.deepEqual(await sessions.subscriptions(device), subscriptions)
    await sessions.unsubscribe([
      { device, epoch: 2, filter: 'b/+' },
      { device, epoch: 2, filter: 'none' },
    ])
    assert.deepEqual(await filters(), ['a'])

    assert.deepEqual((await claim(node, device, true))!.resumed, false)
    assert.deepEqual([await filters(), await waiting(device)], [[], []])
    await sessions.subscribe([{ device, epoch: 3, subscription: { filter: 'c', qos: 0, at: 4 } }])
    await sessions.addMessages([{ device, message: message(2) }], limits)
    // Subscriptions of a clean connection end with it; messages that came for the device since stay.
    assert.deepEqual((await claim(node, device))!.resumed, false)
    assert.deepEqual([await filters(), await waiting(device)], [[], [2]])

    // A session lasts while its connection does, and so long afterwards.
    await sessions.subscribe([{ device, epoch: 4, subscription: { filter: 'd', qos: 0, at: 5 } }])
    clock.advance(60_000)
    assert.equal((await claim(node, device))!.resumed, true)
    const { epoch } = (await claim(node, device))!
    await sessions.end(node, [{ device, epoch }])
    clock.advance(59_999)
    assert.equal((await claim(node, device))!.resumed, true)
    await sessions.end(node, [{ device, epoch: epoch + 1 }])
    clock.advance(60_000)
    assert.equal((await claim(node, device))!.resumed, false)
    assert.deepEqual(await filters(), [])
    // MQTT 5: a clean start whose session continues.
    await sessions.claim(node, [{ device, address: '::1', clean: true, expirySeconds: 60 }])
    assert.equal((await claim(node, device))!.resumed, true)
  })

  test('devices are listed and counted by their state, which ends with the lease of their node', async () => {
    const it = store()
    const { storage, product, clock, instance, insertProduct } = it
    const { sessions, devices } = storage
    const { claim } = asked(it)
    const other = await insertProduct('pk2', 'second')
    const [a, b, c] = await imported(it, ['aaaa', 'bbbb', 'cccc', 'dddd'])
    const node = (await sessions.join('/run/a', lease)).id
    for (const device of [a, b, c]) await claim(node, device)
    await sessions.end(node, [{ device: b, epoch: 1 }])
    await devices.update([{ device: c, change: { disabled: true } }], 5)
    await sessions.end(node, [{ device: c, epoch: 1 }])
    const row = { instance, groupId: 'g', name: 'g', description: '', parent: undefined, createdAt: 1 }
    const group = await storage.groups.insert(row)
    await storage.groups.add(group, [a, c], { groupsOfDevice: 9, devicesOfGroup: 9 }, 6)
    const states = async () =>
      Promise.all(
        (['DISABLE', 'UNACTIVE', 'ONLINE', 'OFFLINE'] as const).map(async (state) => {
          const filter = { products: [product, other], state }
          const found = await devices.page(filter, { offset: 0, limit: 9 })
          assert.equal(await devices.count(filter), found.length)
          return found.map(({ name }) => name).join()
        }),
      )
    assert.deepEqual(await states(), ['cccc', 'dddd', 'aaaa', 'bbbb'])
    assert.deepEqual(await sessions.count([product]), { active: 3, online: 1, disabled: 1 })
    assert.deepEqual(await sessions.count([product, other], group), { active: 2, online: 1, disabled: 1 })
    assert.deepEqual(await sessions.count([other]), { active: 0, online: 0, disabled: 0 })
    clock.advance(lease)
    assert.deepEqual(await states(), ['cccc', 'dddd', '', 'bbbb,aaaa'])
    assert.deepEqual(await sessions.count([product]), { active: 3, online: 0, disabled: 1 })
  })

  test('messages wait in their order until they are deleted or expire, as many as may', async () => {
    const it = store()
    const { storage, clock } = it
    const { sessions } = storage
    const { message, waiting } = asked(it)
    const [device, other] = await imported(it, ['aaaa', 'bbbb'])
    const stored = await sessions.addMessages(
      [
        { device, message: message(10) },
        { device, message: message(11, 1, 5000) },
        { device: other, message: message(10, 60) },
        { device, message: message(12) },
        { device, message: message(13) },
        { device: other, message: message(14, 41) },
      ],
      limits,
    )
    assert.deepEqual(stored, [true, true, true, true, false, false])
    assert.deepEqual(await sessions.addMessages([{ device, message: message(15) }], limits), [false])
    assert.deepEqual(
      [await waiting(device), await waiting(device, 10), await waiting(other)],
      [[10, 11, 12], [11, 12], [10]],
    )
    const [found] = await sessions.messages(device, 0, 1)
    assert.deepEqual({ ...found, payload: [...found!.payload] }, { ...message(10), payload: [10] })
    assert.deepEqual(await waiting({ ...device, number: other.number }), [])

    await sessions.deleteMessages([
      { device, id: 10 },
      { device: other, id: 10 },
      { device, id: 99 },
    ])
    assert.deepEqual([await waiting(device), await waiting(other)], [[11, 12], []])
    clock.advance(1000)
    assert.deepEqual(await waiting(device), [11])
    assert.deepEqual(await sessions.addMessages([{ device, message: message(16) }], limits), [true])
    await sessions.sweep()
    assert.deepEqual(await waiting(device), [11, 16])
  })

  test('changes that cut connections are listed in order', async () => {
    const it = store()
    const { storage, product, batchOf, insertProduct } = it
    const [a, b, c] = await imported(it, ['aaaa', 'bbbb', 'cccc'])
    const { lastChange } = await storage.sessions.join('/run/a', lease)
    assert.deepEqual(await changesOf(storage, lastChange), [])
    const update = (device: DeviceKey, change: object) => storage.devices.update([{ device, change }], 5)
    await update(a, { nickname: 'n' })
    await update(a, { disabled: false })
    await update(a, { disabled: true })
    await storage.devices.delete(b, 6)
    await storage.sessions.cut([c])
    const undone = await storage.devices.insertBatch(batchOf(['dddd', 'eeee', 'ffff']))
    await storage.devices.deleteUnchanged(undone, 8)
    const other = await insertProduct('pk2', 'second')
    await storage.topics.replace(other, undefined, { list: '[]', nextNumber: 4 })
    await storage.products.delete(other)
    const last = undone.firstNumber + 2
    assert.deepEqual(await changesOf(storage, lastChange), [
      { product, kind: 'disabled', numbers: `${a.number}` },
      { product, kind: 'deleted', numbers: `${b.number}` },
      { product, kind: 'cut', numbers: `${c.number}` },
      { product, kind: 'deleted', numbers: `${undone.firstNumber}-${last}` },
      { product: other, kind: 'topics', numbers: '' },
      { product: other, kind: 'product', numbers: '' },
    ])
    const { lastChange: newest } = await storage.sessions.join('/run/b', lease)
    assert.deepEqual(await changesOf(storage, newest), [])
  })

  test('sessions, subscriptions and messages go with their devices', async () => {
    const it = store()
    const { storage, batchOf, insertProduct, device } = it
    const { sessions, devices } = storage
    const { message } = asked(it)
    const second = await insertProduct('pk2', 'second')
    const node = (await sessions.join('/run/a', lease)).id
    const batch = await devices.insertBatch(batchOf(['aaaa', 'bbbb', 'cccc']))
    await devices.insertBatch(batchOf(['aaaa'], second))
    const all = [
      await device('aaaa'),
      await device('bbbb'),
      await device('cccc'),
      await device('aaaa', second),
    ]
    for (const device of all) {
      await sessions.claim(node, [{ device, address: '::1', clean: false, expirySeconds: 9 }])
      await sessions.subscribe([{ device, epoch: 1, subscription: { filter: 'f', qos: 1, at: 1 } }])
      await sessions.addMessages([{ device, message: message(1) }], limits)
    }
    const left = async () =>
      Promise.all(
        all.map(
          async (device) =>
            (await sessions.subscriptions(device)).length +
            (await sessions.messages(device, 0, 9)).length +
            Number((await sessions.sessions([device]))[0] !== undefined),
        ),
      )
    assert.deepEqual(await left(), [3, 3, 3, 3])
    await devices.delete(all[0]!, 6)
    assert.deepEqual(await left(), [0, 3, 3, 3])
    await devices.delete(all[1]!, 6)
    assert.deepEqual(await left(), [0, 0, 3, 3])
    await devices.deleteUnchanged(batch, 7)
    assert.deepEqual(await left(), [0, 0, 0, 3])
    await storage.products.delete(second)
    assert.deepEqual(await left(), [0, 0, 0, 0])
  })

  test('topic classes are replaced by one that has read them', async () => {
    const { storage, product } = store()
    const { topics } = storage
    assert.equal(await topics.find(product), undefined)
    const [first, second] = [
      { list: '[1]', nextNumber: 4 },
      { list: '[2]', nextNumber: 5 },
    ] as const
    await topics.replace(product, undefined, first)
    await assert.rejects(topics.replace(product, undefined, second), Conflict)
    await topics.replace(product, first, second)
    await assert.rejects(topics.replace(product, first, first), Conflict)
    assert.deepEqual(await topics.find(product), second)
    await assert.rejects(topics.replace(product + 100, undefined, first), NotFound)
  })

  test('a device that signs in is found by its name, in a product or in all one-party products', async () => {
    const { storage, account, product, batchOf, insertProduct } = store()
    const second = await insertProduct('pk2', 'second')
    await storage.devices.insertBatch(batchOf(['aaaa', 'bbbb']))
    await storage.devices.insertBatch(batchOf(['aaaa'], second))
    const named = async (...values: Parameters<Storage['signIn']['devicesNamed']>) =>
      (await storage.signIn.devicesNamed(...values))?.map(({ product, device }) => [
        product.id,
        product.account,
        device.name,
        device.product,
      ])
    const of = (id: number, name: string) => [id, account, name, id]
    assert.deepEqual(await named('aaaa', { productKeys: ['pk'] }, 32), [of(product, 'aaaa')])
    assert.deepEqual(await named('bbbb', { productKeys: ['pk2', 'none', 'pk'] }, 32), [of(product, 'bbbb')])
    assert.deepEqual(await named('cccc', { productKeys: ['pk'] }, 32), [])
    assert.deepEqual(
      (await named('aaaa', 'one-party', 2))!.sort(),
      [of(product, 'aaaa'), of(second, 'aaaa')].sort(),
    )
    assert.deepEqual(await named('bbbb', 'one-party', 2), [of(product, 'bbbb')])
    assert.deepEqual(await named('cccc', 'one-party', 2), [])
    assert.equal(await named('aaaa', 'one-party', 1), undefined)
  })
}
