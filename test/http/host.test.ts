import assert from 'node:assert/strict'
import { test } from 'node:test'
import { send } from '../support/sign.ts'
import { Connection, parseAnswer } from './connection.ts'
import { openListener } from './listening.ts'
import { served } from './served.ts'

const server = served()

for (const target of ['/', '/?Format=JSON', '/healthz', '/metrics', '/console/'])
  for (const [what, hosts] of [
    ['two hosts', 'Host: a\r\nHost: b\r\n'],
    ['one host twice', 'Host: a\r\nhost: a\r\n'],
    ['no host', ''],
    ['a host with a path', 'Host: a/b\r\n'],
    ['a host with a user', 'Host: me@a\r\n'],
    ['two hosts in one line', 'Host: a, b\r\n'],
    ['a host of 300 letters', `Host: ${'a'.repeat(300)}\r\n`],
  ] as const) {
    test(`${target} with ${what} is refused`, async () => {
      const connection = await Connection.open(server.url)
      await connection.write(`GET ${target} HTTP/1.1\r\n${hosts}\r\n`)
      const { status, body } = parseAnswer((await connection.everything()).text)
      assert.equal(status, 400)
      assert.match(body, /MalformedRequest/)
      assert.match(body, /Host header/)
    })
  }

for (const [listening, host, status] of [
  ['127.0.0.1', 'localhost', 200],
  ['127.0.0.1', 'LOCALHOST:8080', 200],
  ['127.0.0.1', '127.0.0.1:1', 200],
  ['127.0.0.1', '[::1]:8080', 200],
  ['127.0.0.2', '127.0.0.2', 200],
  ['127.0.0.1', 'evil.example', 403],
  ['127.0.0.1', 'localhost.evil.example', 403],
  ['127.0.0.1', 'evil.example:8080', 403],
  ['127.0.0.1', 'localhost:80:80', 403],
] as const) {
  test(`/metrics on ${listening} under the name ${host} is ${status}: a page can have its name resolve to this machine`, async (t) => {
    const listener = await openListener({}, { host: listening })
    t.after(() => listener.close())
    const answer = await send(listener.url, { method: 'GET', path: '/metrics', headers: { host } })
    assert.equal(answer.status, status)
  })
}
