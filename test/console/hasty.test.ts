import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { Running } from '../../src/main.ts'
import { credentials, startServer } from '../support/server.ts'
import { goodDevices } from '../support/sign.ts'
import { hold } from './support/calls-of.ts'
import { noBrowser } from './support/chromium.ts'
import { callsTo } from './support/own-calls.ts'
import { browsing } from './support/visit.ts'

const { productKey: ProductKey } = credentials

suite('who is in a hurry', { skip: noBrowser }, () => {
  let running: Running
  before(async () => {
    running = await startServer()
    await act('BatchImportDevice', { ProductKey, ...goodDevices(60) })
    await act('BatchImportDevice', { ProductKey, ...goodDevices(5, 'undone') })
  })
  after(() => running.close())
  const { visit } = browsing()
  const { act } = callsTo(() => running.url)

  const main = (page: Page) => page.getByRole('main')
  const dialog = (page: Page) => page.getByRole('dialog')
  const inDialog = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true })

  /** Two clicks that no timer comes between. */
  async function clickTwice(button: Locator): Promise<void> {
    const page = button.page()
    await page.evaluate(`
      var setLater = setTimeout, later = []
      setTimeout = (act, ms = 0, ...rest) => (ms > 0 ? setLater(act, ms, ...rest) : later.push(() => act(...rest)))`)
    await button.click()
    await button.click({ force: true })
    await page.evaluate('setTimeout = setLater; for (const act of later) act()')
  }

  for (const [action, at, open] of [
    [
      'CreateAccessKey',
      '/access/keys',
      async (page) => {
        await main(page).getByRole('button', { name: 'Create access key' }).click()
        return inDialog(page, 'Create access key')
      },
    ],
    [
      'CreateProduct',
      '/products',
      async (page) => {
        await main(page).getByRole('button', { name: 'Create product' }).click()
        await dialog(page).getByRole('textbox', { name: 'Name', exact: true }).fill('Pumps')
        return inDialog(page, 'Create product')
      },
    ],
    [
      'UndoDeviceBatch',
      '/batches',
      async (page) => {
        await main(page).getByRole('cell', { name: 'Import' }).first().waitFor()
        await main(page).getByRole('link', { name: /^\d+$/ }).first().click()
        await main(page).getByRole('button', { name: 'Undo' }).click()
        return inDialog(page, 'Delete 5 devices')
      },
    ],
  ] as const satisfies readonly [string, string, (page: Page) => Promise<Locator>][]) {
    test(`a double click calls ${action} once`, async (t) => {
      const { page } = await visit(t, running.url, { at })
      const button = await open(page)
      const held = await hold(page, action)
      await clickTwice(button)
      held.letGo()
      await held.answered
      await page.waitForLoadState('networkidle')
      assert.equal(held.calls, 1)
    })
  }

  test('a question is gone with the page that it was asked on', async (t) => {
    const { page } = await visit(t, running.url, { at: '/products/-' })
    await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).click()
    await main(page).getByRole('button', { name: 'Publish' }).click()
    await dialog(page).waitFor()
    await page.goBack()
    await dialog(page).waitFor({ state: 'detached' })
  })
})
