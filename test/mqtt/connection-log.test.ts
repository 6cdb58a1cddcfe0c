import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { test } from 'node:test'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { follow } from '../support/follow.ts'
import { signedIn, startWhole, type Triple } from './whole-server.ts'

/** The connection log of real clients, and the live view of messages to their device. */
const { server, port, call, addDevice } = await startWhole()
const own = { Version: '2026-11-01' }
const address = `mqtt://127.0.0.1:${port}`
const named = ({ productKey: ProductKey, deviceName: DeviceName }: Triple) => ({ ProductKey, DeviceName })

interface Event {
  readonly Type: string
  readonly Reason: string
  readonly Detail: string
  readonly Count: number
  readonly ClientId: string
  readonly IpAddress: string
  readonly ProtocolVersion: string
}

async function logOf(triple: Triple): Promise<readonly Event[]> {
  const { Data } = await call('ListConnectionEvents', { ...own, ...named(triple) })
  return Data!.Event as Event[]
}

/** The log, newest first, once the server knows of what a client did a moment ago. */
async function logged(triple: Triple, expected: readonly string[]): Promise<readonly Event[]> {
  for (let tries = 0; ; tries++) {
    const events = await logOf(triple)
    const words = events.map(({ Type, Reason }) => `${Type} ${Reason}`.trim())
    if (words.length >= expected.length || tries === 100) {
      assert.deepEqual(words, expected)
      return events
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const closed = (client: MqttClient) => new Promise<void>((resolve) => client.once('close', resolve))

const connect = (triple: Triple, more: IClientOptions = {}) =>
  connectAsync(address, { ...signedIn(triple), reconnectPeriod: 0, ...more })

test('the log has each connect, its end, and why others were refused', async () => {
  const triple = await addDevice('logged')
  await assert.rejects(connect(triple, { password: 'wrong' }))
  await assert.rejects(connect(triple, { password: 'wrong' }))
  await assert.rejects(connect(triple, { keepalive: 5 }))
  await assert.rejects(connect({ ...triple, deviceName: 'unknown' }))
  const first = await connect(triple)
  const cut = closed(first)
  const second = await connect(triple, { protocolVersion: 5 })
  await cut
  await second.endAsync()
  const third = await connect(triple)
  const closedThird = closed(third)
  await call('ResetThing', named(triple))
  await closedThird
  const fourth = await connect(triple)
  const closedFourth = closed(fourth)
  await call('DisableThing', named(triple))
  await closedFourth
  await assert.rejects(connect(triple))
  const events = await logged(triple, [
    'refused disabled',
    'disconnected disabled',
    'connected',
    'disconnected reset',
    'connected',
    'disconnected disconnected',
    'connected',
    'disconnected taken over',
    'connected',
    'refused keep-alive',
    'refused credentials',
  ])
  const [wrong] = events.slice(-1)
  assert.equal(wrong!.Count, 2)
  assert.equal(wrong!.IpAddress, '127.0.0.1')
  assert.equal(wrong!.ClientId, 'client|securemode=3,signmethod=hmacsha256|')
  assert.deepEqual(
    events.slice(5, 9).map(({ ProtocolVersion, ClientId }) => [ProtocolVersion, ClientId.split('|')[0]]),
    [
      ['5.0', 'client'],
      ['5.0', 'client'],
      ['3.1.1', 'client'],
      ['3.1.1', 'client'],
    ],
  )
})

test('a protocol error and a closed socket are different reasons', async () => {
  const triple = await addDevice('broken', 'one-party')
  for (const last of [Buffer.from([0x00, 0x00]), undefined]) {
    const socket = connectTcp(port, '127.0.0.1')
    const text = (value: string) => Buffer.concat([Buffer.from([0, value.length]), Buffer.from(value)])
    const body = Buffer.concat([
      ...[text('MQTT'), Buffer.from([4, 0xc2, 0, 60])],
      ...[text('id'), text(triple.deviceName), text(triple.deviceSecret)],
    ])
    socket.write(Buffer.concat([Buffer.from([0x10, body.length]), body]))
    await once(socket, 'data')
    if (last === undefined) socket.destroy()
    else socket.write(last)
    await once(socket, 'close')
  }
  const [closed, , wrong] = await logged(triple, [
    'disconnected closed',
    'connected',
    'disconnected protocol error',
    'connected',
  ])
  assert.equal(closed!.Detail, '')
  assert.match(wrong!.Detail, /packet/)
})

test('only a device that exists has events', async () => {
  const unknown = await call('ListConnectionEvents', { ...own, ProductKey: 'a1TestKey01', DeviceName: 'no' })
  assert.equal(unknown.Code, 'iot.device.NotExistedDevice')
})

test('messages to a device are followed with what becomes of them, if that is asked for', async () => {
  const triple = await addDevice('watched')
  const topic = (end: string) => `/${triple.productKey}/${triple.deviceName}/user/${end}`
  const both = await follow(server.url, { ...named(triple), Direction: 'all' })
  const ups = await follow(server.url, named(triple))
  const publish = () =>
    call('Pub', { ...named(triple), TopicFullName: topic('get'), MessageContent: 'b24=', Qos: '1' })
  const { MessageId } = await publish()
  const next = async () => {
    const { data } = (await both.next())!
    return `${data.state ?? 'up'} ${data.topic} ${Buffer.from(data.payload, 'base64')}`.trim()
  }
  assert.equal(await next(), `waiting ${topic('get')} on`)
  const device = await connect(triple, { clean: false })
  await device.subscribeAsync(topic('get'), { qos: 1 })
  assert.equal(await next(), `sent ${topic('get')} on`)
  const { data } = (await both.next())!
  assert.deepEqual([data.state, String(data.messageId)], ['acknowledged', MessageId])
  await device.publishAsync(topic('update'), 'hello', { qos: 1 })
  assert.equal(await next(), `up ${topic('update')} hello`)
  const up = (await ups.next())!
  assert.deepEqual(Object.keys(up.data), [
    'messageId',
    'productKey',
    'deviceName',
    'topic',
    'qos',
    'generateTime',
    'payload',
  ])
  await assert.rejects(follow(server.url, { ...named(triple), Direction: 'sideways' }), /400: .*Direction/s)
  both.close()
  ups.close()
  await device.endAsync()
})
