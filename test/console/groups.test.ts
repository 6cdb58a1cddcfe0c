import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { namesIn } from '../../src/console/groups/group.ts'
import type { Running } from '../../src/main.ts'
import { credentials, startServer } from '../support/server.ts'
import { call, goodDevices, type Parameters } from '../support/sign.ts'
import { noBrowser } from './support/chromium.ts'
import { dialog, inDialog, main } from './support/parts.ts'
import { assertAccessible, browsing } from './support/visit.ts'

suite('groups', { skip: noBrowser }, () => {
  let running: Running
  before(async () => {
    running = await startServer()
  })
  after(() => running.close())
  const { visit } = browsing()

  async function act(action: string, parameters: Parameters) {
    const { body } = await call(running.url, action, parameters)
    assert.equal(body?.Success, true, `${action}: ${JSON.stringify(body)}`)
    return body
  }

  test('a group and its devices, from their beginning to their end', async (t) => {
    await act('BatchImportDevice', { ProductKey: credentials.productKey, ...goodDevices(3) })
    const { page } = await visit(t, running.url, { at: '/groups' })
    await main(page).getByText('No groups yet.').waitFor()
    await main(page).getByRole('button', { name: 'Create group' }).click()
    await dialog(page).getByLabel('Name').fill('no')
    await inDialog(page, 'Create group').click()
    await dialog(page).getByText('Enter 4 to 30').waitFor()
    await dialog(page).getByLabel('Name').fill('cellar')
    await inDialog(page, 'Create group').click()
    await page.getByRole('heading', { name: 'cellar' }).waitFor()
    const members = main(page).getByRole('table').first()

    await main(page).getByRole('button', { name: 'Add devices' }).click()
    await dialog(page).getByLabel('DeviceNames').fill('light-00001\nlight-00002, light-00003')
    await inDialog(page, 'Add 3 devices').click()
    await members.getByRole('link', { name: 'light-00003' }).waitFor()
    await main(page).getByText('3 devices, 0 activated').waitFor()
    await assertAccessible(page)

    await members.getByRole('checkbox', { name: 'Select light-00002' }).check()
    await main(page).getByRole('button', { name: 'Remove from group' }).click()
    await members.getByRole('link', { name: 'light-00002' }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Background jobs' }).click()
    await page.getByRole('region', { name: 'Background jobs' }).getByRole('button', { name: 'Undo' }).click()
    await members.getByRole('link', { name: 'light-00002' }).waitFor()
    await page.keyboard.press('Escape')

    await main(page).getByRole('button', { name: 'Edit description' }).click()
    await dialog(page).getByLabel('Description').fill('below the stairs')
    await inDialog(page, 'Save').click()
    await main(page).getByText('below the stairs').waitFor()
    await main(page).getByRole('button', { name: 'Delete', exact: true }).click()
    await inDialog(page, 'Delete').click()
    await main(page).getByText('No groups yet.').waitFor()
    const { Data } = await act('QueryDeviceDetail', {
      ProductKey: credentials.productKey,
      DeviceName: 'light-00001',
    })
    assert.equal(Data.DeviceName, 'light-00001')
  })

  test('names are separated by line breaks, commas or spaces, each once', () => {
    assert.deepEqual(namesIn(' a1, b2；c3\r\na1\n\n'), ['a1', 'b2', 'c3'])
  })
})
