import type {
  Attachment,
  Connection,
  DownMessage,
  EndReason,
  SignedInDevice,
  Subscription,
  UpMessage,
} from '../mqtt/service.ts'
import type { Claim, SessionNode, StoredMessage } from '../registry/sessions.ts'
import { DeviceRequests } from './device-requests.ts'
import { downMessage } from './message-properties.ts'
import type { DeliveryState } from './messaging.ts'
import type { NodeAnswer, RequestEnd, RequestMessage } from './node-messages.ts'

/** The parts of the hub that a session needs. */
export interface SessionHost {
  readonly node: Pick<SessionNode, 'waiting' | 'acknowledged' | 'subscribed' | 'unsubscribed'>
  readonly now: () => number
  /** A message of the device, except answers to requests. */
  received(session: DeviceSession, message: UpMessage): Promise<void> | undefined
  /** The connection has ended from the device's side. */
  ended(session: DeviceSession): void
  /** The counts of an account, which its devices' messages raise. */
  counts(account: number): TrafficCounts
  /** For the connection log: CONNACK was sent, and later the connection has ended, by whichever side. */
  logConnect(session: DeviceSession, clientId: string): void
  logEnd(session: DeviceSession, reason: EndReason, detail: string): void
  /** Reports the delivery state of a message to the device to its followers. */
  delivery(session: DeviceSession, message: DeliveredMessage, state: DeliveryState): void
  /** Whether a later connection of the device has resumed its session. */
  isResumed(session: DeviceSession): Promise<boolean>
  /** A stored message matched no subscription and was dropped, because too many others were waiting for one. */
  unsubscribed(): void
  /** The store failed in the background; the operation is retried. */
  failed(error: unknown, what: string): void
}

/** Counts of an account's devices at this node. */
export interface TrafficCounts {
  connections: number
  connects: number
  up: number
  down: number
}

/** A message to a device; after its first state only the id is known, and of an answer the payload. */
export type DeliveredMessage = Pick<DownMessage, 'id'> &
  Partial<Pick<DownMessage, 'topic' | 'qos'>> & { readonly payload?: Uint8Array | undefined }

/** Messages read from the store at once. */
const readAtOnce = 32
const retryMs = 1000
/**
 * Messages that arrived during this connection and matched no subscription. They wait for a later SUBSCRIBE;
 * beyond this number the oldest is dropped, so that an unused topic does not fill the device's queue.
 */
const unsubscribedMax = 100

/** Delivery states of requests by their ends. */
const endStates = { SUCCESS: 'answered', TIMEOUT: 'timeout', HALFCONN: 'offline' } as const

/** One connection of a device: delivers queued messages, and passes on what the device sends. */
export class DeviceSession implements Attachment {
  readonly device: SignedInDevice
  readonly connection: Connection
  readonly epoch: number
  readonly sessionPresent: boolean
  readonly subscriptions: readonly Subscription[]
  readonly #host: SessionHost
  readonly #counts: TrafficCounts
  /** Created for the first request; most devices never get one. */
  #requests: DeviceRequests | undefined
  readonly #begunAt: number
  #isReady = false
  #isFull = false
  #isOver = false
  /** Whether the store is being read. */
  #isReading = false
  /** Messages up to here were read from the store on this connection. */
  #cursor = 0
  /** Messages after this one must be read again, because one of them could not be delivered on arrival. */
  #readAgainAfter = Number.POSITIVE_INFINITY
  /** The first message that matched no subscription; a later SUBSCRIBE may match. */
  #firstUnsubscribed = Number.POSITIVE_INFINITY
  /**
   * Messages that arrived during this connection, are queued in the store and matched no subscription; in order
   * of arrival.
   */
  #unsubscribed: Set<number> | undefined
  /** Messages sent to the device that are still in the store: those in flight, and those being deleted. */
  #sent: Set<number> | undefined
  #acknowledged: number[] | undefined
  #isDeleting = false

