import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Running } from '../../../src/main.ts'
import { credentials, startServer } from '../../support/server.ts'
import { goodDevices } from '../../support/sign.ts'
import { noBrowser } from '../support/chromium.ts'
import { callsTo } from '../support/own-calls.ts'
import { assertAccessible, assertNoSidewaysScroll, browsing, phone } from '../support/visit.ts'

const { productKey: ProductKey } = credentials

suite('the overview', { skip: noBrowser }, () => {
  let running: Running
  before(async () => {
    running = await startServer({ quota: 'on' })
  })
  after(() => running.close())
  const { visit } = browsing()
  const { ask, act } = callsTo(() => running.url)

  const table = (page: Page, name: string) => page.getByLabel(name, { exact: true }).last()
  const copied = (page: Page) => page.evaluate('navigator.clipboard.readText()')

  test('an empty server tells what to call and what comes next', async (t) => {
    const { page, context } = await visit(t, running.url)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy: Endpoint' }).click()
    await page.getByRole('button', { name: 'Copied: Endpoint' }).waitFor()
    assert.equal(await copied(page), running.url)
    await page.getByText('There is no device yet').waitFor()
    const instances = table(page, 'Instances')
    await instances.getByRole('row', { name: /Public instance none: leave IotInstanceId out/ }).waitFor()
    await page.getByRole('button', { name: 'Copy: IotInstanceId' }).click()
    await page.getByRole('button', { name: 'Copied: IotInstanceId' }).waitFor()
    assert.equal(await copied(page), credentials.instanceId)
    await page.getByRole('button', { name: 'Import devices' }).click()
    await page.waitForURL(/#\/import/)
  })

  test('calls are seen against their quota, and each with what it was told', async (t) => {
    await act('BatchImportDevice', { ProductKey, ...goodDevices(3) })
    await act('SetQuota', { ActionName: 'QueryDeviceDetail', PerSecond: '2' })
    const replies = await Promise.all(
      Array.from({ length: 12 }, () => ask('QueryDeviceDetail', { ProductKey, DeviceName: 'nobody' })),
    )
    const throttled = replies.filter(({ body }) => body.Code === 'Throttling.User')
    assert.ok(throttled.length > 0)
    const { page, context } = await visit(t, running.url)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByText('There is no device yet').waitFor({ state: 'detached' })

    const told = `of the quota of 2 · ${throttled.length} throttled · ${12 - throttled.length} failed`
    await page.getByRole('button', { name: 'QueryDeviceDetail', exact: true }).click()
    await page.getByRole('img', { name: told }).waitFor()
    await page.locator('.chart canvas').waitFor()
    // What happens while one looks is drawn, too.
    await act('QueryDeviceDetail', { ProductKey, DeviceName: 'light-00001' }, { patient: true })
    await table(page, 'Operations of the last 10 minutes')
      .getByRole('row', { name: /^QueryDeviceDetail 1[3-9] .* of 2 / })
      .waitFor()
    await page.getByTitle('Table', { exact: true }).click()
    await table(page, 'Quota use, last 10 minutes')
      .getByRole('row', { name: new RegExp(` ${throttled.length} ${12 - throttled.length} 0$`) })
      .first()
      .waitFor()
    await page.getByTitle('Chart', { exact: true }).click()
    await page.getByTitle('Devices', { exact: true }).click()
    await page.getByRole('img', { name: /^Devices a second/ }).waitFor()

    const calls = table(page, 'Recent calls')
    await page.getByRole('switch', { name: 'Live' }).click()
    const search = page.getByLabel('Operation, Code or RequestId')
    await search.fill('BatchImport')
    await calls.getByRole('row', { name: /BatchImportDevice Answered 200/ }).waitFor()
    await page.getByLabel('Only those not answered').check()
    await calls.getByRole('row', { name: /BatchImportDevice/ }).waitFor({ state: 'detached' })
    const { RequestId } = throttled[0]!.body
    await search.fill(RequestId.toLowerCase())
    const row = calls.getByRole('row', { name: /QueryDeviceDetail Refused \d+ Throttling\.User/ })
    await row.getByRole('button', { name: 'Copy: RequestId' }).click()
    await row.getByRole('button', { name: 'Copied: RequestId' }).waitFor()
    assert.equal(await copied(page), RequestId)
  })

  test('a RAM user sees what is missing, and the rest', async (t) => {
    await act('CreateUser', { UserName: 'lister', 'AllowedAction.1': 'iot:QueryProductList' })
    const { AccessKeyId: id, AccessKeySecret: secret } = await act('CreateAccessKey', { UserName: 'lister' })
    const { page } = await visit(t, running.url, { accessKey: { id, secret } })
    for (const action of ['ListInstances', 'ListCallCounts', 'ListRecentCalls'])
      await page.getByText(`Your key may not call ${action}.`).waitFor()
    await page.getByRole('link', { name: 'mqtt-cloud-gateway' }).click()
    await page.waitForURL(new RegExp(`#/products/-/${ProductKey}$`))
  })

  for (const [language, theme] of [
    ['en', 'light'],
    ['en', 'dark'],
    ['zh', 'dark'],
  ] as const)
    test(`it is accessible, ${language}, ${theme}`, async (t) => {
      const { page } = await visit(t, running.url, { language, theme })
      await page.locator('.chart canvas').waitFor()
      await page.getByRole('cell', { name: 'ListInstances' }).first().waitFor()
      await assertAccessible(page)
      await page.getByTitle(language === 'en' ? 'Table' : '表格', { exact: true }).click()
      await assertAccessible(page)
    })

  test('it fits a phone', async (t) => {
    const { page } = await visit(t, running.url, { viewport: phone, language: 'zh' })
    await page.locator('.chart canvas').waitFor()
    await page.getByText('最近的调用').waitFor()
    await assertNoSidewaysScroll(page)
    const wide = await page.locator('.chart canvas').boundingBox()
    assert.ok(wide!.width < phone.width)
    await page.setViewportSize({ width: 800, height: 800 })
    // Not by waitForFunction, which the page's policy refuses a text.
    for (let width = 0; width <= phone.width; )
      width = (await page.locator('.chart canvas').boundingBox())?.width ?? 0
    await assertNoSidewaysScroll(page)
  })
})
