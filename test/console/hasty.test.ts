import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Locator, Page, Route } from 'playwright-core'
import type { Running } from '../../src/main.ts'
import { TestClock } from '../support/deterministic.ts'
import { credentials, startServer } from '../support/server.ts'
import { goodDevices } from '../support/sign.ts'
import { actionOf, hold, reroute } from './support/calls-of.ts'
import { noBrowser } from './support/chromium.ts'
import { callsTo } from './support/own-calls.ts'
import { dialog, inDialog, main } from './support/parts.ts'
import { assertAccessible, browsing } from './support/visit.ts'

const { productKey: ProductKey } = credentials
const atProduct = `/products/-/${ProductKey}`

suite('an impatient user', { skip: noBrowser }, () => {
  let running: Running
  before(async () => {
    running = await startServer({ quota: 'on' })
    await act('BatchImportDevice', { ProductKey, ...goodDevices(100) })
    await act('BatchImportDevice', { ProductKey, ...goodDevices(5, 'undone') })
  })
  after(() => running.close())
  const { visit } = browsing()
  const { act } = callsTo(() => running.url)

  /** Comes back to a page after so long that its answers are asked for again; the page has a clock of its own by then. */
  async function seeAgain(page: Page): Promise<void> {
    await page.clock.runFor(5000)
    await page.evaluate("dispatchEvent(new Event('visibilitychange'))")
  }

  /** Two clicks that no timer comes between. */
  async function clickTwice(button: Locator): Promise<void> {
    const page = button.page()
    await button.and(page.locator(':enabled')).waitFor()
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

  test('a dialog closes when the user leaves its page', async (t) => {
    const { page } = await visit(t, running.url, { at: '/products/-' })
    await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).click()
    await main(page).getByRole('button', { name: 'Publish' }).click()
    await dialog(page).waitFor()
    await page.goBack()
    await dialog(page).waitFor({ state: 'detached' })
  })

  test('a deletion continues on other pages, where the list of jobs shows and stops it', async (t) => {
    const { page } = await visit(t, running.url, { at: '/products/-' })
    await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).click()
    await main(page).getByText('1–20 of').waitFor()
    await main(page).getByRole('checkbox', { name: 'Select all' }).check()
    await main(page).getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
    const deleting = await hold(page, 'DeleteDevice')
    await inDialog(page, 'Delete').click()
    await deleting.begun
    await inDialog(page, 'Continue in the background').click()
    await page.goBack()
    await main(page).getByRole('button', { name: 'Create product' }).waitFor()
    await page.getByRole('button', { name: 'Background jobs, 1 running' }).click()
    const jobs = page.getByRole('region', { name: 'Background jobs' })
    await jobs.getByRole('button', { name: 'Stop' }).click()
    deleting.letGo()
    await jobs.getByText(/^Stopped after \d+ of 20\.$/).waitFor()
    assert.ok(deleting.calls < 20, `${deleting.calls} of 20 were deleted`)
    await assertAccessible(page)
  })

  test('a user who has left is not redirected to the product created meanwhile', async (t) => {
    const { page } = await visit(t, running.url, { at: '/access/users' })
    await page.getByRole('menuitem', { name: 'Products and devices' }).click()
    await main(page).getByRole('button', { name: 'Create product' }).click()
    await dialog(page).getByRole('textbox', { name: 'Name', exact: true }).fill('Slow_pumps')
    const held = await hold(page, 'CreateProduct')
    await inDialog(page, 'Create product').click()
    await held.begun
    await page.goBack()
    await main(page).getByRole('button', { name: 'Create RAM user' }).waitFor()
    held.letGo()
    await held.answered
    await page.waitForLoadState('networkidle')
    assert.match(page.url(), /#\/access\/users$/)
  })

  test('the keyboard turns pages without looking for the button again', async (t) => {
    const { page } = await visit(t, running.url, { at: atProduct })
    await main(page).getByText('1–20 of').waitFor()
    const next = main(page).getByRole('button', { name: 'Next page' })
    const held = await hold(page, 'ListDevices')
    await next.focus()
    await page.keyboard.press('Enter')
    await main(page).locator('.ant-spin-spinning').first().waitFor()
    held.letGo()
    await main(page).getByText('21–40 of').waitFor()
    await main(page).locator('.ant-spin-spinning').first().waitFor({ state: 'detached' })
    await next.and(page.locator(':focus')).waitFor()
  })

  test('a dialog outlives an answer that fails meanwhile', async (t) => {
    const { page } = await visit(t, running.url, { at: `${atProduct}/light-00099` }, /status of 503/)
    await main(page).getByRole('button', { name: 'Edit nickname' }).click()
    await dialog(page).getByRole('textbox').first().fill('room')
    const fails = (route: Route) =>
      route.fulfill({
        status: 503,
        json: { Code: 'ServiceUnavailable', Message: 'Starting.', RequestId: 'R' },
      })
    for (const action of ['QueryDeviceProp', 'QueryDeviceDetail']) await reroute(page, action, fails)
    await page.clock.install()
    await seeAgain(page)
    while ((await main(page).getByRole('alert').count()) < 2) await page.clock.runFor(500)
    assert.equal(await dialog(page).getByRole('textbox').first().inputValue(), 'room')
  })

  test('a used-up quota is reported within seconds', async (t) => {
    // Each refusal names the rest of the server's second. The page's time runs fast here, so the server's stands: or
    // all of its refusals could fall into the end of one second, and each name next to nothing.
    const clock = new TestClock(new Date(Math.floor(Date.now() / 1000) * 1000).toISOString())
    const server = await startServer({ quota: 'on' }, { clock })
    t.after(() => server.close())
    const { page } = await visit(t, server.url, { at: '/access' }, /status of (400|429)/)
    await callsTo(() => server.url).act('SetQuota', { ActionName: 'QueryProductList', PerSecond: '0' })
    let asked = 0
    page.on('request', (request) => {
      if (actionOf(request) === 'QueryProductList') asked++
    })
    await page.clock.install()
    await page.getByRole('menuitem', { name: 'Products and devices' }).click()
    const told = main(page).getByRole('alert').getByText('a quota of 0 rejects every call')
    while ((await told.count()) === 0) await page.clock.runFor(500)
    // One in about a second: whoever is not told for minutes makes hundreds of them.
    assert.ok(asked < 15, `told after ${asked} calls`)
  })

  test('another user’s change to a product stays unless this user changes the same field', async (t) => {
    const { ProductKey: key } = await act('CreateProduct', {
      ProductName: 'valves',
      AuthType: 'one-party',
      NodeType: '0',
    })
    const { page } = await visit(t, running.url, { at: `/products/-/${key}` })
    await main(page).getByRole('button', { name: 'Edit' }).click()
    await dialog(page).getByRole('textbox', { name: 'Description' }).fill('From here')
    await act('UpdateProduct', { ProductKey: key, ProductName: 'gates', Description: 'From there' })
    // A question that is under way already is not asked anew, and its answer may be from before the change.
    const changed = page.getByRole('heading', { name: 'gates' })
    await page.clock.install()
    do await seeAgain(page)
    while (
      !(await changed.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      ))
    )
    await inDialog(page, 'Save').click()
    await dialog(page).waitFor({ state: 'detached' })
    const { ProductName, Description } = await act('QueryProduct', { ProductKey: key })
    assert.deepEqual([ProductName, Description], ['gates', 'From here'])
  })

  test('another user’s unseen change to a product stays too', async (t) => {
    const { ProductKey: key } = await act('CreateProduct', {
      ProductName: 'unseen',
      AuthType: 'one-party',
      NodeType: '0',
    })
    const { page } = await visit(t, running.url, { at: `/products/-/${key}` })
    await main(page).getByRole('button', { name: 'Edit' }).click()
    await act('UpdateProduct', { ProductKey: key, ProductName: 'locks' })
    await dialog(page).getByRole('textbox', { name: 'Description' }).fill('From here again')
    await inDialog(page, 'Save').click()
    await dialog(page).waitFor({ state: 'detached' })
    assert.equal((await act('QueryProduct', { ProductKey: key })).ProductName, 'locks')
  })

  test('the permissions of a RAM user are loaded again before they are edited', async (t) => {
    await act('CreateUser', { UserName: 'seen', 'AllowedAction.1': 'iot:Query*' })
    const { page } = await visit(t, running.url, { at: '/access' })
    const edit = main(page).getByRole('button', { name: 'Edit permissions: seen' })
    await edit.waitFor()
    await act('SetUserPermissions', { UserName: 'seen', 'AllowedAction.1': 'iot:BatchCheckImportDevice' })
    await edit.click()
    await dialog(page).getByText('iot:BatchCheckImportDevice').waitFor()
  })

  test('data of one instance is not displayed under another', async (t) => {
    const { page } = await visit(t, running.url)
    await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).waitFor()
    const held = await hold(page, 'QueryProductList')
    await main(page).getByRole('combobox', { name: 'Instance' }).first().click()
    await page.locator('.ant-select-item-option:visible').filter({ hasText: credentials.instanceId }).click()
    await held.begun
    await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).waitFor({ state: 'detached' })
    held.letGo()
    await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).waitFor()
  })

  test('the window is named after what is shown, on coming back too', async (t) => {
    const { page } = await visit(t, running.url, { at: atProduct })
    const isNamed = (name: string) =>
      page.locator(`xpath=//title[.='${name} · Rollcall']`).waitFor({ state: 'attached' })
    await isNamed('mqtt-cloud-gateway')
    await main(page).getByRole('textbox', { name: 'Beginning of a DeviceName' }).fill('light-00100')
    await main(page).getByRole('link', { name: 'light-00100' }).click()
    await isNamed('light-00100')
    await page.goBack()
    await isNamed('mqtt-cloud-gateway')
    await page.getByRole('menuitem', { name: 'Batches' }).click()
    await isNamed('Batches')
    await page.goBack()
    await isNamed('mqtt-cloud-gateway')
  })
})
