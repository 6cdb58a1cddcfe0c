import assert from 'node:assert/strict'
import { Agent, request } from 'node:https'
import { type TestContext, test } from 'node:test'
import { connect } from 'node:tls'
import type { Listener } from '../../src/http/listener.ts'
import type { MemoryOptions } from '../../src/http/memory.ts'
import type { Service } from '../../src/http/service.ts'
import { systemClock } from '../../src/lib/clock.ts'
import type { Request } from '../../src/lib/http-message.ts'
import { systemRandom } from '../../src/lib/random.ts'
import type { Certificate } from '../../src/lib/secure-context.ts'
import { selfSigned } from '../../src/tls/self-signed.ts'
import { send } from '../support/sign.ts'
import { Connection, parseAnswer, resetAll } from './connection.ts'
import { openListener } from './listening.ts'

const megabyte = 1_000_000
const body = Buffer.alloc(4 * megabyte, 'device')

/** A listener that answers a request with its query, once its body was seen to be as it was sent. */
async function open(t: TestContext, memory: MemoryOptions, given: Partial<Service> = {}, tls?: Certificate) {
  const held = { most: 0 }
  const listener: Listener = await openListener(
    {
      async answer({ bytes, queryEnd, end }: Request) {
        held.most = Math.max(held.most, listener.heldBytes)
        const query = bytes.toString('latin1', 0, queryEnd)
        await new Promise(setImmediate)
        const right = bytes.compare(body, 0, end - queryEnd, queryEnd, end) === 0
        return { status: right ? 200 : 500, headers: {}, body: `(${query})` }
      },
      refuse: ({ kind }) => ({
        status: kind === 'ServiceUnavailable' ? 503 : 408,
        headers: {},
        body: `(${kind})`,
      }),
      unanswered: (error) => assert.fail(String(error)),
      ...given,
    },
    {
      tls,
      requestLineBytesMax: 8 * megabyte,
      bodyBytesMax: 4 * megabyte,
      memory,
      // A busy machine must not cut what it has not read yet.
      requestTimeoutMs: 120_000,
    },
  )
  t.after(async () => {
    await resetAll()
    await listener.close(0)
    await new Promise(setImmediate)
    assert.equal(listener.heldBytes, 0, 'what a client holds goes with it')
  })
  return { listener, held }
}

/** Looks at what is held at every turn of the event loop until `done`. */
async function watched<T>(listener: Listener, done: Promise<T>): Promise<{ most: number; result: T }> {
  let most = 0
  let over = false
  const watch = (async () => {
    while (!over) {
      most = Math.max(most, listener.heldBytes)
      await new Promise(setImmediate)
    }
  })()
  const result = await done.finally(() => (over = true))
  await watch
  return { most, result }
}

