import { connect, type Socket } from 'node:net'
import mqtt from 'mqtt-packet'
import { postedBody } from '../calls/call.ts'
import { hasSucceeded } from '../calls/expected.ts'
import { signedCall } from '../calls/v1.ts'
import { drive } from '../load/loops.ts'
import { type Latency, latencyOf } from '../measure.ts'
import { caller } from '../workload.ts'
import { connectPacket, nameOf, subscribePacket } from './devices.ts'
import { startWhole } from './whole.ts'

export interface RoundTripSize {
  readonly devices: number
  readonly workers: number
  readonly milliseconds: number
}

/**
 * In milliseconds, at 500 calls per second: QoS 0 Pub until the device has the message, and RRpc until its
 * answer.
 */
export interface RoundTripFigures {
  readonly pub: Latency
  readonly rrpc: Latency
}

const perSecond = 500
const { productKey } = caller
const host = '127.0.0.1'

/**
 * Connects a device that answers requests by echoing their content. @param received called with other messages
 */
function device(i: number, port: number, received: (payload: string) => void): Promise<Socket> {
  const socket = connect({ port, host, noDelay: true })
  const parser = mqtt.parser()
  const connected = Promise.withResolvers<Socket>()
  socket.on('error', connected.reject).on('data', (chunk) => parser.parse(chunk))
  parser.on('packet', (packet) => {
    if (packet.cmd === 'connack') socket.write(subscribePacket(i, productKey))
    else if (packet.cmd === 'suback') connected.resolve(socket)
    else if (packet.cmd === 'publish' && packet.topic.includes('/rrpc/request/'))
      socket.write(
        mqtt.generate({
          cmd: 'publish',
          topic: packet.topic.replace('/request/', '/response/'),
          payload: packet.payload,
          qos: 0,
          dup: false,
          retain: false,
        }),
      )
    else if (packet.cmd === 'publish') received(`${packet.payload}`)
  })
  socket.write(connectPacket(i, productKey))
  return connected.promise
}

/** Pub and RRpc to devices and calls that are spread over the workers. */
export async function measureRoundTrips(
  folder: string,
  { devices, workers, milliseconds }: RoundTripSize,
  tell: (what: string) => void,
): Promise<RoundTripFigures> {
  tell('devices connect for round trips')
  const server = await startWhole(folder, devices, workers)
  const arrived: number[] = []
  const received = (sentAt: string) => arrived.push(performance.now() - Number(sentAt))
  const sockets = await Promise.all(
    Array.from({ length: devices }, (_, i) => device(i, server.port, received)),
  )
  let calls = 0
  const next = (action: string, more: (name: string) => Readonly<Record<string, string>>) => () => {
    const name = nameOf(calls++ % devices)
    return postedBody(signedCall(action, { ProductKey: productKey, ...more(name) }), hasSucceeded)
  }
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const pub = next('Pub', (name) => ({
    DeviceName: name,
    TopicFullName: `/${productKey}/${name}/user/get`,
    MessageContent: base64(`${performance.now()}`),
    Qos: '0',
  }))
  const rrpc = next('RRpc', (DeviceName) => ({
    DeviceName,
    RequestBase64Byte: base64('ping'),
    Timeout: '5000',
  }))
  try {
    const loop = { kind: 'open', perSecond, milliseconds } as const
    await drive(server.url, pub, { ...loop, milliseconds: 1000 })
    tell('Pub')
    arrived.length = 0
    const sent = await drive(server.url, pub, loop)
    if (arrived.length !== sent.calls)
      throw new Error(`${sent.calls} messages were sent, ${arrived.length} came`)
    tell('RRpc')
    const { latency } = await drive(server.url, rrpc, loop)
    return { pub: latencyOf(arrived), rrpc: latency }
  } finally {
    for (const socket of sockets) socket.destroy()
    await server.stop()
  }
}
