import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { Running } from '../../../src/main.ts'
import { credentials, startServer } from '../../support/server.ts'
import { actionOf, hold, reroute } from '../support/calls-of.ts'
import { noBrowser } from '../support/chromium.ts'
import { callsTo } from '../support/own-calls.ts'
import { assertAccessible, assertNoSidewaysScroll, browsing, phone } from '../support/visit.ts'

/** Pastes a text as a person does, whatever the browser thinks of clipboards. */
function paste(into: Locator, text: string): Promise<unknown> {
  return into.evaluate((field, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

const call = (page: Page, name = 'Call') => page.getByRole('button', { name, exact: true }).click()

suite('the API explorer', { skip: noBrowser }, () => {
  let running: Running
  before(async () => {
    running = await startServer()
  })
  after(() => running.close())
  const { visit } = browsing()

  test('a pasted list is checked, signed and written as a program', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer' })
    await page.getByRole('heading', { level: 2, name: 'BatchCheckImportDevice' }).waitFor()
    await page.getByLabel(/^ProductKey/).fill(credentials.productKey)
    await page.getByRole('button', { name: 'Add a row' }).click()
    await paste(
      page.getByLabel('DeviceName, row 1'),
      'Sn\tDeviceName\tDeviceSecret\nQC1\tlamp-0001\ts3cret\n\tlamp*2\t^67$',
    )
    assert.equal(await page.getByLabel('Sn, row 1').inputValue(), 'QC1')
    assert.equal(await page.getByLabel('DeviceName, row 2').inputValue(), 'lamp*2')
    // Down from the last row comes a new one; an empty one is not sent.
    await page.getByLabel('DeviceName, row 2').press('Enter')
    await page.locator('input:focus').and(page.getByLabel('DeviceName, row 3')).waitFor()
    await page.keyboard.press('ArrowUp')
    await page.locator('input:focus').and(page.getByLabel('DeviceName, row 2')).waitFor()
    await page.getByText('XML', { exact: true }).click()
    await call(page)
    const answer = page.getByRole('region', { name: 'Answer' })
    await answer.getByText('HTTP 200').waitFor()
    await answer.locator('.cm-content').getByText('lamp*2').first().waitFor()
    assert.match((await answer.textContent())!, /RequestId [0-9A-F-]{36}/)
    await assertAccessible(page)

    await page.getByRole('tab', { name: 'Signature' }).click()
    const steps = page.getByRole('tabpanel', { name: 'Signature' })
    await steps.getByText('V1', { exact: true }).click()
    const step = steps.getByRole('region', { name: 'String to sign' })
    const text = (await step.locator('pre').textContent())!
    assert.ok(text.startsWith('POST&%2F&AccessKeyId%3Dtestid'), text)
    await step.getByRole('button', { name: 'Compare: String to sign' }).click()
    const theirs = step.getByRole('textbox')
    await theirs.fill(text)
    await step.getByText('Both values are identical.').waitFor()
    await theirs.fill(text.replace('%252A', '%2A'))
    await step
      .getByText(`The first difference is at byte ${text.indexOf('52A')} `, { exact: false })
      .waitFor()
    await step.getByText('* is not encoded; it must be %2A.', { exact: false }).waitFor()
    await assertAccessible(page)
    assert.ok(!(await page.content()).includes(credentials.accessKeySecret))

    await page.getByRole('tab', { name: 'Code' }).click()
    const code = page.getByRole('tabpanel', { name: 'Code' })
    await code.getByRole('textbox', { name: 'Sample in TypeScript' }).getByText('lamp*2').waitFor()
    await code.getByLabel('Language').click()
    await page.getByTitle('Python').click()
    await code.getByText('python3 call.py').waitFor()
    await code.getByRole('textbox', { name: 'Sample in Python' }).getByText('lamp*2').waitFor()
    await assertAccessible(page)
  })

  test('nonce and time of what was pasted are taken over', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer/QueryDeviceGroupList' })
    await page.getByRole('tab', { name: 'Signature' }).click()
    const step = page.getByRole('region', { name: 'Canonical request', exact: true })
    const ours = (await step.locator('pre').textContent())!
    await step.getByRole('button', { name: /^Compare/ }).click()
    const theirs = ours.replace(/nonce:\w+/, 'nonce:abc').replace(/date:.*/, 'date:2026-01-02T03:04:05Z')
    await step.getByRole('textbox').fill(theirs)
    await step.getByText('another value of x-acs-date, x-acs-signature-nonce', { exact: false }).waitFor()
    await step.getByRole('button', { name: 'Use its nonce and time' }).click()
    await step.getByText('Both values are identical.').waitFor()
  })

  test('ten thousand pasted rows are answered by two megabytes, and shown', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer' })
    await page.getByLabel(/^ProductKey/).fill(credentials.productKey)
    await page.getByRole('button', { name: 'Paste a list…' }).click()
    const rows = Array.from({ length: 10_000 }, (_, i) => `lamp%${i},^s3cret-${i},QC#${i}\n`)
    await paste(page.getByRole('textbox', { name: 'Paste into DeviceList' }), rows.join(''))
    await page.getByRole('button', { name: 'Insert 10,000 rows' }).click()
    await page.getByText('10,000 of at most 10,000').waitFor()
    assert.ok((await page.getByRole('table', { name: 'DeviceList' }).locator('input').count()) < 200)
    await call(page)
    const content = page.getByRole('textbox', { name: 'Answer' })
    await content.getByText('lamp%0').first().waitFor()
    assert.ok((await content.locator('.cm-line').count()) < 500)
    await page.getByRole('button', { name: 'Search in the answer' }).click()
    await page.getByPlaceholder('Find').pressSequentially('lamp%9999"')
    await page.keyboard.press('Enter')
    await content.getByText('lamp%9999').first().waitFor()
  })

  test('a failure, what is missing, and what is to be confirmed', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer/DeleteProduct' })
    await call(page)
    const told = page.getByRole('alert').filter({ hasText: 'ProductKey is missing.' })
    await told.waitFor()
    await page.getByLabel(/^ProductKey/).fill('a1NotThere')
    await told.waitFor({ state: 'detached' })
    await call(page)
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Call DeleteProduct?').last().waitFor()
    await dialog.getByRole('button', { name: 'Call' }).click()
    await page.getByText('HTTP 200 · iot.prod.NotExistedProduct').waitFor()
  })

  test('an error that prevented a call is explained, with the server’s message', async (t) => {
    const { page } = await visit(
      t,
      running.url,
      { at: '/explorer/CreateProduct' },
      /status of 400|ERR_FAILED/,
    )
    await page.getByLabel(/^ProductName/).fill('lamps')
    await page.getByLabel(/^NodeType/).click()
    await page.locator('.ant-select-item-option').first().click()
    const answer = page.getByRole('region', { name: 'Answer' })
    for (const [code, message, words] of [
      [
        'InvalidTimeStamp.Expired',
        'Specified time stamp or date value is expired.',
        'The clocks of this computer',
      ],
      ['Throttling.User', 'Request was denied due to user flow control.', 'a quota of 0 rejects every call'],
    ] as const) {
      await reroute(page, 'CreateProduct', (route) =>
        route.fulfill({
          status: 400,
          json: { RequestId: 'R', HostId: 'h', Code: code, Message: message },
        }),
      )
      await call(page)
      await answer.getByText(words, { exact: false }).waitFor()
      await answer.getByText(message, { exact: true }).waitFor()
      await page.unrouteAll()
    }
    await reroute(page, 'CreateProduct', (route) => route.abort())
    await call(page)
    await answer.getByRole('alert').getByText('The operation may or may not have run').waitFor()
    await page.unrouteAll()
  })

  test('invisible characters are made visible where strings to sign differ', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer' })
    await page.getByLabel(/^ProductKey/).fill('a1')
    await page.getByRole('tab', { name: 'Signature' }).click()
    const step = page.getByRole('region', { name: 'Canonical request' })
    const text = (await step.locator('pre').first().textContent())!
    await step.getByRole('button', { name: 'Compare: Canonical request' }).click()
    const theirs = step.getByRole('textbox')
    await theirs.fill(text.replace('x-acs-date', 'x-acs\u200b-date'))
    await step.getByText('⟨U+200B⟩').waitFor()
    await theirs.fill('')
    await paste(theirs, text.replaceAll('\n', '\r\n'))
    await theirs.fill(text)
    await step.getByText('The pasted lines end in CR LF', { exact: false }).waitFor()
  })

  test('a partially typed instance ID causes no calls', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer/QueryDevice' })
    const asked: string[] = []
    page.on('request', (request) => {
      if (actionOf(request) === 'QueryProductList') asked.push(request.url())
    })
    await page.getByLabel(/^IotInstanceId/).pressSequentially(credentials.instanceId)
    await page.getByLabel(/^ProductKey/).click()
    await page.locator('.ant-select-item-option:visible').filter({ hasText: '·' }).first().waitFor()
    assert.deepEqual(asked.map((url) => new URL(url).searchParams.get('IotInstanceId')).filter(Boolean), [
      credentials.instanceId,
    ])
  })

  test('a call is given up', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer/QueryDeviceStatistics' })
    await page.getByRole('heading', { level: 2 }).waitFor()
    await page.route(`${running.url}/`, () => {})
    await call(page)
    await page.getByRole('button', { name: 'Stop waiting' }).click()
    await page.getByText('You stopped waiting.', { exact: false }).waitFor()
  })

  test('a scanner fills a column at full typing speed', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer' })
    await page.getByRole('button', { name: 'Add a row' }).click()
    await page.getByLabel('Sn, row 1').focus()
    await page.evaluate(`for (const value of ['QC1', 'QC2', 'QC3']) {
      document.execCommand('insertText', false, value)
      const init = { key: 'Enter', bubbles: true, cancelable: true }
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', init))
    }`)
    await page.locator('input:focus').and(page.getByLabel('Sn, row 4')).waitFor()
    for (const n of [1, 2, 3]) assert.equal(await page.getByLabel(`Sn, row ${n}`).inputValue(), `QC${n}`)
  })

  test('an answer does not scroll the page while the user fills in the form', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer/QueryDeviceStatistics' })
    const productKey = page.getByLabel(/^ProductKey/)
    await productKey.fill(credentials.productKey)
    const calling = await hold(page, 'QueryDeviceStatistics')
    await call(page)
    await page.getByRole('button', { name: 'Stop waiting' }).waitFor()
    await productKey.focus()
    await page.evaluate('scrollTo(0, 0)')
    calling.letGo()
    await page.getByText('HTTP 200').waitFor()
    assert.equal(await page.evaluate('scrollY'), 0)
    await call(page)
    while ((await page.evaluate('scrollY')) === 0) await page.evaluate('new Promise(requestAnimationFrame)')
  })

  test('a double click calls once, and waits for the answer', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer/QueryDeviceStatistics' })
    await page.getByLabel(/^ProductKey/).fill(credentials.productKey)
    const calling = await hold(page, 'QueryDeviceStatistics')
    await page.getByRole('button', { name: 'Call', exact: true }).dblclick()
    await page.getByRole('button', { name: 'Stop waiting' }).waitFor()
    calling.letGo()
    await page.getByText('HTTP 200').waitFor()
    assert.equal(calling.calls, 1)
  })

  test('Enter that is held calls once, and waits for the answer', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer/QueryDeviceStatistics' })
    await page.getByLabel(/^ProductKey/).fill(credentials.productKey)
    const calling = await hold(page, 'QueryDeviceStatistics')
    await page.getByRole('button', { name: 'Call', exact: true }).focus()
    for (let i = 0; i < 5; i++) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await page.getByRole('button', { name: 'Stop waiting' }).waitFor()
    calling.letGo()
    await page.getByText('HTTP 200').waitFor()
    assert.equal(calling.calls, 1)
  })

  test('operations can be searched, and each has its own URL', async (t) => {
    const { page } = await visit(t, running.url, { at: '/explorer' })
    await page.getByLabel('Search operations').fill('chinese nickname')
    await page.getByLabel('Search operations').fill('batchupdate')
    await page.getByRole('link', { name: 'BatchUpdateDeviceNickname' }).click()
    await page.getByRole('heading', { level: 2, name: 'BatchUpdateDeviceNickname' }).waitFor()
    assert.match(page.url(), /#\/explorer\/BatchUpdateDeviceNickname$/)
    await page.goto(`${running.url}/console/#/explorer/NoSuchThing`)
    await page.getByText('The API has no operation NoSuchThing.').waitFor()
  })

  test('what is typed while suggestions are on their way stays, and so does the focus', async (t) => {
    const { page } = await visit(t, running.url)
    const listing = await hold(page, 'QueryProductList')
    await page.goto(`${running.url}/console/#/explorer/QueryDevice`)
    const productKey = page.getByLabel(/^ProductKey/)
    await productKey.pressSequentially('a1')
    listing.letGo()
    await page.getByText(`${credentials.productKey} · `, { exact: false }).waitFor()
    await page.keyboard.type('Of')
    assert.equal(await productKey.inputValue(), 'a1Of')
  })

  test('an example of an import is of a product that takes imports', async (t) => {
    await callsTo(() => running.url).act('CreateProduct', {
      ProductName: 'pumps',
      NodeType: '0',
      AuthType: 'secret',
    })
    const { page } = await visit(t, running.url, { at: '/explorer/BatchImportDevice' })
    const productKey = page.getByLabel(/^ProductKey/)
    const example = page.getByRole('button', { name: 'Load an example' })
    // Which products there are is known a moment after the form is seen.
    while ((await productKey.inputValue()) !== credentials.productKey) {
      // The form's; a field with a value has one too.
      await page.getByRole('button', { name: 'Clear' }).first().click()
      await example.click()
    }
  })

  test('an example that needs an instance uses an existing one and one of its products', async (t) => {
    const { page } = await visit(t, running.url, { at: '/access' })
    const listing = await hold(page, 'ListInstances')
    await page.goto(`${running.url}/console/#/explorer/BatchCheckVehicleDevice`)
    const instance = page.getByLabel(/^IotInstanceId/)
    const productKey = page.getByLabel(/^ProductKey/)
    const example = page.getByRole('button', { name: 'Load an example' })
    // The form's; a field with a value has one too.
    const clear = page.getByRole('button', { name: 'Clear' }).first()
    await example.click()
    await page.getByText('3 of at most').waitFor()
    assert.equal(await instance.inputValue(), '')
    await clear.click()
    listing.letGo()
    await productKey.click()
    await page.getByText(`${credentials.instanceProductKey} · `, { exact: false }).waitFor()
    await example.click()
    await page.getByText('3 of at most').waitFor()
    assert.equal(await instance.inputValue(), credentials.instanceId)
    assert.equal(await productKey.inputValue(), credentials.instanceProductKey)
    await call(page)
    await page.getByText('HTTP 200').waitFor()
  })

  for (const [language, theme] of [
    ['zh', 'dark'],
    ['en', 'light'],
  ] as const) {
    test(`on a phone, ${language}, ${theme}`, async (t) => {
      const { page } = await visit(t, running.url, { at: '/explorer', viewport: phone, language, theme })
      await page.getByRole('heading', { level: 2 }).waitFor()
      await page.getByRole('button', { name: language === 'zh' ? '填入示例' : 'Load an example' }).click()
      for (const tab of await page.getByRole('tab').all()) {
        await tab.click()
        await assertNoSidewaysScroll(page)
        await assertAccessible(page)
      }
    })
  }
})
