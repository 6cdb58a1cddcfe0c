import { ByteWriter } from '../lib/byte-writer.ts'
import type { Clock } from '../lib/clock.ts'
import { DeviceConnection, type DeviceSocket } from './connection.ts'
import { closingMs, unauthenticatedBytesMax } from './limits.ts'
import type { Frame } from './packets/frame.ts'
import type { ConnectPacket } from './packets/packet.ts'
import { ConnectWindow, type RateLimits } from './rate.ts'
import type { MqttService, SignedInDevice } from './service.ts'
import { SignIns } from './sign-ins.ts'
import { type DropReason, type Refused, Tally } from './tally.ts'
import { DelayedWills } from './wills.ts'

/** The source of a connection, and the listener that accepted it. */
export interface Origin {
  /** The device's IP address. */
  readonly address: string
  readonly port: number
  /** The SNI name of TLS. */
  readonly serverName: string | undefined
  readonly encrypted: boolean
  /** Starts TLS on a connection that begins with a TLS handshake; undefined if there is no certificate. */
  readonly startTls?: ((socket: DeviceSocket) => void) | undefined
}

export interface DoorOptions {
  readonly clock: Clock
  readonly rates: RateLimits
  /** Receives each refused CONNECT, each dropped message, and bugs and store failures. */
  readonly events: DoorEvents
}

export interface DoorEvents {
  /** @param packet the CONNECT, if it could be read */
  refused(origin: Origin, reason: Refused, packet: ConnectPacket | undefined): void
  dropped(device: SignedInDevice, reason: DropReason): void
  broke(error: Error): void
}

/** Maximum bytes gathered before a write, and kept in the shared buffer. */
const gatheredMax = 64 * 1024

/** All sockets share the handlers and know their connection by this symbol. */
const connectionOf = Symbol('connection')
type KnownSocket = DeviceSocket & { [connectionOf]?: DeviceConnection }

function onData(this: KnownSocket, chunk: Buffer): void {
  this[connectionOf]!.received(chunk)
}
function onDrain(this: KnownSocket): void {
  this[connectionOf]!.socketDrained()
}
/** Closes the socket at once when the device has closed its half: no client reads on after that. */
function onEnd(this: KnownSocket): void {
  if (!this[connectionOf]!.hasEnded) this.destroy()
}
/** Ignored, because `close` follows. */
function onError(): void {}

/** All device connections of this process, on any listener, with their shared state. */
export class Door {
  readonly service: MqttService
  readonly clock: Clock
  readonly rates: RateLimits
  readonly limitsMessages: boolean
  readonly tally = new Tally()
  readonly signIns: SignIns
  readonly wills: DelayedWills
  /** Filled by each fixed header that is read. */
  readonly frame: Frame = { body: 0, end: 0 }
  readonly #events: DoorEvents
  readonly #connections = new Set<DeviceConnection>()
  readonly #connects = new ConnectWindow()
  #earlyBytes = 0
  /** The connection whose packets are being processed; data for it is sent afterwards. */
  #corked: DeviceConnection | undefined
  #gathered = new ByteWriter(4096)
  #single = new ByteWriter(4096)
  readonly #onClose: (this: KnownSocket) => void
  #closing = false
  /** Resolves once the door is closing and the last connection has ended. */
  readonly #empty = Promise.withResolvers<void>()

  constructor(service: MqttService, { clock, rates, events }: DoorOptions) {
    this.service = service
    this.clock = clock
    this.rates = rates
    this.limitsMessages = rates.messagesPerSecond !== undefined || rates.bytesPerSecond !== undefined
    this.signIns = new SignIns(this)
    this.wills = new DelayedWills(clock, (error) => this.broke(error))
    this.#events = events
    const left = (connection: DeviceConnection) => {
      this.#connections.delete(connection)
      connection.closed()
      if (this.#closing && this.#connections.size === 0) this.#empty.resolve()
    }
    this.#onClose = function () {
      left(this[connectionOf]!)
    }
  }

