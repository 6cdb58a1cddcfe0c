import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import mqtt, { type Packet } from 'mqtt-packet'

export interface DeviceOptions {
  readonly port: number
  readonly version?: 3 | 4 | 5
  readonly clean?: boolean
  readonly keepalive?: number
  readonly clientId?: string
  readonly username?: string
  readonly password?: string
  readonly properties?: object
  readonly will?: object
}

/** A device that exchanges single packets, so that a test sees each of them. */
export class RawDevice {
  readonly socket: Socket
  readonly #version: 3 | 4 | 5
  readonly #packets: Packet[] = []
  #wanted: PromiseWithResolvers<Packet> | undefined
  readonly closed: Promise<unknown>
  /** Bytes that have arrived. */
  readonly chunks: Buffer[] = []

  constructor(socket: Socket, version: 3 | 4 | 5 = 4) {
    this.socket = socket
    this.#version = version
    const parser = mqtt.parser({ protocolVersion: version })
    parser.on('packet', (packet: Packet) => {
      if (this.#wanted === undefined) this.#packets.push(packet)
      else this.#wanted.resolve(packet)
      this.#wanted = undefined
    })
    socket.on('data', (chunk: Buffer) => {
      this.chunks.push(chunk)
      parser.parse(chunk)
    })
    socket.on('error', () => {})
    this.closed = once(socket, 'close').then(() =>
      this.#wanted?.reject(new Error('the connection was closed')),
    )
  }

  /** Opens a TCP connection without sending anything. */
  static async open(port: number, version: 3 | 4 | 5 = 4): Promise<RawDevice> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new RawDevice(socket, version)
  }

  /** Connects a device and sends CONNECT; `next` returns its CONNACK. */
  static async connect(options: DeviceOptions): Promise<RawDevice> {
    const device = await RawDevice.open(options.port, options.version)
    device.send(connectPacket(options))
    return device
  }

  send(packet: Packet | Uint8Array): void {
    this.socket.write(
      packet instanceof Uint8Array ? packet : mqtt.generate(packet, { protocolVersion: this.#version }),
    )
  }

  /** The next packet that comes. */
  // biome-ignore lint/suspicious/noExplicitAny: a test knows which packet it expects
  async next(): Promise<any> {
    const packet = this.#packets.shift()
    if (packet !== undefined) return packet
    this.#wanted = Promise.withResolvers()
    return this.#wanted.promise
  }

  /** Sends a ping and gives what came before its answer. */
  // biome-ignore lint/suspicious/noExplicitAny: a test knows which packets it expects
  async settled(): Promise<any[]> {
    this.send({ cmd: 'pingreq' })
    const before: Packet[] = []
    for (;;) {
      const packet = await this.next()
      if (packet.cmd === 'pingresp') return before
      before.push(packet)
    }
  }

  end(): void {
    this.socket.destroy()
  }
}

export function connectPacket(options: Omit<DeviceOptions, 'port'>): Packet {
  const { version = 4, clean = true, keepalive = 60, clientId = 'id', username = 'device1' } = options
  const { password = 'secret', properties, will } = options
  return {
    cmd: 'connect',
    protocolId: version === 3 ? 'MQIsdp' : 'MQTT',
    protocolVersion: version,
    clean,
    keepalive,
    clientId,
    username,
    password: Buffer.from(password),
    ...(properties && { properties }),
    ...(will && { will }),
  } as Packet
}
