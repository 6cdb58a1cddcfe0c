import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { credentials } from '../support/server.ts'
import { form, goodDevices, send, signedV1, signedV3 } from '../support/sign.ts'
import { Connection, parseAnswer } from './connection.ts'
import { served } from './served.ts'

const server = served()
const action = 'BatchCheckImportDevice'
const bytes = 4_000_000
const rest = Buffer.alloc(bytes - 10, 'a')
const type = 'Content-Type: application/x-www-form-urlencoded'

const headOf = (path: string, ...headers: string[]) =>
  `${[`POST ${path} HTTP/1.1`, 'Host: x', type, ...headers].join('\r\n')}\r\n\r\n`

/** The head of a V1 call whose common parameters stand in the query. */
function headV1(given: Readonly<Record<string, string>>, ...headers: string[]): string {
  const query = form(Object.entries({ ...signedV1({ Action: action }), ...given }))
  return headOf(`/?${query}`, `Content-Length: ${bytes}`, ...headers)
}

/** The head of a V3 call, changed after it was signed. */
function headV3(change: (headers: Record<string, string>) => void): string {
  const { host: _, 'content-type': __, ...headers } = signedV3(server.url, action)
  change(headers)
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return headOf('/?Format=JSON', `Content-Length: ${bytes}`, ...lines)
}

const strangers: readonly (readonly [what: string, head: () => string, status: number, code: string])[] = [
  [
    'a key in a V3 header that nobody has',
    () =>
      headV3((headers) => {
        headers.Authorization = headers.Authorization!.replace(credentials.accessKeyId, 'nobody')
      }),
    404,
    'InvalidAccessKeyId.NotFound',
  ],
  [
    'a key in the query that nobody has',
    () => headV1({ AccessKeyId: 'nobody' }),
    404,
    'InvalidAccessKeyId.NotFound',
  ],
  [
    'an old x-acs-date',
    () =>
      headV3((headers) => {
        headers['x-acs-date'] = '2020-01-01T00:00:00Z'
      }),
    400,
    'InvalidTimeStamp.Expired',
  ],
  ['an old Timestamp', () => headV1({ Timestamp: '2020-01-01T00:00:00Z' }), 400, 'InvalidTimeStamp.Expired'],
  [
    'a Content-Type that is not served',
    () => headV1({}).replace(type, 'Content-Type: text/html'),
    415,
    'UnsupportedContentType',
  ],
]

for (const [what, head, status, code] of strangers) {
  test(`${what} is refused before the body was sent, and a client that sends it all the same sees that`, async () => {
    const connection = await Connection.open(server.url)
    await connection.write(head(), '0123456789')
    const answer = parseAnswer(await connection.until(/\}$/))
    assert.deepEqual([answer.status, answer.code], [status, code])
    assert.match(answer.head, /^Connection: close$/m)
    await connection.write(rest)
    assert.deepEqual(await connection.everything(), { text: '', error: undefined })
  })

  test(`${what} is refused, and a client that first sends, then reads sees that`, async () => {
    const connection = await Connection.open(server.url)
    await connection.write(head(), '0123456789', rest)
    const { text, error } = await connection.everything()
    assert.deepEqual([parseAnswer(text).code, error], [code, undefined])
  })
}

const metric = async (pattern: RegExp) => {
  const { text } = await send(server.url, { method: 'GET', path: '/metrics' })
  return Number(pattern.exec(text)?.[1] ?? 0)
}

test('a refused client that disconnects is neither answered nor counted a second time', async () => {
  const malformed = () => metric(/^rollcall_calls_total\{.*code="MalformedRequest"\} (\d+)$/m)
  const before = await malformed()
  const connection = await Connection.open(server.url)
  await connection.write(headV1({ AccessKeyId: 'nobody' }))
  await connection.until(/\}$/)
  connection.socket.end()
  assert.equal((await connection.everything()).text, '')
  assert.equal(await malformed(), before)
})

test('a chunked body is not waited for either', async () => {
  const connection = await Connection.open(server.url)
  const head = headV1({ AccessKeyId: 'nobody' }).replace(
    `Content-Length: ${bytes}`,
    'Transfer-Encoding: chunked',
  )
  await connection.write(head, '5\r\nabcde\r\n')
  assert.equal(parseAnswer(await connection.until(/\}$/)).code, 'InvalidAccessKeyId.NotFound')
  await connection.write('0\r\n\r\n')
  assert.deepEqual(await connection.everything(), { text: '', error: undefined })
})

test('refused ones are counted, and hold nothing', async () => {
  const refused =
    /^rollcall_calls_total\{action="[^"]*",result="refused",code="InvalidAccessKeyId.NotFound"\} (\d+)$/m
  const before = await metric(refused)
  const connections = await Promise.all(Array.from({ length: 50 }, () => Connection.open(server.url)))
  for (const connection of connections) {
    await connection.write(headV1({ AccessKeyId: 'nobody' }), rest.subarray(0, 200_000))
  }
  await Promise.all(connections.map((connection) => connection.until(/\}$/)))
  assert.equal(await metric(/^rollcall_request_bytes (\d+)$/m), 0)
  assert.equal((await metric(refused)) - before, 50)
})

suite('a client that sends Expect: 100-continue', () => {
  test('gets a refusal instead of 100', async () => {
    const connection = await Connection.open(server.url)
    await connection.write(headV1({ AccessKeyId: 'nobody' }, 'Expect: 100-continue'))
    const answer = parseAnswer(await connection.until(/\}$/))
    assert.deepEqual([answer.status, answer.code], [404, 'InvalidAccessKeyId.NotFound'])
  })

  test('gets 100 if the call is valid so far, and is answered', async () => {
    const body = form(
      Object.entries(signedV1({ Action: action, ProductKey: credentials.productKey, ...goodDevices(5000) })),
    )
    const connection = await Connection.open(server.url)
    await connection.write(headOf('/', `Content-Length: ${body.length}`, 'Expect: 100-continue'))
    assert.match(await connection.until(/\r\n\r\n/), /^HTTP\/1\.1 100 Continue\r\n\r\n$/)
    await connection.write(body)
    assert.match(await connection.until(/\}$/), /"Success":true/)
  })
})

for (const version of ['V1', 'V3']) {
  test(`a known key passes with a large body, ${version}`, async () => {
    const parameters = { ProductKey: credentials.productKey, ...goodDevices(10_000) }
    const common = version === 'V1' ? signedV1({ Action: action, ...parameters }) : {}
    const inBody = Object.entries(parameters)
    const query = Object.entries(common).filter(([name]) => !(name in parameters))
    const body = form(inBody)
    const headers = version === 'V1' ? {} : signedV3(server.url, action, { body })
    const { status, body: answer } = await send(server.url, { path: `/?${form(query)}`, headers, body })
    assert.deepEqual([status, answer.Success], [200, true])
  })
}