  /** Accepts a connection; its first packet must be a CONNECT. */
  accept(socket: DeviceSocket, origin: Origin): void {
    const connection = new DeviceConnection(this, socket, origin)
    ;(socket as KnownSocket)[connectionOf] = connection
    this.#connections.add(connection)
    socket
      .on('data', onData)
      .on('end', onEnd)
      .on('drain', onDrain)
      .on('error', onError)
      .on('close', this.#onClose)
    if (this.#closing) connection.cut('shutting down')
  }

  /** Passes a connection that begins with TLS to the TLS server, with the bytes already read. */
  handOver({ socket, origin }: DeviceConnection, read: Buffer): void {
    this.#connections.delete((socket as KnownSocket)[connectionOf]!)
    socket
      .off('data', onData)
      .off('end', onEnd)
      .off('drain', onDrain)
      .off('error', onError)
      .off('close', this.#onClose)
    socket.pause()
    socket.unshift(read)
    origin.startTls!(socket)
  }

  /** Checks the timeouts of all connections; called about once a second. */
  sweep(): void {
    const now = this.clock.elapsed()
    for (const connection of this.#connections) connection.sweep(now)
    this.wills.sweep(now)
  }

  /** Ends all connections with DISCONNECT, and resolves once their sockets are closed. */
  async close(): Promise<void> {
    this.#closing = true
    for (const connection of this.#connections) connection.cut('shutting down')
    if (this.#connections.size === 0) return
    const cut = setTimeout(() => {
      for (const { socket } of this.#connections) socket.destroy()
    }, closingMs)
    await this.#empty.promise
    clearTimeout(cut)
  }

  mayConnect({ productKey, name }: SignedInDevice): boolean {
    return this.#connects.take(this.rates, this.clock.elapsed(), `${productKey} ${name}`)
  }

  /** Bytes buffered before CONNACK, for all connections. */
  get earlyBytes(): number {
    return this.#earlyBytes
  }

  /**
   * @param more bytes to buffer before CONNACK, negative to release them @returns false if the limit is reached
   */
  keepEarly(more: number): boolean {
    if (more > 0 && this.#earlyBytes + more > unauthenticatedBytesMax) return false
    this.#earlyBytes += more
    return true
  }

  refused({ origin }: DeviceConnection, reason: Refused, packet?: ConnectPacket): void {
    this.tally.refusals[reason]++
    this.#events.refused(origin, reason, packet)
  }

  dropped({ device }: DeviceConnection, reason: DropReason): void {
    this.tally.drops[reason]++
    this.#events.dropped(device, reason)
  }

  broke(error: Error): void {
    this.#events.broke(error)
  }

  // Output: while a connection's packets are processed, output for it is gathered and written once.

  cork(connection: DeviceConnection): void {
    this.#corked = connection
  }

  uncork(connection: DeviceConnection): void {
    if (this.#corked !== connection) return
    this.flush(connection)
    this.#corked = undefined
  }

  out(connection: DeviceConnection): ByteWriter {
    return this.#corked === connection ? this.#gathered : this.#single
  }

  /** A packet has been written to `out`. */
  sent(connection: DeviceConnection): void {
    if (this.#corked !== connection) this.#single = this.#write(connection, this.#single)
    else if (this.#gathered.end > gatheredMax) this.flush(connection)
  }

  /** Writes the gathered output of a connection. */
  flush(connection: DeviceConnection): void {
    if (this.#corked === connection && this.#gathered.end > 0)
      this.#gathered = this.#write(connection, this.#gathered)
  }

  /** @returns the buffer for further output: a new one if this has grown large */
  #write({ socket }: DeviceConnection, out: ByteWriter): ByteWriter {
    this.tally.bytes.down += out.end
    if (socket.writable) socket.write(Buffer.from(out.written()))
    out.end = 0
    return out.bytes.length > 2 * gatheredMax ? new ByteWriter(4096) : out
  }
}
