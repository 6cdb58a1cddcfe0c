import type { Clock } from '../lib/clock.ts'
import type { Random } from '../lib/random.ts'
import type { EndReason, MqttService, SignedInDevice, UpMessage } from '../mqtt/service.ts'
import type { SessionNode, Sessions } from '../registry/sessions.ts'
import { broadcastHere } from './broadcast.ts'
import { ConnectedDevices } from './connected-devices.ts'
import type { DeliveredMessage, DeviceSession, SessionHost, TrafficCounts } from './device-session.ts'
import { Followers } from './followers.ts'
import { Following } from './following.ts'
import { messageIds } from './message-ids.ts'
import type { DeliveryState } from './messaging.ts'
import { type Messaging, messaging } from './messaging-of-hub.ts'
import {
  decoded,
  encoded,
  type NodeAnswer,
  type NodeMessage,
  type RequestEnd,
  type ToDevice,
} from './node-messages.ts'
import type { OpenTransport } from './transport.ts'

/** The parts of a hub, provided by main. */
export interface HubParts {
  readonly sessions: Sessions
  /** Receives connects of devices and their ends. */
  readonly connectionLog: {
    connected(device: SignedInDevice, connection: LoggedConnection & { readonly clientId: string }): void
    disconnected(
      device: SignedInDevice,
      connection: LoggedConnection,
      reason: EndReason,
      detail: string,
    ): void
  }
  /** The counts of each account. */
  readonly traffic: { of(account: number): TrafficCounts }
  readonly openTransport: OpenTransport
  readonly clock: Clock
  readonly random: Random
  /** Answers messages to the server itself; undefined if the topic is not the server's. */
  readonly systemTopics: SystemTopics
  /** Called for a dropped message to a device, for the metrics. */
  readonly dropped: (reason: DropReason) => void
  /** Called for a background failure, which is retried. */
  readonly failed: (error: unknown, what: string) => void
}

interface LoggedConnection {
  readonly node: number
  readonly epoch: number
  readonly address: string
  readonly protocolVersion: number
}

/**
 * Answers a device's message on a system topic.
 * @param reply sends a message to the device, regardless of its subscriptions
 * @returns false if the topic is not a system topic
 */
export type SystemTopics = (
  device: SignedInDevice,
  message: UpMessage,
  reply: (topic: string, payload: Uint8Array) => void,
) => boolean

/**
 * - `offline`: a QoS 0 message to a device that is not connected
 * - `unsubscribed`: a QoS 0 message whose topic no filter of the device matches, or a QoS 1 message when too
 *   many wait for a filter
 * - `full`: the device's connection is behind
 */
export type DropReason = 'offline' | 'unsubscribed' | 'full'

/** The node's side of messaging between operations and devices. */
export interface Hub {
  readonly attach: MqttService['attach']
  readonly messaging: Messaging
  /** Number of devices connected to this node. */
  readonly connections: () => number
  /** Cuts all connections, and ends the lease and the transport. */
  close(): Promise<void>
}

/** Attempts to have another node cut a connection, one per second; its lease has ended by then. */
const cutTries = 10
const cutRetryMs = 1000

/** Joins the nodes of a store. */
export async function openHub(parts: HubParts): Promise<Hub> {
  const opened = Promise.withResolvers<OpenHub>()
  const transport = await parts.openTransport(async (message) => {
    const hub = await opened.promise
    return encoded(await hub.answer(decoded<NodeMessage>(message)))
  })
  try {
    const node = await parts.sessions.join(transport.address)
    const hub = new OpenHub(parts, node, transport.address, async (address, message) => {
      return decoded<NodeAnswer>(await transport.send(address, encoded(message)))
    })
    opened.resolve(hub)
    return {
      attach: (device, connection) => hub.devices.attach(device, connection),
      messaging: hub.messaging,
      connections: () => hub.devices.size,
      async close() {
        hub.close()
        await node.leave()
        await transport.close()
      },
    }
  } catch (error) {
    await transport.close()
    throw error
  }
}

/** Sends a message to this node or another, and returns the answer. */
export type AskNode = (address: string, message: NodeMessage) => Promise<NodeAnswer>

class OpenHub {
  readonly devices: ConnectedDevices
  readonly messaging: Messaging
  readonly #parts: HubParts
  readonly #followers: Followers
  readonly #following: Following
  /** Requests of this node that are waiting for an answer, wherever the device is connected. */
  readonly #asked = new Map<number, (end: RequestEnd) => void>()
  readonly #nextId: () => number
  readonly #ask: AskNode

