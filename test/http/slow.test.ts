import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Connection, parseAnswer } from './connection.ts'
import { served } from './served.ts'

const server = served({ requestTimeoutSeconds: '1' })

// All at once: each waits for the limit to pass and for the server to look, which it does once a second.
test('clients that never complete a request get an error, and are disconnected', async () => {
  const unfinished = {
    nothing: '',
    'the beginning of a request line': 'GET /?Action=',
    'some headers': 'POST / HTTP/1.1\r\nHost: x\r\n',
    'the beginning of a body': 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nProductKey=a1',
    'a first chunk': 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n',
    'a second request after a whole one': 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /?Action=',
  }
  const startedAt = performance.now()
  const ends = Object.entries(unfinished).map(async ([what, text]) => {
    const connection = await Connection.open(server.url)
    await connection.write(text)
    if (what.startsWith('a second')) await connection.until(/ok\n$/)
    const received = await connection.everything()
    const { status, code } = parseAnswer(received.text)
    return [what, status, code, received.error]
  })
  const trickled = (async () => {
    const connection = await Connection.open(server.url)
    await connection.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n')
    const trickle = setInterval(() => connection.write('x'), 50)
    const { text } = await connection.everything()
    clearInterval(trickle)
    return ['a byte now and then', parseAnswer(text).status, parseAnswer(text).code, undefined]
  })()
  assert.deepEqual(
    await Promise.all([...ends, trickled]),
    [...Object.keys(unfinished), 'a byte now and then'].map((what) => [
      what,
      408,
      'RequestTimeout',
      undefined,
    ]),
  )
  assert.ok(performance.now() - startedAt < 6000)
})
