import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { countedForSize, FailedCalls } from '../../src/http/failed-calls.ts'
import type { Running } from '../../src/main.ts'
import { TestClock } from '../support/deterministic.ts'
import { credentials, startServer } from '../support/server.ts'
import { call, goodDevices, type Reply, send } from '../support/sign.ts'
import { Connection } from './connection.ts'

suite('the bucket of an address', () => {
  const limited = (perSecond = 50, loopback = false) => {
    const clock = new TestClock()
    return { clock, calls: new FailedCalls({ perSecond, loopback }, clock) }
  }
  /** Fails until the limit. */
  const failures = (calls: FailedCalls, address: string) => {
    let count = 0
    for (; calls.waitMs(address) === 0 && count < 10_000; count++) calls.charge(address)
    return count
  }

  test('accepts a burst of ten seconds’ worth, then the rate', () => {
    const { clock, calls } = limited()
    assert.equal(failures(calls, '203.0.113.5'), 500)
    assert.equal(calls.waitMs('203.0.113.5'), 20)
    clock.advance(1000)
    assert.equal(failures(calls, '203.0.113.5'), 50)
    clock.advance(60_000)
    assert.equal(failures(calls, '203.0.113.5'), 500)
  })

  test('allows fewer large calls: one of 1.4 MB counts as 22', () => {
    const { calls } = limited()
    assert.deepEqual([0, 65_535, 65_536, 1_400_000].map(countedForSize), [0, 0, 1, 21])
    calls.charge('203.0.113.5', 499)
    assert.equal(failures(calls, '203.0.113.5'), 1)
  })

  test('is one for a /64, another for another address', () => {
    const { calls } = limited()
    assert.equal(failures(calls, '2001:db8::1'), 500)
    assert.equal(failures(calls, '2001:db8::ffff:2'), 0)
    assert.equal(failures(calls, '2001:db8:0:1::1'), 500)
    assert.equal(failures(calls, '203.0.113.5'), 500)
    assert.equal(failures(calls, '203.0.113.6'), 500)
  })

  test('gives back what turned out to be no failure, once', () => {
    const { calls } = limited(1)
    const charges = Array.from({ length: 10 }, () => calls.charge('203.0.113.5'))
    assert.ok(calls.waitMs('203.0.113.5') > 0)
    for (const charge of [charges[0]!, charges[0]!, charges[1]!]) charge.cancel()
    assert.equal(failures(calls, '203.0.113.5'), 2)
    for (const charge of charges) charge.cancel()
    assert.equal(failures(calls, '203.0.113.5'), 8)
  })

  test('does not apply to this machine unless configured, and 0 disables it', () => {
    for (const address of ['127.0.0.1', '127.9.9.9', '::1']) {
      assert.equal(failures(limited().calls, address), 10_000)
      assert.equal(failures(limited(50, true).calls, address), 500)
    }
    assert.equal(failures(limited(0, true).calls, '203.0.113.5'), 10_000)
  })

  test('is forgotten when it is full, and when too many others came after it', () => {
    const { clock, calls } = limited()
    const address = (i: number) => `2001:db8:${(i >> 16).toString(16)}:${(i & 0xffff).toString(16)}::1`
    let most = 0
    for (let i = 0; i < 200_000; i++) {
      calls.charge(address(i))
      if (i % 10_000 === 0) most = Math.max(most, calls.addresses)
    }
    assert.ok(most <= 50_000, String(most))
    clock.advance(10_000)
    calls.charge('203.0.113.5')
    clock.advance(10_000)
    calls.charge('203.0.113.5')
    assert.equal(calls.addresses, 1)
  })
})

/** 5 a second, and 50 at once. */
const limit = { failedCalls: '5', logLevel: 'silent' }
const check = (url: string, signing = {}) =>
  call(url, 'BatchCheckImportDevice', { ProductKey: credentials.productKey, ...goodDevices(1) }, signing)

