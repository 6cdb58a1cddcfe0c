import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Timers } from '../../src/lib/timers.ts'
import { sessions } from '../../src/registry/device-sessions.ts'
import type { SessionChanges } from '../../src/registry/sessions.ts'
import { topicClasses } from '../../src/registry/topic-classes.ts'
import { openSqlite } from '../../src/storage/sqlite/sqlite.ts'
import { type DeviceKey, type Storage, Unavailable } from '../../src/storage/storage.ts'
import { makeStore } from '../storage/conformance/store.ts'
import { TestClock } from '../support/deterministic.ts'

/** Timers that tick when they are told to. */
class HandTimers implements Timers {
  readonly #running = new Set<() => unknown>()
  every(_milliseconds: number, run: () => unknown) {
    this.#running.add(run)
    return { stop: () => void this.#running.delete(run) }
  }
  async tick(): Promise<void> {
    await Promise.all([...this.#running].map((run) => run()))
  }
}

/** Fails while it is away. */
function awayStore(storage: Storage, isAway: () => boolean): Storage['sessions'] {
  return new Proxy(storage.sessions, {
    get: (of, name) =>
      isAway() ? () => Promise.reject(new Unavailable('away')) : of[name as keyof typeof of],
  })
}

async function withNodes(
  use: (made: {
    readonly storage: Storage
    readonly clock: TestClock
    readonly timers: HandTimers
    readonly devices: readonly DeviceKey[]
    readonly product: number
    readonly own: ReturnType<typeof sessions>
    setAway(isAway: boolean): void
  }) => Promise<void>,
): Promise<void> {
  const clock = new TestClock()
  const storage = openSqlite(undefined, clock)
  const timers = new HandTimers()
  let isAway = false
  try {
    const { batchOf, device, product } = await makeStore(storage, clock, () => assert.fail())
    const names = ['aaaa', 'bbbb', 'cccc', 'dddd']
    await storage.devices.insertBatch(batchOf(names))
    const devices = await Promise.all(names.map((name) => device(name)))
    const store = awayStore(storage, () => isAway)
    const own = sessions(store, topicClasses(storage.topics), clock, timers)
    await use({ storage, clock, timers, devices, product, own, setAway: (away) => (isAway = away) })
  } finally {
    await storage.close()
  }
}

const connection = { address: '10.0.0.1', clean: true, sessionExpirySeconds: 0 }

test('a device belongs to the node that claimed it last, until that ends it or dies', () =>
  withNodes(async ({ own, devices, clock }) => {
    const [device, other] = devices as [DeviceKey, DeviceKey]
    const a = await own.join('/run/a')
    const b = await own.join('/run/b')
    const first = (await a.claim(device, connection))!
    const second = (await b.claim(device, connection))!
    assert.deepEqual(second.former, { id: a.id, address: '/run/a', epoch: first.epoch })
    await a.end(device, first.epoch)
    assert.deepEqual(await own.owners([other, device]), [
      undefined,
      { id: b.id, address: '/run/b', epoch: second.epoch },
    ])
    const [presence, never] = await own.presence([device, other])
    assert.deepEqual(
      [presence!.online, presence!.address, never!.online, never!.activeAt],
      [true, '10.0.0.1', false, undefined],
    )
    // Nobody renews: b is dead.
    clock.advance(10_000)
    assert.deepEqual(await own.owners([device]), [undefined])
    assert.deepEqual(await own.nodes(), [])
  }))

test('connections of one device at the same moment take over each other, in their order', () =>
  withNodes(async ({ own, devices }) => {
    const device = devices[0]!
    const node = await own.join('/run/a')
    const claims = await Promise.all([1, 2, 3].map(() => node.claim(device, connection)))
    assert.deepEqual(
      claims.map((claim) => [claim!.epoch, claim!.former?.epoch]),
      [
        [1, undefined],
        [2, 1],
        [3, 2],
      ],
    )
  }))

test('a node learns of devices that are cut, of those alone that it has', () =>
  withNodes(async ({ own, devices, storage, timers, product }) => {
    const [a, b, c] = devices as [DeviceKey, DeviceKey, DeviceKey]
    const node = await own.join('/run/a')
    const told: SessionChanges[] = []
    node.watch((changes) => told.push(changes))
    await node.claim(a, connection)
    await node.claim(c, connection)
    await storage.devices.delete(b, 1)
    await timers.tick()
    assert.equal(told.length, 0)
    await storage.devices.update([{ device: a, change: { disabled: true } }], 2)
    await storage.topics.replace(product, undefined, { list: '[]', nextNumber: 4 })
    await timers.tick()
    const { name, number } = a
    assert.deepEqual(told.splice(0), [
      { cut: [{ device: { product, name, number }, reason: 'disabled' }], products: [product] },
    ])
    await storage.products.delete(product)
    await timers.tick()
    assert.deepEqual(
      told.flatMap(({ cut }) => cut.map(({ device, reason }) => `${device.name} ${reason}`)).sort(),
      ['aaaa deleted', 'cccc deleted'],
    )
    assert.equal(await node.claim(c, connection), undefined)
  }))

test('a device that is deleted while it is claimed is not connected', () =>
  withNodes(async ({ own, devices, storage, timers }) => {
    const device = devices[0]!
    const node = await own.join('/run/a')
    const { claim } = storage.sessions
    const claimed = Promise.withResolvers<void>()
    // The claim was written, and its answer is on the way while the device is deleted.
    storage.sessions.claim = async (...values) => {
      const rows = await claim(...values)
      await claimed.promise
      return rows
    }
    const claiming = node.claim(device, connection)
    await new Promise(setImmediate)
    await storage.devices.delete(device, 1)
    await timers.tick()
    claimed.resolve()
    assert.equal(await claiming, undefined)
  }))

test('a node that can’t renew its lease owns nothing any more, and reports it in time', () =>
  withNodes(async ({ own, devices, clock, timers, setAway }) => {
    const [device, other] = devices as [DeviceKey, DeviceKey]
    const node = await own.join('/run/a')
    let lost = 0
    node.onLeaseLost(() => lost++)
    await node.claim(device, connection)
    for (let i = 0; i < 10; i++) {
      clock.advance(3000)
      await timers.tick()
    }
    assert.equal((await own.owners([device]))[0]?.id, node.id)
    setAway(true)
    for (let i = 0; i < 9; i++) {
      clock.advance(1000)
      await timers.tick()
    }
    assert.equal(lost, 0)
    clock.advance(1000)
    await timers.tick()
    await timers.tick()
    assert.equal(lost, 1)
    setAway(false)
    const waiting = node.claim(other, connection)
    assert.deepEqual(await own.owners([device]), [undefined])

    const former = node.id
    await timers.tick()
    await timers.tick()
    assert.notEqual(node.id, former)
    assert.deepEqual(await own.nodes(), [{ id: node.id, address: '/run/a' }])
    assert.equal((await waiting)!.epoch, 1, 'a device that connects meanwhile waits')
    assert.equal((await own.owners([other]))[0]?.id, node.id)
    assert.equal(lost, 1)
  }))

for (const [what, isKept] of [
  ['keeps a lease that a thread of its store has renewed', true],
  ['has lost one that nothing has renewed', false],
] as const)
  test(`a node that was too busy for its timers ${what}`, () =>
    withNodes(async ({ own, storage, devices, clock, timers }) => {
      const [device] = devices as [DeviceKey]
      const node = await own.join('/run/a')
      const { id } = node
      let lost = 0
      node.onLeaseLost(() => lost++)
      await node.claim(device, connection)
      clock.advance(9000)
      if (isKept) await storage.sessions.renew(id, 10_000)
      clock.advance(4000)
      await timers.tick()
      await timers.tick()
      assert.equal(lost, isKept ? 0 : 1)
      assert.equal((await own.owners([device]))[0]?.id, isKept ? id : undefined)
    }))

test('a node that leaves ends all that it had', () =>
  withNodes(async ({ own, devices, clock }) => {
    const [device, other] = devices as [DeviceKey, DeviceKey]
    const node = await own.join('/run/a')
    const epoch = (await node.claim(device, connection))!.epoch
    await node.claim(other, connection)
    await node.end(other, 1)
    clock.advance(500)
    await node.leave()
    const [presence] = await own.presence([device])
    assert.deepEqual([presence!.online, presence!.changedAt], [false, clock.now()])
    await node.end(device, epoch)
    assert.deepEqual(await own.nodes(), [])
  }))

test('messages wait for a device, and what it subscribed to lasts', () =>
  withNodes(async ({ own, devices, clock }) => {
    const device = devices[0]!
    const node = await own.join('/run/a')
    const persistent = { ...connection, clean: false, sessionExpirySeconds: 60 }
    await node.claim(device, persistent)
    const { epoch } = (await node.claim(device, persistent))!
    assert.deepEqual(
      [await own.isResumed(device, epoch - 1), await own.isResumed(device, epoch)],
      [true, false],
      'the second connect goes on with the session of the first',
    )
    await Promise.all([
      node.subscribed(device, epoch, [{ filter: 'a', qos: 1, at: 1 }]),
      node.unsubscribed(device, epoch, ['a']),
      node.subscribed(device, epoch, [{ filter: 'b', qos: 0, at: 2 }]),
      node.subscribed(device, epoch - 1, [{ filter: 'c', qos: 0, at: 3 }]),
      node.unsubscribed(device, epoch - 1, ['b']),
    ])
    assert.deepEqual(await own.subscriptions(device), [{ filter: 'b', qos: 0, at: 2 }])
    const now = clock.now()
    const message = (id: number, size = 1) => ({
      id,
      topic: 't',
      payload: Buffer.alloc(size),
      properties: undefined,
      createdAt: now,
      expiresAt: now + 1000,
    })
    const stored = await Promise.all(
      Array.from({ length: 1001 }, (_, i) => own.store(device, message(i + 1))),
    )
    assert.deepEqual([stored.indexOf(false), stored.length], [1000, 1001])
    const other = devices[1]!
    assert.deepEqual(
      [await own.store(other, message(1, 4 << 20)), await own.store(other, message(2))],
      [true, false],
    )
    const waiting = await node.waiting(device, 1, 2)
    assert.deepEqual(
      waiting.map(({ id }) => id),
      [2, 3],
    )
    await node.acknowledged(device, [2, 3])
    assert.equal((await node.waiting(device, 1, 1))[0]!.id, 4)
    const again = (await node.claim(device, persistent))!
    assert.deepEqual([again.sessionPresent, again.subscriptions], [true, [{ filter: 'b', qos: 0, at: 2 }]])
  }))
