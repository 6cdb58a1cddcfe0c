import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { suite, type TestContext, test } from 'node:test'
import type { Answer } from '../../src/lib/http-message.ts'
import { send } from '../support/sign.ts'
import { Connection, resetAll } from './connection.ts'
import { openListener as open } from './listening.ts'

const answered: Answer = { status: 200, headers: {}, body: 'answered' }

/** A service whose first call is under way until `finish`. */
function held() {
  const arrived = Promise.withResolvers<void>()
  const { promise, resolve: finish } = Promise.withResolvers<Answer>()
  const answer = () => {
    arrived.resolve()
    return promise
  }
  return { answer, arrived: arrived.promise, finish: () => finish(answered) }
}

/** Resolves once nobody listens there any more. */
async function refused(url: string): Promise<void> {
  const health = () => send(url, { method: 'GET', path: '/healthz' })
  for (let open = true; open; )
    open = await health().then(
      () => true,
      () => false,
    )
}

/** Fails where `promise` takes longer; the listener's own limit in these tests is one second. */
async function soon<T>(t: TestContext, promise: Promise<T>, what: string, milliseconds = 5000): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new Error(`${what}: not after ${milliseconds} ms`)),
    milliseconds,
  )
  t.after(resetAll)
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer))
}

suite('the listener', () => {
  test('returns 503 at /healthz when the service can’t serve', async (t) => {
    const listener = await open({ healthy: () => Promise.reject(new Error('the disk is gone')) })
    t.after(() => listener.close())
    const { status, text } = await send(listener.url, { method: 'GET', path: '/healthz' })
    assert.deepEqual([status, text], [503, 'not able to serve\n'])
  })

  test('hangs up on a caller whose answer could not be made, and serves the next', async (t) => {
    let calls = 0
    const listener = await open({
      answer: async () => {
        if (++calls === 1) throw new Error('a bug')
        return answered
      },
    })
    t.after(() => listener.close())
    await assert.rejects(send(listener.url), { code: 'ECONNRESET' })
    assert.equal((await send(listener.url)).text, 'answered')
  })

  test('serves /metrics to this machine only, unless configured otherwise', async (t) => {
    const address = Object.values(networkInterfaces())
      .flat()
      .find((found) => found?.family === 'IPv4' && !found.internal)?.address
    if (address === undefined) return t.skip('this machine has no address but its loopback')
    for (const [metricsForAnyone, status] of [
      [false, 403],
      [true, 200],
    ] as const) {
      const listener = await open({}, { host: address, metricsForAnyone })
      t.after(() => listener.close())
      assert.equal((await send(listener.url, { method: 'GET', path: '/metrics' })).status, status)
      assert.equal((await send(listener.url, { method: 'GET', path: '/healthz' })).status, 200)
    }
  })
})

suite('a listener that drains', () => {
  test('returns 503 at /healthz, and continues to serve, one call per connection', async (t) => {
    const listener = await open()
    t.after(() => listener.close())
    const connection = await Connection.open(listener.url)
    const call = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b'
    await connection.write(call)
    assert.doesNotMatch(await connection.until(/answered$/), /Connection: close/i)
    listener.drain()
    const { status, text } = await send(listener.url, { method: 'GET', path: '/healthz' })
    assert.deepEqual([status, text], [503, 'draining\n'])
    await connection.write(call)
    const { text: last } = await connection.everything()
    assert.match(last, /^HTTP\/1\.1 200 OK\r\n.*Connection: close.*answered$/s)
    assert.equal((await send(listener.url)).text, 'answered')
  })
})

test('a listener that limits the requests of a connection ends it in order', async (t) => {
  const listener = await open({}, { requestsPerConnection: 2 })
  t.after(() => listener.close())
  const connection = await Connection.open(listener.url)
  const call = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b'
  await connection.write(call)
  assert.match(await connection.until(/answered$/), /Connection: keep-alive/i)
  await connection.write(call)
  const { text, error } = await connection.everything()
  assert.match(text, /Connection: close.*answered$/is)
  assert.equal(error, undefined)
})

suite('a listener that is closed', () => {
  test('answers the call under way, on a connection that is kept alive, and is done', async (t) => {
    const { answer, arrived, finish } = held()
    const listener = await open({ answer })
    const agent = new Agent({ keepAlive: true })
    t.after(() => agent.destroy())
    const text = new Promise<string>((resolve, reject) => {
      const outgoing = request(listener.url, { method: 'POST', agent }, (incoming) => {
        incoming.setEncoding('utf8').on('data', resolve)
      })
      outgoing.on('error', reject).end('a=b')
    })
    await arrived
    const closed = listener.close()
    await refused(listener.url)
    finish()
    assert.equal(await text, 'answered')
    // Not only when the client lets go of the connection, 25 seconds later.
    await soon(t, closed, 'the listener is closed')
  })

  test('receives the rest of a request in progress, and answers it', async (t) => {
    const listener = await open()
    const connection = await Connection.open(listener.url)
    await connection.write('POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n')
    await connection.until(/100 Continue/)
    const closed = listener.close()
    await connection.write('a=b')
    assert.match(await connection.until(/answered$/), /^HTTP\/1\.1 200 OK/)
    await soon(t, closed, 'the listener is closed')
  })

  for (const [what, text] of [
    ['the beginning of a request', 'POST / HTTP/1.1\r\nHost: x\r\n'],
    ['half a body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf'],
  ] as const) {
    test(`does not wait for ever for a client that sent ${what}`, async (t) => {
      const listener = await open()
      const connection = await Connection.open(listener.url)
      await connection.write(text)
      // Whatever is sent behind it has been read by then.
      await send(listener.url)
      await soon(t, listener.close(), 'the listener is closed')
    })
  }

  for (const sent of ['', 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n']) {
    const which = sent === '' ? 'that was never used' : 'that is kept alive'
    test(`answers a request that is on its way in a connection ${which}`, async (t) => {
      const listener = await open()
      const connection = await Connection.open(listener.url)
      await connection.write(sent)
      if (sent !== '') await connection.until(/ok\n$/)
      else await send(listener.url)
      const closed = listener.close(10_000)
      await connection.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na=b')
      assert.match(await connection.until(/answered$/), /Connection: close/i)
      // And goes with the last connection, not after ten seconds.
      await soon(t, closed, 'the listener is closed')
    })
  }

  test('does not wait for idle connections', async (t) => {
    const listener = await open()
    await Connection.open(listener.url)
    const used = await Connection.open(listener.url)
    await used.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    await used.until(/ok\n$/)
    await soon(t, listener.close(), 'the listener is closed')
  })
})