  constructor(parts: HubParts, node: SessionNode, address: string, askOther: AskNode) {
    this.#parts = parts
    this.#nextId = messageIds(parts.clock, node.id)
    this.#ask = (to, message) => (to === address ? this.answer(message) : askOther(to, message))
    const elapsed = () => parts.clock.elapsed()
    this.devices = new ConnectedDevices({
      node,
      host: this.#host(node),
      cutElsewhere: (owner, device, below) =>
        this.#cutElsewhere(owner.address, { kind: 'cut', device, below }),
    })
    this.#followers = new Followers(
      (to, follower, messages) => this.#ask(to, { kind: 'followed', follower, node: node.id, messages }),
      elapsed,
    )
    const { sessions, random } = parts
    this.#following = new Following({ sessions, random, address, ask: this.#ask, nextId: this.#nextId })
    this.messaging = messaging({
      sessions,
      address,
      ask: this.#ask,
      local: this.devices,
      asked: this.#asked,
      nextId: this.#nextId,
      now: () => parts.clock.now(),
      follow: (filter, signal) => this.#following.follow(filter, signal),
      dropped: parts.dropped,
      delivery: (to, message, state) => this.#delivery(to, message, state),
    })
    node.watch((changes) => this.devices.changed(changes))
    node.onLeaseLost(() => this.devices.cutAll('lease lost'))
  }

  #host(node: SessionNode): Omit<SessionHost, 'node' | 'ended'> {
    const { clock, dropped, failed, traffic, connectionLog } = this.#parts
    const logged = ({ epoch, connection: { address, protocolVersion } }: DeviceSession) => ({
      node: node.id,
      epoch,
      address,
      protocolVersion,
    })
    return {
      now: () => clock.now(),
      received: (session, message) => this.#received(session, message),
      unsubscribed: () => dropped('unsubscribed'),
      failed,
      counts: (account) => traffic.of(account),
      logConnect: (session, clientId) =>
        connectionLog.connected(session.device, { ...logged(session), clientId }),
      logEnd: (session, reason, detail) =>
        connectionLog.disconnected(session.device, logged(session), reason, detail),
      isResumed: ({ device, epoch }) => this.#parts.sessions.isResumed(device, epoch),
      delivery: ({ device }, message, state) => this.#delivery(device, message, state),
    }
  }

  /** Reports the delivery state of a message to a device to its followers. */
  #delivery(
    { product, productKey, name }: Pick<SignedInDevice, 'product' | 'productKey' | 'name'>,
    { id, topic = '', payload, qos = 0 }: DeliveredMessage,
    state: DeliveryState,
  ): void {
    if (!this.#followers.wantsDown(product)) return
    this.#followers.add(product, {
      position: this.#nextId(),
      messageId: id,
      productKey,
      deviceName: name,
      topic,
      payload: Uint8Array.from(payload ?? []),
      qos,
      generateTime: this.#parts.clock.now(),
      state,
    })
  }

  async answer(message: NodeMessage): Promise<NodeAnswer> {
    switch (message.kind) {
      case 'cut':
        this.devices.cut(message.device, 'taken over', message.below)
        return 'sent'
      case 'answered':
        this.#asked.get(message.id)?.(message.answer)
        return 'sent'
      case 'broadcast':
        await broadcastHere(this.devices.ofProduct(message.product), message)
        return 'sent'
      case 'follow':
        this.#followers.follow(message)
        return 'sent'
      case 'followed':
        return this.#following.followed(message)
    }
    const session = this.devices.get(message.device)
    if (session !== undefined) return this.#toSession(session, message)
    if (message.kind === 'deliver') this.devices.announce(message.device, message.message.id)
    if (message.kind === 'wake') this.devices.announce(message.device, message.id)
    return 'gone'
  }

  close(): void {
    this.devices.close()
    this.#followers.close()
    this.#following.close()
    for (const ended of this.#asked.values()) ended({ code: 'TIMEOUT' })
  }

  #toSession(session: DeviceSession, message: ToDevice): NodeAnswer {
    const { connection } = session
    switch (message.kind) {
      case 'subscriptions':
        return connection.subscriptions()
      case 'push':
        return session.push(message.message)
      case 'deliver':
        return session.deliver(message.message)
      case 'wake':
        return session.wake(message.id)
      case 'request': {
        const { id, answerTo } = message
        return session.request(message, (answer) => {
          // The requesting node waits no longer than announced, so a lost answer becomes a timeout there.
          this.#ask(answerTo, { kind: 'answered', id, answer }).catch(() => {})
        })
      }
      case 'subscribe':
        connection.subscribe(message.filters, message.at)
        session.subscribed(message.filters.map((filter) => ({ filter, qos: 1, at: message.at })))
        return 'sent'
      case 'unsubscribe':
        connection.unsubscribe(message.filters)
        session.unsubscribed(message.filters)
        return 'sent'
    }
  }

  #received(session: DeviceSession, message: UpMessage): Promise<void> | undefined {
    const { device } = session
    this.#parts.systemTopics(device, message, (topic, payload) => {
      if (session.push({ id: this.#nextId(), topic, payload, qos: 0 }) === 'full') this.#parts.dropped('full')
    })
    if (this.#followers.wants(device.product)) {
      const { topic, qos, payload } = message
      this.#followers.add(device.product, {
        messageId: this.#nextId(),
        productKey: device.productKey,
        deviceName: device.name,
        topic,
        // Copied, because the packet may be part of the door's larger buffer.
        payload: Uint8Array.from(payload),
        qos,
        generateTime: this.#parts.clock.now(),
      })
    }
    return undefined
  }

  /**
   * Waits for the first attempt; a node that does not answer is asked again for as long as its lease may last.
   */
  async #cutElsewhere(address: string, message: NodeMessage): Promise<void> {
    const attempt = () =>
      this.#ask(address, message).then(
        () => true,
        () => false,
      )
    if (await attempt()) return
    let tries = 1
    const timer = setInterval(async () => {
      if ((await attempt()) || ++tries === cutTries) clearInterval(timer)
    }, cutRetryMs).unref()
  }
}
