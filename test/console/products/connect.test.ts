import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import type { Running } from '../../../src/main.ts'
import { credentials, startServer } from '../../support/server.ts'
import { call } from '../../support/sign.ts'
import { noBrowser } from '../support/chromium.ts'
import { main } from '../support/parts.ts'
import { assertAccessible, browsing } from '../support/visit.ts'

const { productKey: ProductKey } = credentials
const run = promisify(execFile)
const noMosquitto =
  process.env.CI === undefined && spawnSync('mosquitto_pub', ['--help']).status === null && 'no mosquitto'

suite('connecting a device', { skip: noBrowser || noMosquitto }, () => {
  let running: Running
  before(async () => {
    running = await startServer({ mqtt: 'on', mqttPort: '0' })
    const { body } = await call(running.url, 'BatchImportDevice', {
      ProductKey,
      'DeviceList.1.DeviceName': 'lamp-1',
      'DeviceList.1.DeviceSecret': 's3cret-of-lamp-1',
    })
    assert.equal(body?.Success, true, JSON.stringify(body))
  })
  after(() => running.close())
  const { visit } = browsing()

  test('the command that the page shows connects, and its message is seen live', async (t) => {
    const { page } = await visit(t, running.url, { at: `/products/-/${ProductKey}/lamp-1` })
    await main(page).getByRole('button', { name: 'Show commands' }).waitFor()
    assert.equal(await main(page).getByText('mosquitto_pub -h').count(), 0)
    await main(page).getByRole('button', { name: 'Show commands' }).click()
    const port = running.mqtt!.plain!.split(':').at(-1)
    assert.match(await main(page).getByLabel('MQTT address').inputValue(), new RegExp(`:${port}$`))
    await main(page).getByRole('tab', { name: 'mosquitto_pub' }).click()
    await assertAccessible(page)
    const command = await main(page).getByText('mosquitto_pub -h').textContent()
    await main(page).getByRole('button', { name: 'Show live messages' }).click()
    await main(page).getByText('Waiting for messages.').waitFor()
    const connected = page.waitForResponse((response) => response.url().includes('/messages?'))
    await main(page).getByRole('button', { name: 'Stop' }).click()
    await main(page).getByRole('button', { name: 'Show live messages' }).click()
    assert.equal((await connected).status(), 200)
    await run('sh', ['-c', command!])
    await main(page).getByText('"on": true').waitFor()
    await main(page).getByText('/user/update', { exact: true }).waitFor()
    const { body } = await call(running.url, 'GetDeviceStatus', { ProductKey, DeviceName: 'lamp-1' })
    assert.notEqual(body?.Data.Status, 'UNACTIVE')
    await main(page).getByRole('tab', { name: 'mosquitto_sub' }).click()
    const listen = await main(page).getByText('mosquitto_sub -h').textContent()
    // `-c` keeps the session, so what is published while the device is away waits for it.
    const keep = listen!.trim().replace('mosquitto_sub', 'mosquitto_sub -c')
    await run('sh', ['-c', `${keep} -E`])
    assert.equal(await main(page).getByLabel('Topic').inputValue(), '/user/get')
    await main(page).getByLabel('Message', { exact: true }).fill('{"on":"灯"}')
    await main(page).getByRole('button', { name: 'Publish' }).click()
    await page.getByText('The message was sent').waitFor()
    const { stdout } = await run('sh', ['-c', `${keep} -C 1`])
    assert.equal(stdout.trim(), '/user/get {"on":"灯"}')
    await main(page).getByRole('button', { name: 'Send request (RRpc)' }).click()
    await main(page).getByText('OFFLINE', { exact: true }).waitFor()
    await main(page).getByLabel('MQTT address').fill('nowhere')
    await main(page).getByText('Enter an address').waitFor()
  })
})
