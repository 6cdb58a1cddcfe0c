import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { sessions } from '../../src/registry/device-sessions.ts'
import { topicClasses } from '../../src/registry/topic-classes.ts'
import { openPostgres } from '../../src/storage/postgres/postgres.ts'
import { TestClock } from '../support/deterministic.ts'
import { freshDatabase } from '../support/postgres.ts'
import { makeStore } from './conformance/store.ts'

/** A store in PostgreSQL with one device that is connected under epoch 1, opened as often as processes would. */
async function connectedDevice(t: TestContext, processes: number) {
  const url = await freshDatabase(t)
  const clock = new TestClock()
  const open = () => openPostgres(url, clock, { connections: 6, testClock: true })
  const stores = [await open()]
  while (stores.length < processes) stores.push(await open())
  t.after(() => Promise.all(stores.map((store) => store.close())))
  const { batchOf, device: find } = await makeStore(stores[0]!, clock, open)
  await stores[0]!.devices.insertBatch(batchOf(['aaaa']))
  const { product, name, number } = await find('aaaa')
  const device = { product, name, number }
  const node = (await stores[0]!.sessions.join('/run/a', 10_000)).id
  /** A session that goes on for a minute; a clean start discards the one before. */
  const claim = (clean: boolean) =>
    stores[0]!.sessions.claim(node, [{ device, address: '10.0.0.1', clean, expirySeconds: 60 }])
  await claim(false)
  return { url, clock, stores, device, claim }
}

/** Holds the row of a session until both statements wait for it, in their order. */
async function inOrder(
  url: string,
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<void> {
  // In a transaction what others do looks the same all the time.
  const [holder, watcher] = [new Client(url), new Client(url)]
  await Promise.all([holder.connect(), watcher.connect()])
  let isOver = false
  const waiting = async (count: number) => {
    while (!isOver) {
      const { rows } = await watcher.query(
        "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      )
      if (rows[0].count >= count) return
      await pause(5)
    }
  }
  try {
    await holder.query('BEGIN')
    await holder.query('SELECT 1 FROM device_session FOR UPDATE')
    const one = first()
    // One that does not wait is done instead.
    await Promise.race([waiting(1), one])
    const other = second()
    await Promise.race([waiting(2), other])
    await holder.query('COMMIT')
    await Promise.all([one, other])
  } finally {
    isOver = true
    await Promise.all([holder.end(), watcher.end()])
  }
}

for (const order of ['a SUBSCRIBE before a clean start', 'a clean start before a SUBSCRIBE'])
  test(`${order} of the same moment leaves no subscription of the session that ended`, async (t) => {
    const { url, stores, device, claim } = await connectedDevice(t, 1)
    const { sessions } = stores[0]!
    const subscription = { filter: 'a', qos: 1 as const, at: 1 }
    const subscribe = () => sessions.subscribe([{ device, epoch: 1, subscription }])
    const discard = () => claim(true)
    await (order.startsWith('a SUBSCRIBE')
      ? inOrder(url, subscribe, discard)
      : inOrder(url, discard, subscribe))
    assert.deepEqual(await sessions.subscriptions(device), [])
  })

test('processes that fill the room of a device at once exceed it by as much as is documented, and once', async (t) => {
  const processes = 3
  const { clock, stores, device } = await connectedDevice(t, processes)
  const nodes = stores.map((store) => sessions(store.sessions, topicClasses(store.topics), clock))
  let id = 0
  const message = () => ({
    id: ++id,
    topic: '/t',
    payload: Buffer.from('x'),
    properties: undefined,
    createdAt: clock.now(),
    expiresAt: clock.now() + 1000,
  })
  const send = (each: number) =>
    Promise.all(nodes.flatMap((node) => Array.from({ length: each }, () => node.store(device, message()))))
  const stored = (await send(600)).filter(Boolean).length
  assert.ok(stored >= 1000 && stored <= 1000 + 64 * (2 * processes - 1), `${stored} were stored`)
  assert.ok(
    (await send(10)).every((isStored) => !isStored),
    'what is above the bound grows no further',
  )
  assert.equal((await stores[0]!.sessions.messages(device, 0, 2000)).length, stored)
})
