import type { Duplex } from 'node:stream'
import { isImplicit, matches, mayPublish, maySubscribe, withoutShare } from '../rules/topics.ts'
import { takesExtendedRrpc } from './client-id.ts'
import { connackProperties } from './connack.ts'
import type { Door, Origin } from './door.ts'
import * as limits from './limits.ts'
import { readFrame } from './packets/frame.ts'
import {
  type ConnectPacket,
  type DisconnectPacket,
  type Packet,
  ProtocolError,
  type ProtocolVersion,
  type SubscribePacket,
  UnknownProtocolLevel,
  type UnsubscribePacket,
  type Will,
} from './packets/packet.ts'
import { readPacket } from './packets/read.ts'
import { type ReasonCode, reasonCodes } from './packets/reason-codes.ts'
import * as write from './packets/write.ts'
import { Partial } from './partial.ts'
import { publishFromDevice, resumeReading } from './publish.ts'
import type { SecondWindow } from './rate.ts'
import { cutCodes, type RefusalKind, refusals } from './refusals.ts'
import type {
  Attachment,
  Connection,
  CutReason,
  DownMessage,
  EndReason,
  SignedInDevice,
  Subscription,
} from './service.ts'
import type { Unanswered } from './unanswered.ts'
import { Window } from './window.ts'

/** The stream of a connection: a TCP or TLS socket, or a WebSocket's stream. */
export type DeviceSocket = Duplex

/**
 * One connection of a device. It is always in one of these states:
 *
 * | state        | waits for                 | then                                                            |
 * | ------------ | ------------------------- | --------------------------------------------------------------- |
 * | `connecting` | CONNECT, 10 seconds       | `signing in`; anything else ends it                             |
 * | `signing in` | the service, 60 seconds   | CONNACK 0: `open`; a refusal, or no answer: its CONNACK, `ended` |
 * | `open`       | packets, keep-alive × 1.5 | DISCONNECT, an error, silence, a cut by the service: `ended`    |
 * | `ended`      | the socket to close, 2 s  | the socket is destroyed                                         |
 *
 * A node has many connections, so they hold no closures and no timers, and create rarely needed state on
 * demand. Bytes that arrive during sign-in are buffered and processed once the connection is open.
 */
export class DeviceConnection implements Connection {
  readonly socket: DeviceSocket
  readonly origin: Origin
  readonly #door: Door
  #state: 'connecting' | 'signing in' | 'open' | 'ended' = 'connecting'
  /** When the state began, by the clock's elapsed time. */
  #since: number
  /** When the last complete packet arrived. */
  #heardAt: number
  #version: ProtocolVersion | undefined
  #partial: Partial | undefined
  #clean = true
  #keepAliveSeconds = 0
  #sessionExpirySeconds = 0
  #extendedRrpc = false
  #windowSize = limits.unacknowledgedMax
  #packetBytesMax = 0
  #will: Will | undefined
  #device: SignedInDevice | undefined
  #attachment: Attachment | undefined
  #subscriptions: readonly Subscription[] = []
  #window: Window | undefined
  #awaitsRoom = false
  /** Unread outgoing bytes at the last sweep, and since when they have not decreased. */
  #unread = 0
  #unreadSince = 0
  /** State that few devices need; undefined until then. */
  aliases: Map<number, string> | undefined
  unanswered: Unanswered | undefined
  sent: SecondWindow | undefined

  constructor(door: Door, socket: DeviceSocket, origin: Origin) {
    this.#door = door
    this.socket = socket
    this.origin = origin
    this.#since = this.#heardAt = door.clock.elapsed()
  }

  get address(): string {
    return this.origin.address
  }
  get clean(): boolean {
    return this.#clean
  }
  get sessionExpirySeconds(): number {
    return this.#sessionExpirySeconds
  }
  get protocolVersion(): ProtocolVersion {
    return this.#version!
  }
  get keepAliveSeconds(): number {
    return this.#keepAliveSeconds
  }
  get takesExtendedRrpc(): boolean {
    return this.#extendedRrpc
  }
  get hasEnded(): boolean {
    return this.#state === 'ended'
  }
  get isOpen(): boolean {
    return this.#state === 'open'
  }
  get device(): SignedInDevice {
    return this.#device!
  }
  get attachment(): Attachment {
    return this.#attachment!
  }

