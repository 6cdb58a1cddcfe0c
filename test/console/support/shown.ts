import { connectAsync, type IClientOptions } from 'mqtt'
import type { Page } from 'playwright-core'
import { readOnly } from '../../../src/console/access/permissions.ts'
import { credentials, startServer } from '../../support/server.ts'
import { goodDevices } from '../../support/sign.ts'
import { chooseProduct, give } from '../import/at-the-page.ts'
import { reroute } from './calls-of.ts'
import { callsTo } from './own-calls.ts'
import type { Visitor } from './visit.ts'

/** A place of the console with something to see. */
export interface ShownPlace {
  readonly name: string
  readonly visitor: Pick<Visitor, 'at' | 'accessKey'>
  /** Prepares the page before the picture is taken. */
  readonly arrange?: (page: Page) => Promise<void>
  /** Shows what one would have to scroll to. */
  readonly whole?: boolean
}

/** A file with bad rows, verified. */
async function verified(page: Page): Promise<void> {
  const rows = Array.from(
    { length: 12_000 },
    (_, i) => `meter-${i},secret-${i},${i % 7 === 0 ? 12345 + i : `00${12345 + i}`}`,
  )
  rows[40] = '水表一号,secret,0012385'
  rows[41] = 'meter-1,secret,0012386'
  rows[11_000] = 'meter-9,a secret,1.2E+11'
  const file = ['设备名称,设备密钥,序列号', ...rows].join('\n')
  await chooseProduct(page, credentials.productKey)
  await give(page, 'meters.csv', file)
  await page.getByRole('button', { name: /^(Verify all rows|校验全部数据)/ }).click()
  await page.getByText(/rows verified in|^已校验/).waitFor()
}

/** An operation's example, and one of its tabs. */
const explored = (tab: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name: /Load an example|填入示例/ }).click()
  await page.getByRole('tab', { name: tab }).click()
}

/** A call of the example. */
async function called(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Load an example|填入示例/ }).click()
  await page.getByRole('button', { name: /^(Call|发起调用)$/ }).click()
  await page.locator('.cm-content').first().waitFor()
}

const checking = '/explorer/BatchCheckImportDevice'

/** Parameters of a list of texts, counted from 1. */
const listed = (name: string, values: readonly string[]) =>
  Object.fromEntries(values.map((value, i) => [`${name}.${i + 1}`, value]))

/** A server with a little of everything on it, and its places. */
export async function startShown() {
  const running = await startServer({ quota: 'on', mqtt: 'on', mqttPort: '0' })
  const { url } = running
  const { ask, act } = callsTo(() => url)
  const { productKey: ProductKey } = credentials
  const { ApplyId } = await act('BatchImportDevice', { ProductKey, ...goodDevices(2500) })
  await act('CreateProduct', { ProductName: '温控器', NodeType: '0', Description: 'Heating, ground floor' })
  const registering = await act('CreateProduct', {
    ProductName: 'Pumps',
    NodeType: '0',
    AuthType: 'secret',
  })
  const ofPumps = { ProductKey: registering.ProductKey }
  const fit = await act('BatchCheckDeviceNames', { ...ofPumps, 'DeviceName.1': 'pump-0001' })
  const unfit = await act('BatchCheckDeviceNames', {
    ...ofPumps,
    'DeviceName.1': 'pump-0002',
    'DeviceName.2': '泵3',
    'DeviceName.3': 'no',
  })
  await act('RegisterDevice', { ...ofPumps, DeviceName: 'pump-0009' })
  await act('CreateUser', {
    Version: '2026-11-01',
    UserName: 'factory',
    'AllowedAction.1': 'iot:BatchCheck*',
    'AllowedAction.2': 'iot:Query*',
  })
  const factory = await act('CreateAccessKey', { UserName: 'factory' })
  await act('CreateUser', { UserName: 'dashboard', ...listed('AllowedAction', readOnly) })
  await act('CreateUser', { UserName: 'operations', AllowAll: 'true' })
  const old = await act('CreateAccessKey', {})
  await act('UpdateAccessKey', { UserAccessKeyId: old.AccessKeyId, Status: 'Inactive' })
  await act('SetQuota', { ActionName: 'QueryDeviceDetail', PerSecond: '3' })
  /** More calls of an operation than its quota allows, and their chart. */
  const drawn = async (page: Page) => {
    await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        ask('QueryDeviceDetail', { ProductKey, DeviceName: i % 3 === 0 ? 'nobody' : 'light-00001' }),
      ),
    )
    await page.locator('button', { hasText: /^QueryDeviceDetail$/ }).click()
    await page.locator('.chart canvas').last().waitFor()
    await page.evaluate('scrollTo(0, 0)')
  }
  await act('BatchImportDevice', { ProductKey, ...goodDevices(1, 'hall'), 'DeviceList.1.Sn': '0012345' })
  const close = await connectHall(running.mqtt!.plain!)
  await act('CreateDeviceGroup', { GroupName: 'first_floor' })
  await act('SaveDeviceProp', {
    ProductKey,
    DeviceName: 'hall-00001',
    Props: JSON.stringify({ floor: '1', room: '会议室' }),
  })
  const hall = `/products/-/${ProductKey}/hall-00001`
  /** Messages up and down, with the answer to a request. */
  const sent = async (page: Page) => {
    await page.getByText(/^(Live|实时)$/).waitFor()
    const named = { ProductKey, DeviceName: 'hall-00001' }
    const content = Buffer.from('{"on":true,"level":80}').toString('base64')
    await ask('Pub', { ...named, TopicFullName: '/user/get', MessageContent: content, Qos: '1' })
    await ask('Pub', { ...named, TopicFullName: '/user/other', MessageContent: content, Qos: '0' })
    await ask('RRpc', { ...named, RequestBase64Byte: content, Timeout: '5000' })
    await page.getByText(/^(Answered|设备已应答)$/).waitFor()
  }
  const detailed = async (page: Page) => {
    await page.getByText('room=会议室').waitFor()
    await page.getByText('0012345').waitFor()
  }
  const places: readonly ShownPlace[] = [
    { name: 'entrance', visitor: { at: '/', accessKey: null } },
    { name: 'overview', visitor: { at: '/overview' }, arrange: traffic, whole: true },
    { name: 'overview-whole', visitor: { at: '/overview' }, arrange: drawn, whole: true },
    {
      name: 'overview-ram-user',
      visitor: { at: '/overview', accessKey: { id: factory.AccessKeyId, secret: factory.AccessKeySecret } },
    },
    { name: 'products', visitor: { at: '/products' } },
    { name: 'product', visitor: { at: `/products/-/${ProductKey}` } },
    { name: 'device', visitor: { at: hall }, arrange: detailed, whole: true },
    { name: 'device-connect', visitor: { at: `${hall}/connect` }, whole: true },
    { name: 'device-messages', visitor: { at: `${hall}/messages` }, arrange: sent, whole: true },
    { name: 'device-log', visitor: { at: `${hall}/log` }, arrange: logged, whole: true },
    { name: 'import', visitor: { at: '/import' } },
    { name: 'import-verified', visitor: { at: '/import' }, arrange: verified, whole: true },
    { name: 'explorer', visitor: { at: checking }, arrange: called, whole: true },
    {
      name: 'explorer-signature',
      visitor: { at: checking },
      arrange: explored(/Signature|签名/),
      whole: true,
    },
    { name: 'explorer-code', visitor: { at: checking }, arrange: explored(/Code|代码/) },
    { name: 'batches', visitor: { at: '/batches' } },
    { name: 'batch', visitor: { at: `/batches/${ApplyId}` } },
    {
      name: 'batch-download',
      visitor: { at: `/batches/${ApplyId}` },
      arrange: async (page) => {
        await page
          .getByRole('button', { name: /Download|下载/ })
          .first()
          .click()
        await page.getByRole('checkbox', { name: /DeviceSecret/ }).check()
      },
    },
    {
      name: 'batch-undo',
      visitor: { at: `/batches/${ApplyId}` },
      arrange: async (page) => {
        await page.getByRole('button', { name: /Undo|撤销/ }).click()
        await page.getByRole('dialog').getByText('2,500').first().waitFor()
      },
    },
    { name: 'checked-list', visitor: { at: `/batches/${fit.ApplyId}` } },
    { name: 'unfit-list', visitor: { at: `/batches/${unfit.ApplyId}` } },
    { name: 'access', visitor: { at: '/access' } },
    { name: 'access-keys', visitor: { at: '/access/keys' } },
    { name: 'access-quotas', visitor: { at: '/access/quotas' } },
    {
      name: 'access-ram-user',
      visitor: { at: '/access', accessKey: { id: factory.AccessKeyId, secret: factory.AccessKeySecret } },
    },
  ]
  return {
    url,
    places,
    async close() {
      await close()
      await running.close()
    },
  }
}

