import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { after, before, suite, test } from 'node:test'
import { promisify } from 'node:util'
import { connectAsync } from 'mqtt'
import type { Running } from '../../../src/main.ts'
import { credentials, startServer } from '../../support/server.ts'
import { call } from '../../support/sign.ts'
import { noBrowser } from '../support/chromium.ts'
import { main } from '../support/parts.ts'
import { assertAccessible, assertNoSidewaysScroll, browsing, phone } from '../support/visit.ts'

const { productKey: ProductKey } = credentials
const run = promisify(execFile)
const noMosquitto =
  process.env.CI === undefined && spawnSync('mosquitto_pub', ['--help']).status === null && 'no mosquitto'
const lamp = { username: 'lamp-1', password: 's3cret-of-lamp-1' }

suite('connecting a device', { skip: noBrowser || noMosquitto }, () => {
  let running: Running
  before(async () => {
    running = await startServer({ mqtt: 'on', mqttPort: '0' })
    const { body } = await call(running.url, 'BatchImportDevice', {
      ProductKey,
      'DeviceList.1.DeviceName': 'lamp-1',
      'DeviceList.1.DeviceSecret': lamp.password,
      'DeviceList.1.Sn': 'SN0001',
      'DeviceList.2.DeviceName': 'lamp-2',
      'DeviceList.2.DeviceSecret': 's3cret-of-lamp-2',
    })
    assert.equal(body?.Success, true, JSON.stringify(body))
  })
  after(() => running.close())
  const { visit } = browsing()
  const at = `/products/-/${ProductKey}/lamp-1`
  const connect = (more = {}) =>
    connectAsync(running.mqtt!.plain!, { ...lamp, clientId: 'c', reconnectPeriod: 0, ...more })

  test('the commands of the page connect, and messages are seen live in both directions', async (t) => {
    const { page, context } = await visit(t, running.url, { at })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const copied = () => page.evaluate('navigator.clipboard.readText()') as Promise<string>
    const button = (name: string) => main(page).getByRole('button', { name, exact: true })
    await main(page).getByText('SN0001').waitFor()
    await button('Copy: Triple JSON').click()
    await button('Copied: Triple JSON').waitFor()
    assert.deepEqual(JSON.parse(await copied()), {
      ProductKey,
      DeviceName: 'lamp-1',
      DeviceSecret: lamp.password,
    })
    await main(page).getByRole('tab', { name: 'Connect', exact: true }).click()
    await page.waitForURL(/lamp-1\/connect$/)
    const port = running.mqtt!.plain!.split(':').at(-1)
    assert.match(await main(page).getByLabel('MQTT address').inputValue(), new RegExp(`:${port}$`))
    await main(page).getByRole('tab', { name: 'mosquitto_pub' }).click()
    const text = await main(page).getByText('mosquitto_pub -h').textContent()
    assert.match(text!, /-P •+/)
    await button('Copy: mosquitto_pub').click()
    await button('Copied: mosquitto_pub').waitFor()
    const command = await copied()
    await main(page).getByRole('switch', { name: 'Show credentials' }).click()
    assert.equal(await main(page).getByText('mosquitto_pub -h').textContent(), command)
    await assertAccessible(page)
    await main(page).getByRole('tab', { name: 'mosquitto_sub' }).click()
    const listen = await main(page).getByText('mosquitto_sub -h').textContent()
    await main(page).getByLabel('MQTT address').fill('nowhere')
    await main(page).getByText('Enter an address').waitFor()

    await main(page).getByRole('tab', { name: 'Messages' }).click()
    await main(page).getByText('Live', { exact: true }).waitFor()
    await run('sh', ['-c', command])
    await main(page).getByText('"on": true').waitFor()
    await main(page).getByText('/user/update', { exact: true }).waitFor()
    // `-c` keeps the session, so what is published while the device is away waits for it.
    const keep = listen!.trim().replace('mosquitto_sub', 'mosquitto_sub -c')
    await run('sh', ['-c', `${keep} -E`])
    assert.equal(await main(page).getByLabel('Topic').inputValue(), '/user/get')
    await main(page).getByLabel('Message', { exact: true }).fill('{"on":"灯"}')
    await button('Publish').click()
    await page.getByText('The message was sent').waitFor()
    await main(page).getByText('Stored', { exact: true }).waitFor()
    const { stdout } = await run('sh', ['-c', `${keep} -C 1`])
    assert.equal(stdout.trim(), '/user/get {"on":"灯"}')
    await main(page).getByText('Acknowledged', { exact: true }).waitFor()
    await button('Send request (RRpc)').click()
    await main(page).getByText('OFFLINE', { exact: true }).waitFor()
    await main(page).getByText('Dropped: offline', { exact: true }).waitFor()
    await assertAccessible(page)
    await main(page).getByTitle('Up', { exact: true }).click()
    await main(page).getByText('Acknowledged', { exact: true }).waitFor({ state: 'detached' })
    await button('Pause').click()
    await run('sh', ['-c', command])
    await main(page).getByText('Paused; 1 new').waitFor()
    await button('Resume').click()
    await main(page).getByText('"on": true').nth(1).waitFor()
  })

  test('presence changes without a reload, and the log says why a device is refused', async (t) => {
    const { page } = await visit(t, running.url, { at: `${at}/log` })
    await main(page).getByRole('table').waitFor()
    await page.clock.install()
    const seen = async (wanted: Promise<unknown>, at = page) => {
      let isSeen = false
      wanted.then(
        () => (isSeen = true),
        () => {},
      )
      while (!isSeen) await at.clock.runFor(1000)
      await wanted
    }
    await assert.rejects(connect({ password: 'wrong' }))
    await seen(
      main(page)
        .getByRole('row', { name: /Refused Wrong password.* 127\.0\.0\.1 MQTT 3\.1\.1/ })
        .waitFor(),
    )
    const device = await connect({ protocolVersion: 5 })
    await seen(main(page).getByText('Online', { exact: true }).waitFor())
    await seen(
      main(page)
        .getByRole('row', { name: /Connected .*MQTT 5\.0/ })
        .waitFor(),
    )
    const list = await visit(t, running.url, { at: `/products/-/${ProductKey}` })
    await main(list.page)
      .getByRole('row', { name: /lamp-1 Online/ })
      .waitFor()
    await list.page.clock.install()
    const second = await connect()
    await device.endAsync()
    await second.endAsync()
    await seen(main(page).getByText('Offline', { exact: true }).waitFor())
    await seen(
      main(page)
        .getByRole('row', { name: /Disconnected A second connection/ })
        .waitFor(),
    )
    await assertAccessible(page)
    await seen(
      main(list.page)
        .getByRole('row', { name: /lamp-1 Offline/ })
        .waitFor(),
      list.page,
    )
  })

  test('a RAM user without permissions sees what is missing, and a phone shows every view', async (t) => {
    const own = { Version: '2026-11-01', UserName: 'reader' }
    await call(running.url, 'CreateUser', { ...own, 'AllowedAction.1': 'iot:Query*' })
    const { body } = await call(running.url, 'CreateAccessKey', own)
    const accessKey = { id: body.Data.AccessKeyId, secret: body.Data.AccessKeySecret }
    const limited = await visit(t, running.url, { at: `${at}/log`, accessKey })
    await main(limited.page).getByText('Your key may not call ListConnectionEvents.').waitFor()
    await main(limited.page).getByRole('tab', { name: 'Messages' }).click()
    await main(limited.page).getByText('Your key may not call sub.').waitFor()
    const { page } = await visit(t, running.url, { at, viewport: phone, language: 'zh', theme: 'dark' })
    const narrow = { at, viewport: { width: 375, height: 667 } }
    const english = await visit(t, running.url, narrow)
    await main(english.page).getByRole('tab', { name: 'Connection log' }).click()
    await assertAccessible(english.page)
    for (const view of ['连接', '消息', '连接日志', '详情']) {
      await main(page).getByRole('tab', { name: view, exact: true }).click()
      await assertNoSidewaysScroll(page)
      await assertAccessible(page)
    }
  })
})
