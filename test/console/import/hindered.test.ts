import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, suite, type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Running } from '../../../src/main.ts'
import { credentials, startServer } from '../../support/server.ts'
import { hold, reroute } from '../support/calls-of.ts'
import { noBrowser } from '../support/chromium.ts'
import { callsTo } from '../support/own-calls.ts'
import { browsing, signIn } from '../support/visit.ts'
import {
  ageJournal,
  apiOf,
  chooseProduct,
  devicesOf,
  give,
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
  const { visit } = browsing()
  let running: Running
  beforeEach(async () => {
    running = await startServer({ quota: 'on' })
  })
  afterEach(() => running.close())

  async function verified(t: TestContext, text: string, forgiven?: RegExp) {
    const { page } = await visit(t, running.url, { at }, forgiven)
    await page.getByText('Choose the product').waitFor({ state: 'detached' })
    await give(page, 'devices.csv', text)
    await press(page, said.en.verify)
    await page.getByText(said.en.verified).waitFor()
    return page
  }

  test('a browser that stores nothing resumes it as long as the page is open', async (t) => {
    const { page } = await visit(t, running.url)
    // A journal of a later version can't be opened.
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
    const first = await hold(page, 'BatchImportDevice')
    await press(page, said.en.importing)
    await first.begun
    await page.getByText('can’t store data for the page').waitFor()
    await press(page, said.en.pause)
    await page.getByRole('button', { name: 'Waiting for calls in progress' }).waitFor()
    first.letGo()
    await nextStep(page).getByText('The import is paused').waitFor()
    await page.unrouteAll()
    await page.getByText('can’t store data for the page').waitFor()
    assert.equal(await page.getByText('you may close the page').count(), 0)
    await press(page, said.en.goOn)
    await page.getByText(said.en.applyIds).waitFor()
    assert.equal(await devicesOf(apiOf(running.url), productKey), 30_500)
  })

  test('a resumed import displays nothing of another file', async (t) => {
    const page = await verified(t, csv(40))
    const answer = await loseAnswer(page, 1)
    await press(page, said.en.importing)
    await answer.lost
    await page.unrouteAll()
    // The page's work ends with its worker.
    await page.reload()
    await signIn(page, { id: credentials.accessKeyId, secret: credentials.accessKeySecret })
    await page.getByText(said.en.unfinished).waitFor()
    await give(page, 'others.csv', `${csv(3, 'valve')}\nno name,s\n`)
    await chooseProduct(page, productKey)
    await press(page, said.en.verify)
    await page.getByText(said.en.verified).waitFor()
    const lookUp = await hold(page, 'BatchCheckImportDevice')
    await press(page, said.en.goOn)
    await lookUp.begun
    await page.getByText('All rows were verified before the import began').waitFor()
    assert.equal(await page.getByText('others.csv').count(), 0)
    await page.getByText('The result has the number of good rows').waitFor()
    lookUp.letGo()
    await page
      .getByText(said.en.applyIds)
      .or(page.getByText('The answer of one successful import call'))
      .first()
      .waitFor()
    assert.equal(await page.getByRole('button', { name: said.en.downloadBad }).count(), 0)
    assert.equal(await devicesOf(apiOf(running.url), productKey), 40)
    assert.deepEqual(await page.evaluate(keptRecords), [0, 0, 0])
  })

  test('an import that an earlier release has started is resumed', async (t) => {
    const page = await verified(t, csv(10_500))
    const answer = await loseAnswer(page, 2)
    await press(page, said.en.importing)
    await answer.lost
    // The import's target, its verification, its job, two calls, and the end of one.
    while ((await page.evaluate(keptRecords))[1] !== 6) await page.waitForTimeout(50)
    await page.unrouteAll()
    await page.reload()
    await page.evaluate(ageJournal)
    await signIn(page, { id: credentials.accessKeyId, secret: credentials.accessKeySecret })
    await press(page, said.en.goOn)
    await page.getByText(said.en.applyIds).waitFor()
    await page.getByText('The answer of one successful import call').waitFor()
    assert.equal(await devicesOf(apiOf(running.url), productKey), 10_500)
    assert.deepEqual(await page.evaluate(keptRecords), [0, 0, 0])
  })

  for (const [language, words] of [
    ['en', 'A quote in line 1502 is never closed'],
    ['zh', '第 1502 行的引号没有闭合'],
  ] as const) {
    test(`an unreadable line after the first ones is reported: ${language}`, async (t) => {
      const { page } = await visit(t, running.url, { at, language })
      await give(page, 'devices.csv', `${csv(1500)}\n"lamp-x,secret\n`)
      await press(page, said[language].verify)
      await page.getByRole('alert').filter({ hasText: words }).waitFor()
    })
  }

  test('a row that another client registered since is left out, and no answer was lost', async (t) => {
    const page = await verified(t, csv(1))
    const api = apiOf(running.url)
    await api.call('ImportDevice', {
      ProductKey: productKey,
      DeviceName: 'lamp-0',
      DeviceSecret: 'of-another',
    })
    await press(page, said.en.importing)
    const summary = page.getByRole('region', { name: said.en.summary })
    await summary.getByText('Already registered').waitFor()
    assert.equal(await summary.getByText('The answer of one successful import call').count(), 0)
    await nextStep(page).getByText('Import complete: no devices imported, 1 row left out.').waitFor()
    await page.getByText('The import left out these rows.').waitFor()
  })

  test('a quota that refuses all calls is reported, and the import continues when it is raised', async (t) => {
    const { act } = callsTo(() => running.url)
    await act('SetQuota', { ActionName: 'BatchCheckImportDevice', PerSecond: '0' })
    const { page } = await visit(t, running.url, { at }, /Failed to load resource/)
    await give(page, 'devices.csv', csv(3))
    await press(page, said.en.verify)
    await nextStep(page).getByText('quota').waitFor()
    await act('SetQuota', { ActionName: 'BatchCheckImportDevice' })
    await page.getByText(said.en.verified).waitFor()
  })

  test('a server that returns errors is reported, and the import continues when it recovers', async (t) => {
    const { page } = await visit(t, running.url, { at }, /Failed to load resource/)
    await give(page, 'devices.csv', csv(3))
    await reroute(page, 'BatchCheckImportDevice', (route) =>
      route.fulfill({ status: 500, json: { Code: 'ServiceUnavailable', RequestId: 'x' } }),
    )
    await press(page, said.en.verify)
    await nextStep(page).getByText('returns errors').waitFor()
    await page.unrouteAll()
    await page.getByText(said.en.verified).waitFor()
  })

  for (const [what, change] of [
    ['changed', (path: string) => writeFile(path, csv(7, 'valve'))],
    ['deleted', (path: string) => rm(path)],
  ] as const) {
    for (const before of ['verified', 'imported'] as const) {
      test(`a file that is ${what} before it is ${before} is reported, and nothing is imported`, async (t) => {
        const folder = await mkdtemp(join(tmpdir(), 'rollcall-import-'))
        t.after(() => rm(folder, { recursive: true }))
        const path = join(folder, 'devices.csv')
        await writeFile(path, csv(5))
        const { page } = await visit(t, running.url, { at })
        await page.locator('input[type=file]').setInputFiles(path)
        await page.getByText('All 5 rows:').waitFor()
        if (before === 'imported') {
          await press(page, said.en.verify)
          await page.getByText(said.en.verified).waitFor()
        }
        await change(path)
        await press(page, before === 'imported' ? said.en.importing : said.en.verify)
        await page.getByRole('alert').filter({ hasText: 'Choose it again' }).waitFor()
        await nextStep(page).getByText('The file can’t be read').waitFor()
        assert.equal(await devicesOf(apiOf(running.url), productKey), 0)
        assert.deepEqual(await page.evaluate(keptRecords), [0, 0, 0])
      })
    }
  }
})
