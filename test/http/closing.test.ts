import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { type Listener, listen } from '../../src/http/listener.ts'
import { systemClock } from '../../src/lib/clock.ts'
import type { Answer } from '../../src/lib/http-message.ts'

// Connections that the system has established and the listener has not accepted when it closes.

const answered: Answer = { status: 200, headers: {}, body: 'answered' }

/** @param answer what is done in each call, before it is answered */
const open = (answer: () => void = () => {}): Promise<Listener> =>
  listen(
    {
      precheck: async () => undefined,
      async answer() {
        answer()
        return answered
      },
      refuse: ({ kind }) => ({ status: 400, headers: {}, body: kind }),
      follow: async () => assert.fail('nothing is followed here'),
      unanswered: () => {},
      limited: () => {},
      healthy: async () => {},
      metrics: async () => ({ contentType: 'text/plain', text: 'metrics' }),
    },
    {
      host: '127.0.0.1',
      port: 0,
      tls: undefined,
      requestLineBytesMax: 65_536,
      headerBytesMax: 16_384,
      clock: systemClock,
      bodyBytesMax: 65_536,
      memory: { bytesMax: 2 ** 20 },
      requestTimeoutMs: 10_000,
      metricsForAnyone: false,
    },
  )

/** Makes a call on a connection of its own. @returns the last line of its answer, or the error's code */
function callOn({ url }: Listener): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    let text = ''
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    socket.on('error', (error: Error & { code?: string }) => resolve(`${error.code}`))
    socket.on('end', () => resolve(text.split('\r\n').at(-1)!))
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('as many connections as the queue takes are all answered', async () => {
  const listener = await open()
  const calls = Array.from({ length: 500 }, () => callOn(listener))
  // Connections are made by the system in the next tick, one of them or none is accepted by then.
  await new Promise(process.nextTick)
  const closed = listener.close()
  assert.deepEqual(new Set(await Promise.all(calls)), new Set(['answered']))
  await closed
})

test('connections that come while the last calls are computed are answered too', async () => {
  const later: Promise<string>[] = []
  const listener = await open(() => {
    // A client comes while the process computes for longer than a turn of its event loop takes otherwise.
    if (later.length < 50) later.push(callOn(listener))
    for (const until = performance.now() + 3; performance.now() < until; );
  })
  const first = callOn(listener)
  await turn()
  await turn()
  const closed = listener.close()
  assert.equal(await first, 'answered')
  await closed
  assert.equal(later.length, 50)
  assert.deepEqual(new Set(await Promise.all(later)), new Set(['answered']))
})
