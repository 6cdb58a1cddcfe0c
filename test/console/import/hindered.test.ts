import assert from 'node:assert/strict'
import { afterEach, beforeEach, suite, type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Running } from '../../../src/main.ts'
import { credentials, startServer } from '../../support/server.ts'
import { noBrowser } from '../support/chromium.ts'
import { browsing } from '../support/visit.ts'
import {
  apiOf,
  devicesOf,
  give,
  holdCall,
  keptRecords,
  loseAnswer,
  nextStep,
  said,
} from './at-the-page.ts'

const { productKey } = credentials
const at = `/import/-/${productKey}`

const csv = (count: number, prefix = 'lamp') =>
  ['DeviceName,DeviceSecret', ...Array.from({ length: count }, (_, i) => `${prefix}-${i},secret-${i}`)].join(
    '\n',
  )

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()

suite('an import that is hindered', { skip: noBrowser }, () => {
  let running: Running
  beforeEach(async () => {
    running = await startServer({ quota: 'on' })
  })
  afterEach(() => running.close())
  const { visit } = browsing()

  async function verified(t: TestContext, text: string, forgiven?: RegExp) {
    const { page } = await visit(t, running.url, { at }, forgiven)
    await page.getByText('Choose the product').waitFor({ state: 'detached' })
    await give(page, 'devices.csv', text)
    await press(page, said.en.verify)
    await page.getByText(said.en.verified).waitFor()
    return page
  }

  test('a browser that keeps nothing goes on with it as long as the page is open', async (t) => {
    const { page } = await visit(t, running.url)
    // What a version to come has written can't be opened.
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open('rollcall-import', 2)
          opening.onsuccess = () => resolve(opening.result.close())
        }),
    )
    await page.goto(`${running.url}/console/#${at}`)
    await page.getByText('Choose the product').waitFor({ state: 'detached' })
    await give(page, 'devices.csv', csv(30_500))
    await press(page, said.en.verify)
    const first = holdCall(page, 'BatchImportDevice')
    await press(page, said.en.importing)
    await first.held
    await page.getByText('keeps no data for the page').waitFor()
    await press(page, said.en.pause)
    await page.getByRole('button', { name: 'Pausing' }).waitFor()
    first.release()
    await nextStep(page).getByText('The import is paused').waitFor()
    await page.unrouteAll()
    await page.getByText('keeps no data for the page').waitFor()
    assert.equal(await page.getByText('may be closed meanwhile').count(), 0)
    await press(page, said.en.goOn)
    await page.getByText(said.en.applyIds).waitFor()
    assert.equal(await devicesOf(apiOf(running.url), productKey), 30_500)
  })

  test('one that is gone on with shows nothing of another file', async (t) => {
    const page = await verified(t, csv(40))
    const answerLost = loseAnswer(page, 1)
    await press(page, said.en.importing)
    await answerLost
    await page.unrouteAll()
    // What the page was at is left behind with its worker.
    await page.reload()
    await page.getByLabel('AccessKeyId').fill(credentials.accessKeyId)
    await page.getByLabel('AccessKeySecret').fill(credentials.accessKeySecret)
    await page.locator('button[type=submit]').click()
    await page.getByText(said.en.unfinished).waitFor()
    await give(page, 'others.csv', `${csv(3, 'valve')}\nno name,s\n`)
    await page.locator('#import-product').click()
    await page.locator('.ant-select-item-option').filter({ hasText: productKey }).click()
    await press(page, said.en.verify)
    await page.getByText(said.en.verified).waitFor()
    const lookUp = holdCall(page, 'BatchCheckImportDevice')
    await press(page, said.en.goOn)
    await lookUp.held
    await page.getByText('All rows were verified before the import began').waitFor()
    assert.equal(await page.getByText('others.csv').count(), 0)
    await page.getByText('After the verification: how many rows are good').waitFor()
    lookUp.release()
    await page.getByText(said.en.applyIds).or(page.getByText('The answer of one call')).first().waitFor()
    assert.equal(await page.getByRole('button', { name: said.en.downloadBad }).count(), 0)
    assert.equal(await devicesOf(apiOf(running.url), productKey), 40)
    assert.deepEqual(await page.evaluate(keptRecords), [0, 0, 0])
  })
})