suite('a server', () => {
  async function served(t: { after(done: () => unknown): void }, given = {}) {
    const clock = new TestClock(new Date().toISOString())
    const server = await startServer({ ...limit, ...given }, { clock })
    t.after(() => server.close())
    return { server, clock }
  }
  const repeat = async (count: number, ask: () => Promise<Reply>) => {
    const codes: Record<string, number> = {}
    for (let i = 0; i < count; i++) {
      const { body, text } = await ask()
      const code = body?.Code ?? /<Code>(.*?)</.exec(text)?.[1] ?? 'Success'
      codes[code] = (codes[code] ?? 0) + 1
    }
    return codes
  }
  const metric = async ({ url }: Running, name: string) => {
    const { text } = await send(url, { method: 'GET', path: '/metrics' })
    return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)
  }

  for (const [what, code, ask] of [
    ['wrong signatures', 'SignatureDoesNotMatch', (url: string) => check(url, { secret: 'wrong' })],
    ['unknown keys', 'InvalidAccessKeyId.NotFound', (url: string) => check(url, { id: 'nobody' })],
    ['requests without anything', 'MissingAction', (url: string) => send(url)],
    [
      'unknown operations by strangers',
      'InvalidAction.NotFound',
      (url: string) => call(url, 'QueryTopicRouteTable', {}, { secret: 'wrong' }),
    ],
    [
      'bodies too large',
      'RequestBodyTooLarge',
      (url: string) =>
        send(url, { path: '/?Format=JSON', headers: { 'Content-Length': '99999999' }, body: 'a' }),
    ],
    ['repeated hosts', 'MalformedRequest', (url: string) => raw(url, 'Host: a\r\nHost: b\r\n')],
    ['what is not HTTP', 'MalformedRequest', (url: string) => raw(url, 'Host: x\r\na b: c\r\n')],
  ] as const) {
    test(`reads 50 ${what} at once, refuses the rest with 429, and serves on later`, async (t) => {
      const { server, clock } = await served(t)
      assert.deepEqual(await repeat(60, () => ask(server.url)), { [code]: 50, TooManyFailedCalls: 10 })
      const refused = await check(server.url)
      assert.deepEqual(
        [refused.status, refused.headers['retry-after'], refused.headers['x-acs-retry-after']],
        [429, '1', '200'],
      )
      assert.equal(await metric(server, 'rollcall_limited_calls_total'), 11)
      clock.advance(200)
      assert.equal((await check(server.url)).body.Success, true)
    })
  }

  test('counts none that is signed: not throttled, denied, failed, unknown or replayed ones', async (t) => {
    const { server } = await served(t, { quota: 'on' })
    const { url } = server
    await repeat(60, () => call(url, 'BatchImportDevice', { ProductKey: credentials.productKey }))
    await repeat(60, () => call(url, 'NoSuchAction', {}))
    await repeat(60, () => check(url, { nonce: 'the same' }))
    await repeat(60, () => call(url, 'QueryProduct', { ProductKey: 'a1Nothing01' }))
    assert.equal((await check(url)).status, 200)
    assert.equal(await metric(server, 'rollcall_limited_calls_total'), 0)
  })

  test('counts a large call more than once when its signature is false, and not when it is right', async (t) => {
    const { server } = await served(t)
    const large = (secret: string) =>
      call(
        server.url,
        'BatchCheckImportDevice',
        { ProductKey: credentials.productKey, ...goodDevices(10_000) },
        { secret },
      )
    assert.equal((await large(credentials.accessKeySecret)).body.Success, true)
    assert.deepEqual(await repeat(5, () => large('wrong')), {
      SignatureDoesNotMatch: 4,
      TooManyFailedCalls: 1,
    })
  })

  test('counts pipelined calls, too: none slips in before another has failed', async (t) => {
    const { server } = await served(t)
    const connection = await Connection.open(server.url)
    const one = 'GET /?Format=JSON&Action=QueryTopicRouteTable&Version=2018-01-20 HTTP/1.1\r\nHost: x\r\n\r\n'
    await connection.write(one.repeat(500), one.replace('Host', 'Connection: close\r\nHost'))
    const { text } = await connection.everything()
    const count = (pattern: RegExp) => text.match(pattern)?.length
    // The 429 ends the connection.
    assert.deepEqual([count(/HTTP\/1\.1 404/g), count(/HTTP\/1\.1 429/g), count(/HTTP\/1\.1 /g)], [50, 1, 51])
  })

  test('refuses a large body unread, and one more that arrives while others fail', async (t) => {
    const { server } = await served(t)
    const post = `POST /?Format=JSON HTTP/1.1\r\nHost: x\r\nContent-Length: 30\r\n\r\n`
    const [slow, unread] = [await Connection.open(server.url), await Connection.open(server.url)]
    await slow.write(post)
    await repeat(60, () => send(server.url))
    await unread.write(post.replace('30', '4000000'))
    assert.match(await unread.until(/\}$/), /^HTTP\/1\.1 429 /)
    await slow.write('a'.repeat(30))
    assert.match(await slow.until(/\}$/), /^HTTP\/1\.1 429 /)
    await Promise.all([slow.reset(), unread.reset()])
  })

  test('leaves health, metrics, preflights and the console alone', async (t) => {
    const { server } = await served(t)
    await repeat(60, () => send(server.url))
    for (const [method, path, status] of [
      ['GET', '/healthz', 200],
      ['GET', '/metrics', 200],
      ['OPTIONS', '/', 204],
    ] as const) {
      assert.equal((await send(server.url, { method, path })).status, status, path)
    }
  })

  test('distinguishes clients behind a trusted proxy, and does not limit the proxy for them', async (t) => {
    const { server } = await served(t, { trustedProxies: '127.0.0.0/8,::1' })
    const by = (address: string) => () => send(server.url, { headers: { 'x-forwarded-for': address } })
    const all = { MissingAction: 50, TooManyFailedCalls: 5 }
    assert.deepEqual(await repeat(55, by('1.1.1.1, 203.0.113.5')), all)
    assert.deepEqual(await repeat(55, by('2.2.2.2, 203.0.113.6')), all)
    assert.deepEqual(await repeat(1, by('203.0.113.5')), { TooManyFailedCalls: 1 })
    assert.deepEqual(await repeat(60, () => raw(server.url, 'Host: x\r\na b: c\r\n')), {
      MalformedRequest: 60,
    })
  })
})

async function raw(url: string, headers: string): Promise<Reply> {
  const connection = await Connection.open(url)
  await connection.write(`GET /?Format=JSON HTTP/1.1\r\n${headers}\r\n`)
  const { text } = await connection.everything()
  return {
    status: Number(text.split(' ')[1]),
    headers: {},
    text,
    body: JSON.parse(text.split('\r\n\r\n')[1]!),
  }
}
