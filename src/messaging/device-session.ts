import type {
  Attachment,
  Connection,
  DownMessage,
  SignedInDevice,
  Subscription,
  UpMessage,
} from '../mqtt/service.ts'
import type { Claim, SessionNode, StoredMessage } from '../registry/sessions.ts'
import { DeviceRequests } from './device-requests.ts'
import { downMessage } from './message-properties.ts'
import type { NodeAnswer, RequestEnd, RequestMessage } from './node-messages.ts'

/** What a session needs of the hub that it belongs to. */
export interface SessionHost {
  readonly node: Pick<SessionNode, 'waiting' | 'acknowledged' | 'subscribed' | 'unsubscribed'>
  readonly now: () => number
  /** A message of the device, other than the answer to a request. */
  received(session: DeviceSession, message: UpMessage): Promise<void> | undefined
  /** The connection has ended by itself. */
  ended(session: DeviceSession): void
  /** A stored message matched no subscription and was dropped, because too many others waited for one. */
  unsubscribed(): void
  /** The store failed in the background; what failed is tried again. */
  failed(error: unknown, what: string): void
}

/** Messages that are read from the store at once. */
const readAtOnce = 32
const retryMs = 1000
/**
 * Messages that came on this connection and that no subscription matched. They wait for a later SUBSCRIBE; with
 * more, the oldest is dropped, so that a topic that the device never subscribes to does not fill its store.
 */
const unsubscribedMax = 100

/** One connection of a device: delivers what waits in the store, and passes on what the device sends. */
export class DeviceSession implements Attachment {
  readonly device: SignedInDevice
  readonly connection: Connection
  readonly epoch: number
  readonly sessionPresent: boolean
  readonly subscriptions: readonly Subscription[]
  readonly #host: SessionHost
  /** Made for the first request: most devices never get one. */
  #requests: DeviceRequests | undefined
  readonly #begunAt: number
  #isReady = false
  #isFull = false
  #isOver = false
  /** Whether the store is being read. */
  #isReading = false
  /** Messages up to here were read from the store on this connection. */
  #cursor = 0
  /** Messages after this one must be read again: one of them could not be delivered when it came. */
  #readAgainAfter = Number.POSITIVE_INFINITY
  /** The first message that no subscription matched; a later SUBSCRIBE may. */
  #firstUnsubscribed = Number.POSITIVE_INFINITY
  /** Messages that came on this connection, wait in the store and matched no subscription; in the order in which they came. */
  #unsubscribed: Set<number> | undefined
  /** Written to the device and still in the store. At most as many as may be unacknowledged, and what is being deleted. */
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
  }

  ready(): void {
    this.#isReady = true
    // The claim of a clean session has discarded what waited; what came since was announced.
    if (!this.connection.clean || this.#readAgainAfter !== Number.POSITIVE_INFINITY) this.#read()
  }

  drained(): void {
    this.#isFull = false
    this.#read()
  }

  published(message: UpMessage): Promise<void> | undefined {
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

  /** Whether the session goes on after the connection; other nodes ask for the subscriptions of one that does not. */
  #isKept(): boolean {
    return this.connection.sessionExpirySeconds > 0
  }

  acknowledged(messageId: number): void {
    ;(this.#acknowledged ??= []).push(messageId)
    this.#delete()
  }

  ended(_reason: string): void {
    if (this.#isOver) return
    this.#end()
    this.#host.ended(this)
  }

  /** Ends the connection from this side. */
  cut(reason: Parameters<Connection['cut']>[0]): void {
    if (this.#isOver) return
    this.#end()
    this.connection.cut(reason)
  }

  /** Delivers a QoS 0 message now or not at all. */
  push(message: DownMessage): NodeAnswer {
    if (this.#isOver || !this.#isReady) return 'gone'
    return this.connection.deliver(message)
  }

  /** Delivers a stored message now, or leaves it to a later reading of the store. */
  deliver(message: StoredMessage): NodeAnswer {
    if (this.#isOver) return 'gone'
    if (this.#sent?.has(message.id)) return 'sent'
    if (!this.#isReady || this.#isFull || this.#isReading) return this.wake(message.id)
    const result = this.#write(message)
    if (result === 'full') return this.wake(message.id)
    this.#cursor = Math.max(this.#cursor, message.id)
    return result === 'unsubscribed' ? 'waiting' : result
  }

  /** A message is in the store that may not have been delivered. */
  wake(id: number): NodeAnswer {
    if (this.#isOver) return 'gone'
    if (this.#sent?.has(id)) return 'sent'
    this.#readAgainAfter = Math.min(this.#readAgainAfter, id - 1)
    this.#read()
    return 'waiting'
  }

  /** Sends a request to the device. @param ended is called once, unless nothing waits for the answer */
  request(request: RequestMessage, ended: (end: RequestEnd) => void): NodeAnswer {
    if (this.#isOver || !this.#isReady) return 'gone'
    this.#requests ??= new DeviceRequests(this.device, this.connection)
    return this.#requests.send(request, ended)
  }

  #end(): void {
    this.#isOver = true
    this.#requests?.end()
  }

  #write(message: StoredMessage): 'sent' | 'full' | 'unsubscribed' {
    const result = this.connection.deliver(
      downMessage(message, this.#host.now(), message.createdAt < this.#begunAt),
    )
    if (result === 'sent') {
      this.#sent ??= new Set()
      this.#sent.add(message.id)
      this.#unsubscribed?.delete(message.id)
    }
    if (result === 'full') this.#isFull = true
    if (result === 'unsubscribed') this.#keepUnsubscribed(message)
    return result
  }

  /** What waited before the connect stays in the store in any case: the device may be about to subscribe. */
  #keepUnsubscribed({ id, createdAt }: StoredMessage): void {
    this.#firstUnsubscribed = Math.min(this.#firstUnsubscribed, id)
    if (createdAt < this.#begunAt) return
    this.#unsubscribed ??= new Set()
    this.#unsubscribed.add(id)
    if (this.#unsubscribed.size <= unsubscribedMax) return
    const [oldest] = this.#unsubscribed
    this.#unsubscribed.delete(oldest!)
    this.#host.unsubscribed()
    this.acknowledged(oldest!)
  }

  /** Reads the store until nothing waits that the device takes now. */
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

  /** @returns false when the device takes no more now */
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

  /** Deletes what was acknowledged, and what is acknowledged meanwhile in the next go. */
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
