import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Running } from '../../../src/main.ts'
import { workbook, xlsx } from '../../device-files/xlsx.ts'
import { credentials, startServer } from '../../support/server.ts'
import { actionOf, hold } from '../support/calls-of.ts'
import { noBrowser } from '../support/chromium.ts'
import { callsTo } from '../support/own-calls.ts'
import { assertAccessible, assertNoSidewaysScroll, browsing, phone, signIn } from '../support/visit.ts'
import {
  apiOf,
  changeKept,
  chooseProduct,
  devicesOf,
  drop,
  give,
  keptRecords,
  loseAnswer,
  nextStep,
  said,
} from './at-the-page.ts'

const { productKey } = credentials
const ownKey = { id: credentials.accessKeyId, secret: credentials.accessKeySecret }

/** The area for pasted text has no label beside it, as those of recipes have. */
const pasteArea = 'textarea[aria-label]'

/** Rows of a good file. */
const good = (count: number, prefix = 'lamp') =>
  Array.from({ length: count }, (_, i) => [`${prefix}-${i}`, `secret-${i}`, `QC${100000 + i}`])

const csv = (rows: readonly (readonly string[])[]) =>
  ['DeviceName,DeviceSecret,Sn', ...rows.map((row) => row.join(','))].join('\r\n')

/** 25,000 rows, 40 of which are bad: eight of each kind, spread over all of them. */
function mixed() {
  const rows = good(25_000)
  const registered: string[] = []
  for (let i = 0; i < 8; i++) {
    const at = 100 + 3000 * i
    rows[at]![0] = 'lamp no 1'
    rows[at + 1]![1] = 'x'.repeat(33)
    rows[at + 2]![2] = 'QC-1'
    // These are first rows, so most are of another chunk.
    rows[at + 3]![0] = `lamp-${i}`
    registered.push(rows[at + 4]![0]!)
  }
  return { rows, registered }
}

