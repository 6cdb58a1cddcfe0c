import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, suite, type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { Unreachable } from '../../src/client/outcome.ts'
import { fetchSender } from '../../src/console/shell/sending.ts'

suite('sending by fetch', () => {
  const server = createServer()
  let url: string
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  /** Sends something, and waits until it has arrived. */
  async function begin(t: TestContext, signal?: AbortSignal) {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const arrived = once(server, 'request')
    const sent = fetchSender(signal)({ url, headers: { host: 'signed' }, body: Buffer.from('a=1') })
    // It may fail before it is looked at.
    sent.catch(() => {})
    return { sent, response: (await arrived)[1] as ServerResponse }
  }

  const isSilence = (error: unknown) =>
    error instanceof Unreachable &&
    error.maybeDone &&
    /^127\.0\.0\.1:\d+: no response for 120 seconds$/.test(error.message)

  test('two minutes without the beginning of an answer end a call', async (t) => {
    const { sent } = await begin(t)
    t.mock.timers.tick(120_000)
    await assert.rejects(sent, isSilence)
  })

  for (const ends of [true, false]) {
    const what = ends ? 'an answer that begins has as long to end' : 'two minutes without its end do'
    test(what, async (t) => {
      const begun = Promise.withResolvers<void>()
      const really = fetch
      t.mock.method(globalThis, 'fetch', async (...given: Parameters<typeof fetch>) => {
        const response = await really(...given)
        begun.resolve()
        return response
      })
      const { sent, response } = await begin(t)
      t.mock.timers.tick(119_999)
      response.write('{"Success":')
      await begun.promise
      await turn()
      t.mock.timers.tick(ends ? 119_999 : 120_000)
      response.end('true}')
      if (ends) assert.equal((await sent).text, '{"Success":true}')
      else await assert.rejects(sent, isSilence)
    })
  }

  test('an aborted call rejects with the reason', async (t) => {
    const signal = new AbortController()
    const { sent } = await begin(t, signal.signal)
    const reason = new Error('stopped')
    signal.abort(reason)
    await assert.rejects(sent, reason)
    await assert.rejects(fetchSender(signal.signal)({ url, headers: {}, body: Buffer.from('a=1') }), reason)
  })
})
