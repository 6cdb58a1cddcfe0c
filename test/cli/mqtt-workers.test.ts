import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectAsync } from 'mqtt'
import { freePort } from '../support/free-port.ts'
import { temporaryPlace } from '../support/process.ts'
import { call } from '../support/sign.ts'
import { eventually, key, ProductKey, withKnownKey, workersOf } from './load.ts'
import { metric } from './workers/serving.ts'

test('workers for devices alone: devices connect there, calls reach them, and one that dies is replaced', async (t) => {
  const here = withKnownKey(temporaryPlace(t))
  const port = await freePort()
  const { url, process } = await here.serve('--mqtt-workers', '2', '--mqtt-port', `${port}`)
  assert.equal(workersOf(process).length, 3)
  const name = 'lamp'
  const secret = 'secretOfLamp0001'
  await call(
    url,
    'BatchImportDevice',
    {
      ProductKey,
      'DeviceList.1.DeviceName': name,
      'DeviceList.1.DeviceSecret': secret,
      'DeviceList.1.Sn': '1',
    },
    key,
  )
  const device = await connectAsync({
    host: '127.0.0.1',
    port,
    username: name,
    password: secret,
    keepalive: 60,
  })
  t.after(() => device.endAsync(true))
  await device.subscribeAsync('/user/get')
  const received = new Promise<string>((resolve) =>
    device.once('message', (_, payload) => resolve(`${payload}`)),
  )
  const MessageContent = Buffer.from('hello').toString('base64')
  await call(
    url,
    'Pub',
    { ProductKey, DeviceName: name, TopicFullName: '/user/get', MessageContent, Qos: '1' },
    key,
  )
  assert.equal(await received, 'hello')
  const connections = () => metric(url, 'rollcall_device_connections')
  assert.equal(await connections(), 1, 'the metrics are those of all workers')

  for (const pid of workersOf(process).slice(1)) globalThis.process.kill(pid, 'SIGKILL')
  await eventually('both are replaced', async () => (await metric(url, 'rollcall_workers')) === 3)
  await eventually('the device is back', async () => device.connected && (await connections()) === 1)
  // Another server does not share the port.
  const { status, stderr } = await temporaryPlace(t).run(
    'serve',
    '--port',
    '0',
    '--mqtt-workers',
    '1',
    '--mqtt-port',
    `${port}`,
  )
  assert.equal(status, 1)
  assert.match(stderr, new RegExp(`port ${port} of .* is in use by another process`))
})