suite('batch import', { skip: noBrowser }, () => {
  const { visit } = browsing()
  let running: Running
  beforeEach(async () => {
    running = await startServer()
  })
  afterEach(() => running.close())

  for (const language of ['en', 'zh'] as const) {
    test(`a file of 25,000 rows, 40 of them bad, with a reload midway: ${language}`, async (t) => {
      const words = said[language]
      const api = apiOf(running.url)
      const { rows, registered } = mixed()
      for (const DeviceName of registered)
        await api.call('ImportDevice', { ProductKey: productKey, DeviceName, DeviceSecret: 'of-another' })

      const theme = language === 'zh' ? 'dark' : 'light'
      const { page } = await visit(t, running.url, { language, theme, at: '/import', stay: true })
      await chooseProduct(page, productKey)
      await give(page, 'devices.csv', csv(rows))
      await page.getByRole('button', { name: words.verify }).click()
      await page.getByText(words.verified).waitFor()
      await assertAccessible(page)
      await nextStep(page)
        .getByText(/\b32\b.*24,960/s)
        .waitFor()

      await page.getByRole('checkbox', { name: words.leaveBad }).check()
      await nextStep(page).getByText(/\b8\b/).waitFor()
      await page.getByRole('checkbox', { name: words.skip }).check()
      const answer = await loseAnswer(page, 2)
      await page.getByRole('button', { name: words.importing }).click()
      await answer.lost
      await page.unrouteAll()
      await page.reload()

      await page.getByText(words.unfinished).waitFor()
      await page.getByRole('button', { name: words.goOn }).click()
      await page.getByText(words.applyIds).waitFor()
      assert.equal(await devicesOf(api, productKey), 24_960 + registered.length)
      const summary = page.getByRole('region', { name: words.summary })
      await summary.getByText('24,960', { exact: true }).waitFor()
      await summary.getByText('40', { exact: true }).waitFor()
      await assertAccessible(page)
      // Devices registered before are unchanged.
      const { Data } = await api.call('QueryDeviceDetail', {
        ProductKey: productKey,
        DeviceName: registered[0]!,
      })
      assert.equal(Data.DeviceSecret, 'of-another')
      await page.reload()
      await page.locator('#import-product').waitFor()
      assert.equal(await page.getByText(words.unfinished).count(), 0)
    })
  }

  test('without a network the import waits, and then resumes', async (t) => {
    const { page } = await visit(t, running.url, { at: '/import' }, /Failed to load resource/)
    await chooseProduct(page, productKey)
    await give(page, 'devices.csv', csv(good(250)))
    await page.getByRole('button', { name: said.en.verify }).click()
    await page.getByText(said.en.verified).waitFor()
    // The call is done, its answer lost, and then nothing is reached any more.
    let isOff = false
    await page.route('**/*', async (route) => {
      if (actionOf(route.request()) === 'BatchImportDevice' && !isOff) {
        await route.fetch()
        isOff = true
      }
      await (isOff ? route.abort('internetdisconnected') : route.continue())
    })
    await page.getByRole('button', { name: said.en.importing }).click()
    await page.getByRole('alert').filter({ hasText: 'The server can’t be reached' }).waitFor()
    await nextStep(page).getByText('The import resumes').waitFor()
    await assertAccessible(page)
    await page.unrouteAll()
    await nextStep(page).getByText('Import complete').waitFor()
    assert.equal(await devicesOf(apiOf(running.url), productKey), 250)
    const summary = page.getByRole('region', { name: said.en.summary })
    await summary.getByText('The answer of one successful import call').waitFor()
  })

  test('bad rows are downloaded, mended, and dropped again', async (t) => {
    const { page } = await visit(t, running.url, { at: '/import' })
    await chooseProduct(page, productKey)
    const rows = good(20)
    rows[3]![0] = 'no, not this'
    rows[5]![0] = 'lamp-4'
    const quoted = rows.map(([name, ...rest]) => [`"${name}"`, ...rest])
    await give(page, 'devices.csv', `\ufeff${csv(quoted)}`)
    await page.getByRole('button', { name: said.en.verify }).click()
    await page.getByText(said.en.verified).waitFor()
    const text = await downloaded(page)
    assert.equal(
      text,
      '\ufeffDeviceName,DeviceSecret,Sn,line,field,code,reason\n' +
        '"no, not this",secret-3,QC100003,5,DeviceName,InvalidDeviceName,"contains , at place 3"\n' +
        'lamp-4,secret-5,QC100005,7,DeviceName,RepeatedDeviceName,repeats line 6\n',
    )
    await page.getByRole('checkbox', { name: said.en.leaveBad }).check()
    await page.getByRole('button', { name: said.en.importing }).click()
    await page.getByText(said.en.applyIds).waitFor()

    await give(
      page,
      'devices-bad.csv',
      text.replace('"no, not this"', 'lamp-3').replace('lamp-4,', 'lamp-5,'),
    )
    await page.getByText('This is a list of bad rows').waitFor()
    await page.getByRole('button', { name: said.en.verify }).click()
    await page.getByText('Every row can be imported.').waitFor()
    await page.getByRole('button', { name: said.en.importing }).click()
    await page.getByText(said.en.applyIds).waitFor()
    assert.equal(await devicesOf(apiOf(running.url), productKey), 20)
  })

  test('an ambiguous file raises a question, and its first rows are displayed with their faults', async (t) => {
    const { page } = await visit(t, running.url, { at: `/import/-/${productKey}` })
    const question = page.getByRole('alert').filter({ hasText: 'Choose how the file is read' })
    const verify = page.getByRole('button', { name: said.en.verify })
    const preview = page.getByRole('table', { name: 'First rows' })
    const header = ['DeviceName', 'DeviceSecret']
    const sheets = { 'Batch A': [header, ['lamp-1', 's1']], B: [header, ['lamp-2', 's2']], Notes: [['x']] }
    await give(page, 'devices.xlsx', workbook(sheets))
    await question.filter({ hasText: 'The sheets “Batch A”, “B” all contain devices' }).waitFor()
    assert.equal(await verify.isDisabled(), true)
    await assertAccessible(page)
    await page.getByRole('button', { name: 'All sheets' }).click()
    await preview.getByText('lamp-2').waitFor()

    await give(
      page,
      'devices.json',
      '{"new":[{"name":"lamp-3","secret":"s"}],"old":[{"name":"lamp-4","secret":"s"}]}',
    )
    await question.filter({ hasText: 'several arrays of objects' }).waitFor()
    await page.getByRole('button', { name: 'new', exact: true }).click()
    await preview.getByText('lamp-3').waitFor()

    await give(page, 'devices.csv', 'Label,Code\nlamp-1,s1\nlamp-2,A1,s2,x\nlamp-3,NULL\n')
    // Nothing of what may be a device is seen, and what fields the columns hold is asked.
    await preview.getByRole('columnheader', { name: 'column 1', exact: true }).waitFor()
    const choose = async (field: string, column: string) => {
      await page.locator(`#import-field-${field}`).click()
      await page.locator('.ant-select-item-option:visible').filter({ hasText: column }).click()
    }
    await choose('name', 'column 1')
    await question.filter({ hasText: 'Line 1 may be a header or a device' }).waitFor()
    await page.getByRole('button', { name: 'Header' }).click()
    await choose('secret', 'Code')
    await preview.getByText('4 cells, the header has 2').waitFor()
    await preview.getByRole('columnheader', { name: 'surplus cell 2' }).waitFor()
    await preview.getByText('DeviceSecret is a placeholder (NULL)').waitFor()
    assert.equal(await preview.getByText('s2', { exact: true }).count(), 0)
    await page.locator('#import-allow').click()
    await page.locator('.ant-select-item-option:visible').filter({ hasText: 'Placeholders' }).click()
    await preview.getByText('DeviceSecret is a placeholder (NULL)').waitFor({ state: 'detached' })
    await assertAccessible(page)
  })

  test('if several files are dropped, inside or outside the drop zone, the page reports that it uses one', async (t) => {
    const { page } = await visit(t, running.url, { at: '/import' })
    const told = page.getByRole('alert').filter({ hasText: 'Only one file can be read at a time' })
    const dropHere = page.getByText(/^Drop (a file|another file) here/)
    for (const place of [dropHere, nextStep(page)]) {
      await drop(place, { 'one.csv': csv(good(1)), 'two.csv': csv(good(2)), 'three.csv': csv(good(3)) })
      await told.getByText('Drop the other 2 files afterwards').waitFor()
      await page.getByText('one.csv').waitFor()
      await drop(place, { 'four.csv': csv(good(4)) })
      await page.getByText('four.csv').waitFor()
      await told.waitFor({ state: 'detached' })
      await drop(place, { 'five.csv': csv(good(5)), 'six.csv': csv(good(6)) })
      await told.getByText('Drop the other file afterwards').waitFor()
      await page.getByText('five.csv').waitFor()
    }
    await assertAccessible(page)
  })

  test('rows pasted from a spreadsheet, into a product of an instance with an ID', async (t) => {
    const { page } = await visit(t, running.url, { at: '/import' })
    await page.locator('#import-instance').click()
    await page.locator('.ant-select-item-option').filter({ hasText: credentials.instanceId }).click()
    await chooseProduct(page, credentials.instanceProductKey)
    await page.getByText(said.en.paste, { exact: true }).click()
    await page.locator('textarea').fill('设备名称\t设备密钥\t序列号\nlamp-1\ts1\t0042\nlamp-2\ts2\t\n')
    await page.getByText('All 2 rows:').waitFor()
    await page.getByRole('button', { name: said.en.verify }).click()
    await page.getByRole('button', { name: said.en.importing }).click()
    await page.getByText(said.en.applyIds).waitFor()
    const { Data } = await apiOf(running.url).call('QueryDeviceStatistics', {
      IotInstanceId: credentials.instanceId,
      ProductKey: credentials.instanceProductKey,
    })
    assert.equal(Data.deviceCount, 2)
  })

  test('a long text is pasted at the cursor, and a file that is dropped beside it takes its place', async (t) => {
    const { page } = await visit(t, running.url, { at: `/import/-/${productKey}` })
    await page.getByText(said.en.paste, { exact: true }).click()
    await page.locator(pasteArea).fill('DeviceName\tSn\tDeviceSecret\n')
    const rows = good(4000).map(([name, secret, sn]) => `${name}\t${sn}\t${secret}\n`)
    await page.locator(pasteArea).evaluate((area: HTMLTextAreaElement, text) => {
      area.focus()
      area.setSelectionRange(area.value.length, area.value.length)
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, rows.join(''))
    await page.getByRole('row', { name: '2 lamp-0 QC100000 ••••••' }).waitFor()

    await drop(nextStep(page), { 'dropped.csv': csv(good(1)) })
    await page.getByText('dropped.csv').waitFor()
    assert.equal(await page.locator(pasteArea).count(), 0)
  })

  test('all reasons of a row are to be read, on a phone too', async (t) => {
    const { page } = await visit(t, running.url, { at: `/import/-/${productKey}`, viewport: phone })
    await give(page, 'devices.csv', csv([['x x', 's s', 'q q'], ...good(3)]))
    await page.getByRole('button', { name: said.en.verify }).click()
    const reasons = page.getByRole('table', { name: 'Bad rows' }).getByRole('cell').nth(1)
    await reasons.filter({ hasText: /DeviceName.*DeviceSecret.*Sn/ }).waitFor()
    const isCut = (cell: HTMLElement) =>
      cell.scrollWidth > cell.clientWidth || cell.scrollHeight > cell.clientHeight
    assert.equal(await reasons.evaluate(isCut), false)
  })

  test('a user who may not list instances enters the ID', async (t) => {
    const { act } = callsTo(() => running.url)
    await act('CreateUser', { UserName: 'line', 'AllowedAction.1': 'iot:QueryProductList' })
    const { AccessKeyId: id, AccessKeySecret: secret } = await act('CreateAccessKey', { UserName: 'line' })
    const { page } = await visit(t, running.url, { at: '/import', accessKey: { id, secret } })
    await page.getByRole('searchbox', { name: /^Instance ID/ }).fill(credentials.instanceId)
    await page.keyboard.press('Enter')
    await chooseProduct(page, credentials.instanceProductKey)
    await nextStep(page).getByText('Drop a file').waitFor()
  })

  test('a link to a product chooses it, whichever was chosen before', async (t) => {
    const { instanceId, instanceProductKey } = credentials
    const { page } = await visit(t, running.url, { at: `/import/${instanceId}/${instanceProductKey}` })
    await give(page, 'devices.csv', csv(good(1)))
    await page.getByRole('button', { name: said.en.verify }).click()
    await page.getByText(said.en.verified).waitFor()
    const product = page.getByRole('region', { name: 'Product' })
    for (const [path, step, chosen] of [
      [`-/${productKey}`, 'Verify the file', productKey],
      [`${instanceId}/${instanceProductKey}`, 'Verify the file', instanceProductKey],
      ['-/a1NoProduct', 'Choose the product', 'Choose a product'],
    ] as const) {
      await page.goto(`${running.url}/console/#/products`)
      await page.getByRole('heading', { name: 'Products' }).first().waitFor()
      await page.goto(`${running.url}/console/#/import/${path}`)
      await nextStep(page).getByText(step).waitFor()
      await product.getByText(chosen).first().waitFor()
    }
    assert.equal(await devicesOf(apiOf(running.url), productKey), 0)
    await page.goto(`${running.url}/console/#/import/iot-0000none/a1NoProduct`)
    await product.getByRole('alert').waitFor()
    await page.locator('#import-instance').click()
    await page.locator('.ant-select-item-option').filter({ hasText: instanceId }).click()
    await chooseProduct(page, instanceProductKey)
    await nextStep(page).getByText('Verify the file').waitFor()
  })

  test('a verification is cancelled, an import paused, and both begin again', async (t) => {
    const { page } = await visit(t, running.url, { at: `/import/-/${productKey}` })
    await page.getByText('Choose the product').waitFor({ state: 'detached' })
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: /^Drop a file here/ }).press('Enter'),
    ])
    const buffer = Buffer.from(csv(good(30_500)))
    await chooser.setFiles({ name: 'devices.csv', mimeType: 'text/csv', buffer })
    const check = await hold(page, 'BatchCheckImportDevice')
    await page.getByRole('button', { name: said.en.verify }).click()
    await check.begun
    await page.getByRole('button', { name: 'Cancel' }).click()
    await nextStep(page).getByText('Verify the file').waitFor()
    check.letGo()
    await page.unrouteAll()
    await page.getByRole('button', { name: said.en.verify }).click()
    await page.getByText(said.en.verified).waitFor()

    const first = await hold(page, 'BatchImportDevice')
    await page.getByRole('button', { name: said.en.importing }).click()
    await first.begun
    await page.getByRole('button', { name: said.en.pause, exact: true }).click()
    await page.getByRole('button', { name: 'Waiting for calls in progress' }).waitFor()
    first.letGo()
    await nextStep(page).getByText('The import is paused').waitFor()
    await page.unrouteAll()
    const api = apiOf(running.url)
    assert.ok((await devicesOf(api, productKey)) < 30_500)
    await page.getByRole('button', { name: said.en.goOn }).click()
    await page.getByText(said.en.applyIds).waitFor()
    assert.equal(await devicesOf(api, productKey), 30_500)
  })

  test('an XLSX file, whose bad rows come back as one', async (t) => {
    const { page } = await visit(t, running.url, { at: '/import' })
    await chooseProduct(page, productKey)
    await give(
      page,
      'devices.xlsx',
      xlsx([
        ['MQTT Username', 'MQTT Password', 'SN'],
        ['lamp-1', 's1', '0042'],
        ['lamp 2', 's2', ''],
      ]),
    )
    await page.getByRole('button', { name: said.en.verify }).click()
    await page.getByText(said.en.verified).waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: said.en.downloadBad }).click(),
    ])
    assert.equal(download.suggestedFilename(), 'devices-bad.xlsx')
    const bytes = await readFile(await download.path())
    await give(page, 'devices-bad.xlsx', bytes)
    await page.getByText('The only row:').waitFor()
    await page.getByRole('button', { name: said.en.verify }).click()
    await page.getByText('No row can be imported').first().waitFor()
  })

  test('of a workbook the sheet with devices is read, and others can be chosen', async (t) => {
    const { page } = await visit(t, running.url, { at: '/import' })
    await chooseProduct(page, productKey)
    const sheets = {
      cover: [],
      notes: [['The devices of plant 7']],
      devices: [
        ['DeviceName', 'DeviceSecret'],
        ['lamp-1', 's1'],
      ],
    }
    await give(page, 'fleet.xlsx', workbook(sheets))
    await page.getByText('Only the sheet “devices” of “cover”, “notes”, “devices” is read.').waitFor()
    assert.equal(await page.getByRole('combobox', { name: /^(Encoding|Delimiter)/ }).count(), 0)
    const choose = async (name: string) => {
      await page.getByRole('combobox', { name: /^Sheet/ }).click()
      await page
        .locator('.ant-select-item-option:visible')
        .filter({ hasText: new RegExp(`^${name}$`) })
        .click()
      await page.keyboard.press('Escape')
    }
    await choose('cover')
    await page.getByRole('alert').getByText('The sheet “cover” is empty').waitFor()
    await choose('cover')
    await page.getByRole('button', { name: said.en.verify }).click()
    await page.getByText('Every row can be imported.').waitFor()
  })

  test('GB18030, and selecting another encoding', async (t) => {
    const { page } = await visit(t, running.url, { at: '/import' })
    await chooseProduct(page, productKey)
    // 设备名称, 设备密钥 and 备注, as Excel writes them in China.
    const header = Buffer.from('c9e8b1b8c3fbb3c62cc9e8b1b8c3dcd4bf2cb1b8d7a20d0a', 'hex')
    await give(page, 'devices.csv', Buffer.concat([header, Buffer.from('lamp-1,s1,\r\n')]))
    await page.getByText('Encoding detected: GB18030').waitFor()
    await page.getByRole('columnheader', { name: '设备名称' }).waitFor()
    await page.locator('#import-encoding').click()
    await page.locator('.ant-select-item-option').filter({ hasText: 'UTF-8' }).click()
    await page.getByText('Choose the column of the DeviceName').waitFor()
    await nextStep(page)
      .getByText(/Step 3/)
      .waitFor()
  })

  test('unknown columns are selected by the user, and the page always shows what is missing', async (t) => {
    const { page } = await visit(t, running.url, { at: '/import', viewport: phone })
    const next = nextStep(page)
    await next.getByText('Choose the product').waitFor()
    await chooseProduct(page, productKey)
    await next.getByText('Drop a file').waitFor()
    await give(page, 'devices.csv', 'who,what,third\nlamp-1,s1,\n')
    await next.getByText('Choose the column of the DeviceName').waitFor()
    for (const [field, column] of [
      ['name', 'column 1'],
      ['secret', 'column 2'],
    ] as const) {
      await page.locator(`#import-field-${field}`).click()
      await page.locator('.ant-select-item-option:visible').filter({ hasText: column }).click()
    }
    await next.getByText('Verify the file').waitFor()
    await assertAccessible(page)
    await assertNoSidewaysScroll(page)
    await page.getByRole('button', { name: said.en.verify }).click()
    await next.getByText('Import the 1 good row.').waitFor()
    await page.getByRole('button', { name: said.en.importing }).click()
    await next.getByText('Import complete').waitFor()
  })

  test('of columns with the same name one must be chosen', async (t) => {
    const { page } = await visit(t, running.url, { at: `/import/-/${productKey}` })
    await give(page, 'devices.csv', 'DeviceName,DeviceName,DeviceSecret\nlamp-1,lamp-2,s1\n')
    await page.getByText('Several columns could hold the DeviceName (1, 2)').waitFor()
    await page.locator('#import-field-name').click()
    await page.locator('.ant-select-item-option:visible').filter({ hasText: 'DeviceName (column 2)' }).click()
    await page.getByText('Several columns have this name; column 2 is used.').waitFor()
    await page.getByRole('button', { name: said.en.verify }).click()
    await page.getByRole('button', { name: said.en.importing }).click()
    await nextStep(page).getByText('Import complete').waitFor()
    await apiOf(running.url).call('QueryDeviceDetail', { ProductKey: productKey, DeviceName: 'lamp-2' })
  })

  test('another tab does not resume a running import', async (t) => {
    const { page, context } = await visit(t, running.url, { at: '/import' })
    await chooseProduct(page, productKey)
    await give(page, 'devices.csv', csv(good(120)))
    await page.getByRole('button', { name: said.en.verify }).click()
    const answer = await loseAnswer(page, 1)
    await page.getByRole('button', { name: said.en.importing }).click()
    await answer.lost

    const other = await context.newPage()
    await other.goto(`${running.url}/console/#/import`)
    await signIn(other, ownKey)
    await give(other, 'other.csv', csv(good(1)))
    await other.getByText('The only row:').waitFor()
    await other.getByRole('button', { name: said.en.goOn }).click()
    await other.getByText('This import is running in another tab of this browser.').first().waitFor()
    await other.getByText('The only row:').waitFor()
    await page.close()
    await other.getByRole('button', { name: said.en.goOn }).click()
    await nextStep(other).getByText('Import complete').waitFor()
    assert.equal(await devicesOf(apiOf(running.url), productKey), 120)
  })

  test('a user who has paused an import may start another, and resume the first later', async (t) => {
    const { page } = await visit(t, running.url, { at: `/import/-/${productKey}` })
    await give(page, 'devices.csv', csv(good(120)))
    await page.getByRole('button', { name: said.en.verify }).click()
    const importing = await hold(page, 'BatchImportDevice')
    await page.getByRole('button', { name: said.en.importing }).click()
    await importing.begun
    await page.getByRole('button', { name: 'Pause' }).click()
    importing.letGo()
    await page.getByRole('button', { name: 'Import another file' }).click()
    await nextStep(page).getByText('Drop a file').waitFor()
    await page.getByRole('button', { name: said.en.goOn }).click()
    await nextStep(page).getByText('Import complete').waitFor()
    assert.equal(await devicesOf(apiOf(running.url), productKey), 120)
  })

  /** Gets an import under way whose answer nobody hears. */
  async function beginAndLose(page: Page): Promise<void> {
    await give(page, 'devices.csv', csv(good(3)))
    await page.getByRole('button', { name: said.en.verify }).click()
    const answer = await loseAnswer(page, 1)
    await page.getByRole('button', { name: said.en.importing }).click()
    await answer.lost
    await page.unrouteAll()
  }

  test('an import of another account is not offered, and a discarded one is gone', async (t) => {
    const { page } = await visit(t, running.url, { at: `/import/-/${productKey}`, stay: true })
    await beginAndLose(page)
    const offered = page.getByText(said.en.unfinished)
    const own = await page.evaluate(changeKept, { accountId: 'of somebody else' })
    await page.reload()
    await page.locator('#import-product').waitFor()
    assert.deepEqual((await page.evaluate(keptRecords))[0], 1)
    assert.equal(await offered.count(), 0)

    await page.evaluate(changeKept, { accountId: own })
    await page.reload()
    await offered.waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByRole('tooltip').getByRole('button', { name: 'Discard' }).click()
    await offered.waitFor({ state: 'detached' })
    assert.deepEqual(await page.evaluate(keptRecords), [0, 0, 0])
  })

  test('an unfinished import is deleted after a month, for every account', async (t) => {
    const { page } = await visit(t, running.url, { at: `/import/-/${productKey}`, stay: true })
    await beginAndLose(page)
    const day = 24 * 60 * 60 * 1000
    await page.evaluate(changeKept, { begun: Date.now() - 29 * day })
    await page.reload()
    await page.getByText(said.en.unfinished).waitFor()
    await page.evaluate(changeKept, { begun: Date.now() - 31 * day, accountId: 'of a server that is gone' })
    await page.reload()
    await page.locator('#import-product').waitFor()
    while ((await page.evaluate(keptRecords)).some(Boolean))
      await page.evaluate('new Promise(requestAnimationFrame)')
  })
})

async function downloaded(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: said.en.downloadBad }).click(),
  ])
  return readFile(await download.path(), 'utf8')
}
