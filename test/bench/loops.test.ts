import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { got } from '../../bench/calls/call.ts'
import { isOk } from '../../bench/calls/expected.ts'
import { drive } from '../../bench/load/loops.ts'

const next = () => got('/', isOk)

async function serve(t: TestContext, answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('an open loop charges a stall to every call that arrives meanwhile', async (t) => {
  // For 400 milliseconds nobody is answered: the calls that were due then have waited 400 to 0.
  const waiting: (() => void)[] = []
  let stalls = true
  const url = await serve(t, (_, response) => {
    if (stalls) waiting.push(() => response.end('ok'))
    else response.end('ok')
  })
  setTimeout(() => {
    stalls = false
    for (const answer of waiting) answer()
  }, 400)
  const { calls, latency } = await drive(url, next, { kind: 'open', perSecond: 100, milliseconds: 400 })
  assert.equal(calls, 40)
  assert.ok(latency.max >= 350, `the first waited ${latency.max}`)
  assert.ok(latency.p50 >= 150, `one in the middle waited ${latency.p50}`)
})

test('a closed loop sends the given number of calls over connections that end', async (t) => {
  const seen = new Map<unknown, number>()
  const url = await serve(t, ({ socket }, response) => {
    const count = (seen.get(socket) ?? 0) + 1
    seen.set(socket, count)
    response.setHeader('Content-Length', 2)
    if (count === 3) response.setHeader('Connection', 'close')
    response.end('ok')
  })
  assert.equal((await drive(url, next, { kind: 'closed', connections: 2, calls: 12 })).calls, 12)
  assert.ok([...seen.values()].every((count) => count <= 3))
})

test('a wrong answer ends the load and is reported', async (t) => {
  const url = await serve(t, (_, response) => response.writeHead(503, { 'Content-Length': 4 }).end('away'))
  for (const loop of [
    { kind: 'closed', connections: 2, calls: 5 },
    { kind: 'open', perSecond: 100, milliseconds: 50 },
  ] as const) {
    await assert.rejects(drive(url, next, loop), /answered 503 away/)
  }
})
