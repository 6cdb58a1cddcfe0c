import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import mqtt, { type Packet } from 'mqtt-packet'
import { CliError } from '../cli-error.ts'

export interface MqttOptions {
  /** mqtt://host:port or mqtts://host:port. */
  readonly address: string
  readonly clientId: string
  readonly username: string
  readonly password: string
  /** A certificate to trust besides Node.js' own. */
  readonly trusted: string | undefined
  readonly onMessage: (topic: string, payload: Buffer) => void
}

export interface MqttClient {
  /** @returns for each filter whether the server granted it */
  subscribe(filters: readonly string[]): Promise<boolean[]>
  /** Publishes with QoS 1; resolves once the server has acknowledged it. */
  publish(topic: string, payload: string | Buffer): Promise<void>
  /** Rejects if the connection is lost. */
  readonly closed: Promise<void>
  end(): void
}

const keepaliveSeconds = 60
const connectMs = 10_000

/** The reasons for which a server refuses a device (MQTT 3.1.1 §3.2.2.3). */
const refusals: Readonly<Record<number, string>> = {
  2: 'the server refuses the client id',
  3: 'the server is not available, or too many sign-ins failed; try later',
  4: 'the name or the secret is wrong',
  5: 'the device is disabled',
}

/** Connects as a device with MQTT 3.1.1. @throws CliError if the server refuses */
export async function connectMqtt(options: MqttOptions): Promise<MqttClient> {
  const { address, clientId, username, password, onMessage } = options
  const socket = await open(options)
  const parser = mqtt.parser({ protocolVersion: 4 })
  const waiting = new Map<string, (packet: Packet) => void>()
  let lastId = 0
  const send = (packet: Packet) => socket.write(mqtt.generate(packet))
  const answerTo = (name: string) => new Promise<Packet>((resolve) => waiting.set(name, resolve))
  parser.on('packet', (packet: Packet) => {
    if (packet.cmd === 'publish') {
      if (packet.qos === 1) send({ cmd: 'puback', messageId: packet.messageId! })
      onMessage(packet.topic, Buffer.from(packet.payload))
      return
    }
    const name = `${packet.cmd} ${packet.messageId ?? ''}`
    waiting.get(name)?.(packet)
    waiting.delete(name)
  })
  socket.on('data', (chunk) => parser.parse(chunk))
  const closed = new Promise<void>((_, reject) => {
    socket.on('error', () => {})
    socket.on('close', () =>
      reject(new CliError('unreachable', `the server at ${address} ended the connection`)),
    )
  })
  closed.catch(() => {})
  const answered = (name: string) => Promise.race([answerTo(name), closed]) as Promise<Packet>
  send({
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion: 4,
    clean: true,
    clientId,
    keepalive: keepaliveSeconds,
    username,
    password: Buffer.from(password),
  })
  const connack = await answered('connack ')
  const code = connack.cmd === 'connack' ? (connack.returnCode ?? 0) : 0
  if (code !== 0) {
    socket.destroy()
    throw new CliError('usage', refusals[code] ?? `the server refuses the connection with ${code}`)
  }
  const ping = setInterval(() => send({ cmd: 'pingreq' }), (keepaliveSeconds * 1000) / 2)
  socket.on('close', () => clearInterval(ping))
  const nextId = () => {
    lastId = (lastId % 65_535) + 1
    return lastId
  }
  return {
    async subscribe(filters) {
      const messageId = nextId()
      const suback = answered(`suback ${messageId}`)
      send({ cmd: 'subscribe', messageId, subscriptions: filters.map((topic) => ({ topic, qos: 1 })) })
      const packet = await suback
      return packet.cmd === 'suback' ? packet.granted.map((granted) => Number(granted) < 0x80) : []
    },
    async publish(topic, payload) {
      const messageId = nextId()
      const puback = answered(`puback ${messageId}`)
      send({ cmd: 'publish', messageId, topic, payload, qos: 1, dup: false, retain: false })
      await puback
    },
    closed,
    end() {
      send({ cmd: 'disconnect' })
      socket.end()
    },
  }
}

function open({ address, trusted }: MqttOptions): Promise<Socket> {
  const { protocol, hostname, port } = new URL(address)
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve, reject) => {
    const socket =
      protocol === 'mqtts:'
        ? connectTls({ host, port: Number(port || 8883), servername: host, ca: trusted }, () =>
            resolve(socket),
          )
        : connectTcp({ host, port: Number(port || 1883) }, () => resolve(socket))
    socket.setTimeout(connectMs, () => socket.destroy(new Error(`no answer for ${connectMs / 1000} seconds`)))
    socket.once('error', (error) =>
      reject(new CliError('unreachable', `could not reach ${address}: ${error.message}`)),
    )
    socket.once('connect', () => socket.setTimeout(0))
  })
}
