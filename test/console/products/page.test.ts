import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import type { Running } from '../../../src/main.ts'
import { credentials, startServer } from '../../support/server.ts'
import { call, goodDevices, type Parameters } from '../../support/sign.ts'
import { noBrowser } from '../support/chromium.ts'
import { callsTo } from '../support/own-calls.ts'
import { dialog, main } from '../support/parts.ts'
import { assertAccessible, assertNoSidewaysScroll, browsing, phone } from '../support/visit.ts'

const { productKey } = credentials
const atProduct = `/products/-/${productKey}`

suite('products and devices', { skip: noBrowser }, () => {
  let running: Running
  before(async () => {
    running = await startServer()
  })
  after(() => running.close())
  const { visit } = browsing()

  /** Calls the API beside the console. */
  async function act(action: string, parameters: Parameters) {
    const { body } = await call(running.url, action, parameters)
    assert.equal(body?.Success, true, `${action}: ${JSON.stringify(body)}`)
    return body
  }

  const confirm = (page: Page, name: string) =>
    dialog(page).getByRole('button', { name, exact: true }).click()

  test('a question about many devices names them all, and another search selects none', async (t) => {
    const { ProductKey } = (await act('CreateProduct', {
      ProductName: 'selection',
      NodeType: '0',
      AuthType: 'one-party',
    })) as { ProductKey: string }
    await act('BatchImportDevice', { ProductKey, ...goodDevices(20) })
    const { page } = await visit(t, running.url, { at: `/products/-/${ProductKey}` })
    await main(page).getByRole('checkbox', { name: 'Select all' }).check()
    await main(page).getByText('20 selected', { exact: true }).waitFor()
    await page.getByRole('toolbar').getByRole('button', { name: 'Delete', exact: true }).click()
    assert.equal(
      await dialog(page).getByRole('list', { name: 'DeviceNames' }).getByRole('listitem').count(),
      20,
    )
    await confirm(page, 'Cancel')
    await main(page).getByRole('textbox', { name: 'Beginning of a DeviceName' }).fill('no')
    await main(page).getByText('No device matches.').waitFor()
    assert.equal(await main(page).getByText('selected').count(), 0)
  })

  test('a page reports an unreachable server, and recovers with it', async (t) => {
    const first = await startServer()
    const port = new URL(first.url).port
    const { page } = await visit(
      t,
      first.url,
      { at: '/overview' },
      /ERR_CONNECTION_REFUSED|dynamically imported/,
    )
    await page.clock.install()
    await first.close()
    await page.getByRole('menuitem', { name: 'Products' }).click()
    await main(page).getByText('This page could not be loaded').waitFor()
    await page.getByRole('menuitem', { name: 'Overview' }).click()
    await main(page).getByText('The server can’t be reached').first().waitFor()
    await page.getByRole('menuitem', { name: 'Products' }).click()
    await main(page).getByText('This page could not be loaded').waitFor()
    const again = await startServer({ port })
    t.after(() => again.close())
    await page.clock.runFor(6000)
    await main(page).getByRole('link', { name: 'gateway' }).first().waitFor()
    assert.equal(await main(page).getByText('The server can’t be reached').count(), 0)
  })

  test('a product and a device, from their beginning to their end', async (t) => {
    const { page } = await visit(t, running.url, { at: '/products' })
    const button = (name: string) => main(page).getByRole('button', { name, exact: true })

    await button('Create product').click()
    await dialog(page).getByRole('textbox', { name: 'Name', exact: true }).fill('abc')
    await confirm(page, 'Create product')
    await dialog(page).getByText('Enter 4 to 30 letters').waitFor()
    await dialog(page).getByRole('textbox', { name: 'Name', exact: true }).fill('Thermostats')
    await dialog(page).getByText('Supports batch imports').waitFor()
    await dialog(page)
      .getByRole('radio', { name: /Device secret/ })
      .check()
    await dialog(page).getByText('Does not support batch imports').waitFor()
    await confirm(page, 'Create product')
    await page.getByRole('heading', { name: 'Thermostats' }).waitFor()
    assert.ok(await button('Import devices').isDisabled())

    await button('Add device').click()
    await dialog(page).getByLabel('DeviceName').fill('cellar-0001')
    await confirm(page, 'Add device')
    await dialog(page).getByText('cellar-0001 was added').waitFor()
    const ProductKey = new URL(page.url()).hash.split('/').at(-1)!
    const { Data } = await act('QueryDeviceDetail', { ProductKey, DeviceName: 'cellar-0001' })
    assert.ok(!(await page.content()).includes(Data.DeviceSecret))
    await confirm(page, 'Show DeviceSecret')
    await dialog(page).getByText(Data.DeviceSecret).waitFor()
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()

    await main(page).getByRole('textbox', { name: 'Beginning of a DeviceName' }).fill('attic')
    await main(page).getByText('No device matches.').waitFor()
    await main(page).getByRole('textbox', { name: 'Beginning of a DeviceName' }).fill('cell')
    await main(page).getByRole('link', { name: 'cellar-0001' }).click()

    await page.getByRole('heading', { name: 'cellar-0001' }).waitFor()
    await button('Show DeviceSecret').waitFor()
    assert.ok(!(await page.content()).includes(Data.DeviceSecret))
    await button('Show DeviceSecret').click()
    await main(page).getByText(Data.DeviceSecret).waitFor()
    await button('Hide DeviceSecret').click()
    assert.ok(!(await page.content()).includes(Data.DeviceSecret))

    await button('Edit nickname').click()
    await dialog(page).getByLabel('Nickname').fill('地下室')
    await confirm(page, 'Save')
    await main(page).getByText('地下室').waitFor()

    await button('Add tag').click()
    await main(page).getByRole('textbox', { name: 'Key' }).fill('color')
    await main(page).getByRole('textbox', { name: 'Value' }).fill('red')
    await button('Save').click()
    await main(page).getByText('color=red').waitFor()
    await button('Change the tag color').click()
    await main(page).getByRole('textbox', { name: 'Value' }).fill('blue')
    await page.keyboard.press('Enter')
    await main(page).getByText('color=blue').waitFor()
    const named = { ProductKey, DeviceName: 'cellar-0001' }
    const choosing = main(page).getByRole('combobox', { name: 'Add to a group' })
    await choosing.fill('basement')
    await page.getByText('Create the group “basement”').click()
    await button('Remove from the group basement').waitFor()
    const grouped = await act('QueryDeviceGroupByDevice', named)
    assert.equal(grouped.GroupInfos.GroupInfo[0].GroupName, 'basement')
    await button('Remove from the group basement').click()
    await main(page).getByText('The device is in no group yet.').waitFor()
    await choosing.click()
    await page.locator('.ant-select-item-option').filter({ hasText: 'basement' }).click()
    await button('Remove from the group basement').waitFor()
    assert.deepEqual(JSON.parse((await act('QueryDeviceProp', named)).Props), { color: 'blue' })

    await button('Disable').click()
    await confirm(page, 'Disable')
    await dialog(page).getByText('1 device disabled.').waitFor()
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()
    await main(page).getByText('Disabled', { exact: true }).waitFor()
    assert.equal((await act('QueryDeviceDetail', named)).Data.Status, 'DISABLE')

    await button('Delete').click()
    await confirm(page, 'Delete')
    await dialog(page).getByText('1 device deleted.').waitFor()
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()
    await page.getByRole('heading', { name: 'Thermostats' }).waitFor()
    await main(page).getByText('No device matches.').or(main(page).getByText('No devices yet')).waitFor()

    await button('Publish').click()
    await confirm(page, 'Publish')
    await button('Unpublish').waitFor()
    assert.ok(await button('Delete').isDisabled())
    await button('Unpublish').click()
    await confirm(page, 'Unpublish')
    await button('Publish').waitFor()
    await button('Delete').click()
    await dialog(page).getByText('The product has no devices.').waitFor()
    await confirm(page, 'Delete')
    await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).waitFor()
    // The former list stays visible until the new one arrives.
    await main(page).getByRole('link', { name: 'Thermostats' }).waitFor({ state: 'detached' })
  })

  test('many devices: page by page, some of them deleted, the rest in a file that imports again', async (t) => {
    await act('BatchImportDevice', { ProductKey: productKey, ...goodDevices(45) })
    const { page } = await visit(t, running.url, { at: atProduct })
    await main(page).getByText('1–20 of 45').waitFor()
    await main(page).getByRole('button', { name: 'Next page' }).click()
    await main(page).getByText('21–40 of 45').waitFor()
    const rows = main(page).getByRole('row')
    for (const row of [1, 2, 3]) await rows.nth(row).getByRole('checkbox').check()
    const gone = (await rows.nth(1).getByRole('link').textContent())!
    await main(page).getByText('3 selected').waitFor()
    // One of them goes by another way meanwhile.
    await act('DeleteDevice', { ProductKey: productKey, DeviceName: gone })
    await main(page).getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
    await confirm(page, 'Delete')
    await dialog(page).getByText('2 devices deleted.').waitFor()
    await dialog(page).getByText('1 device failed:').waitFor()
    await dialog(page).getByText('The specified device does not exist.').waitFor()
    await dialog(page).getByText(gone, { exact: true }).waitFor()
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()
    await main(page).getByText('21–40 of 42').waitFor()

    await main(page).getByRole('button', { name: 'Export', exact: true }).click()
    await dialog(page).getByRole('checkbox', { name: 'With DeviceSecret' }).check()
    const [file] = await Promise.all([page.waitForEvent('download'), confirm(page, 'Download')])
    await dialog(page).getByText('42 devices were written to').waitFor()
    const path = await file.path()
    assert.equal((await readFile(path, 'utf8')).trimEnd().split('\n').length, 43)
    const { Data } = await act('CreateProduct', {
      ProductName: 'again',
      NodeType: '0',
      AuthType: 'one-party',
    })
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['bin/rollcall.cjs', 'import', path, '--product', Data.ProductKey, '--endpoint', running.url, '--json'],
      {
        env: {
          ...process.env,
          ALIBABA_CLOUD_ACCESS_KEY_ID: credentials.accessKeyId,
          ALIBABA_CLOUD_ACCESS_KEY_SECRET: credentials.accessKeySecret,
        },
      },
    )
    assert.equal(JSON.parse(stdout).accepted, 42, stdout)
  })

  test('a serial number is on the page of its device, and in the file of the product, whatever its format', async (t) => {
    const { Data } = await act('CreateProduct', {
      ProductName: 'numbered',
      NodeType: '0',
      AuthType: 'one-party',
    })
    await act('BatchImportDevice', {
      ProductKey: Data.ProductKey,
      ...goodDevices(2, 'numbered'),
      'DeviceList.1.Sn': '0017',
    })
    const { page } = await visit(t, running.url, { at: `/products/-/${Data.ProductKey}` })
    for (const [label, has] of [
      ['CSV', /numbered-00001,0017,/],
      ['JSON lines', /"DeviceName":"numbered-00001","Sn":"0017"/],
      ['XLSX', /^PK/],
    ] as const) {
      await main(page).getByRole('button', { name: 'Export', exact: true }).click()
      await dialog(page).getByRole('radio', { name: label }).check()
      const [file] = await Promise.all([page.waitForEvent('download'), confirm(page, 'Download')])
      await dialog(page).getByText('2 devices were written to').waitFor()
      assert.match(await readFile(await file.path(), 'utf8'), has)
      await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()
    }
    await main(page).getByRole('link', { name: 'numbered-00001' }).click()
    await main(page).getByText('0017').waitFor()
  })

  test('deleting all devices of the last page shows the page before', async (t) => {
    const { Data } = await act('CreateProduct', {
      ProductName: 'shrinking',
      NodeType: '0',
      AuthType: 'one-party',
    })
    await act('BatchImportDevice', { ProductKey: Data.ProductKey, ...goodDevices(22, 'last') })
    const { page } = await visit(t, running.url, { at: `/products/-/${Data.ProductKey}` })
    await main(page).getByText('1–20 of 22').waitFor()
    await main(page).getByRole('button', { name: 'Next page' }).click()
    await main(page).getByText('21–22 of 22').waitFor()
    await main(page).getByRole('checkbox', { name: 'Select all' }).check()
    await main(page).getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
    await confirm(page, 'Delete')
    await dialog(page).getByText('2 devices deleted.').waitFor()
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()
    await main(page).getByText('1–20 of 20').waitFor()
    await main(page).getByRole('link', { name: 'last-00001' }).waitFor()
  })

  for (const [language, theme] of [
    ['en', 'dark'],
    ['zh', 'light'],
  ] as const)
    test(`list, product and device have no serious fault, ${language}, ${theme}`, async (t) => {
      const { page } = await visit(t, running.url, { at: '/products', language, theme })
      const words = { en: ['Create product', 'Product details'], zh: ['创建产品', '产品信息'] }[language]
      await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).waitFor()
      await assertAccessible(page)
      await main(page).getByRole('button', { name: words[0]! }).click()
      await dialog(page).getByRole('textbox').first().waitFor()
      await assertAccessible(page)
      await page.keyboard.press('Escape')
      await dialog(page).waitFor({ state: 'hidden' })
      await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).click()
      const device = main(page).getByRole('table').getByRole('link').first()
      await device.waitFor()
      await main(page).getByRole('table').getByRole('checkbox').nth(1).check()
      await assertAccessible(page)
      await main(page).getByRole('tab', { name: words[1]! }).click()
      await main(page)
        .getByRole('button', { name: /^(Show|显示) ProductSecret$/ })
        .waitFor()
      await assertAccessible(page)
      await main(page).getByRole('tab').first().click()
      await device.click()
      await main(page)
        .getByRole('button', { name: /^(Show|显示) DeviceSecret$/ })
        .waitFor()
      await assertAccessible(page)
    })

  test('products are found by part of their name and by tag, also beyond one page', async (t) => {
    const created = await Promise.all(
      Array.from({ length: 205 }, (_, i) =>
        act('CreateProduct', { ProductName: `batch-${i}-of`, NodeType: '0' }),
      ),
    )
    const tag = { 'ProductTag.1.TagKey': 'floor', 'ProductTag.1.TagValue': 'one' }
    await act('CreateProductTags', { ProductKey: created[7]!.ProductKey, ...tag })
    const { page } = await visit(t, running.url, { at: '/products' })
    await main(page).getByRole('textbox', { name: 'Part of a name' }).fill('GATEWAY')
    await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).waitFor()
    assert.equal(await main(page).getByRole('table').getByRole('link').count(), 1)
    await main(page).getByRole('combobox', { name: 'Search by' }).click()
    await page.getByTitle('Tag', { exact: true }).click()
    for (const [typed, count] of [
      ['floor=two', 0],
      ['floor=one', 1],
    ] as const) {
      await main(page).getByRole('searchbox').fill(typed)
      await page.keyboard.press('Enter')
      if (count === 0) await main(page).getByText('No product matches.').waitFor()
      else await main(page).getByRole('link', { name: 'batch-7-of' }).waitFor()
      assert.equal(await main(page).getByRole('table').getByRole('link').count(), count)
    }
  })

  test('a user who returns from a product finds the list unchanged', async (t) => {
    const server = await startServer()
    t.after(() => server.close())
    for (let i = 0; i < 20; i++)
      await callsTo(() => server.url).act('CreateProduct', { ProductName: `kept-${i}-of`, NodeType: '0' })
    const { page } = await visit(t, server.url, { at: '/products/-' })
    const link = (name: string) => main(page).getByRole('table').getByRole('link', { name })
    const thereAndBack = async (name: string) => {
      await link(name).click()
      await page.getByRole('heading', { name }).waitFor()
      await page.goBack()
      await link(name).waitFor()
    }
    await main(page).getByRole('button', { name: 'Next page' }).click()
    await thereAndBack('mqtt-cloud-gateway')
    const name = main(page).getByRole('textbox', { name: 'Part of a name' })
    await name.fill('kept-7')
    await thereAndBack('kept-7-of')
    assert.equal(await name.inputValue(), 'kept-7')
    assert.equal(await link('').count(), 1)
    await main(page).getByRole('combobox', { name: 'Search by' }).click()
    await page.getByTitle('Tag', { exact: true }).click()
    await main(page).getByRole('searchbox').fill('floor=none')
    await page.keyboard.press('Enter')
    await main(page).getByText('No product matches.').waitFor()
    await page.getByRole('menuitem', { name: 'Overview' }).click()
    await main(page).getByText('Newest products').waitFor()
    await page.goBack()
    await main(page).getByText('No product matches.').waitFor()
    assert.equal(await main(page).getByRole('searchbox').inputValue(), 'floor=none')
  })

  test('a reload, the way back and a copied link show a list unchanged', async (t) => {
    const { Data } = await act('CreateProduct', {
      ProductName: 'linked',
      NodeType: '0',
      AuthType: 'one-party',
    })
    await act('BatchImportDevice', { ProductKey: Data.ProductKey, ...goodDevices(130, 'row') })
    const { page } = await visit(t, running.url, {
      at: `/products/-/${Data.ProductKey}?find=row&size=50`,
      stay: true,
    })
    await main(page).getByText('1–50').waitFor()
    await main(page).getByRole('button', { name: 'Next page' }).click()
    await main(page).getByText('51–100').waitFor()
    const second = main(page).getByRole('link', { name: 'row-00051' })
    await page.reload()
    await second.click()
    await page.getByRole('navigation', { name: '' }).getByRole('link', { name: 'linked' }).click()
    await second.waitFor()
    // The link is opened by another user, whose browser knows nothing of the pages before.
    await page.evaluate('sessionStorage.removeItem("rollcall.cursors")')
    await page.reload()
    await second.waitFor()
    await main(page).getByRole('button', { name: 'Previous page' }).click()
    await main(page).getByRole('link', { name: 'row-00001' }).waitFor()
    await page.goto(page.url().replace('size=50', 'size=200'))
    await main(page).getByText('1–130').waitFor()
  })

  test('all devices that match are changed in the background, and the change is undone', async (t) => {
    const { Data } = await act('CreateProduct', {
      ProductName: 'in_bulk',
      NodeType: '0',
      AuthType: 'one-party',
    })
    const { ProductKey } = Data
    await act('BatchImportDevice', { ProductKey, ...goodDevices(61, 'bulk') })
    await act('DisableThing', { ProductKey, DeviceName: 'bulk-00001' })
    const disabled = async () =>
      (await act('QueryDeviceByStatus', { ProductKey, Status: '8', PageSize: '50' })).Total as number
    const { page } = await visit(t, running.url, { at: `/products/-/${ProductKey}?find=bulk` })
    const select = async () => {
      await main(page).getByRole('checkbox', { name: 'Select all' }).check()
      await main(page).getByRole('button', { name: 'Select all that match' }).click()
    }
    await select()
    await main(page).getByRole('toolbar').getByRole('button', { name: 'Disable' }).click()
    await dialog(page).getByText('Disable 61 devices?').waitFor()
    await confirm(page, 'Disable')
    await dialog(page).getByText('61 devices disabled.').waitFor()
    await assertAccessible(page)
    await confirm(page, 'Undo')
    const jobs = page.getByRole('region', { name: 'Background jobs' })
    await page.getByRole('button', { name: 'Background jobs' }).click()
    await jobs.getByText('Done: 60.').waitFor()
    assert.equal(await disabled(), 1)
    await page.keyboard.press('Escape')

    await select()
    await main(page).getByRole('toolbar').getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Change nicknames' }).click()
    await dialog(page).getByLabel('Nickname').fill('cell_{n}')
    await confirm(page, 'Change nicknames')
    await dialog(page).getByText('Nicknames of 61 devices changed.').waitFor()
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()
    await main(page).getByText('cell_07').waitFor()

    await select()
    await main(page).getByRole('button', { name: 'Export selected' }).click()
    await dialog(page).getByRole('checkbox', { name: 'With DeviceSecret' }).check()
    const [file] = await Promise.all([page.waitForEvent('download'), confirm(page, 'Download')])
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n')
    assert.equal(lines.length, 62)
    assert.match(lines[7]!, /^bulk-00007,secret-7,,cell_07,/)
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()

    await main(page).getByRole('toolbar').getByRole('button', { name: 'Delete' }).click()
    const remove = dialog(page).getByRole('button', { name: 'Delete', exact: true })
    await dialog(page).getByText('Delete 61 devices?').waitFor()
    assert.ok(await remove.isDisabled())
    await dialog(page).getByRole('textbox', { name: 'Enter 61 to confirm' }).fill('61')
    await remove.click()
    await dialog(page).getByText('61 devices deleted.').waitFor()
  })

  test('a missing product or device is explained in the user’s language, with the server’s message', async (t) => {
    const { page } = await visit(t, running.url, { at: '/products/-/nosuchkey', language: 'zh' })
    const alert = main(page).getByRole('alert')
    await alert.getByText('产品不存在。').waitFor()
    await alert.getByText('There is no "nosuchkey" in the public instance').waitFor()
    await page.goto(`${running.url}/console/#${atProduct}/nosuchdevice`)
    await alert.getByText('设备不存在。').waitFor()
  })

  test('an error of everything is displayed once, with a retry at the instances', async (t) => {
    const { page } = await visit(t, running.url, { at: '/access' }, /status of 403/)
    await page.route(`${running.url}/`, (route) =>
      route.fulfill({ status: 403, json: { Code: 'Forbidden', Message: 'Not now.' } }),
    )
    await page.goto(`${running.url}/console/#/products/-`)
    await main(page).getByRole('alert').getByText('Not now.').waitFor()
    await main(page).getByRole('combobox', { name: 'Instance' }).click()
    const list = page.locator('.ant-select-dropdown')
    await list.getByRole('alert').getByText('Not now.').waitFor()
    assert.equal(await main(page).getByRole('alert').count(), 1)
    await page.unrouteAll()
    await list.getByRole('button', { name: 'Try again' }).click()
    await list.locator('.ant-select-item-option').filter({ hasText: credentials.instanceId }).click()
    await page.waitForURL(new RegExp(`#/products/${credentials.instanceId}$`))
    await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).waitFor()
  })

  test('switching the language keeps the page’s state', async (t) => {
    await act('BatchImportDevice', { ProductKey: productKey, ...goodDevices(1, 'spoken') })
    const { page } = await visit(t, running.url, { at: atProduct })
    const chooses = async (switched: string, language: string) => {
      await page.getByRole('button', { name: switched }).click()
      await page.getByRole('menuitem', { name: language }).click()
    }
    await main(page).getByRole('textbox', { name: 'Beginning of a DeviceName' }).fill('spoken')
    await main(page)
      .getByRole('row', { name: /spoken-00001/ })
      .getByRole('checkbox')
      .check()
    await main(page).getByText('1 selected').waitFor()
    await main(page).getByRole('tab', { name: 'Product details' }).click()
    await chooses('Language', '简体中文')
    await main(page).getByRole('tab', { name: '产品信息', selected: true }).waitFor()
    await main(page).getByRole('tab').first().click()
    await main(page).getByRole('textbox', { name: 'DeviceName 前缀' }).waitFor()
    await chooses('语言', 'English')
    await main(page).getByText('1 selected').waitFor()
    const typed = main(page).getByRole('textbox', { name: 'Beginning of a DeviceName' })
    assert.equal(await typed.inputValue(), 'spoken')
  })

  test('on a phone nothing scrolls sideways but the tables', async (t) => {
    const { page } = await visit(t, running.url, { at: atProduct, viewport: phone })
    const device = main(page).getByRole('table').getByRole('link').first()
    await device.waitFor()
    await assertNoSidewaysScroll(page)
    await device.click()
    await main(page).getByText('IotId').waitFor()
    await assertNoSidewaysScroll(page)
  })

  test('a RAM user sees what there is, and why the rest may not be done', async (t) => {
    await act('CreateUser', { UserName: 'watch', 'AllowedAction.1': 'iot:Query*', Version: '2026-11-01' })
    const { Data } = await act('CreateAccessKey', { UserName: 'watch', Version: '2026-11-01' })
    const accessKey = { id: Data.AccessKeyId, secret: Data.AccessKeySecret }
    const { page } = await visit(t, running.url, { at: '/products', accessKey })
    assert.ok(await main(page).getByRole('button', { name: 'Create product' }).isDisabled())
    await main(page).getByRole('textbox', { name: 'Part of a name' }).fill('mqtt')
    await main(page).getByRole('link', { name: 'mqtt-cloud-gateway' }).click()
    // ListDevices is not allowed; what is searched in its place is.
    await main(page).getByText('Newest first').waitFor()
    await main(page).getByRole('table').getByRole('link').first().click()
    const remove = main(page).getByRole('button', { name: 'Delete' })
    assert.ok(await remove.isDisabled())
    await remove.hover({ force: true })
    await page.getByRole('tooltip').getByText('Your key may not call DeleteDevice.').waitFor()
  })
})
