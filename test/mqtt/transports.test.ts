import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect as connectTcp } from 'node:net'
import { test } from 'node:test'
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls'
import mqtt from 'mqtt-packet'
import WebSocket, { createWebSocketStream } from 'ws'
import { systemClock } from '../../src/lib/clock.ts'
import { systemRandom } from '../../src/lib/random.ts'
import { webSockets } from '../../src/mqtt/web-sockets.ts'
import { selfSigned } from '../../src/tls/self-signed.ts'
import { connectPacket, RawDevice } from '../support/mqtt-device.ts'
import { openDoor } from './open-door.ts'

const certificate = selfSigned(undefined, '127.0.0.1', systemClock, systemRandom)
const wanted = { number: 0, asked: true }

async function openTls(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    ca: certificate.cert,
    servername: 'localhost',
    ...options,
  })
  await once(socket, 'secureConnect')
  return socket
}

test('TLS has its own port, and the plain port serves it too', async (t) => {
  const { service, listening, connected } = await openDoor(t, { certificate, tlsPort: wanted })
  for (const port of [listening.tlsPort!, listening.ports[0]!]) {
    const device = new RawDevice(await openTls(port))
    device.send(connectPacket({}))
    assert.equal((await device.next()).returnCode, 0)
    const attempt = service.attempts.at(-1)!
    assert.deepEqual(
      [attempt.encrypted, attempt.serverName, attempt.port, attempt.address],
      [true, 'localhost', port, '127.0.0.1'],
    )
    device.end()
  }
  const plain = await connected()
  assert.equal(service.attempts.at(-1)!.encrypted, false)
  await plain.settled()
})

test('a plain port without a certificate does not serve TLS', async (t) => {
  const { port, events } = await openDoor(t)
  await assert.rejects(openTls(port))
  assert.deepEqual(events, ['refused: malformed'])
})

for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`a session of ${maxVersion} is resumed, at another process with the same ticket keys too`, async (t) => {
    const ticketKeys = Buffer.alloc(48, 7)
    const [one, other] = [
      await openDoor(t, { certificate, tlsPort: wanted, ticketKeys }),
      await openDoor(t, { certificate, tlsPort: wanted, ticketKeys }),
    ]
    const first = await openTls(one.listening.tlsPort!, { maxVersion })
    const device = new RawDevice(first)
    const session = once(first, 'session')
    device.send(connectPacket({}))
    await device.next()
    const [ticket] = maxVersion === 'TLSv1.3' ? await session : [first.getSession()]
    first.destroy()
    const again = await openTls(other.listening.tlsPort!, { maxVersion, session: ticket })
    assert.ok(again.isSessionReused())
    again.destroy()
  })
}

test('a renewed certificate is used for new connections', async (t) => {
  const { listening } = await openDoor(t, { certificate, tlsPort: wanted })
  const next = selfSigned(undefined, '127.0.0.1', systemClock, systemRandom)
  listening.renew(next)
  const socket = await openTls(listening.tlsPort!, { ca: next.cert })
  assert.equal(socket.getPeerCertificate().fingerprint256, next.fingerprint)
  socket.destroy()
})

for (const protocol of ['mqtt', 'mqttv3.1', undefined]) {
  test(`a WebSocket with the subprotocol ${protocol} carries packets in any pieces`, async (t) => {
    const { door, service } = await openDoor(t)
    const take = webSockets(door)
    const server = createServer().on('upgrade', (request, socket, head) =>
      take(request, socket, head, { address: '10.1.2.3', port: 8080, encrypted: false }),
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const { port } = server.address() as AddressInfo
    const webSocket = new WebSocket(`ws://127.0.0.1:${port}/mqtt`, protocol === undefined ? [] : [protocol])
    await once(webSocket, 'open')
    assert.equal(webSocket.protocol, protocol ?? '')
    const device = new RawDevice(createWebSocketStream(webSocket) as never)
    const bytes = mqtt.generate(connectPacket({}))
    device.send(bytes.subarray(0, 5))
    device.send(Buffer.concat([bytes.subarray(5), Buffer.from([0xc0, 0])]))
    assert.equal((await device.next()).returnCode, 0)
    assert.equal((await device.next()).cmd, 'pingresp')
    assert.equal(service.attempts[0]!.address, '10.1.2.3')
    webSocket.send('text is not MQTT')
    await once(webSocket, 'close')
    while (service.told.length === 0) await new Promise(setImmediate)
    assert.deepEqual(service.told, ['device1 ended: the connection was closed'])
  })
}

test('a default port in use is skipped; a configured one is an error', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.after(() => taken.close())
  const { port: number } = taken.address() as AddressInfo
  const { listening } = await openDoor(t, { ports: [{ number, asked: false }, wanted] })
  assert.deepEqual(listening.skipped, [{ number, asked: false }])
  assert.equal(listening.ports[0], undefined)
  assert.ok(listening.ports[1]! > 0)
  await assert.rejects(openDoor(t, { ports: [wanted, { number, asked: true }] }), { code: 'EADDRINUSE' })
})

test('closing the door notifies MQTT 5 clients, and waits for sockets for a limited time', async (t) => {
  const { connected, door, listening, service, port } = await openDoor(t)
  const device = await connected({ version: 5 })
  listening.close()
  const closing = door.close()
  assert.equal((await device.next()).reasonCode, 0x8b)
  await closing
  assert.deepEqual(service.told, ['device1 ended: shutting down'])
  await assert.rejects(once(connectTcp(port, '127.0.0.1'), 'connect'))
})

test('a connection that breaks off in its TLS handshake ends nothing else', async (t) => {
  const { port, connected } = await openDoor(t, { certificate, tlsPort: wanted })
  for (let round = 0; round < 20; round++) {
    const socket = connectTcp(port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(Buffer.from(round % 2 === 0 ? '1603010200010001fc0303' : '16ffffffffff', 'hex'))
    await new Promise(setImmediate)
    socket.resetAndDestroy()
    await once(socket, 'close')
  }
  await (await connected()).settled()
})
