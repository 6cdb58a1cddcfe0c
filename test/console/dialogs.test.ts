import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Locator } from 'playwright-core'
import type { Running } from '../../src/main.ts'
import { credentials, startServer } from '../support/server.ts'
import { goodDevices } from '../support/sign.ts'
import { noBrowser } from './support/chromium.ts'
import { callsTo } from './support/own-calls.ts'
import { dialog, inDialog, main } from './support/parts.ts'
import { browsing } from './support/visit.ts'

const { productKey: ProductKey } = credentials
const atProduct = `/products/-/${ProductKey}`

suite('dialogs', { skip: noBrowser }, () => {
  let running: Running
  before(async () => {
    running = await startServer()
    await act('BatchImportDevice', { ProductKey, ...goodDevices(1, 'left') })
  })
  after(() => running.close())
  const { visit } = browsing()
  const { act } = callsTo(() => running.url)

  const hasFocus = (element: Locator) => element.and(element.page().locator(':focus')).waitFor()

  /** Waits until nothing of an element is beyond the window. */
  async function inSight(element: Locator): Promise<void> {
    const isSeen = () =>
      element.evaluate((it) => {
        const { top, bottom } = it.getBoundingClientRect()
        return top >= 0 && bottom <= innerHeight
      })
    while (!(await isSeen())) await element.page().evaluate('new Promise(requestAnimationFrame)')
  }

  for (const [button, at] of [
    ['Create RAM user', '/access'],
    ['Change: BatchCheckImportDevice', '/access/quotas'],
    ['Create product', '/products'],
    ['Edit', atProduct],
    ['Add device', atProduct],
    ['Edit nickname', `${atProduct}/left-00001`],
    ['Add tag', `${atProduct}/left-00001`],
  ] as const) {
    test(`what is typed when a dialog has opened is in its first field: ${button}`, async (t) => {
      const { page } = await visit(t, running.url, { at })
      await main(page).getByRole('button', { name: button, exact: true }).press('Enter')
      await dialog(page).locator('input:focus').waitFor()
      await page.keyboard.type('typed')
      assert.match(await dialog(page).getByRole('textbox').first().inputValue(), /typed/)
    })
  }

  for (const [what, at, opener, label, complaint, button] of [
    ['a product', '/products', 'Create product', 'Name', 'Enter 4 to 30 letters', 'Create product'],
    ['an edited product', atProduct, 'Edit', 'Name', 'Enter 4 to 30 letters', 'Save'],
    ['a device', atProduct, 'Add device', 'DeviceName', 'Enter 4 to 32', 'Add device'],
    ['a RAM user', '/access', 'Create RAM user', 'UserName', '1 to 64 letters', 'Create RAM user'],
  ] as const)
    test(`what is wrong with ${what} is scrolled to`, async (t) => {
      const { page } = await visit(t, running.url, { at, viewport: { width: 1280, height: 240 } })
      await main(page).getByRole('button', { name: opener, exact: true }).click()
      const field = dialog(page).getByRole('textbox', { name: label, exact: true })
      await field.fill('?')
      await inDialog(page, button).click()
      await hasFocus(field)
      await inSight(dialog(page).locator('.ant-form-item-explain').getByText(complaint))
    })

  for (const [what, opener] of [
    ['a tag', 'Add tag'],
    ['disabling a device', 'Disable'],
    ['deleting a device', 'Delete'],
  ] as const)
    test(`the focus goes back to what opened the dialog of ${what}`, async (t) => {
      const { page } = await visit(t, running.url, { at: `${atProduct}/left-00001` })
      const button = main(page).getByRole('button', { name: opener, exact: true })
      await button.click()
      await inDialog(page, 'Cancel').click()
      await hasFocus(button)
    })

  test('the focus goes back to what opened the dialog of an undoing', async (t) => {
    const { ApplyId } = await act('BatchImportDevice', { ProductKey, ...goodDevices(1, 'undone') })
    const { page } = await visit(t, running.url, { at: `/batches/${ApplyId}` })
    await main(page).getByRole('button', { name: 'Undo' }).click()
    await inDialog(page, 'Delete 1 device').waitFor()
    await inDialog(page, 'Cancel').click()
    await hasFocus(main(page).getByRole('button', { name: 'Undo' }))
  })

  test('the focus stays on the page if the button that opened the dialog is replaced or gone', async (t) => {
    await act('BatchImportDevice', { ProductKey, ...goodDevices(1, 'gone') })
    const { page } = await visit(t, running.url, { at: `${atProduct}/gone-00001` })
    const close = () => dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click()
    await main(page).getByRole('button', { name: 'Disable' }).click()
    await inDialog(page, 'Disable').click()
    await close()
    await hasFocus(main(page).getByRole('button', { name: 'Enable' }))
    await main(page).getByRole('button', { name: 'Delete' }).click()
    await inDialog(page, 'Delete').click()
    await close()
    await hasFocus(main(page))
  })
})
