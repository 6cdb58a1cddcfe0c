import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { actions } from '../../src/actions/index.ts'
import { noBrowser } from './support/chromium.ts'
import { startShown } from './support/shown.ts'
import { browsing } from './support/visit.ts'

/** Names that are the same in every language. */
const wireNames = new Set([
  ...actions.map(({ name }) => name),
  ...['Rollcall', 'JSON', 'XML', 'call.ts', '.env'],
  // Programs that connect.
  ...['mosquitto_sub', 'mosquitto_pub', 'MQTT.js', 'Python (paho-mqtt)', 'Node.js SDK'],
])

/** Names of what can be used or is seen, as a screen reader reads them, that have English letters and no Chinese. */
function englishIn(snapshot: string): string[] {
  const lines = snapshot.matchAll(/- '?(button|img|checkbox|radio|switch|tab|menuitem|dialog) "([^"]*)"/g)
  const names = [...lines].map(([, role, name]) => [role, name!] as const)
  return names
    .filter(([, name]) => /[a-z]{2}/i.test(name) && !/\p{sc=Han}/u.test(name) && !wireNames.has(name))
    .map(([role, name]) => `${role} ${name}`)
}

suite('in Chinese nothing has an English name', { skip: noBrowser }, () => {
  let shown: Awaited<ReturnType<typeof startShown>>
  const { visit } = browsing()
  before(async () => {
    shown = await startShown()
  })
  after(() => shown.close())

  test('on no page', async (t) => {
    for (const { name, visitor, arrange } of shown.places)
      await t.test(name, async (t) => {
        const { page } = await visit(t, shown.url, { ...visitor, language: 'zh' })
        await page.getByRole('main').waitFor()
        // A page that follows messages is never idle.
        await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {})
        await arrange?.(page)
        assert.deepEqual(englishIn(await page.locator('body').ariaSnapshot()), [])
      })
  })
})
