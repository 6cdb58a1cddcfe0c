import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { test } from 'node:test'
import { credentials } from '../support/server.ts'
import { form, goodDevices, send, signedV1 } from '../support/sign.ts'
import { Connection, parseAnswer } from './connection.ts'
import { served } from './served.ts'

const server = served()
const host = 'Host: rollcall\r\n'

/** A good call as it stands on the wire. */
function goodCall(headers = ''): string {
  const parameters = {
    Action: 'BatchCheckImportDevice',
    ProductKey: credentials.productKey,
    ...goodDevices(1),
  }
  const body = form(Object.entries(signedV1(parameters)))
  return `POST / HTTP/1.1\r\n${host}${headers}Content-Length: ${body.length}\r\n\r\n${body}`
}

for (const method of ['PUT', 'DELETE', 'HEAD', 'PATCH', 'TRACE', 'PROPFIND']) {
  test(`${method} is not a method of this API`, async () => {
    const query = form(Object.entries(signedV1({ Action: 'BatchCheckImportDevice' })))
    const { status, text, body } = await send(server.url, { method, path: `/?${query}` })
    assert.equal(status, 400)
    if (method === 'HEAD') assert.equal(text, '')
    else assert.equal(body.Code, 'UnsupportedHTTPMethod')
  })
}

for (const path of ['/index.html', '//', '/?/', '/../../etc/passwd', '/healthz/', '/metrics/x', '/%00']) {
  test(`nothing is served at ${path}`, async () => {
    const { status, text } = await send(server.url, { method: 'GET', path })
    assert.ok([400, 404].includes(status), String(status))
    assert.match(text, /<Code>(InvalidAction\.NotFound|MissingAction|UnsupportedHTTPMethod)<\/Code>/)
  })
}

// RFC 9112 §3.2.2: a server must take the absolute form, which clients of a forward proxy send.
test('a request target in absolute form is the same as one in origin form', async () => {
  const connection = await Connection.open(server.url)
  await connection.write(goodCall('Connection: close\r\n').replace('POST /', `POST ${server.url}/`))
  assert.match((await connection.everything()).text, /"Success":true/)
})

for (const [what, text] of [
  ['nonsense', 'nonsense\r\n\r\n'],
  ['a method nobody knows', `BREW / HTTP/1.1\r\n${host}\r\n`],
  ['another protocol’s first bytes', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ['HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['a version nobody knows', `GET / HTTP/9.9\r\n${host}\r\n`],
  ['a byte beyond ASCII in the target', `GET /?Action=\xff HTTP/1.1\r\n${host}\r\n`],
  ['a space in the target', `GET /?Action=a b HTTP/1.1\r\n${host}\r\n`],
  ['a header without a colon', `GET / HTTP/1.1\r\n${host}nonsense\r\n\r\n`],
  ['a header name with a space', `GET / HTTP/1.1\r\n${host}a b: c\r\n\r\n`],
  ['a NUL in a header', `GET / HTTP/1.1\r\n${host}a: b\0c\r\n\r\n`],
  ['a length that is no number', `POST / HTTP/1.1\r\n${host}Content-Length: ten\r\n\r\n`],
  ['a negative length', `POST / HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`],
  ['a length past all integers', `POST / HTTP/1.1\r\n${host}Content-Length: 99999999999999999999999\r\n\r\n`],
  ['two lengths', `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`],
  [
    'a length and chunks',
    `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ['a broken chunk', `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n`],
] as const) {
  test(`${what} is reported as malformed, and the connection ends`, async () => {
    const connection = await Connection.open(server.url)
    await connection.write(Buffer.from(text, 'latin1'))
    const { text: answer, error } = await connection.everything()
    const { status, code } = parseAnswer(answer)
    assert.deepEqual([status, code, error], [400, 'MalformedRequest', undefined])
  })
}

test('a request without a Host is refused, as HTTP/1.1 demands', async () => {
  const connection = await Connection.open(server.url)
  await connection.write('GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n')
  assert.equal(parseAnswer((await connection.everything()).text).status, 400)
})

test('CONNECT gets no tunnel', async () => {
  const connection = await Connection.open(server.url)
  await connection.write(`CONNECT example.com:443 HTTP/1.1\r\n${host}\r\n`)
  assert.doesNotMatch((await connection.everything()).text, /^HTTP\/1\.1 2/)
})

test('requests that are sent without waiting are answered in their order', async () => {
  const connection = await Connection.open(server.url)
  const wrong = `GET /?Format=JSON&Version=2018-01-20&Action=NoSuch HTTP/1.1\r\n${host}\r\n`
  const health = `GET /healthz HTTP/1.1\r\n${host}\r\n`
  await connection.write(goodCall() + wrong + health + goodCall('Connection: close\r\n'))
  const { text } = await connection.everything()
  const marks = text.match(/"Success":true|InvalidAction\.NotFound(?=")|ok\n/g)
  assert.deepEqual(marks, ['"Success":true', 'InvalidAction.NotFound', 'ok\n', '"Success":true'])
})

test('nonsense behind a good request does not take the place of its answer', async () => {
  const connection = await Connection.open(server.url)
  await connection.write(`${goodCall()}nonsense\r\n\r\n`)
  const { text } = await connection.everything()
  assert.match(text, /^HTTP\/1\.1 200 OK\r\n/)
  assert.match(text, /"Success":true/)
})

test('an Upgrade that is offered is left aside (Java’s client offers h2c with every request)', async () => {
  const connection = await Connection.open(server.url)
  await connection.write(
    goodCall('Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAA\r\n'),
  )
  assert.match((await connection.everything()).text, /"Success":true/)
})

test('a client that waits for 100 Continue gets it (curl does for bodies over 1 MB)', async () => {
  const connection = await Connection.open(server.url)
  const [head, body] = goodCall('Connection: close\r\nExpect: 100-continue\r\n').split('\r\n\r\n') as [
    string,
    string,
  ]
  await connection.write(`${head}\r\n\r\n`)
  assert.match(await connection.until(/\r\n\r\n/), /^HTTP\/1\.1 100 Continue\r\n/)
  await connection.write(body)
  assert.match((await connection.everything()).text, /"Success":true/)
})

test('HTTP/1.0 is answered and hung up', async () => {
  const connection = await Connection.open(server.url)
  await connection.write(goodCall().replace('HTTP/1.1', 'HTTP/1.0').replace(host, ''))
  assert.match((await connection.everything()).text, /"Success":true/)
})

test('a connection is used again after an error answer', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ports = new Set<number | undefined>()
  const statuses: (number | undefined)[] = []
  const query = form(Object.entries(signedV1({ Action: 'BatchCheckImportDevice' })))
  for (const [method, path] of [
    ['GET', '/?Action=NoSuch'],
    ['PUT', '/'],
    ['POST', `/?${query}`],
    ['GET', '/nothing'],
    ['GET', '/healthz'],
  ] as const) {
    await new Promise<void>((resolve, reject) => {
      const outgoing = request(server.url, { method, path, agent }, (incoming) => {
        statuses.push(incoming.statusCode)
        ports.add(incoming.socket.localPort)
        incoming.resume().on('end', resolve)
      })
      outgoing.on('error', reject).end()
    })
  }
  agent.destroy()
  assert.deepEqual(statuses, [400, 400, 400, 404, 200])
  assert.equal(ports.size, 1)
})
