import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DeviceMessage, RateLimited } from '../../src/messaging/messaging.ts'
import { SessionStore } from './doubles.ts'
import { connect, recipient, settled, TestNodes, text } from './nodes.ts'

const topic = '/user/get'

async function twoNodes(store = new SessionStore()) {
  const nodes = new TestNodes(store)
  const [a, b] = [await nodes.add(), await nodes.add()]
  return {
    nodes,
    a,
    b,
    publish: (payload: string, qos: 0 | 1, to = topic) =>
      a.messaging.publish(recipient(1), { topic: to, payload: text(payload), qos }),
  }
}

test('a message reaches a device on another node, and one that is offline when it comes back', async () => {
  const { nodes, b, publish } = await twoNodes()
  await publish('early', 1)
  await publish('gone', 0)
  const first = await connect(b, 1, { filters: [topic] })
  await settled()
  await publish('now', 0)
  await publish('later', 1)
  await settled()
  assert.deepEqual(first.connection.texts(), ['early', 'now', 'later'])
  assert.equal(nodes.store.row(1).messages.size, 0)
  assert.deepEqual(nodes.drops, ['offline'])
  await nodes.close()
})

test('a message that was not acknowledged is delivered again, as a duplicate, in the order of the messages', async () => {
  const { nodes, a, b, publish } = await twoNodes()
  const first = await connect(b, 1, { filters: [topic], acknowledges: false })
  await publish('1', 1)
  await publish('2', 1)
  first.acknowledge(first.connection.got[0]!.id)
  nodes.clock.advance(1000)
  const second = await connect(a, 1, { filters: [topic] })
  await publish('3', 1)
  await settled()
  assert.deepEqual(second.connection.texts(), ['2', '3'])
  assert.deepEqual(
    second.connection.got.map(({ duplicate }) => duplicate),
    [true, false],
  )
  await nodes.close()
})

test('a device that is behind gets the rest as it acknowledges, each once', async () => {
  const { nodes, b, publish } = await twoNodes()
  const { connection, acknowledge } = await connect(b, 1, {
    filters: [topic],
    window: 3,
    acknowledges: false,
  })
  const sent = Array.from({ length: 100 }, (_, i) => `${i}`)
  for (const payload of sent) await publish(payload, 1)
  for (let next = 0; next < sent.length; next++) {
    await settled()
    acknowledge(connection.got[next]!.id)
  }
  assert.deepEqual(connection.texts(), sent)
  await settled()
  assert.equal(nodes.store.row(1).messages.size, 0)
  await nodes.close()
})

test('a QoS 1 message that no filter matches waits for a later SUBSCRIBE, also on another connection', async () => {
  const { nodes, a, b, publish } = await twoNodes()
  await publish('waited', 1)
  const first = await connect(b, 1)
  await settled()
  await publish('came', 1)
  await publish('dropped', 0)
  await publish('other', 1, '/user/other')
  const subscribe = async ({ connection, attachment }: typeof first, filter: string) => {
    connection.subscribe([filter], 0)
    attachment.subscribed(connection.subscriptions())
    await settled()
    return connection.texts()
  }
  assert.deepEqual(await subscribe(first, topic), ['waited', 'came'])
  assert.deepEqual(nodes.drops, ['unsubscribed'])
  first.attachment.ended('closed')
  nodes.clock.advance(1000)
  const second = await connect(a, 1)
  assert.deepEqual(await subscribe(second, '/user/other'), ['other'])
  assert.equal(nodes.store.row(1).messages.size, 0)
  await nodes.close()
})

test('of messages that come and that no filter matches the last 100 wait, and all that waited before', async () => {
  const { nodes, b, publish } = await twoNodes()
  for (let i = 0; i < 150; i++) await publish(`early ${i}`, 1)
  nodes.clock.advance(1000)
  const { connection, attachment } = await connect(b, 1, { window: 1000 })
  await settled()
  for (let i = 0; i < 103; i++) await publish(`${i}`, 1)
  await settled()
  assert.deepEqual(nodes.drops, ['unsubscribed', 'unsubscribed', 'unsubscribed'])
  assert.equal(nodes.store.row(1).messages.size, 250)
  connection.subscribe([topic], 0)
  attachment.subscribed(connection.subscriptions())
  await settled()
  await settled()
  const early = Array.from({ length: 150 }, (_, i) => `early ${i}`)
  assert.deepEqual(connection.texts(), [...early, ...Array.from({ length: 100 }, (_, i) => `${i + 3}`)])
  assert.equal(nodes.store.row(1).messages.size, 0)
  await nodes.close()
})

test('a clean session begins without the messages that waited', async () => {
  const { nodes, b, publish } = await twoNodes()
  await publish('waited', 1)
  const { connection } = await connect(b, 1, { clean: true, filters: [topic] })
  await settled()
  assert.deepEqual(connection.texts(), [])
  await nodes.close()
})

test('the queue of a device is limited', async () => {
  const { nodes, publish } = await twoNodes(new SessionStore(undefined, 2))
  await publish('1', 1)
  await publish('2', 1)
  await assert.rejects(publish('3', 1), RateLimited)
  assert.deepEqual(nodes.drops, ['full'])
  await nodes.close()
})

test('a message whose delivery is in doubt is delivered once its node answers', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const { nodes, b, publish } = await twoNodes()
  const { connection } = await connect(b, 1, { filters: [topic] })
  nodes.network.down.add('node 2')
  await publish('doubtful', 1)
  nodes.network.down.clear()
  assert.deepEqual(connection.texts(), [])
  t.mock.timers.tick(1000)
  await settled()
  assert.deepEqual(connection.texts(), ['doubtful'])
  await nodes.close()
})

