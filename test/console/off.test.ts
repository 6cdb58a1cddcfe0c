import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startServer } from '../support/server.ts'

test('the console is served unless it is turned off; the API in any case', async (t) => {
  const asHtml = { headers: { accept: 'text/html' } }
  for (const [given, words] of [
    [{}, /<title>Rollcall<\/title>/],
    [{ console: 'off' }, /RequestId/],
  ] as const) {
    const running = await startServer({ ...given, logLevel: 'silent' })
    t.after(() => running.close())
    assert.match(await (await fetch(`${running.url}/console/`)).text(), words)
    assert.match(await (await fetch(running.url, asHtml)).text(), words)
    assert.match(await (await fetch(running.url, { method: 'POST' })).text(), /RequestId/)
  }
})