/** Connects a device that answers requests, after some sign-ins that are refused. @returns what disconnects it */
async function connectHall(address: string): Promise<() => Promise<void>> {
  const connect = (more: IClientOptions) =>
    connectAsync(address, {
      clientId: 'hall-00001',
      username: 'hall-00001',
      password: 'secret-1',
      reconnectPeriod: 0,
      ...more,
    })
  await connect({ password: 'wrong' }).catch(() => {})
  await connect({ password: 'wrong' }).catch(() => {})
  await connect({ keepalive: 10 }).catch(() => {})
  await connect({ protocolVersion: 5 })
  const device = await connect({})
  await device.subscribeAsync('/user/get', { qos: 1 })
  await device.publishAsync('/user/update', '{"on":false}', { qos: 1 })
  device.on('message', (topic) => {
    const answer = topic.replace('/rrpc/request/', '/rrpc/response/')
    if (answer !== topic) device.publish(answer, '{"ok":true}')
  })
  return () => device.endAsync()
}

/** A day of connections and messages, which no picture can wait for. */
async function traffic(page: Page): Promise<void> {
  const Now = Date.now()
  const From = Math.floor(Now / 60_000 - 1439) * 60_000
  const TrafficCount = Array.from({ length: 1439 }, (_, i) => ({
    Time: From + i * 60_000,
    Connections: 1800 + Math.round(300 * Math.sin(i / 170)) - (i > 900 && i < 930 ? 900 : 0),
    Connects: i === 930 ? 900 : i % 5,
    MessagesUp: 5200 + Math.round(900 * Math.sin(i / 120)) + 37 * (i % 9),
    MessagesDown: 700 + 90 * (i % 7),
  }))
  await reroute(page, 'ListTrafficCounts', (route) =>
    route.fulfill({
      json: { RequestId: 'x', Success: true, Data: { IntervalSeconds: 60, From, Now, TrafficCount } },
    }),
  )
  await page.getByText(/^(24 hours|24 小时)$/).click()
  await page.getByText(/2,100/).first().waitFor()
}

/** The connection log, with another name of the machine. */
async function logged(page: Page): Promise<void> {
  await reroute(page, 'ListConnectionEvents', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replaceAll(/"Node":"[^"]*"/g, '"Node":"node-a/7102"')
    await route.fulfill({ response, body })
  })
  await page.getByRole('button', { name: /^(Refresh the connection log|刷新连接日志)$/ }).click()
  await page.getByText('node-a/7102').first().waitFor()
}
