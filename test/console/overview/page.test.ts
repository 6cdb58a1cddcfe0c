import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Running } from '../../../src/main.ts'
import { TestClock } from '../../support/deterministic.ts'
import { credentials, startServer } from '../../support/server.ts'
import { goodDevices } from '../../support/sign.ts'
import { reroute } from '../support/calls-of.ts'
import { noBrowser } from '../support/chromium.ts'
import { callsTo } from '../support/own-calls.ts'
import { assertAccessible, assertNoSidewaysScroll, browsing, phone } from '../support/visit.ts'

const { productKey: ProductKey } = credentials

suite('the overview', { skip: noBrowser }, () => {
  let running: Running
  // It stands: what is called at once falls into one second of the quota and one interval of the counts.
  const clock = new TestClock(new Date(Math.floor(Date.now() / 5000) * 5000).toISOString())
  before(async () => {
    running = await startServer({ quota: 'on' }, { clock })
  })
  after(() => running.close())
  const { visit } = browsing()
  const { ask, act } = callsTo(() => running.url)

  const table = (page: Page, name: string) => page.getByLabel(name, { exact: true }).last()
  const copied = (page: Page) => page.evaluate('navigator.clipboard.readText()')

  test('an empty server shows what to call and the next steps', async (t) => {
    const { page, context } = await visit(t, running.url)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy: Endpoint' }).click()
    await page.getByRole('button', { name: 'Copied: Endpoint' }).waitFor()
    assert.equal(await copied(page), running.url)
    await page.getByText('No devices yet').waitFor()
    const instances = table(page, 'Instances')
    await instances.getByRole('row', { name: /Public instance None; omit IotInstanceId/ }).waitFor()
    await page.getByRole('button', { name: 'Copy: IotInstanceId' }).click()
    await page.getByRole('button', { name: 'Copied: IotInstanceId' }).waitFor()
    assert.equal(await copied(page), credentials.instanceId)
    await page.getByRole('button', { name: 'Import devices' }).click()
    await page.waitForURL(/#\/import/)
  })

  test('calls are compared with their quota, and listed with their results', async (t) => {
    await act('BatchImportDevice', { ProductKey, ...goodDevices(3) })
    await act('SetQuota', { ActionName: 'QueryDeviceDetail', PerSecond: '2' })
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => ask('QueryDeviceDetail', { ProductKey, DeviceName: 'nobody' })),
    )
    const throttled = replies.filter(({ body }) => body.Code === 'Throttling.User')
    assert.equal(throttled.length, 10)
    const { page, context } = await visit(t, running.url)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByText('No devices yet').waitFor({ state: 'detached' })

    const operations = table(page, 'Operations of the last 10 minutes')
    const calls = table(page, 'Recent calls')
    const answered = calls.getByRole('row', { name: /QueryDeviceDetail Succeeded 200/ })
    await page.getByRole('button', { name: 'QueryDeviceDetail', exact: true }).click()
    await page.getByRole('img', { name: /0\.4 .* 20% .* of 2 · 10 throttled · 2 failed$/ }).waitFor()
    await page.locator('.chart canvas').last().waitFor()
    await operations.getByRole('row', { name: /^QueryDeviceDetail 12 0\.4 of 2 10 2 0$/ }).waitFor()
    const search = page.getByLabel('Operation, Code or RequestId')
    await search.fill('QueryDeviceDetail')
    await calls
      .getByRole('row', { name: /QueryDeviceDetail (Rejected|Failed)/ })
      .first()
      .waitFor()
    assert.equal(await answered.count(), 0)
    // New calls appear without a reload, which would ask for the secret.
    clock.advance(1000)
    await act('QueryDeviceDetail', { ProductKey, DeviceName: 'light-00001' })
    await page.getByRole('img', { name: /0\.6 .* 30% .* of 2 · 10 throttled · 2 failed$/ }).waitFor()
    await operations.getByRole('row', { name: /^QueryDeviceDetail 13 0\.6 of 2 10 2 0$/ }).waitFor()
    await answered.waitFor()
    await page.getByTitle('Table', { exact: true }).last().click()
    await table(page, 'Quota use, last 10 minutes')
      .getByRole('row', { name: / 13 10 2 0$/ })
      .waitFor()
    await page.getByTitle('Chart', { exact: true }).last().click()
    await page.getByTitle('Devices', { exact: true }).click()
    await page.getByRole('img', { name: /^Devices a second/ }).waitFor()

    await page.getByRole('switch', { name: 'Live' }).click()
    await search.fill('BatchImport')
    await calls.getByRole('row', { name: /BatchImportDevice Succeeded 200/ }).waitFor()
    await page.getByLabel('Failed calls only').check()
    await calls.getByRole('row', { name: /BatchImportDevice/ }).waitFor({ state: 'detached' })
    const { RequestId } = throttled[0]!.body
    await search.fill(RequestId.toLowerCase())
    const row = calls.getByRole('row', { name: /QueryDeviceDetail Rejected \d+ Throttling\.User/ })
    await row.getByRole('button', { name: 'Copy: RequestId' }).click()
    await row.getByRole('button', { name: 'Copied: RequestId' }).waitFor()
    assert.equal(await copied(page), RequestId)
  })

  test('connections and messages of devices are drawn, and listed in numbers', async (t) => {
    const Now = clock.now()
    const minute = 60_000
    const From = Math.floor(Now / minute - 59) * minute
    const count = { Connections: 1234, Connects: 7, MessagesUp: 5000, MessagesDown: 60 }
    const { page } = await visit(t, running.url, { at: '/access' })
    await reroute(page, 'ListTrafficCounts', (route) =>
      route.fulfill({
        json: {
          RequestId: 'x',
          Success: true,
          Data: { IntervalSeconds: 60, From, Now, TrafficCount: [{ Time: From + 2 * minute, ...count }] },
        },
      }),
    )
    await page.getByRole('menuitem', { name: 'Overview' }).click()
    await page
      .getByRole('img', { name: 'Connected devices. Latest: 0 · Highest: 1,234 · Connects: 7', exact: true })
      .waitFor()
    await page.getByRole('img', { name: 'Messages. Up: 5,000 · Down: 60', exact: true }).waitFor()
    await page.getByTitle('Table', { exact: true }).first().click()
    await table(page, 'Connections and messages')
      .getByRole('row', { name: / 1,234 7 5,000 60$/ })
      .waitFor()
  })

  test('a RAM user sees what is missing, and the rest', async (t) => {
    await act('CreateUser', { UserName: 'lister', 'AllowedAction.1': 'iot:QueryProductList' })
    const { AccessKeyId: id, AccessKeySecret: secret } = await act('CreateAccessKey', { UserName: 'lister' })
    const { page } = await visit(t, running.url, { accessKey: { id, secret } })
    for (const action of ['ListInstances', 'ListTrafficCounts', 'ListCallCounts', 'ListRecentCalls'])
      await page.getByText(`Your key may not call ${action}.`).waitFor()
    await page.getByRole('link', { name: 'mqtt-cloud-gateway' }).click()
    await page.waitForURL(new RegExp(`#/products/-/${ProductKey}$`))
  })

  test('without permission for instances, their newest products are not mentioned', async (t) => {
    const { page } = await visit(t, running.url, { at: '/access' }, /status of 403/)
    await reroute(page, 'ListInstances', (route) =>
      route.fulfill({ status: 403, json: { Code: 'Forbidden', Message: 'Not now.' } }),
    )
    await page.getByRole('menuitem', { name: 'Overview' }).click()
    await page.getByRole('alert').getByText('Not now.').waitFor()
    assert.equal(await page.getByText('Newest products').count(), 0)
    await page.unrouteAll()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('link', { name: 'mqtt-cloud-gateway' }).waitFor()
  })

  for (const [language, theme] of [
    ['en', 'light'],
    ['en', 'dark'],
    ['zh', 'dark'],
  ] as const)
    test(`it is accessible, ${language}, ${theme}`, async (t) => {
      const { page } = await visit(t, running.url, { language, theme })
      await page.locator('.chart canvas').last().waitFor()
      await page.getByRole('cell', { name: 'QueryDeviceStatistics' }).first().waitFor()
      await assertAccessible(page)
      await page
        .getByTitle(language === 'en' ? 'Table' : '表格', { exact: true })
        .last()
        .click()
      await assertAccessible(page)
    })

  test('it fits a phone', async (t) => {
    const { page } = await visit(t, running.url, { viewport: phone, language: 'zh' })
    await page.locator('.chart canvas').last().waitFor()
    await page.getByText('最近的调用').waitFor()
    await assertNoSidewaysScroll(page)
    const wide = await page.locator('.chart canvas').last().boundingBox()
    assert.ok(wide!.width < phone.width)
    await page.setViewportSize({ width: 800, height: 800 })
    // Not by waitForFunction, which the page's policy refuses a text.
    for (let width = 0; width <= phone.width; )
      width = (await page.locator('.chart canvas').last().boundingBox())?.width ?? 0
    await assertNoSidewaysScroll(page)
  })
})
