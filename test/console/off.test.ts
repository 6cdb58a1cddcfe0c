import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer } from '../support/server.ts'

test('the console is served unless it is turned off; the API in any case', async (t) => {
  for (const [given, status] of [
    [{}, 200],
    [{ console: 'off' }, 400],
  ] as const) {
    const running = await startServer({ ...given, logLevel: 'silent' })
    t.after(() => running.close())
    assert.equal((await fetch(`${running.url}/console/`)).status, status)
    const { status: atRoot } = await fetch(running.url, { headers: { accept: 'text/html' } })
    assert.equal(atRoot, status)
    assert.match(await (await fetch(running.url, { method: 'POST' })).text(), /RequestId/)
  }
})
