import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Running } from '../../../src/main.ts'
import { credentials, startServer } from '../../support/server.ts'
import { call, goodDevices, type Parameters } from '../../support/sign.ts'
import { noBrowser } from '../support/chromium.ts'
import { dialog, main } from '../support/parts.ts'
import { assertAccessible, assertNoSidewaysScroll, browsing, phone } from '../support/visit.ts'

const { productKey: ProductKey, instanceId, instanceProductKey } = credentials
/** The version of Rollcall's own operations. */
const Version = '2026-11-01'

suite('batches', { skip: noBrowser }, () => {
  let running: Running
  /** A product whose devices are registered: a list can be checked for it. */
  let registering: string
  before(async () => {
    running = await startServer()
    registering = await product('Pumps')
  })
  after(() => running.close())
  const { visit } = browsing()

  /** Calls the API beside the console. */
  async function act(action: string, parameters: Parameters) {
    const { body } = await call(running.url, action, parameters)
    assert.equal(body?.Success, true, `${action}: ${JSON.stringify(body)}`)
    return body
  }
  const product = async (ProductName: string): Promise<string> =>
    (await act('CreateProduct', { ProductName, NodeType: '0', AuthType: 'secret' })).ProductKey
  const imported = async (count: number, prefix: string, more: Parameters = {}): Promise<number> =>
    (await act('BatchImportDevice', { ProductKey, ...goodDevices(count, prefix), ...more })).Data.ApplyId
  const checked = async (...names: string[]): Promise<number> =>
    (
      await act('BatchCheckDeviceNames', {
        ProductKey: registering,
        ...Object.fromEntries(names.map((name, i) => [`DeviceName.${i + 1}`, name])),
      })
    ).Data.ApplyId

  const batches = (page: Page) => page.getByRole('table', { name: 'Batches' })
  const press = (page: Page, name: string) => dialog(page).getByRole('button', { name, exact: true }).click()

  async function downloaded(page: Page): Promise<string> {
    const coming = page.waitForEvent('download')
    await press(page, 'Download')
    return readFile(await (await coming).path(), 'utf8')
  }

  test('an import is found, opened, downloaded with and without secrets, and undone', async (t) => {
    const applyId = await imported(1234, 'light', { 'DeviceList.1.Sn': 'SN0001' })
    const kept = { ProductKey, DeviceName: 'light-00002' }
    await act('SaveDeviceProp', { ...kept, Props: '{"color":"red"}' })

    const { page } = await visit(t, running.url, { at: '/batches' })
    await batches(page)
      .getByRole('link', { name: String(applyId), exact: true })
      .click()
    await page.getByRole('heading', { name: `ApplyId ${applyId}` }).waitFor()
    await main(page).getByText('Existing devices: 1,234').waitFor()
    await main(page).getByText('light-00001').waitFor()
    await main(page).getByText('SN0001').waitFor()
    assert.ok(!(await page.content()).includes('secret-1'), 'a secret is on the page')

    await main(page).getByRole('button', { name: 'Download' }).click()
    const list = await downloaded(page)
    assert.equal(list.split('\n')[0], '\ufeffDeviceName,Sn')
    assert.doesNotMatch(list, /secret-/)
    await dialog(page).getByText('1,234 devices were written to').waitFor()
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()

    await main(page).getByRole('button', { name: 'Download' }).click()
    await dialog(page).getByRole('checkbox', { name: 'With DeviceSecret' }).check()
    await dialog(page).getByText('secrets in plain text').waitFor()
    const file = await downloaded(page)
    assert.deepEqual(file.split('\n'), [
      '\ufeffDeviceName,DeviceSecret,Sn',
      ...Array.from({ length: 1234 }, (_, i) => {
        const n = i + 1
        return `light-${String(n).padStart(5, '0')},secret-${n},${n === 1 ? 'SN0001' : ''}`
      }),
      '',
    ])
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()

    await main(page).getByRole('button', { name: 'Undo' }).click()
    await dialog(page).getByText('1,233 devices will be deleted').waitFor()
    await dialog(page).getByText('1 device will be kept').waitFor()
    await assertAccessible(page)
    assert.equal((await act('QueryPageByApplyId', { ApplyId: String(applyId) })).Total, 1234)
    await dialog(page).getByRole('textbox', { name: 'Enter 1233 to confirm' }).fill('1233')
    await press(page, 'Delete 1,233 devices')
    await dialog(page).getByText('Devices deleted: 1,233; kept: 1.').waitFor()
    await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()
    await main(page).getByText('Existing devices: 1', { exact: true }).waitFor()
    assert.equal((await act('QueryPageByApplyId', { ApplyId: String(applyId) })).Total, 1)
    assert.equal((await act('QueryDeviceDetail', kept)).Data.DeviceName, 'light-00002')
  })

  test('a download that is stopped writes no file', async (t) => {
    const applyId = await imported(1001, 'stop')
    const { page } = await visit(t, running.url, { at: `/batches/${applyId}` })
    await main(page).getByText('Existing devices: 1,001').waitFor()
    let downloads = 0
    page.on('download', () => downloads++)
    // The second page of the file is answered only after it was given up.
    const held = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    await page.route(
      () => true,
      async (route) => {
        const asked = `${route.request().url()} ${route.request().postData()}`
        const isSecond = asked.includes('PageNo=2') && asked.includes('PageSize=1000')
        if (isSecond) await held.promise
        await route.continue()
        if (isSecond) answered.resolve()
      },
    )
    await main(page).getByRole('button', { name: 'Download' }).click()
    await press(page, 'Download')
    await dialog(page).getByText('1,000 of 1,001 devices').waitFor()
    await press(page, 'Stop')
    await dialog(page).getByText('Stopped; no file was written.').waitFor()
    held.resolve()
    await answered.promise
    await page.waitForLoadState('networkidle')
    assert.equal(downloads, 0)
    await page.unrouteAll()
    await downloaded(page)
    await dialog(page).getByText('1,001 devices were written to').waitFor()
  })

  test('a checked list is registered, and its devices are there', async (t) => {
    const applyId = await checked('pump-0001', 'pump-0002')
    const { page } = await visit(t, running.url, { at: `/batches/${applyId}` })
    await main(page).getByText('can be registered').waitFor()
    await main(page).getByText('the names can’t be listed yet').waitFor()
    await main(page).getByRole('button', { name: 'Register 2 devices' }).click()
    await press(page, 'Register 2 devices')
    await main(page).getByText('Existing devices: 2').waitFor()
    await main(page).getByText('pump-0002').waitFor()
    const { Data } = await act('QueryBatchRegisterDeviceStatus', {
      ProductKey: registering,
      ApplyId: String(applyId),
    })
    assert.equal(Data.Status, 'CREATE_SUCCESS')
  })

  test('a list with invalid names shows them with the reasons', async (t) => {
    const applyId = await checked('no', 'fan-0001')
    const { page } = await visit(t, running.url, { at: `/batches/${applyId}` })
    await main(page).getByText('The list can’t be registered').waitFor()
    await page.getByRole('table', { name: 'Invalid names: 1' }).getByText('no', { exact: true }).waitFor()
    await page.getByRole('table', { name: 'Valid names: 1' }).getByText('fan-0001').waitFor()
    assert.ok(await main(page).getByRole('button', { name: 'Register 2 devices' }).isDisabled())
  })

  test('kinds and products are distinguished, and pages follow each other', async (t) => {
    const other = await product('Others')
    const ids: number[] = []
    for (let i = 1; i <= 53; i++)
      ids.push(
        (await act('BatchCheckDeviceNames', { ProductKey: other, 'DeviceName.1': `other-${i}` })).Data
          .ApplyId,
      )
    const { page } = await visit(t, running.url, { at: '/batches' })
    const link = (id: number) => batches(page).getByRole('link', { name: String(id), exact: true })
    await main(page).getByRole('combobox', { name: 'Product' }).fill('Others')
    // Until the products are known, what is typed is offered as a ProductKey.
    await page.locator('.ant-select-item-option').getByText(`Others ${other}`).click()
    await link(ids.at(-1)!).waitFor()
    await main(page).getByRole('button', { name: 'Older' }).click()
    await link(ids[0]!).waitFor()
    assert.equal(await batches(page).getByRole('link', { name: 'Others' }).count(), 3)
    await link(ids[0]!).click()
    await main(page).getByRole('link', { name: 'All batches' }).click()
    await link(ids[0]!).waitFor()
    await main(page).getByRole('button', { name: 'Newer' }).click()
    await link(ids.at(-1)!).waitFor()
    await main(page).getByRole('combobox', { name: 'Kind' }).click()
    await page.locator('.ant-select-item-option').getByText('Import', { exact: true }).click()
    await main(page).getByText('No batch matches.').waitFor()
  })

  test('an ApplyId that is invalid, unknown, or of another instance', async (t) => {
    const applyId = (
      await act('BatchImportDevice', {
        IotInstanceId: instanceId,
        ProductKey: instanceProductKey,
        ...goodDevices(3, 'there'),
      })
    ).Data.ApplyId
    const { page } = await visit(t, running.url, { at: '/batches/nothing' })
    await main(page).getByText('An ApplyId is a number').waitFor()
    await main(page).getByRole('link', { name: 'All batches' }).click()
    await main(page).getByLabel('Open an ApplyId').fill(String(applyId))
    await page.keyboard.press('Enter')
    await main(page).getByText('The instance has no batch with this ApplyId').waitFor()
    await page.goto(`${running.url}/console/#/batches/at/${instanceId}/${applyId}`)
    await main(page).getByText('Existing devices: 3').waitFor()
  })

  test('a RAM user who may call one of the operations downloads all devices without a warning', async (t) => {
    const applyId = await imported(1500, 'whole')
    const may = ['iot:QueryImportedDeviceByApplyId', 'iot:ListInstances']
    await act('CreateUser', {
      Version,
      UserName: 'loader',
      ...Object.fromEntries(may.map((action, i) => [`AllowedAction.${i + 1}`, action])),
    })
    const { AccessKeyId: id, AccessKeySecret: secret } = (
      await act('CreateAccessKey', { Version, UserName: 'loader' })
    ).Data
    const { page } = await visit(t, running.url, { at: `/batches/${applyId}`, accessKey: { id, secret } })
    await main(page).getByText('whole-00001').waitFor()
    await main(page).getByRole('button', { name: 'Download' }).click()
    assert.equal((await downloaded(page)).split('\n').length, 1502)
    await dialog(page).getByText('1,500 devices were written to').waitFor()
    assert.equal(await dialog(page).getByText('devices at the start').count(), 0)
  })

  test('a RAM user sees which permission the key lacks', async (t) => {
    const applyId = await imported(2, 'ram')
    await act('CreateUser', { Version, UserName: 'reader', 'AllowedAction.1': 'iot:QueryPageByApplyId' })
    const { Data } = await act('CreateAccessKey', { Version, UserName: 'reader' })
    const accessKey = { id: Data.AccessKeyId, secret: Data.AccessKeySecret }
    const { page } = await visit(t, running.url, { at: '/batches', accessKey })
    await main(page).getByText('Your key may not call ListDeviceBatches').waitFor()
    await page.goto(`${running.url}/console/#/batches/${applyId}`)
    await main(page).getByText('ram-00002').waitFor()
    assert.ok(await main(page).getByRole('button', { name: 'Undo' }).isDisabled())
    await main(page).getByRole('button', { name: 'Download' }).click()
    assert.equal((await downloaded(page)).split('\n')[0], '\ufeffDeviceName,IotId')
  })

  for (const [language, theme, viewport] of [
    ['en', 'light', undefined],
    ['zh', 'dark', undefined],
    ['zh', 'light', phone],
  ] as const)
    test(`list, batch and checked list, ${language}, ${theme}${viewport ? ', on a phone' : ''}`, async (t) => {
      const tag = `${language}-${theme}${viewport ? '-phone' : ''}`
      const applyId = await imported(30, tag)
      const fit = await checked(`${tag}-chk`)
      const unfit = await checked('?', `${tag}-chk2`)
      const { page } = await visit(t, running.url, {
        language,
        theme,
        ...(viewport && { viewport }),
        at: '/batches',
      })
      await main(page)
        .getByRole('link', { name: String(applyId), exact: true })
        .waitFor()
      await assertAccessible(page)
      await assertNoSidewaysScroll(page)
      for (const [id, seen] of [
        [applyId, `${tag}-00001`],
        [fit, language === 'zh' ? '名单已通过校验' : 'can be registered'],
        [unfit, language === 'zh' ? '设备名称不合法。' : 'The device name is illegal.'],
      ] as const) {
        await page.goto(`${running.url}/console/#/batches/${id}`)
        await main(page).getByText(seen).first().waitFor()
        await assertAccessible(page)
        await assertNoSidewaysScroll(page)
      }
    })
})
