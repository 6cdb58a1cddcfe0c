import { ByteWriter } from '../lib/byte-writer.ts'
import type { Clock } from '../lib/clock.ts'
import { DeviceConnection, type DeviceSocket } from './connection.ts'
import { closingMs, unauthenticatedBytesMax } from './limits.ts'
import type { Frame } from './packets/frame.ts'
import { ConnectWindow, type RateLimits } from './rate.ts'
import type { MqttService, SignedInDevice } from './service.ts'
import { SignIns } from './sign-ins.ts'
import { type DropReason, type Refused, Tally } from './tally.ts'

/** Where a connection comes from, and where it arrived. */
export interface Origin {
  /** The device's IP address. */
  readonly address: string
  readonly port: number
  /** The SNI name of TLS. */
  readonly serverName: string | undefined
  readonly encrypted: boolean
  /** Serves TLS on a connection that turns out to begin with it; undefined where no TLS is served. */
  readonly startTls?: ((socket: DeviceSocket) => void) | undefined
}

export interface DoorOptions {
  readonly clock: Clock
  readonly rates: RateLimits
  /** Told of each refused CONNECT, of each dropped message, and of a bug or a store that fails. */
  readonly events: DoorEvents
}

export interface DoorEvents {
  refused(origin: Origin, reason: Refused): void
  dropped(device: SignedInDevice, reason: DropReason): void
  broke(error: Error): void
}

/** Bytes that are gathered before they are written, and that the shared buffer may keep. */
const gatheredMax = 64 * 1024

/** The handlers are the same for all sockets, which know their connection. */
const connectionOf = Symbol('connection')
type KnownSocket = DeviceSocket & { [connectionOf]?: DeviceConnection }

function onData(this: KnownSocket, chunk: Buffer): void {
  this[connectionOf]!.received(chunk)
}
function onDrain(this: KnownSocket): void {
  this[connectionOf]!.socketDrained()
}
/** What went wrong with a socket is of no use to anyone: `close` follows. */
function onError(): void {}

/** All connections of devices to this process, on whichever listener; what they share is here. */
export class Door {
  readonly service: MqttService
  readonly clock: Clock
  readonly rates: RateLimits
  readonly limitsMessages: boolean
  readonly tally = new Tally()
  readonly signIns: SignIns
  /** Filled in by each fixed header that is read. */
  readonly frame: Frame = { body: 0, end: 0 }
  readonly #events: DoorEvents
  readonly #connections = new Set<DeviceConnection>()
  readonly #connects = new ConnectWindow()
  #earlyBytes = 0
  /** The connection whose packets are being read: what is sent to it goes out when that is done. */
  #corked: DeviceConnection | undefined
  #gathered = new ByteWriter(4096)
  #single = new ByteWriter(4096)
  readonly #onClose: (this: KnownSocket) => void
  #closing = false
  /** Resolves when the door is closing and the last connection has ended. */
  readonly #empty = Promise.withResolvers<void>()

  constructor(service: MqttService, { clock, rates, events }: DoorOptions) {
    this.service = service
    this.clock = clock
    this.rates = rates
    this.limitsMessages = rates.messagesPerSecond !== undefined || rates.bytesPerSecond !== undefined
    this.signIns = new SignIns(this)
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

  /** Takes a connection; its first bytes are to be a CONNECT. */
  accept(socket: DeviceSocket, origin: Origin): void {
    const connection = new DeviceConnection(this, socket, origin)
    ;(socket as KnownSocket)[connectionOf] = connection
    this.#connections.add(connection)
    socket.on('data', onData).on('drain', onDrain).on('error', onError).on('close', this.#onClose)
    if (this.#closing) connection.cut('shutting down')
  }

  /** Gives a connection that begins with TLS to what speaks it, with the bytes that were read. */
  handOver({ socket, origin }: DeviceConnection, read: Buffer): void {
    this.#connections.delete((socket as KnownSocket)[connectionOf]!)
    socket.off('data', onData).off('drain', onDrain).off('error', onError).off('close', this.#onClose)
    socket.pause()
    socket.unshift(read)
    origin.startTls!(socket)
  }

  /** Looks after what takes too long; called about once a second. */
  sweep(): void {
    const now = this.clock.elapsed()
    for (const connection of this.#connections) connection.sweep(now)
  }

  /** Ends all connections in order, and resolves when their sockets are closed. */
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

  /** Bytes that connections have sent before their CONNACK. */
  get earlyBytes(): number {
    return this.#earlyBytes
  }

  /** @param more bytes kept before a CONNACK; negative when they are let go @returns false when there is no room */
  keepEarly(more: number): boolean {
    if (more > 0 && this.#earlyBytes + more > unauthenticatedBytesMax) return false
    this.#earlyBytes += more
    return true
  }

  refused({ origin }: DeviceConnection, reason: Refused): void {
    this.tally.refusals[reason]++
    this.#events.refused(origin, reason)
  }

  dropped({ device }: DeviceConnection, reason: DropReason): void {
    this.tally.drops[reason]++
    this.#events.dropped(device, reason)
  }

  broke(error: Error): void {
    this.#events.broke(error)
  }

  // Bytes out: of a connection whose packets are being read they are gathered and written once.

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

  /** Writes what was gathered for a connection. */
  flush(connection: DeviceConnection): void {
    if (this.#corked === connection && this.#gathered.end > 0)
      this.#gathered = this.#write(connection, this.#gathered)
  }

  /** @returns the buffer for what comes next: another one if this has grown large */
  #write({ socket }: DeviceConnection, out: ByteWriter): ByteWriter {
    this.tally.bytes.down += out.end
    if (socket.writable) socket.write(Buffer.from(out.written()))
    out.end = 0
    return out.bytes.length > 2 * gatheredMax ? new ByteWriter(4096) : out
  }
}
