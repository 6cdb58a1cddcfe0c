import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { connectAsync } from 'mqtt'
import { RawDevice } from '../support/mqtt-device.ts'
import { temporaryPlace } from '../support/process.ts'
import { credentials, startServer } from '../support/server.ts'
import { send } from '../support/sign.ts'
import { signedIn, startWhole } from './whole-server.ts'

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { port, release: () => new Promise((resolve) => server.close(resolve)) }
}

test('a gateway’s port names the product of bare user names', async () => {
  const { port: number, release } = await freePort()
  await release()
  const mqttGateways = `${number}=${credentials.productKey}`
  const { port, addDevice, server } = await startWhole({ mqttGateways })
  const { deviceName: username, deviceSecret: password } = await addDevice('bare', 'one-party')
  // Another one-party product has a device of the same name and secret: without a listener nothing tells them apart.
  const { registry } = server
  const [account] = await registry.accounts.all()
  const instance = (await registry.instances.find(account!.id, undefined))!
  const { product } = await registry.products.create(instance, { name: 'other', authType: 'one-party' })
  await registry.devices.register(account!.id, product, { name: username, secret: password })
  const connack = async (options: { readonly port: number; readonly clientId?: string }) => {
    const device = await RawDevice.connect({ username, password, ...options })
    const { returnCode } = await device.next()
    device.end()
    return returnCode
  }
  assert.equal(await connack({ port }), 4)
  assert.equal(await connack({ port: number }), 0)
  assert.equal(await connack({ port, clientId: `x|productKey=${product.productKey}|` }), 0)
})

test('a gateway of an unknown product is refused at the start', async () => {
  const { port, release } = await freePort()
  await release()
  const starting = startServer({ mqtt: 'on', mqttPort: '0', mqttGateways: `${port}=a1Nobody` })
  await assert.rejects(starting, /a1Nobody: no product has this ProductKey/)
  // Nothing was left listening.
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  server.close()
})

test('a configured device port that is in use is an error that says what to do', async () => {
  const { port, release } = await freePort()
  await assert.rejects(
    startServer({ mqtt: 'on', mqttPort: `${port}` }),
    new RegExp(
      `port ${port} of 127.0.0.1 is in use by another process; .* --mqtt-port \\(ROLLCALL_MQTT_PORT\\)`,
    ),
  )
  await release()
})

test('--api off serves devices, health and metrics, and no calls', async () => {
  const { server, port, addDevice } = await startWhole({ api: 'off' })
  for (const [method, path, status] of [
    ['GET', '/healthz', 200],
    ['GET', '/metrics', 200],
    ['GET', '/console/', 404],
    ['POST', '/', 404],
  ] as const)
    assert.equal((await send(server.url, { method, path })).status, status, path)
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
    ...signedIn(await addDevice('alone')),
    reconnectPeriod: 0,
  })
  await client.endAsync()
})

test('--mqtt off serves no devices, and a request for a WebSocket is answered as any other', async (t) => {
  const server = await startServer()
  t.after(() => server.close())
  assert.equal(server.mqtt, undefined)
  const headers = { Upgrade: 'websocket', Connection: 'Upgrade' }
  const { status } = await send(server.url, { method: 'GET', path: '/mqtt', headers })
  assert.ok(status >= 400 && status < 500)
})

test('other upgrades are served as plain requests beside WebSockets', async () => {
  const { server } = await startWhole()
  const headers = { Upgrade: 'h2c', Connection: 'Upgrade, HTTP2-Settings', 'HTTP2-Settings': '' }
  for (const upgrade of [headers, { Upgrade: 'websocket', Connection: 'Upgrade' }])
    assert.equal((await send(server.url, { method: 'GET', path: '/healthz', headers: upgrade })).status, 200)
})

test('metrics count devices by reason and direction', async () => {
  const { server, port, addDevice } = await startWhole()
  const triple = await addDevice('counted')
  const refused = await RawDevice.connect({ port, ...signedIn(triple), password: 'wrong' })
  assert.equal((await refused.next()).returnCode, 4)
  const device = await RawDevice.connect({ port, ...signedIn(triple) })
  await device.next()
  const publish = (topic: string) =>
    device.send({ cmd: 'publish', topic, payload: 'x', qos: 0, dup: false, retain: false })
  publish(`/${triple.productKey}/counted/user/update`)
  publish('/foreign/topic')
  await device.settled()
  const { text } = await send(server.url, { method: 'GET', path: '/metrics' })
  for (const line of [
    'rollcall_device_connections 1',
    'rollcall_device_connects_total 1',
    'rollcall_device_refusals_total{reason="credentials"} 1',
    'rollcall_device_messages_total{direction="up"} 2',
    'rollcall_device_messages_dropped_total{reason="foreign topic"} 1',
  ])
    assert.ok(text.split('\n').includes(line), line)
  assert.match(text, /^rollcall_device_bytes_total\{direction="down"\} \d+$/m)
  device.end()
})

test('workers share the ports of devices', async (t) => {
  const here = temporaryPlace(t)
  const tls = ['--tls', 'self-signed', '--mqtt-tls-port', '0']
  const { process } = await here.serve('--workers', '2', '--mqtt-port', '0', ...tls)
  const [, plain, encrypted] = await process.until(
    /^devices connect to mqtt:\/\/127\.0\.0\.1:(\d+) or mqtts:\/\/127\.0\.0\.1:(\d+)$/m,
  )
  for (let i = 0; i < 6; i++) {
    const device = await RawDevice.connect({ port: Number(plain) })
    assert.equal((await device.next()).returnCode, 4)
  }
  assert.notEqual(plain, encrypted)
})