  /** Processes received bytes. */
  received(chunk: Buffer): void {
    if (this.#state === 'ended') return
    if (this.#state === 'connecting' && this.#isTls(chunk)) this.#door.handOver(this, chunk)
    else this.#receive(chunk)
  }

  #receive(chunk: Buffer): void {
    this.#door.tally.bytes.up += chunk.length
    if (this.#state !== 'open' && !this.#mayKeep(chunk.length)) return
    if (this.#partial === undefined && this.#state !== 'signing in') {
      const taken = this.#read(chunk)
      if (taken < chunk.length && !this.hasEnded) this.#partial = new Partial(chunk.subarray(taken))
    } else {
      if (this.#partial === undefined) this.#partial = new Partial(chunk)
      else this.#partial.append(chunk)
      if (this.#state !== 'signing in') this.#readPartial()
    }
  }

  /** Detects TLS: the vendor's devices use TCP and TLS on the same port (mqtt-facts §1.1). */
  #isTls(chunk: Buffer): boolean {
    return this.#partial === undefined && chunk[0] === tlsHandshake && this.origin.startTls !== undefined
  }

  /** The socket can take more data. */
  socketDrained(): void {
    if (this.#state === 'open') resumeReading(this)
    this.#offerRoom()
  }

  /** The socket is closed. */
  closed(): void {
    if (this.#state !== 'ended') this.#finish('closed')
  }

  /** Checks the timeouts; called about once a second. @param now the clock's elapsed time */
  sweep(now: number): void {
    const waited = now - this.#since
    if (this.#state === 'open') {
      if (now - this.#heardAt > 1500 * this.#keepAliveSeconds)
        this.end(
          'keep-alive',
          'nothing came for one and a half times the keep-alive',
          reasonCodes.keepAliveTimeout,
        )
      else if (this.#readsNothing(now))
        this.end('unread', 'it does not read what is sent to it', reasonCodes.quotaExceeded)
    } else if (this.#state === 'connecting') {
      if (waited > limits.connectTimeoutMs) this.#drop('timeout')
    } else if (this.#state === 'signing in') {
      if (waited > limits.signInTimeoutMs) this.refuse('unavailable')
    } else if (waited > limits.closingMs) this.socket.destroy()
  }

  #readsNothing(now: number): boolean {
    const unread = this.socket.writableLength
    if (unread === 0 || unread < this.#unread || this.#unread === 0) this.#unreadSince = now
    this.#unread = unread
    return now - this.#unreadSince > limits.unreadMs
  }

  /** Buffers bytes that arrive before CONNACK; the total of all connections is limited. */
  #mayKeep(more: number): boolean {
    const kept = this.#partial?.length ?? 0
    if (kept + more <= limits.earlyBytesMax && this.#door.keepEarly(more)) {
      this.#early += more
      return true
    }
    this.#drop('early bytes')
    return false
  }
  #early = 0

  #readPartial(): void {
    const bytes = this.#partial!.bytes()
    const taken = this.#read(bytes)
    // An incomplete packet is not copied: copying it with each chunk would take quadratic time.
    if (taken === 0 || this.hasEnded) return
    this.#partial = taken === bytes.length ? undefined : new Partial(bytes.subarray(taken))
  }

  /** Processes complete packets and sends the responses at once. @returns the number of bytes processed */
  #read(bytes: Buffer): number {
    const { frame } = this.#door
    let at = 0
    this.#door.cork(this)
    try {
      while (at < bytes.length && (this.#state === 'open' || this.#state === 'connecting')) {
        const max = this.#version === undefined ? limits.connectBytesMax : limits.remainingBytesMax
        if (this.#version === undefined && bytes[at] !== 0x10)
          throw new ProtocolError('the first packet is not CONNECT', reasonCodes.protocolError)
        if (!readFrame(bytes, at, max, frame) || frame.end > bytes.length) break
        const packet = readPacket(bytes, at, frame, this.#version)
        at = frame.end
        this.#heardAt = this.#door.clock.elapsed()
        this.#take(packet)
      }
    } catch (error) {
      this.#failed(error as Error)
    } finally {
      this.#door.uncork(this)
    }
    // A device that doesn't read its responses is not read from.
    if (this.socket.writableNeedDrain) this.socket.pause()
    return at
  }

  #failed(error: Error): void {
    if (error instanceof UnknownProtocolLevel) this.refuse('protocol level')
    else if (!(error instanceof ProtocolError)) {
      this.#door.broke(error)
      this.end('server error', 'an error of the server', reasonCodes.unspecifiedError)
    } else if (this.#state === 'open') this.end('protocol error', error.message, error.reason)
    else this.#drop('malformed')
  }

  #take(packet: Packet): void {
    if (packet.type === 'publish') publishFromDevice(this, this.#door, packet)
    else if (packet.type === 'puback') this.#acknowledged(packet.packetId)
    else if (packet.type === 'pingreq') {
      write.writePingresp(this.out())
      this.sendOut()
    } else if (packet.type === 'subscribe') this.#subscribe(packet)
    else if (packet.type === 'unsubscribe') this.#unsubscribe(packet)
    else if (packet.type === 'connect') this.#connect(packet)
    else this.#disconnect(packet)
  }

  #connect(packet: ConnectPacket): void {
    this.#version = packet.protocolVersion
    this.#clean = packet.clean
    this.#keepAliveSeconds = packet.keepAliveSeconds
    this.#sessionExpirySeconds = sessionSeconds(packet)
    this.#extendedRrpc = takesExtendedRrpc(packet.clientId)
    this.#windowSize = Math.min(packet.receiveMaximum, limits.unacknowledgedMax)
    this.#packetBytesMax = packet.maximumPacketSize
    // MQTT 3 wills are accepted and never sent, as on the vendor's platform (mqtt-facts §1.6).
    if (packet.protocolVersion === 5) this.#will = packet.will
    const refusal = whyRefused(packet)
    if (refusal !== undefined) this.refuse(refusal, packet)
    else {
      this.#enter('signing in')
      if (!this.#door.signIns.add(this, packet)) this.refuse('busy', packet)
    }
  }

  /**
   * The service has attached the connection to the device: sends CONNACK, then processes what arrived
   * meanwhile.
   */
  opened(device: SignedInDevice, attachment: Attachment, { clientId }: ConnectPacket): void {
    this.#device = device
    this.#attachment = attachment
    this.#subscriptions = attachment.sessionPresent ? attachment.subscriptions : []
    this.#door.wills.connected(device.number, attachment.sessionPresent)
    this.#enter('open')
    this.#heardAt = this.#since
    this.#door.tally.connects++
    this.#door.tally.connections++
    this.#releaseEarly()
    const properties = this.#version === 5 ? connackProperties(this, clientId === '') : undefined
    write.writeConnack(this.out(), this.#version!, attachment.sessionPresent, 0, properties)
    this.sendOut()
    attachment.ready(clientId)
    if (this.#partial !== undefined) this.#readPartial()
  }

  /** Responds to CONNECT with a refusal and ends. @param packet the CONNECT, if it is known */
  refuse(kind: RefusalKind, packet?: ConnectPacket): void {
    if (this.#state === 'ended') return
    const { returnCode, reason, text } = refusals[kind]
    this.#door.refused(this, kind, packet)
    const version = this.#version ?? 4
    write.writeConnack(
      this.out(),
      version,
      false,
      version === 5 ? reason : returnCode,
      version === 5 ? { reasonString: text } : undefined,
    )
    this.sendOut()
    this.#finish('closed')
  }

  /** Ends a connection before sign-in, without a response. */
  #drop(kind: 'malformed' | 'timeout' | 'early bytes'): void {
    this.#door.refused(this, kind)
    this.#finish('closed')
  }

  /** Ends an open connection; MQTT 5 clients get the reason. */
  end(reason: EndReason, why: string, code: ReasonCode): void {
    if (this.#state === 'ended') return
    if (this.#state === 'open' && this.#version === 5) {
      write.writeDisconnect(this.out(), code, why)
      this.sendOut()
    }
    this.#finish(reason, reason === why ? undefined : why)
  }

  cut(reason: CutReason): void {
    // The session of a device that is deleted or disabled has ended.
    if (reason === 'deleted' || reason === 'disabled') this.#sessionExpirySeconds = 0
    // Before CONNACK no DISCONNECT is possible; the client reconnects.
    if (this.#state === 'signing in') this.refuse('unavailable')
    else this.end(reason, reason, cutCodes[reason])
  }

  #finish(reason: EndReason, detail?: string): void {
    const wasOpen = this.#state === 'open'
    this.#enter('ended')
    this.#door.flush(this)
    this.#releaseEarly()
    if (!this.socket.destroyed) {
      this.socket.end()
      // Discards further input: closing with unread bytes would reset the connection and lose what was sent last.
      this.socket.resume()
    }
    this.#partial = this.#window = this.aliases = this.unanswered = undefined
    if (!wasOpen) return
    this.#door.tally.connections--
    this.#attachment!.ended(reason, detail)
    if (this.#will === undefined || !mayPublish(this.device, this.#will.topic)) return
    this.#door.wills.ended(this.device.number, this.#attachment!, this.#will, this.#sessionExpirySeconds)
  }

  #disconnect({ withWill, sessionExpirySeconds }: DisconnectPacket): void {
    if (!withWill) this.#will = undefined
    if (sessionExpirySeconds !== undefined) {
      // A session that was to end with its connection can't be extended (MQTT 5 §3.14.2.2.2).
      if (this.#sessionExpirySeconds === 0 && sessionExpirySeconds > 0)
        throw new ProtocolError(
          'DISCONNECT gives a session expiry to a session without',
          reasonCodes.protocolError,
        )
      this.#sessionExpirySeconds = Math.min(sessionExpirySeconds, limits.sessionSecondsMax)
    }
    this.#finish('disconnected')
  }

  #enter(state: 'signing in' | 'open' | 'ended'): void {
    this.#state = state
    this.#since = this.#door.clock.elapsed()
  }

  #releaseEarly(): void {
    this.#door.keepEarly(-this.#early)
    this.#early = 0
  }

  // Down

  deliver(message: DownMessage): 'sent' | 'full' | 'unsubscribed' {
    if (this.#state !== 'open') return 'full'
    if (!isImplicit(message.topic) && !this.#isSubscribed(message.topic)) return 'unsubscribed'
    if (!this.#hasRoom(message.qos)) {
      this.#awaitsRoom = true
      return 'full'
    }
    if (this.#isTooLarge(message)) {
      this.#door.tally.drops['too large for the device']++
      // Treated as sent and acknowledged (MQTT-3.1.2-25).
      if (message.qos === 1) process.nextTick(acknowledge, this.#attachment, message.id)
      return 'sent'
    }
    const packetId = message.qos === 1 ? (this.#window ??= new Window()).add(message.id) : 0
    write.writePublish(this.out(), this.#version!, message, packetId)
    this.sendOut()
    this.#door.tally.messages.down++
    return 'sent'
  }

  #isSubscribed(topic: string): boolean {
    for (const { filter } of this.#subscriptions)
      if (matches(withoutShare(filter) ?? filter, topic)) return true
    return false
  }

  #hasRoom(qos: 0 | 1): boolean {
    return !this.socket.writableNeedDrain && (qos === 0 || (this.#window?.size ?? 0) < this.#windowSize)
  }

  /**
   * An upper bound of the packet size, except its properties, which makes the effective limit a few bytes
   * lower.
   */
  #isTooLarge({ topic, payload, properties }: DownMessage): boolean {
    const bytes = 3 * topic.length + payload.length + 16 + (properties === undefined ? 0 : 1024)
    return bytes > this.#packetBytesMax
  }

  #acknowledged(packetId: number): void {
    const messageId = this.#window?.acknowledged(packetId)
    if (messageId === undefined) return
    if (this.#window!.size === 0) this.#window = undefined
    this.#attachment!.acknowledged(messageId)
    this.#offerRoom()
  }

  #offerRoom(): void {
    if (!this.#awaitsRoom || this.#state !== 'open' || !this.#hasRoom(1)) return
    this.#awaitsRoom = false
    this.#attachment!.drained()
  }

  // Subscriptions

  subscriptions(): readonly Subscription[] {
    return this.#subscriptions
  }

  subscribe(filters: readonly string[], at: number): void {
    this.#addSubscriptions(filters.map((filter) => ({ filter, qos: 1, at })))
  }

  unsubscribe(filters: readonly string[]): void {
    this.#subscriptions = this.#subscriptions.filter(({ filter }) => !filters.includes(filter))
  }

  #addSubscriptions(added: readonly Subscription[]): void {
    this.unsubscribe(added.map(({ filter }) => filter))
    this.#subscriptions = [...this.#subscriptions, ...added]
  }

  #subscribe({ packetId, requests, hasIdentifier }: SubscribePacket): void {
    if (hasIdentifier)
      throw new ProtocolError(
        'subscription identifiers are not served',
        reasonCodes.subscriptionIdentifiersNotSupported,
      )
    const granted: Subscription[] = []
    const at = this.#door.clock.now()
    const codes = requests.map(({ filter, qos }, i) => {
      const refusal = this.#whyNotSubscribed(filter, i, granted)
      if (refusal !== undefined) return this.#version === 5 ? refusal : 0x80
      granted.push({ filter, qos: qos === 0 ? 0 : 1, at })
      return qos === 0 ? 0 : 1
    })
    this.#addSubscriptions(granted)
    write.writeSuback(this.out(), this.#version!, packetId, codes)
    this.sendOut()
    if (granted.length > 0) this.#attachment!.subscribed(granted)
  }

  #whyNotSubscribed(filter: string, place: number, granted: readonly Subscription[]): ReasonCode | undefined {
    const isNew = !this.#subscriptions.some((one) => one.filter === filter)
    const count = this.#subscriptions.length + granted.length
    if (place >= limits.filtersPerSubscribeMax || (isNew && count >= limits.subscriptionsMax))
      return reasonCodes.quotaExceeded
    return maySubscribe(this.device, filter) ? undefined : reasonCodes.notAuthorized
  }

  #unsubscribe({ packetId, filters }: UnsubscribePacket): void {
    const existing = new Set(this.#subscriptions.map(({ filter }) => filter))
    const codes = filters.map((filter) =>
      existing.has(filter) ? reasonCodes.success : reasonCodes.noSubscriptionExisted,
    )
    this.unsubscribe(filters)
    write.writeUnsuback(this.out(), this.#version!, packetId, codes)
    this.sendOut()
    const removed = filters.filter((filter) => existing.has(filter))
    if (removed.length > 0) this.#attachment!.unsubscribed(removed)
  }

  // Bytes out

  /**
   * Returns the buffer for a packet; `sendOut` sends it, or holds it until the current chunk has been
   * processed.
   */
  out() {
    return this.#door.out(this)
  }

  sendOut(): void {
    this.#door.sent(this)
  }
}

/** The first byte of a TLS connection (RFC 8446 §5.1); no MQTT packet starts with it. */
const tlsHandshake = 0x16

const acknowledge = (attachment: Attachment, messageId: number) => attachment.acknowledged(messageId)

/** Returns why CONNECT is refused before the service is asked; independent of whether a name exists. */
function whyRefused(packet: ConnectPacket): RefusalKind | undefined {
  const { protocolVersion, clientId, clean, keepAliveSeconds: seconds, will } = packet
  // MQTT 3.1 has no empty client ID; 3.1.1 allows one only for a clean session (MQTT-3.1.3-8).
  if (clientId === '' && (protocolVersion === 3 || (protocolVersion === 4 && !clean))) return 'identifier'
  if (packet.authenticationMethod !== undefined) return 'authentication method'
  if (seconds < limits.keepAliveSeconds.min || seconds > limits.keepAliveSeconds.max) return 'keep-alive'
  if (protocolVersion === 5 && will?.qos === 2) return 'will QoS'
  return undefined
}

function sessionSeconds({ protocolVersion, clean, sessionExpirySeconds }: ConnectPacket): number {
  if (protocolVersion === 5) return Math.min(sessionExpirySeconds, limits.sessionSecondsMax)
  return clean ? 0 : limits.sessionSecondsMax
}