const head = (length: number, path = '/') =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`

/** Sends the beginning of a body and waits until the listener has taken some of it in. */
async function begun(listener: Listener, announced: number, sent: number): Promise<Connection> {
  const before = listener.heldBytes
  const connection = await Connection.open(listener.url)
  await connection.write(head(announced), body.subarray(0, sent))
  while (listener.heldBytes === before) await new Promise(setImmediate)
  return connection
}

for (const [what, carried] of [
  ['in their bodies', 'body'],
  ['in their queries', 'query'],
] as const) {
  test(`more concurrent calls than memory allows, 4 MB ${what}, are answered or get 503`, async (t) => {
    const bytesMax = 24 * megabyte
    const { listener, held } = await open(t, { bytesMax, waitMs: 5000 })
    const padding = carried === 'query' ? `&${'x'.repeat(4 * megabyte)}` : ''
    const calls = Array.from({ length: 40 }, async (_, i) => {
      const sent = carried === 'body' ? { path: `/?${i}`, body } : { path: `/?${i}${padding}` }
      const { status, text } = await send(listener.url, sent)
      return status === 200
        ? text === `(${i}${padding})`
        : text === '(ServiceUnavailable)' && status === 503 && 'again'
    })
    const { most, result } = await watched(listener, Promise.all(calls))
    assert.ok(result.every(Boolean), String(result))
    assert.ok(result.filter((right) => right === true).length > 4, String(result))
    assert.ok(most <= bytesMax && held.most <= bytesMax, `${most}, ${held.most}`)
    assert.ok(held.most > 4 * megabyte)
  })
}

test('calls that wait for each other’s memory end, all of them', async (t) => {
  const bytesMax = 8 * megabyte
  const { listener } = await open(t, { bytesMax, waitMs: 50 })
  // In chunks, so that each needs more and more while the others hold what they have.
  const calls = Array.from({ length: 40 }, async () => {
    const connection = await Connection.open(listener.url)
    await connection.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
    for (let at = 0; at < 3 * megabyte; at += 100_000) {
      await connection.write('186a0\r\n', body.subarray(at % 6, (at % 6) + 100_000), '\r\n')
      await new Promise(setImmediate)
    }
    await connection.write('0\r\n\r\n')
    const text = await connection.until(/\)$/)
    return parseAnswer(text).status
  })
  const { most, result } = await watched(listener, Promise.all(calls))
  assert.ok(
    result.every((status) => [200, 503].includes(status)),
    String(result),
  )
  assert.ok(most <= bytesMax)
  assert.equal((await send(listener.url, { path: '/?after', body })).text, '(after)')
})

test('a client that announces much and sends little holds little', async (t) => {
  const { listener } = await open(t, { bytesMax: 24 * megabyte })
  const silent = await Promise.all(Array.from({ length: 100 }, () => Connection.open(listener.url)))
  for (const connection of silent) await connection.write(head(4 * megabyte))
  // Whatever was written before it has been read by then.
  await send(listener.url)
  assert.equal(listener.heldBytes, 0)
  await begun(listener, 4 * megabyte, 1)
  assert.ok(listener.heldBytes < 100_000, `${listener.heldBytes}`)
})

for (const [what, trickle] of [
  ['who stop sending', undefined],
  ['who send a byte now and then', 'x'],
] as const) {
  test(`senders ${what} are cut when others need the memory, and the others are served`, async (t) => {
    const { listener } = await open(t, { bytesMax: 18 * megabyte, waitMs: 10_000, stalledMs: 40 })
    const slow: Connection[] = []
    for (let i = 0; i < 3; i++) slow.push(await begun(listener, 4 * megabyte, megabyte))
    while (listener.heldBytes < 12 * megabyte) await new Promise(setImmediate)
    const trickling = trickle && setInterval(() => slow.map((connection) => connection.write(trickle)), 5)
    t.after(() => clearInterval(trickling))
    assert.equal((await send(listener.url, { path: '/?honest', body })).text, '(honest)')
    // The first stalled for the longest; the others are cut too if that long is over for them.
    const answer = parseAnswer(await slow[0]!.until(/\)$/))
    assert.deepEqual([answer.status, answer.body], [408, '(RequestTimeout)'])
  })
}

test('slow senders are left alone while there is memory', async (t) => {
  const { listener } = await open(t, { bytesMax: 24 * megabyte, stalledMs: 0 })
  const slow = await begun(listener, 2 * megabyte, megabyte)
  assert.equal((await send(listener.url, { path: '/?honest', body })).text, '(honest)')
  await slow.write(body.subarray(megabyte, 2 * megabyte))
  assert.equal(parseAnswer(await slow.until(/\)$/)).status, 200)
})

test('small calls do not wait behind large ones', async (t) => {
  const release = Promise.withResolvers<void>()
  const { listener } = await open(
    t,
    { bytesMax: 16 * megabyte, waitMs: 60_000 },
    {
      async answer({ queryEnd, end }) {
        if (end - queryEnd > megabyte) await release.promise
        return { status: 200, headers: {}, body: '(held)' }
      },
    },
  )
  // They take all that they may, and the last of them wait.
  const large = Array.from({ length: 10 }, () => send(listener.url, { body }))
  while (listener.heldBytes < 10 * megabyte) await new Promise(setImmediate)
  for (const small of [
    { body: 'a=b' },
    { method: 'GET', path: '/?a=b' },
    { body: body.subarray(0, 60_000) },
  ]) {
    assert.equal((await send(listener.url, small)).text, '(held)')
  }
  release.resolve()
  for (const { status } of await Promise.all(large)) assert.equal(status, 200)
})

test('a client that finds no memory in time gets 503, and the next is served', async (t) => {
  const release = Promise.withResolvers<void>()
  const { listener } = await open(
    t,
    { bytesMax: 8 * megabyte, waitMs: 20 },
    {
      async answer() {
        await release.promise
        return { status: 200, headers: {}, body: '(held)' }
      },
    },
  )
  const held = send(listener.url, { body })
  while (listener.heldBytes < 4 * megabyte) await new Promise(setImmediate)
  const connection = await Connection.open(listener.url)
  await connection.write(head(4 * megabyte), body)
  const { text, error } = await connection.everything()
  assert.deepEqual([parseAnswer(text).status, error], [503, undefined])
  release.resolve()
  assert.equal((await held).text, '(held)')
  assert.equal((await send(listener.url, { body })).text, '(held)')
})

test('incomplete request lines count, and the longest are refused if they are too many', async (t) => {
  const bytesMax = 20 * megabyte
  const { listener } = await open(t, { bytesMax })
  const line = Buffer.concat([Buffer.from('GET /?'), Buffer.alloc(7 * megabyte, 'x')])
  const connections = await Promise.all(Array.from({ length: 6 }, () => Connection.open(listener.url)))
  const ends = connections.map(async (connection, i) => {
    await connection.write(i === 0 ? line.subarray(0, megabyte) : line)
    if (i > 0) return undefined
    while (listener.heldBytes < 7 * megabyte) await new Promise(setImmediate)
    await connection.write(' HTTP/1.1\r\nHost: x\r\n\r\n')
    return parseAnswer(await connection.until(/\)$/)).status
  })
  const { most, result } = await watched(listener, Promise.all(ends))
  assert.ok(most > 7 * megabyte && most <= bytesMax, String(most))
  assert.equal(result[0], 200, 'the short one goes on')
  const refused = await Promise.race(
    connections.slice(1).map(async (connection) => parseAnswer((await connection.everything()).text).status),
  )
  assert.equal(refused, 503)
})

test('over HTTPS lines that are gathered count, and calls that were answered do not', async (t) => {
  const pair = selfSigned(undefined, '127.0.0.1', systemClock, systemRandom)
  const { listener } = await open(t, { bytesMax: 16 * megabyte }, {}, pair)
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: pair.cert })
  t.after(() => agent.destroy())
  const call = () =>
    new Promise<string>((resolve, reject) => {
      const outgoing = request(listener.url, { method: 'POST', path: '/?call', agent }, (incoming) => {
        incoming.setEncoding('utf8').on('data', resolve)
      })
      outgoing.on('error', reject).end(body.subarray(0, 2 * megabyte))
    })
  // Far more than the lines may take, and for as long as several looks at them.
  let calls = 0
  for (const from = performance.now(); calls < 10 || performance.now() - from < 300; calls++) {
    assert.equal(await call(), '(call)')
  }
  assert.equal(listener.heldBytes, 0)

  const socket = connect({ port: Number(new URL(listener.url).port), host: '127.0.0.1', ca: pair.cert })
  try {
    socket.on('error', () => {}).write(Buffer.concat([Buffer.from('GET /?'), body]))
    while (listener.heldBytes < 4 * megabyte) await new Promise(setImmediate)
  } finally {
    socket.destroy()
  }
})

test('a call that waits for something else gives its memory back first', async (t) => {
  const waits = Promise.withResolvers<void>()
  const heldWhileItWaits: number[] = []
  const { listener } = await open(
    t,
    { bytesMax: 20 * megabyte },
    {
      async answer(_request, _verified, release) {
        release()
        heldWhileItWaits.push(listener.heldBytes)
        await waits.promise
        return { status: 200, headers: {}, body: '' }
      },
    },
  )
  const answers = [1, 2, 3].map(() => send(listener.url, { body }))
  while (heldWhileItWaits.length < 3) await new Promise(setImmediate)
  assert.ok(heldWhileItWaits.at(-1)! < body.length, `${heldWhileItWaits} bytes are held`)
  waits.resolve()
  await Promise.all(answers)
})
