import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { call, type Reply, send } from '../support/sign.ts'
import { served } from './served.ts'

const page = 'https://app.example.com'
const requested = {
  'Access-Control-Request-Method': 'POST',
  'Access-Control-Request-Headers': 'authorization, content-type,X-Acs-Action, x-acs-date, x-other, cookie',
}
const corsOf = ({ headers }: Reply) =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith('access-control-') || name === 'vary'),
  )

suite('without --cors-origin', () => {
  const server = served()
  test('a preflight is answered, and allows nothing', async () => {
    const answer = await send(server.url, { method: 'OPTIONS', headers: { Origin: page, ...requested } })
    assert.deepEqual([answer.status, answer.text, answer.headers.allow], [204, '', 'GET, POST, OPTIONS'])
    assert.deepEqual(corsOf(answer), {})
  })

  for (const [what, ask] of [
    ['an answer', () => call(server.url, 'QueryProductList', { CurrentPage: '1', PageSize: '1' })],
    ['a refusal', () => send(server.url, { headers: { Origin: page } })],
    ['health', () => send(server.url, { method: 'GET', path: '/healthz', headers: { Origin: page } })],
  ] as const) {
    test(`${what} allows nothing, and its type is not to be guessed`, async () => {
      const answer = await ask()
      assert.deepEqual(corsOf(answer), {})
      assert.equal(answer.headers['x-content-type-options'], 'nosniff')
    })
  }

  test('no cache may keep the answer to a call', async () => {
    assert.equal((await send(server.url)).headers['cache-control'], 'no-store')
  })

  test('OPTIONS of the server as a whole is answered', async () => {
    assert.equal((await send(server.url, { method: 'OPTIONS', path: '*' })).status, 204)
  })
})

suite('with --cors-origin', () => {
  const server = served({ corsOrigin: `${page}, http://localhost:5173` })

  for (const origin of [page, 'http://localhost:5173']) {
    test(`a preflight of ${origin} allows what a signed call needs`, async () => {
      const answer = await send(server.url, { method: 'OPTIONS', headers: { Origin: origin, ...requested } })
      assert.equal(answer.status, 204)
      assert.deepEqual(corsOf(answer), {
        'access-control-allow-origin': origin,
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'authorization, content-type, x-acs-action, x-acs-date',
        'access-control-max-age': '600',
        vary: 'Origin',
      })
    })
  }

  test('a permitted page can read our response headers', async () => {
    for (const answer of [
      await send(server.url, { headers: { Origin: page } }),
      await send(server.url, { headers: { Origin: page, 'Content-Length': '99999999' }, body: 'a' }),
    ])
      assert.deepEqual(corsOf(answer), {
        'access-control-allow-origin': page,
        'access-control-expose-headers': 'x-acs-request-id',
        vary: 'Origin',
      })
  })

  for (const origin of ['https://evil.example', `${page}.evil.example`, 'https://APP.example.com', 'null']) {
    test(`${origin} is allowed nothing`, async () => {
      for (const method of ['OPTIONS', 'POST']) {
        const answer = await send(server.url, { method, headers: { Origin: origin, ...requested } })
        assert.deepEqual(corsOf(answer), { vary: 'Origin' })
      }
    })
  }
})

suite('with --cors-origin *', () => {
  const server = served({ corsOrigin: '*' })
  test('any page may call', async () => {
    const answer = await send(server.url, { headers: { Origin: page } })
    assert.equal(answer.headers['access-control-allow-origin'], '*')
  })
})