  constructor(host: SessionHost, device: SignedInDevice, connection: Connection, claim: Claim) {
    this.#host = host
    this.device = device
    this.connection = connection
    this.epoch = claim.epoch
    this.sessionPresent = claim.sessionPresent
    this.subscriptions = claim.subscriptions
    this.#begunAt = host.now()
    this.#counts = host.counts(device.account)
  }

  ready(clientId: string): void {
    this.#isReady = true
    this.#counts.connections++
    this.#counts.connects++
    this.#host.logConnect(this, clientId)
    // The claim of a clean session discarded the queue; messages stored since were announced.
    if (!this.connection.clean || this.#readAgainAfter !== Number.POSITIVE_INFINITY) this.#read()
  }

  drained(): void {
    this.#isFull = false
    this.#read()
  }

  published(message: UpMessage): Promise<void> | undefined {
    this.#counts.up++
    if (this.#requests?.answer(message) === true) return undefined
    return this.#host.received(this, message)
  }

  subscribed(subscriptions: readonly Subscription[]): void {
    if (this.#isKept())
      this.#inBackground(
        this.#host.node.subscribed(this.device, this.epoch, subscriptions),
        'subscriptions could not be stored',
      )
    if (this.#firstUnsubscribed === Number.POSITIVE_INFINITY) return
    this.#readAgainAfter = Math.min(this.#readAgainAfter, this.#firstUnsubscribed - 1)
    this.#firstUnsubscribed = Number.POSITIVE_INFINITY
    this.#read()
  }

  unsubscribed(filters: readonly string[]): void {
    if (this.#isKept())
      this.#inBackground(
        this.#host.node.unsubscribed(this.device, this.epoch, filters),
        'subscriptions could not be deleted',
      )
  }

  /**
   * Whether the session outlives the connection; if it does not, other nodes ask this node for its
   * subscriptions.
   */
  #isKept(): boolean {
    return this.connection.sessionExpirySeconds > 0
  }

  acknowledged(messageId: number): void {
    this.#host.delivery(this, { id: messageId }, 'acknowledged')
    this.#discard(messageId)
  }

  #discard(messageId: number): void {
    ;(this.#acknowledged ??= []).push(messageId)
    this.#delete()
  }

  ended(reason: EndReason, detail = ''): void {
    if (this.#isReady) {
      this.#counts.connections--
      this.#host.logEnd(this, reason, detail)
    }
    if (this.#isOver) return
    this.#end()
    this.#host.ended(this)
  }

  isResumed(): Promise<boolean> {
    return this.#host.isResumed(this)
  }

  /** Ends the connection from the server's side. */
  cut(reason: Parameters<Connection['cut']>[0]): void {
    if (this.#isOver) return
    this.#end()
    this.connection.cut(reason)
  }

  /** Delivers a QoS 0 message now or drops it. */
  push(message: DownMessage): NodeAnswer {
    if (this.#isOver || !this.#isReady) return 'gone'
    return this.#deliver(message)
  }

  #deliver(message: DownMessage): ReturnType<Connection['deliver']> {
    const result = this.connection.deliver(message)
    if (result === 'sent') {
      this.#counts.down++
      this.#host.delivery(this, message, 'sent')
    }
    return result
  }

  /** Delivers a stored message now, or leaves it to a later read of the store. */
  deliver(message: StoredMessage): NodeAnswer {
    if (this.#isOver) return 'gone'
    if (this.#sent?.has(message.id)) return 'sent'
    if (!this.#isReady || this.#isFull || this.#isReading) return this.wake(message.id)
    const result = this.#write(message)
    if (result === 'full') return this.wake(message.id)
    this.#cursor = Math.max(this.#cursor, message.id)
    return result === 'unsubscribed' ? 'waiting' : result
  }

  /** Handles the announcement of a stored message that may not have been delivered. */
  wake(id: number): NodeAnswer {
    if (this.#isOver) return 'gone'
    if (this.#sent?.has(id)) return 'sent'
    this.#readAgainAfter = Math.min(this.#readAgainAfter, id - 1)
    this.#read()
    return 'waiting'
  }

  /** Sends a request to the device. @param ended called once, unless the request has no timeout */
  request(request: RequestMessage, ended: (end: RequestEnd) => void): NodeAnswer {
    if (this.#isOver || !this.#isReady) return 'gone'
    this.#requests ??= new DeviceRequests(this.device, this.connection, (message) => this.#deliver(message))
    return this.#requests.send(request, (end) => {
      this.#host.delivery(this, { id: request.id, payload: end.payload }, endStates[end.code])
      ended(end)
    })
  }

  #end(): void {
    this.#isOver = true
    this.#requests?.end()
  }

  #write(message: StoredMessage): 'sent' | 'full' | 'unsubscribed' {
    const result = this.#deliver(downMessage(message, this.#host.now(), message.createdAt < this.#begunAt))
    if (result === 'sent') {
      this.#sent ??= new Set()
      this.#sent.add(message.id)
      this.#unsubscribed?.delete(message.id)
    }
    if (result === 'full') this.#isFull = true
    if (result === 'unsubscribed') this.#keepUnsubscribed(message)
    return result
  }

  /**
   * Messages queued before the connect always stay in the store, since the device may be about to subscribe.
   */
  #keepUnsubscribed({ id, createdAt }: StoredMessage): void {
    this.#firstUnsubscribed = Math.min(this.#firstUnsubscribed, id)
    if (createdAt < this.#begunAt) return
    this.#unsubscribed ??= new Set()
    this.#unsubscribed.add(id)
    if (this.#unsubscribed.size <= unsubscribedMax) return
    const [oldest] = this.#unsubscribed
    this.#unsubscribed.delete(oldest!)
    this.#host.unsubscribed()
    this.#host.delivery(this, { id: oldest! }, 'unsubscribed')
    this.#discard(oldest!)
  }

  /** Reads the store until no queued message is deliverable. */
  async #read(): Promise<void> {
    if (this.#isReading || !this.#isReady) return
    this.#isReading = true
    try {
      let isAtEnd = false
      while (!isAtEnd || this.#readAgainAfter !== Number.POSITIVE_INFINITY) {
        if (this.#isFull || this.#isOver) break
        this.#cursor = Math.min(this.#cursor, this.#readAgainAfter)
        this.#readAgainAfter = Number.POSITIVE_INFINITY
        const messages = await this.#host.node.waiting(this.device, this.#cursor, readAtOnce)
        isAtEnd = this.#deliverRead(messages) && messages.length < readAtOnce
      }
    } catch (error) {
      this.#host.failed(error, 'waiting messages could not be read')
      this.#later(() => this.#read())
    } finally {
      this.#isReading = false
    }
  }

  /** @returns false if the device can't take more now */
  #deliverRead(messages: readonly StoredMessage[]): boolean {
    for (const message of messages) {
      if (this.#isOver) return false
      if (!this.#sent?.has(message.id)) {
        const result = this.#write(message)
        if (result === 'full') return false
      }
      this.#cursor = message.id
    }
    return true
  }

  /** Deletes acknowledged messages; those acknowledged meanwhile follow in the next round. */
  async #delete(): Promise<void> {
    if (this.#isDeleting) return
    this.#isDeleting = true
    try {
      while (this.#acknowledged !== undefined) {
        const ids: number[] = this.#acknowledged
        this.#acknowledged = undefined
        try {
          await this.#host.node.acknowledged(this.device, ids)
          for (const id of ids) this.#sent?.delete(id)
        } catch (error) {
          this.#acknowledged = ids.concat(this.#acknowledged ?? [])
          throw error
        }
      }
    } catch (error) {
      this.#host.failed(error, 'acknowledged messages could not be deleted')
      this.#later(() => this.#delete())
    } finally {
      this.#isDeleting = false
    }
  }

  #later(run: () => void): void {
    if (!this.#isOver) setTimeout(run, retryMs).unref()
  }

  #inBackground(write: Promise<void>, what: string): void {
    write.catch((error) => this.#host.failed(error, what))
  }
}
