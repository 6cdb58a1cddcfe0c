import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Running } from '../../src/main.ts'
import { credentials, startServer } from '../support/server.ts'
import { noBrowser } from './support/chromium.ts'
import { assertAccessible, assertNoSidewaysScroll, browsing, phone, signIn } from './support/visit.ts'

suite('the console’s frame', { skip: noBrowser }, () => {
  let running: Running
  before(async () => {
    running = await startServer()
  })
  after(() => running.close())
  const { visit } = browsing()

  for (const language of ['en', 'zh'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      test(`the entrance, ${language}, ${theme}`, async (t) => {
        const { page } = await visit(t, running.url, { language, theme, accessKey: null })
        await page.getByLabel('AccessKeyId').waitFor()
        await assertAccessible(page)
      })
    }
  }

  test('a wrong secret and a wrong key are told apart', async (t) => {
    const { page } = await visit(t, running.url, { accessKey: null }, /status of 40[034]/)
    const told = page.getByRole('alert')
    for (const [id, secret, words] of [
      [credentials.accessKeyId, 'wrong', /AccessKeySecret is not that/],
      ['nobody', credentials.accessKeySecret, /no such AccessKeyId/],
    ] as const) {
      await page.getByLabel('AccessKeyId').fill(id)
      await page.getByLabel('AccessKeySecret').fill(secret)
      await page.locator('button[type=submit]').click()
      await told.filter({ hasText: words }).waitFor()
    }
  })

  test('a reload asks for the secret again, unless it was to be kept', async (t) => {
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
})
