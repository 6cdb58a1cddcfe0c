import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { credentials } from '../support/server.ts'
import { form, goodDevices, signedV1, signedV3 } from '../support/sign.ts'
import { Connection, parseAnswer } from './connection.ts'
import { served } from './served.ts'

const server = served()
const kilobytes = (count: number, letter = 'a') => letter.repeat(count * 1024)
const small = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'
const withBody = 'POST /?Format=JSON HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello'
const begun = 'GET /?Format=JSON HTTP/1.1\r\nHost: x\r\n'

/** None of these heads ever ends: only a limit that is kept while they arrive answers them. */
for (const [what, head] of [
  ['one long header', `${begun}a: ${kilobytes(300)}`],
  ['one long header name', `${begun}${kilobytes(300)}`],
  ['many short headers', begun + 'a:\r\n'.repeat(75_000)],
  [
    'headers behind a long request line',
    `GET /?x=${kilobytes(500)} HTTP/1.1\r\nHost: x\r\na: ${kilobytes(300)}`,
  ],
  ['headers behind another request', `${small}${begun}a: ${kilobytes(300)}`],
  ['headers behind another request’s body', `${withBody}${begun}a: ${kilobytes(300)}`],
  ['empty lines and then headers', `\r\n\r\n\r\n${begun}a: ${kilobytes(300)}`],
] as const) {
  test(`${what}: refused while they arrive`, async () => {
    const connection = await Connection.open(server.url)
    const [{ text }] = await Promise.all([connection.everything(), connection.write(head)])
    assert.match(text, /HTTP\/1\.1 431 .*"Code":"RequestHeadersTooLarge"\}$/s)
    assert.match(text, /The request headers exceed 16384 bytes\. /)
  })
}

for (const [what, before] of [
  ['on a new connection', ''],
  ['behind another request', small],
  ['after the answer to a call with a body', withBody],
] as const) {
  test(`a request line of 1.4 MB in small pieces passes ${what}`, async () => {
    const parameters = {
      Action: 'BatchCheckImportDevice',
      ProductKey: credentials.productKey,
      ...goodDevices(10_000),
    }
    const line = `GET /?${form(Object.entries(signedV1(parameters, { method: 'GET' })))} HTTP/1.1\r\n`
    const connection = await Connection.open(server.url)
    if (before === withBody) {
      await connection.write(before)
      await connection.until(/\}$/)
    } else await connection.write(before)
    for (let at = 0; at < line.length; at += 30_000) await connection.write(line.slice(at, at + 30_000))
    await connection.write('Host: x\r\nConnection: close\r\n\r\n')
    assert.match((await connection.everything()).text, /"Success":true/)
  })
}

suite('at the edge', () => {
  // Blanks before a value are none of the headers to node.
  const rest = 'Host:x\r\nConnection:close\r\n'
  for (const [bytes, status] of [
    [16_384, 400],
    [16_385, 431],
  ] as const) {
    test(`${bytes} bytes of headers are ${status}`, async () => {
      const connection = await Connection.open(server.url)
      const padding = 'a'.repeat(bytes - rest.length - 'p:\r\n'.length)
      await connection.write(`GET /?Format=JSON HTTP/1.1\r\n${rest}p:${padding}\r\n\r\n`)
      assert.equal(parseAnswer((await connection.everything()).text).status, status)
    })
  }

  for (const [count, seen] of [
    [128, /x-acs-unsigned is not among the signed headers/],
    [129, /The request headers exceed 128 lines\. /],
    [3000, /RequestHeadersTooLarge/],
  ] as const) {
    // Node would drop what comes behind 2,000 headers, and an x-acs- header must be signed.
    test(`the last of ${count} headers is seen`, async () => {
      const signed = Object.entries(signedV3(server.url, 'BatchCheckImportDevice'))
      const lines = signed.map(([name, value]) => `${name}: ${value}\r\n`).join('')
      const padding = 'a:b\r\n'.repeat(count - signed.length - 2)
      const connection = await Connection.open(server.url)
      await connection.write(
        `POST / HTTP/1.1\r\n${lines}${padding}x-acs-unsigned:1\r\nConnection:close\r\n\r\n`,
      )
      assert.match((await connection.everything()).text, seen)
    })
  }
})

/** The framing of a chunked body: what is not body costs node memory, and us a call for each chunk. */
const chunked = 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'
suite('a chunked body', () => {
  for (const [what, body] of [
    ['of 100,000 chunks of one byte', '1\r\na\r\n'.repeat(100_000)],
    ['with an extension at each chunk', `2;${'x'.repeat(1000)}\r\nab\r\n`.repeat(500)],
    ['with long trailers', `1\r\na\r\n0\r\n${`t: ${kilobytes(8)}\r\n`.repeat(60)}`],
    ['with one long trailer', `1\r\na\r\n0\r\nt: ${kilobytes(500)}`],
  ] as const) {
    test(`${what} is refused while it arrives`, async () => {
      const connection = await Connection.open(server.url)
      const [{ text }] = await Promise.all([connection.everything(), connection.write(chunked, body)])
      assert.deepEqual([parseAnswer(text).status, parseAnswer(text).code], [400, 'MalformedRequest'])
    })
  }

  test('of lines of a list, a chunk each, passes', async () => {
    const devices = {
      Action: 'BatchCheckImportDevice',
      ProductKey: credentials.productKey,
      ...goodDevices(5000),
    }
    const parts = form(Object.entries(signedV1(devices))).split(/(?<=&)/)
    const connection = await Connection.open(server.url)
    const chunks = parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`)
    await connection.write(
      chunked.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'),
      `${chunks.join('')}0\r\n\r\n`,
    )
    assert.match((await connection.everything()).text.slice(0, 1000), /"Success":true/)
  })
})
