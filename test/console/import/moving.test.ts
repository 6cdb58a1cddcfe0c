import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Running } from '../../../src/main.ts'
import { credentials, startServer } from '../../support/server.ts'
import { noBrowser } from '../support/chromium.ts'
import { dialog } from '../support/parts.ts'
import { assertAccessible, assertNoSidewaysScroll, browsing, phone } from '../support/visit.ts'
import { apiOf, chooseProduct, devicesOf, give, said } from './at-the-page.ts'

const { productKey } = credentials
const words = said.en

suite('moving in from another platform', { skip: noBrowser }, () => {
  const { visit } = browsing()
  let running: Running
  beforeEach(async () => {
    running = await startServer()
  })
  afterEach(() => running.close())

  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

  async function downloaded(page: Page, name: string | RegExp): Promise<string> {
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, name)])
    return readFile(await download.path(), 'utf8')
  }

  async function registered(name: string) {
    const api = apiOf(running.url)
    const { Data } = await api.call('QueryDeviceDetail', { ProductKey: productKey, DeviceName: name })
    return Data
  }

  test('an export is read by its platform, fixed by clicks, imported as a job, and undone', async (t) => {
    const { page } = await visit(t, running.url, { at: '/import', stay: true })
    await chooseProduct(page, productKey)
    await give(
      page,
      'tb.csv',
      'Device name,Label,ACCESS_TOKEN,Region\nLamp 1,North gate,token-1,EU\nLamp 2,,token-2 ,EU\n',
    )
    await press(page, 'Read as ThingsBoard')
    await page.locator('#import-recipes').fill('tag:region = Region | reploce EU eu')
    await page.locator('#import-recipes').blur()
    await page.getByText(/^“reploce”: the steps are/).waitFor()
    await page.locator('#import-recipes').fill('tag:region = Region | lower')
    await page.locator('#import-recipes').blur()
    await page.getByRole('cell', { name: 'region=eu' }).first().waitFor()
    await press(page, words.verify)
    await press(page, 'Fix 2 rows and verify again')
    await press(page, 'Fix 1 row and verify again')
    await page.getByText('1 row was changed').waitFor()
    await assertAccessible(page)
    assert.match(
      await downloaded(page, 'Download changed rows'),
      /\nLamp 2,,"?token-2 "?,EU,3,DeviceSecret,Fixed,changed by trim\n/,
    )
    await press(page, words.importing)
    await page.getByText('Import of tb.csv complete: 2 devices imported.').waitFor()
    await assertAccessible(page)
    const { DeviceSecret, Nickname } = await registered('Lamp-1')
    assert.deepEqual([DeviceSecret, Nickname], ['token-1', 'North_gate'])
    assert.equal((await registered('Lamp-2')).DeviceSecret, 'token-2')

    await page.reload()
    await page.getByRole('link', { name: 'See or undo the import job' }).click()
    await press(page, 'Undo the import')
    const undo = dialog(page)
    await undo.getByRole('button', { name: 'Count the devices' }).click()
    await undo.getByText('2 devices will be deleted for good.').waitFor()
    assert.equal(await devicesOf(apiOf(running.url), productKey), 2)
    await assertAccessible(page)
    await undo.getByRole('button', { name: 'Delete 2 devices' }).click()
    await undo.getByText('2 devices deleted.').waitFor()
    assert.equal(await devicesOf(apiOf(running.url), productKey), 0)
  })

  test('one row is corrected, and generated secrets are downloaded before the import, on a phone', async (t) => {
    const { page } = await visit(t, running.url, { at: '/import', viewport: phone, theme: 'dark' })
    await chooseProduct(page, productKey)
    await give(page, 'names.csv', 'DeviceName\nlamp-1\nx\n')
    await page.locator('#import-secrets').click()
    await page.locator('.ant-select-item-option').filter({ hasText: 'Generate' }).click()
    await press(page, words.verify)
    await press(page, 'Correct line 3')
    const correction = dialog(page)
    assert.equal(await correction.getByLabel('DeviceName').inputValue(), 'x')
    assert.equal(await correction.getByLabel('DeviceSecret').count(), 0)
    await correction.getByLabel('DeviceName').fill('lamp-2')
    await correction.getByRole('button', { name: 'Correct and verify again' }).click()
    const start = page.getByRole('button', { name: words.importing })
    await page.getByText('Every row can be imported.').waitFor()
    assert.ok(await start.isDisabled())
    const secrets = await downloaded(page, 'Download the secrets')
    await start.click()
    await page.getByText('Import of names.csv complete: 2 devices imported.').waitFor()
    await assertNoSidewaysScroll(page)
    const { DeviceSecret } = await registered('lamp-2')
    assert.ok(secrets.includes(`\nlamp-2,${DeviceSecret}\n`))
  })
})