test('an RRPC request is answered on the topics that the device takes', async () => {
  const { nodes, a, b } = await twoNodes()
  const asks = async (
    topic: string | undefined,
    options: { takesExtendedRrpc?: boolean; filters?: string[] },
  ) => {
    const { connection, attachment } = await connect(b, 1, options)
    let asked = ''
    connection.onMessage = ({ topic, payload }) => {
      asked = topic
      const answer = topic.replace('/rrpc/request/', '/rrpc/response/')
      queueMicrotask(() => attachment.published({ topic: answer, payload: text(`re: ${payload}`), qos: 0 }))
    }
    const end = await a.messaging.request(recipient(1), { topic, payload: text('ping'), timeoutMs: 5000 })
    assert.equal(end.code, 'SUCCESS')
    assert.equal(`${end.payload && Buffer.from(end.payload)}`, 're: ping')
    return asked.replace(`${end.messageId}`, 'ID')
  }
  assert.equal(await asks(undefined, {}), '/sys/pk1/device1/rrpc/request/ID')
  assert.equal(await asks('/a/b', { takesExtendedRrpc: true }), '/ext/rrpc/ID/a/b')
  assert.equal(await asks('/a/b', { filters: ['/ext/rrpc/+/a/b'] }), '/ext/rrpc/ID/a/b')
  assert.equal(await asks('/a/b', {}), '/sys/pk1/device1/rrpc/request/ID')
  assert.equal(await asks(undefined, { takesExtendedRrpc: true }), '/sys/pk1/device1/rrpc/request/ID')
  await nodes.close()
})

test('an RRPC request to a device that does not answer ends according to the device’s state', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { nodes, a, b } = await twoNodes()
  const ask = () =>
    a.messaging.request(recipient(1), { topic: undefined, payload: text('?'), timeoutMs: 1000 })
  assert.equal((await ask()).code, 'OFFLINE')
  const { attachment } = await connect(b, 1)
  const late = ask()
  await settled()
  t.mock.timers.tick(1000)
  assert.equal((await late).code, 'TIMEOUT')
  const cut = ask()
  await settled()
  attachment.ended('reset')
  assert.equal((await cut).code, 'HALFCONN')
  await settled()
  await connect(b, 1)
  nodes.network.down.add('node 2')
  assert.equal((await ask()).code, 'HALFCONN')
  nodes.network.down.clear()
  const sent = await a.messaging.request(recipient(1), { topic: undefined, payload: text('?'), timeoutMs: 0 })
  assert.equal(sent.code, 'SUCCESS')
  await nodes.close()
})

test('a broadcast reaches the devices of a product on every node', async () => {
  const { nodes, a, b } = await twoNodes()
  const one = await connect(a, 1, { filters: ['/broadcast/pk1/news'] })
  const two = await connect(b, 2)
  const product = { product: 1, productKey: 'pk1' }
  await a.messaging.broadcast(product, { topic: '/broadcast/pk1/news', payload: text('news') })
  const id = await a.messaging.broadcast(product, { topic: undefined, payload: text('all') })
  assert.deepEqual(one.connection.texts(), ['news', 'all'])
  assert.deepEqual(two.connection.texts(), ['all'])
  assert.equal(two.connection.got[0]!.topic, `/sys/pk1/device2/broadcast/request/${id}`)
  await nodes.close()
})

test('a program subscribes a device that is online, and sees what it has subscribed to', async () => {
  const { nodes, a, b } = await twoNodes()
  assert.equal(await a.messaging.subscribe(recipient(1), ['/x']), false)
  const { attachment } = await connect(b, 1)
  assert.equal(await a.messaging.subscribe(recipient(1), ['/x', '/y']), true)
  await a.messaging.unsubscribe(recipient(1), ['/y'])
  const at = nodes.clock.now()
  assert.deepEqual(await a.messaging.subscriptions(recipient(1)), [{ topic: '/x', at }])
  assert.deepEqual(await b.messaging.subscriptions(recipient(1)), [{ topic: '/x', at }])
  attachment.ended('closed')
  assert.deepEqual(await b.messaging.subscriptions(recipient(1)), [{ topic: '/x', at }])
  await nodes.close()
})

test('what devices send is followed on every node, and a follower that reconnects misses nothing', async () => {
  const { nodes, a, b } = await twoNodes()
  const here = await connect(a, 1)
  const there = await connect(b, 2)
  const send = (from: typeof here, payload: string) =>
    from.attachment.published({ topic: '/up', payload: text(payload), qos: 1 })
  const product = { product: 1, productKey: 'pk1' }
  const follow = async (after: string | undefined, name?: string) => {
    const stop = new AbortController()
    const followed = await a.messaging.follow({ ...product, name, after }, stop.signal)
    const messages = followed[Symbol.asyncIterator]()
    const next = async () => (await messages.next()).value as DeviceMessage
    return { stop, messages, next }
  }
  send(here, 'before')
  const first = await follow(undefined)
  send(here, '1')
  assert.equal(Buffer.from((await first.next()).payload).toString(), '1')
  send(there, '2')
  const second = await first.next()
  assert.equal(Buffer.from(second.payload).toString(), '2')
  assert.equal(second.deviceName, 'device2')
  first.stop.abort()
  await first.messages.next()
  send(here, '3')
  send(there, '4')
  const again = await follow(second.id)
  const texts = [await again.next(), await again.next()].map(({ payload }) => Buffer.from(payload).toString())
  assert.deepEqual(texts.sort(), ['3', '4'])
  again.stop.abort()
  const one = await follow(second.id, 'device2')
  assert.equal(Buffer.from((await one.next()).payload).toString(), '4')
  one.stop.abort()
  await one.messages.next()
  await nodes.close()
})
