import assert from 'node:assert/strict'
import { request } from 'node:http'
import { suite, test } from 'node:test'
import { goodDevices, send, signedV3 } from '../support/sign.ts'
import { Connection, parseAnswer } from './connection.ts'
import { check, served } from './served.ts'

const megabyte = Buffer.alloc(1 << 20, 'a')
const times = (count: number) => Array.from({ length: count }, () => megabyte)
const chunks = (count: number) => times(count).flatMap((chunk) => ['100000\r\n', chunk, '\r\n'])

const tooLongLine = ['GET /?x=', ...times(20), ' HTTP/1.1\r\nHost: x\r\n\r\n']
const tooManyHeaders = ['GET / HTTP/1.1\r\nHost: x\r\nx-padding: ', ...times(20), '\r\n\r\n']
// Asked for JSON in the query, because the format of a body that is not read can't be known.
const tooLargeBody = [
  'POST /?Format=JSON HTTP/1.1\r\nHost: x\r\nContent-Length: 20971520\r\n\r\n',
  ...times(20),
]
const tooManyChunks = [
  'POST /?Format=JSON HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
  ...chunks(20),
  '0\r\n\r\n',
]

const line = [431, 'RequestLineTooLong'] as const
const headers = [431, 'RequestHeadersTooLarge'] as const
const body = [413, 'RequestBodyTooLarge'] as const

for (const [settings, given, limits] of [
  ['the default limits', {}, { line: 16_777_216, body: 16_777_216 }],
  ['limits of 8 KB', { requestLineBytes: '8192', bodyBytes: '8192' }, { line: 8192, body: 8192 }],
] as const) {
  suite(`with ${settings}`, () => {
    const server = served(given)

    for (const [what, parts, [status, code], max] of [
      ['a request line of 20 MB', tooLongLine, line, limits.line],
      ['headers of 20 MB', tooManyHeaders, headers, 16_384],
      ['a body of 20 MB', tooLargeBody, body, limits.body],
      ['a chunked body of 20 MB', tooManyChunks, body, limits.body],
    ] as const) {
      test(`${what} is ${code}, and a client that reads while it sends sees that`, async () => {
        const connection = await Connection.open(server.url)
        const [{ text }] = await Promise.all([connection.everything(), connection.write(...parts)])
        assertRefused(text, status, code, max)
      })

      // Most HTTP libraries (Java's, Python's) write the whole request before they look at the answer.
      test(`${what} is ${code}, and a client that first sends, then reads sees that`, async () => {
        const connection = await Connection.open(server.url)
        await connection.write(...parts)
        const { text, error } = await connection.everything()
        assert.deepEqual([text.slice(0, 12), error], [`HTTP/1.1 ${status}`, undefined])
        assertRefused(text, status, code, max)
      })
    }

    test('node:http sees the refusals as answers', async () => {
      const tooLong = await send(server.url, { method: 'GET', path: `/?x=${'a'.repeat(20 << 20)}` })
      assert.deepEqual([tooLong.status, tooLong.body.Code], line)
      const tooLarge = await send(server.url, { path: '/?Format=JSON', body: Buffer.concat(times(20)) })
      assert.deepEqual([tooLarge.status, tooLarge.body.Code], body)
    })
  })
}

function assertRefused(text: string, status: number, code: string, max: number): void {
  const answer = parseAnswer(text)
  assert.deepEqual([answer.status, answer.code], [status, code])
  const { Message, RequestId } = JSON.parse(answer.body)
  assert.match(Message, new RegExp(` exceed(s)? ${max} bytes\\. `))
  assert.match(answer.head, new RegExp(`^x-acs-request-id: ${RequestId}$`, 'm'))
  assert.match(answer.head, /^Content-Type: application\/json;charset=utf-8$/m)
}

suite('at the edge of a limit', () => {
  const server = served({ bodyBytes: '4096', requestLineBytes: '2048' })

  const bodyOf = (bytes: number) => `ProductKey=a1TestKey01&Padding=${'x'.repeat(bytes - 31)}`
  for (const chunked of [false, true]) {
    test(`a ${chunked ? 'chunked ' : ''}body of exactly the limit is taken, one byte more is not`, async () => {
      for (const [bytes, code] of [
        [4096, 'iot.device.NoneDeviceNameElement'],
        [4097, 'RequestBodyTooLarge'],
      ] as const) {
        const text = bodyOf(bytes)
        const headers = signedV3(server.url, 'BatchCheckImportDevice', { body: text })
        const { promise, resolve, reject } = Promise.withResolvers<string>()
        const outgoing = request(server.url, { method: 'POST', headers, agent: false }, (incoming) => {
          incoming.toArray().then((parts) => resolve(Buffer.concat(parts).toString()), reject)
        }).on('error', reject)
        // Written in two, without a Content-Length, it goes out chunked.
        if (chunked) outgoing.write(text.slice(0, 100))
        outgoing.end(chunked ? text.slice(100) : text)
        assert.equal(JSON.parse(await promise).Code, code, `${bytes} bytes`)
      }
    })
  }

  test('a body that is only announced too large is refused before it is sent', async () => {
    const connection = await Connection.open(server.url)
    await connection.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n')
    assert.equal(parseAnswer(await connection.until(/[}>]$/)).status, 413)
  })

  test('a list that is too long for a URL passes as a form', async () => {
    const devices = goodDevices(40)
    assert.equal((await send(server.url, { path: `/?${new URLSearchParams({ ...devices })}` })).status, 431)
    assert.equal((await check(server.url, devices)).status, 200)
  })
})
