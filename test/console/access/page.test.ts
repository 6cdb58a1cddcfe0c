import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Running } from '../../../src/main.ts'
import { credentials, startServer } from '../../support/server.ts'
import { hold } from '../support/calls-of.ts'
import { noBrowser } from '../support/chromium.ts'
import { callsTo } from '../support/own-calls.ts'
import { dialog } from '../support/parts.ts'
import { assertAccessible, assertNoSidewaysScroll, browsing, phone } from '../support/visit.ts'

const { productKey: ProductKey } = credentials

suite('access', { skip: noBrowser }, () => {
  let running: Running
  before(async () => {
    running = await startServer()
  })
  after(() => running.close())
  const { visit } = browsing()
  const { ask, act } = callsTo(() => running.url)

  const confirm = (page: Page, name: string) =>
    dialog(page).getByRole('button', { name, exact: true }).click()
  const row = (page: Page, name: RegExp) => page.getByRole('main').getByRole('row', { name })

  test('a RAM user and its key, from their beginning to their end', async (t) => {
    const { page, context } = await visit(t, running.url, { at: '/access' })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByText('No RAM users yet').waitFor()

    await page.getByRole('button', { name: 'Create RAM user' }).click()
    await dialog(page).getByLabel('UserName').fill('the factory')
    await dialog(page)
      .getByRole('radio', { name: /^Selected operations/ })
      .check()
    await confirm(page, 'Create RAM user')
    await dialog(page).locator('.ant-form-item-explain').getByText('1 to 64 letters').waitFor()
    await dialog(page).getByText('Choose at least one operation.').waitFor()
    await dialog(page).getByLabel('UserName').fill('factory')
    const patterns = dialog(page).getByRole('combobox', { name: 'Operations and patterns' })
    for (const [typed, told] of [
      ['QueryDevice', /QueryDevice is not a permission\. Enter iot:/],
      ['iot:querydevice', /matches no operation/],
    ] as const) {
      await patterns.fill(typed)
      await patterns.press('Enter')
      const complaint = dialog(page).getByText(told)
      await complaint.waitFor()
      await dialog(page).locator('.ant-select-selection-item-remove').click()
      await complaint.waitFor({ state: 'detached' })
    }
    await patterns.fill('iot:BatchQuery*')
    await patterns.press('Enter')
    // Tab leaves the field, and what was entered stays.
    await patterns.press('Tab')
    await dialog(page).locator('.ant-select-selection-item', { hasText: 'iot:BatchQuery*' }).waitFor()
    await patterns.fill('iot:QueryDeviceDetail')
    await patterns.press('Tab')
    await dialog(page)
      .getByText(/Allows 2 of \d+ operations/)
      .waitFor()
    await confirm(page, 'Create RAM user')
    await page.getByText('RAM user factory was created.').waitFor()
    const { User } = await act('ListUsers')
    assert.deepEqual(
      User.map(({ AllowedActions }: { AllowedActions: unknown }) => AllowedActions),
      [{ Action: ['iot:BatchQuery*', 'iot:QueryDeviceDetail'] }],
    )

    await page.getByRole('button', { name: 'Create access key', exact: true }).click()
    await confirm(page, 'Create access key')
    await dialog(page).getByText('The secret is displayed only once').waitFor()
    const downloading = page.waitForEvent('download')
    await confirm(page, 'Download as CSV')
    const download = await downloading
    const [, written] = (await readFile(await download.path(), 'utf8')).trim().split('\r\n')
    const [owner, id, secret] = written!.split(',')
    assert.equal(owner, 'factory')
    assert.equal(download.suggestedFilename(), `AccessKey-${id}.csv`)
    assert.ok(!(await page.content()).includes(secret!), 'the secret is masked until it is asked for')
    await confirm(page, 'Show AccessKeySecret')
    await dialog(page).getByText(secret!, { exact: true }).waitFor()
    await confirm(page, 'Copy as export lines')
    await dialog(page).getByText('Copied, secret included').waitFor()
    assert.equal(
      await page.evaluate('navigator.clipboard.readText()'),
      `export ALIBABA_CLOUD_ACCESS_KEY_ID='${id}'\nexport ALIBABA_CLOUD_ACCESS_KEY_SECRET='${secret}'\n`,
    )
    await page.keyboard.press('Escape')
    await confirm(page, 'I have stored it')
    await dialog(page).waitFor({ state: 'detached' })
    assert.ok(!(await page.content()).includes(secret!), 'nothing of the secret stays on the page')

    /** The answers to the key from operations that it may and may not call. */
    const codes = async () => {
      const key = { id: id!, secret: secret! }
      const may = await ask('QueryDeviceDetail', { ProductKey, DeviceName: 'nobody' }, key)
      const mayNot = await ask('QueryDevice', { ProductKey }, key)
      return [may.body.Code, mayNot.body.Code]
    }
    assert.deepEqual(await codes(), ['iot.device.NotExistedDevice', 'iot.common.RamActionPermissionDeny'])

    await page.getByRole('button', { name: 'Edit permissions: factory' }).click()
    await dialog(page)
      .getByRole('radio', { name: /^Read only/ })
      .check()
    await confirm(page, 'Save')
    await row(page, /^factory Read only 1 /).waitFor()
    assert.equal((await codes())[1], undefined)

    await page.getByRole('tab', { name: 'Access keys' }).click()
    await row(page, new RegExp(`^${id} .*factory Active`)).waitFor()
    await page.getByRole('button', { name: `Disable: ${id}` }).click()
    await confirm(page, 'Disable')
    await row(page, new RegExp(`^${id} .*factory Disabled`)).waitFor()
    assert.match((await codes())[0], /^InvalidAccessKeyId/)
    await page.getByRole('button', { name: `Enable: ${id}` }).click()
    await row(page, new RegExp(`^${id} .*factory Active`)).waitFor()
    const own = page.getByRole('button', { name: `Disable: ${credentials.accessKeyId}` })
    assert.ok(await own.isDisabled())
    await own.hover({ force: true })
    await page.getByRole('tooltip').getByText('You are signed in with this key.').waitFor()

    await page.getByRole('tab', { name: 'RAM users' }).click()
    await page.getByRole('button', { name: 'Delete: factory' }).click()
    await dialog(page).getByText('Its access key is deleted too').waitFor()
    await confirm(page, 'Delete')
    await page.getByText('No RAM users yet').waitFor()
    assert.match((await codes())[0], /^InvalidAccessKeyId/)
  })

  test('Enter pressed twice creates one RAM user', async (t) => {
    const { page } = await visit(t, running.url, { at: '/access' })
    const creating = await hold(page, 'CreateUser')
    await page.getByRole('button', { name: 'Create RAM user' }).click()
    const name = dialog(page).getByLabel('UserName')
    await name.fill('hasty')
    await name.press('Enter')
    await dialog(page).locator('.ant-btn-loading').waitFor()
    await name.press('Enter')
    creating.letGo()
    await row(page, /hasty/).waitFor()
    await dialog(page).waitFor({ state: 'detached' })
    assert.equal(creating.calls, 1)
    await act('DeleteUser', { UserName: 'hasty' })
  })

  test('the keys of a RAM user who is deleted again are not queried', async (t) => {
    const { page } = await visit(t, running.url, { at: '/access' })
    await page.getByRole('button', { name: 'Create RAM user' }).click()
    await dialog(page).getByLabel('UserName').fill('brief')
    await confirm(page, 'Create RAM user')
    const told = page.getByText('RAM user brief was created.')
    await told.waitFor()
    await page.getByRole('button', { name: 'Delete: brief' }).click()
    await confirm(page, 'Delete')
    await row(page, /^brief/).waitFor({ state: 'detached' })
    await told.waitFor({ state: 'detached' })
  })

  test('a key of the account itself is created and deleted, in Chinese', async (t) => {
    const { page } = await visit(t, running.url, { at: '/access/keys', language: 'zh' })
    await page.getByRole('button', { name: '创建访问密钥' }).click()
    await confirm(page, '创建访问密钥')
    await dialog(page).getByText('AccessKeySecret 仅此一次显示').waitFor()
    await confirm(page, '我已保存')
    const { AccessKey } = await act('ListAccessKeys')
    assert.equal(AccessKey.length, 2)
    const { AccessKeyId } = AccessKey[1]
    await page.getByRole('button', { name: `删除: ${AccessKeyId}` }).click()
    await dialog(page).getByText('此操作不可撤销').waitFor()
    await confirm(page, '删除')
    await row(page, new RegExp(AccessKeyId)).waitFor({ state: 'detached' })
    assert.equal((await act('ListAccessKeys')).AccessKey.length, 1)
  })

  test('a quota is set and reset', async (t) => {
    const { page } = await visit(t, running.url, { at: '/access/quotas' })
    await page.getByLabel('Operation', { exact: true }).fill('registerdevicewith')
    await row(page, /^BatchRegisterDeviceWithApplyId 500 500/).waitFor()
    await page.getByRole('button', { name: 'Change: BatchRegisterDeviceWithApplyId' }).click()
    const complaint = dialog(page).getByText('Enter a whole number')
    for (const typed of ['', '-1', '1.5', '1e3', 'seven', '1000000000']) {
      await dialog(page).getByLabel('Calls a second').fill('1')
      await complaint.waitFor({ state: 'detached' })
      await dialog(page).getByLabel('Calls a second').fill(typed)
      await page.keyboard.press('Enter')
      await complaint.waitFor()
    }
    await dialog(page).getByLabel('Calls a second').fill('0')
    await dialog(page).getByText('With 0 the server rejects every call of the operation.').waitFor()
    await dialog(page).getByLabel('Calls a second').fill('7')
    await confirm(page, 'Save')
    await page.getByLabel('Operation', { exact: true }).fill('')
    await page.getByLabel('Changed quotas only').check()
    await row(page, /^BatchRegisterDeviceWithApplyId changed 7 500/).waitFor()
    await page.getByRole('button', { name: 'Reset: BatchRegisterDeviceWithApplyId' }).click()
    await page.getByText('No operation matches.').waitFor()
  })

  test('fixed quotas are displayed as such', async (t) => {
    const fixed = await startServer({ fixedQuotas: true })
    t.after(() => fixed.close())
    const { page } = await visit(t, fixed.url, { at: '/access/quotas' })
    await page.getByRole('button', { name: 'Change: BatchCheckDeviceNames' }).click()
    await dialog(page).getByLabel('Calls a second').fill('7')
    await confirm(page, 'Save')
    await page.getByText('This server’s quotas are fixed').first().waitFor()
    assert.ok(await page.getByRole('button', { name: 'Change: BatchCheckDeviceNames' }).isDisabled())
  })

  test('a RAM user sees their identity and permissions', async (t) => {
    await act('CreateUser', { UserName: 'watcher', 'AllowedAction.1': 'iot:List*' })
    const { AccessKeyId: id, AccessKeySecret: secret } = await act('CreateAccessKey', { UserName: 'watcher' })
    const { page } = await visit(t, running.url, { at: '/access', accessKey: { id, secret } })
    await page.getByText('You are the RAM user watcher of the account main').waitFor()
    await page.getByText(/^These permissions allow you to call \d+ operations/).waitFor()
    assert.equal(await page.getByRole('tab').count(), 0)
    assert.ok(await page.getByRole('button', { name: 'Change: BatchCheckDeviceNames' }).isDisabled())
    await assertAccessible(page)
  })

  for (const theme of ['light', 'dark'] as const)
    test(`it is accessible, ${theme}, and fits a phone`, async (t) => {
      await act('CreateUser', { UserName: `viewer-${theme}`, 'AllowedAction.1': 'iot:Query*' })
      await act('CreateUser', { UserName: `chief-${theme}`, AllowAll: 'true' })
      const { page } = await visit(t, running.url, { at: '/access', theme })
      await row(page, /^viewer-light/).waitFor()
      await assertAccessible(page)
      await page.getByRole('button', { name: `Edit permissions: viewer-${theme}` }).click()
      await dialog(page).getByRole('combobox', { name: 'Operations and patterns' }).waitFor()
      await assertAccessible(page)
      await confirm(page, 'Cancel')
      await dialog(page).waitFor({ state: 'detached' })
      for (const [tab, something] of [
        ['Access keys', credentials.accessKeyId],
        ['Quotas', 'BatchCheckDeviceNames'],
      ] as const) {
        await page.getByRole('tab', { name: tab }).click()
        await page.getByRole('cell', { name: something }).first().waitFor()
        await assertAccessible(page)
        await page.setViewportSize(phone)
        await assertNoSidewaysScroll(page)
        await page.setViewportSize({ width: 1280, height: 800 })
      }
    })
})
