import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { after, before, suite, test } from 'node:test'
import type { Running } from '../../src/main.ts'
import { credentials, startServer } from '../support/server.ts'
import { actionOf, hold } from './support/calls-of.ts'
import { noBrowser } from './support/chromium.ts'
import { callsTo } from './support/own-calls.ts'
import { assertAccessible, assertNoSidewaysScroll, browsing, phone, signIn } from './support/visit.ts'

suite('the console’s frame', { skip: noBrowser }, () => {
  let running: Running
  before(async () => {
    running = await startServer()
  })
  after(() => running.close())
  const { visit } = browsing()
  const { act, ask } = callsTo(() => running.url)

  for (const language of ['en', 'zh'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      test(`the entrance, ${language}, ${theme}`, async (t) => {
        const { page } = await visit(t, running.url, { language, theme, accessKey: null })
        await page.getByLabel('AccessKeyId').waitFor()
        await assertAccessible(page)
      })
    }
  }

  test('the entrance warns when the page came over plain HTTP from another machine', async (t) => {
    const host = Object.values(networkInterfaces())
      .flat()
      .find((found) => found?.family === 'IPv4' && !found.internal)?.address
    if (host === undefined) return t.skip('this machine has no address but its loopback')
    const warning = 'This page was loaded over plain HTTP.'
    const reachable = await startServer({ host })
    t.after(() => reachable.close())
    // Chromium ignores one header of an insecure page and logs it.
    const { page: plain } = await visit(t, reachable.url, { accessKey: null }, /Cross-Origin-Opener-Policy/)
    await plain.getByText(warning).waitFor()
    await assertAccessible(plain)
    const { page } = await visit(t, running.url, { accessKey: null })
    await page.getByLabel('AccessKeyId').waitFor()
    assert.equal(await page.getByText(warning).count(), 0)
  })

  test('a wrong secret and a wrong key have different messages', async (t) => {
    const { page } = await visit(t, running.url, { accessKey: null }, /status of 40[034]/)
    const told = page.getByRole('alert')
    for (const [id, secret, words] of [
      [credentials.accessKeyId, 'wrong', /AccessKeySecret does not belong/],
      ['nobody', credentials.accessKeySecret, /AccessKeyId does not exist/],
    ] as const) {
      await page.getByLabel('AccessKeyId').fill(id)
      await page.getByLabel('AccessKeySecret').fill(secret)
      await page.locator('button[type=submit]').click()
      await told.filter({ hasText: words }).waitFor()
    }
  })

  test('after a reload the user enters the secret again, unless it was to be kept', async (t) => {
    const { page } = await visit(t, running.url)
    await page.reload()
    await page.getByLabel('AccessKeySecret').waitFor()
    assert.equal(await page.evaluate('sessionStorage.length'), 0)
    await signIn(page, { id: credentials.accessKeyId, secret: credentials.accessKeySecret }, true)
    await page.reload()
    await page.getByRole('navigation').waitFor()
    await page.getByRole('button', { name: /^Account / }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByLabel('AccessKeySecret').waitFor()
    assert.equal(await page.evaluate('sessionStorage.length'), 0)
  })

  test('language and colours are switched at once and kept', async (t) => {
    const { page } = await visit(t, running.url, { stay: true })
    await page.getByRole('button', { name: 'Language' }).click()
    await page.getByRole('menuitem', { name: '简体中文' }).click()
    await page.getByRole('menuitem', { name: '批量导入' }).waitFor()
    await page.getByRole('button', { name: '外观' }).click()
    await page.getByRole('menuitem', { name: '深色' }).click()
    await page.reload()
    await page.getByRole('menuitem', { name: '批量导入' }).waitFor()
    assert.equal(await page.evaluate('document.documentElement.lang'), 'zh-CN')
    assert.equal(await page.evaluate('document.documentElement.style.colorScheme'), 'dark')
  })

  test('every page is reached on a phone, and none is wider than it', async (t) => {
    const { page } = await visit(t, running.url, { viewport: phone })
    for (const name of [
      'Overview',
      'Products and devices',
      'Batch import',
      'API explorer',
      'Batches',
      'Access',
    ]) {
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('menuitem', { name }).click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await assertNoSidewaysScroll(page)
    }
  })

  test('tables without rows are accessible on a phone', async (t) => {
    const empty = await startServer()
    t.after(() => empty.close())
    const { page } = await visit(t, empty.url, { viewport: phone })
    for (const [at, seen] of [
      [`/products/-/${credentials.productKey}`, 'No devices yet.'],
      ['/batches', 'No batches yet'],
      ['/access', 'No RAM users yet'],
    ] as const) {
      await page.goto(`${empty.url}/console/#${at}`)
      await page.getByText(seen).waitFor()
      await assertAccessible(page)
    }
  })

  test('a refused key is deleted, and the user enters the secret again', async (t) => {
    const { AccessKeyId, AccessKeySecret } = await act('CreateAccessKey')
    const accessKey = { id: AccessKeyId, secret: AccessKeySecret }
    const { page } = await visit(t, running.url, { stay: true, accessKey }, /status of 40\d/)
    await act('UpdateAccessKey', { UserAccessKeyId: AccessKeyId, Status: 'Inactive' })
    await page.reload()
    await page
      .getByRole('alert')
      .filter({ hasText: /is disabled/ })
      .waitFor()
    assert.equal(await page.evaluate('sessionStorage.length'), 0)
    await page.locator('input[type=password]:focus').waitFor()
  })

  test('permissions are loaded again after a denial, and when the page becomes visible', async (t) => {
    const permit = (...patterns: string[]) =>
      act('SetUserPermissions', {
        UserName: 'builder',
        ...Object.fromEntries(patterns.map((pattern, i) => [`AllowedAction.${i + 1}`, pattern])),
      })
    await act('CreateUser', { UserName: 'builder' })
    await permit('iot:Query*', 'iot:CreateProduct')
    const { AccessKeyId: id, AccessKeySecret: secret } = await act('CreateAccessKey', { UserName: 'builder' })
    const { page } = await visit(t, running.url, { at: '/products', accessKey: { id, secret } })
    await page.clock.install()
    let asked = 0
    page.on('request', (request) => {
      if (actionOf(request) === 'GetCallerIdentity') asked++
    })
    const create = page.getByRole('main').getByRole('button', { name: 'Create product' })
    const dialog = page.getByRole('dialog')
    await create.and(page.locator(':enabled')).click()
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Thermostats')
    await permit('iot:Query*')
    for (let i = 0; i < 2; i++) {
      await dialog.getByRole('button', { name: 'Create product' }).click()
      await dialog.getByText('This key does not have the permission.').waitFor()
    }
    await page.keyboard.press('Escape')
    await create.and(page.locator(':disabled')).waitFor()
    assert.equal(asked, 1)

    await permit('iot:Query*', 'iot:CreateProduct')
    await page.clock.fastForward(10_000)
    await page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    await create.and(page.locator(':enabled')).waitFor()
    assert.equal(asked, 2)
  })

  test('an answer after sign-out is not shown to the next user', async (t) => {
    const { page } = await visit(t, running.url)
    await page.getByRole('menuitem', { name: 'Products and devices' }).click()
    const making = await hold(page, 'CreateProduct')
    const create = page.getByRole('main').getByRole('button', { name: 'Create product' })
    await create.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Late')
    await dialog.getByRole('button', { name: 'Create product' }).click()
    await making.begun
    await page.goBack()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: /^Account / }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await signIn(page, { id: credentials.accessKeyId, secret: credentials.accessKeySecret })
    await page.getByRole('cell', { name: credentials.instanceId }).waitFor()
    making.letGo()
    await making.answered
    // Calls that are made after it are shown after it.
    await page.getByRole('menuitem', { name: 'Products and devices' }).click()
    await page.getByRole('link', { name: 'Late' }).waitFor()
    assert.equal(await page.getByText('Late was created').count(), 0)
    assert.match(page.url(), /#\/products\/-$/)
  })

  test('the next user starts at the overview', async (t) => {
    const { page } = await visit(t, running.url, { at: `/products/-/${credentials.productKey}` })
    const titled = async (title: string) => {
      // Not by waitForFunction, which the page's policy refuses a text.
      while ((await page.title()) !== title);
    }
    await titled('mqtt-cloud-gateway · Rollcall')
    await page.getByRole('link', { name: 'Products', exact: true }).click()
    await titled('Products and devices · Rollcall')
    await page.goBack()
    await titled('mqtt-cloud-gateway · Rollcall')
    await page.getByRole('button', { name: /^Account / }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByLabel('AccessKeySecret').waitFor()
    assert.equal(await page.title(), 'Rollcall')
    assert.equal(await page.evaluate('location.hash'), '#/')
  })

  test('Ctrl+K goes to a product, a device, an operation and a call', async (t) => {
    const { page } = await visit(t, running.url, {}, /status of 404/)
    await act('ImportDevice', {
      ProductKey: credentials.productKey,
      DeviceName: 'lobby-lamp',
      DeviceSecret: 'b1d2c3e4f5a6978812345678',
    })
    const field = page.getByRole('combobox', { name: /^Page, product, device/ })
    const go = async (typed: string, kind: string, label: string) => {
      await page.keyboard.press('Control+k')
      await field.fill(typed)
      const option = page.getByRole('option', { name: new RegExp(`^${kind}\\s*${label}`) })
      await option.waitFor()
      if (kind === 'Product') await assertAccessible(page)
      for (let i = 0; (await option.getAttribute('aria-selected')) !== 'true'; i++) {
        assert.ok(i < 20, 'the arrow key reaches every result')
        await page.keyboard.press('ArrowDown')
      }
      await page.keyboard.press('Enter')
      await field.waitFor({ state: 'detached' })
    }
    await go('mqtt-cloud', 'Product', 'mqtt-cloud-gateway')
    await page.getByRole('heading', { name: 'mqtt-cloud-gateway' }).waitFor()
    await go('lobby', 'Device', 'lobby-lamp')
    await page.getByRole('heading', { name: 'lobby-lamp' }).waitFor()
    await go('batchcheckimport', 'Operation', 'BatchCheckImportDevice')
    await page.getByRole('heading', { name: 'BatchCheckImportDevice' }).waitFor()
    const { RequestId } = (await ask('QueryDevice', { ProductKey: credentials.productKey })).body
    await go(RequestId, 'Call', RequestId)
    await page.getByRole('cell', { name: RequestId }).waitFor()
    await page.reload()
    await signIn(page, { id: credentials.accessKeyId, secret: credentials.accessKeySecret })
    assert.equal(await page.getByLabel('Operation, Code or RequestId').inputValue(), RequestId)
  })

  test('? lists the shortcuts, except in a field', async (t) => {
    const { page } = await visit(t, running.url, { at: '/products/-' })
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await page.getByRole('main').getByRole('textbox').first().press('?')
    assert.equal(await list.count(), 0)
    await page.getByRole('main').getByRole('textbox').first().blur()
    await page.keyboard.press('?')
    await list.getByText('Ctrl+K').waitFor()
    await assertAccessible(page)
  })

  test('a page that failed to load is loaded when the server is back', async (t) => {
    const { page, context } = await visit(
      t,
      running.url,
      {},
      /ERR_INTERNET_DISCONNECTED|dynamically imported|preload CSS/,
    )
    await context.setOffline(true)
    await page.getByRole('menuitem', { name: 'Batches' }).click()
    await page.getByText('This page could not be loaded').waitFor()
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('This page could not be loaded').waitFor()
    await page.getByRole('menuitem', { name: 'Access' }).click()
    await page.getByText('This page could not be loaded').waitFor()
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('button', { name: 'Create RAM user' }).waitFor()
    await page.getByRole('menuitem', { name: 'Batches' }).click()
    await page.getByRole('columnheader', { name: 'ApplyId' }).waitFor()
  })

  const product = `/products/-/${credentials.productKey}`
  for (const [at, name] of [
    ['/access', /^Create RAM user$/],
    ['/access/keys', /^Create access key$/],
    ['/access/quotas', /^Change: BatchImportDevice$/],
    [product, /^Add device$/],
    [product, /^Export$/],
  ] as const) {
    test(`the focus is back at ${name.source} when its dialog is gone`, async (t) => {
      const { page } = await visit(t, running.url, { at })
      const opener = page.getByRole('button', { name })
      await opener.click()
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await opener.and(page.locator(':focus')).waitFor()
    })
  }
})
