import { coalesce } from '../lib/coalesce.ts'
import type { DownMessage } from '../mqtt/service.ts'
import type { Owner, Sessions, StoredMessage } from '../registry/sessions.ts'
import type { ConnectedDevices } from './connected-devices.ts'
import type { DeliveredMessage } from './device-session.ts'
import type { AskNode, DropReason } from './hub.ts'
import { messageProperties } from './message-properties.ts'
import {
  type DeliveryState,
  type Messaging,
  type OutgoingMessage,
  RateLimited,
  type Recipient,
  type RrpcAnswer,
  type RrpcRequest,
} from './messaging.ts'
import type { NodeAnswer, NodeMessage, RequestEnd, ToDevice } from './node-messages.ts'
import { Unreachable } from './transport.ts'

export type { Messaging }

/** The parts of the node that messaging needs. */
export interface MessagingParts {
  readonly sessions: Sessions
  /** The address of this node. */
  readonly address: string
  readonly ask: AskNode
  /** The devices connected to this node. */
  readonly local: Pick<ConnectedDevices, 'get'>
  /** Requests of this node that are waiting for an answer. */
  readonly asked: Map<number, (end: RequestEnd) => void>
  readonly nextId: () => number
  readonly now: () => number
  readonly follow: Messaging['follow']
  readonly dropped: (reason: DropReason) => void
  /** Reports the delivery state of a message to a device to its followers. */
  readonly delivery: (to: Recipient, message: DeliveredMessage, state: DeliveryState) => void
}

/** How long QoS 1 messages are kept. */
const keptMs = 7 * 24 * 60 * 60_000
/** How much longer than the owner's node the requesting node waits, in milliseconds. */
const onItsWayMs = 1000
/**
 * Attempts to deliver a message whose delivery is in doubt, one per second; the owner's lease has ended by
 * then.
 */
const wakeTries = 10
const wakeMs = 1000
/** Maximum messages in doubt at a time; others stay in the store until the device's next connect. */
const inDoubtMax = 1000

/** The outcome of a message to the owner's node. */
interface Reached {
  readonly answer: NodeAnswer | 'unreachable'
  /** The owner according to the store; undefined if the device is offline or connected here. */
  readonly owner: Owner | undefined
}

/**
 * Implements the messaging port with this node's hub. One function, because each way to deliver needs the same
 * lookup of owners, and falls back to the others.
 */
export function messaging(parts: MessagingParts): Messaging {
  const { sessions, ask, local, asked, nextId, now, dropped, delivery } = parts
  let inDoubt = 0
  const ownerOf = coalesce<Recipient, Owner | undefined>((devices) => sessions.owners(devices), {
    max: 500,
    atOnce: 2,
  })

  /**
   * Asks the node that a device is connected to, and once more if the device has moved meanwhile. A message
   * that was stored before always reaches the device: the owner named by the store either reads the queue after
   * its claim or gets this message. A connection on this node may already have lost its device to an owner that
   * read before.
   */
  async function reach(to: Recipient, message: ToDevice): Promise<Reached> {
    let former: Owner | undefined
    for (;;) {
      const owner = await ownerOf(to)
      if (owner === undefined) return { answer: 'gone', owner }
      if (owner.epoch === former?.epoch) return { answer: 'gone', owner }
      const answer = await askOwner(owner, message)
      if (answer !== 'gone' || former !== undefined) return { answer, owner }
      former = owner
    }
  }

  /** The same for messages that are not stored: a connection on this node is used without asking the store. */
  async function reachNow(to: Recipient, message: ToDevice): Promise<Reached> {
    if (local.get(to.number) === undefined) return reach(to, message)
    const answer = await ask(parts.address, message)
    return answer === 'gone' ? reach(to, message) : { answer, owner: undefined }
  }

  async function askOwner(owner: Owner, message: NodeMessage): Promise<Reached['answer']> {
    try {
      return await ask(owner.address, message)
    } catch (error) {
      if (error instanceof Unreachable) return 'unreachable'
      throw error
    }
  }

  async function push(to: Recipient, message: DownMessage): Promise<void> {
    const { answer } = await reachNow(to, { kind: 'push', device: to.number, message })
    if (answer === 'sent') return
    const reason = answer === 'full' || answer === 'unsubscribed' ? answer : 'offline'
    dropped(reason)
    delivery(to, message, reason)
    if (reason === 'full') throw new RateLimited(`the connection of ${to.name} is behind`)
  }

  async function storeAndDeliver(to: Recipient, message: StoredMessage): Promise<void> {
    if (!(await sessions.store(to, message))) {
      dropped('full')
      throw new RateLimited(`as many messages wait for ${to.name} as may`)
    }
    delivery(to, { ...message, qos: 1 }, 'waiting')
    const { answer } = await reach(to, { kind: 'deliver', device: to.number, message })
    if (answer === 'unreachable') deliverLater(to, message.id)
  }

  /** The node may or may not have delivered it; the store knows whether the device has acknowledged it. */
  function deliverLater(to: Recipient, id: number): void {
    if (inDoubt >= inDoubtMax) return
    inDoubt++
    let tries = 0
    const timer = setInterval(async () => {
      const answer = await reach(to, { kind: 'wake', device: to.number, id }).then(
        (reached) => reached.answer,
        () => 'unreachable',
      )
      if (answer === 'unreachable' && ++tries < wakeTries) return
      clearInterval(timer)
      inDoubt--
    }, wakeMs).unref()
  }

  async function request(to: Recipient, { topic, payload, timeoutMs }: RrpcRequest): Promise<RrpcAnswer> {
    const messageId = nextId()
    const { promise, resolve } = Promise.withResolvers<RequestEnd>()
    asked.set(messageId, resolve)
    const late = setTimeout(() => resolve({ code: 'TIMEOUT' }), timeoutMs + onItsWayMs)
    try {
      const { answer, owner } = await reachNow(to, {
        kind: 'request',
        device: to.number,
        id: messageId,
        topic,
        payload,
        timeoutMs,
        answerTo: parts.address,
      })
      if (answer !== 'sent') {
        const notSent = {
          id: messageId,
          topic: topic ?? requestTopic(to, messageId),
          payload,
          qos: 0,
        } as const
        delivery(to, notSent, answer === 'full' ? 'full' : 'offline')
      }
      if (answer === 'full') throw new RateLimited(`the connection of ${to.name} is behind`)
      if (answer !== 'sent') return { messageId, code: owner === undefined ? 'OFFLINE' : 'HALFCONN' }
      return { messageId, ...(timeoutMs === 0 ? { code: 'SUCCESS' } : await promise) }
    } finally {
      asked.delete(messageId)
      clearTimeout(late)
    }
  }

  return {
    async publish(to, message) {
      const id = nextId()
      const { topic, payload, qos, properties } = message
      if (qos === 0) await push(to, { id, topic, payload, qos, properties: messageProperties(properties) })
      else await storeAndDeliver(to, storedMessage(id, message, now()))
      return id
    },
    async broadcast({ product, productKey }, { topic, payload }) {
      const id = nextId()
      const order = { kind: 'broadcast', product, productKey, id, topic, payload } as const
      // Devices of an unreachable node are offline, or soon will be.
      await Promise.allSettled((await sessions.nodes()).map(({ address }) => ask(address, order)))
      return id
    },
    request,
    async subscriptions(of) {
      const { answer } = await reachNow(of, { kind: 'subscriptions', device: of.number })
      // If the device is offline, the store has the subscriptions of its persistent session.
      const found = typeof answer === 'string' ? await sessions.subscriptions(of) : answer
      return found.map(({ filter, at }) => ({ topic: filter, at }))
    },
    async subscribe(device, filters) {
      const { answer } = await reachNow(device, {
        kind: 'subscribe',
        device: device.number,
        filters,
        at: now(),
      })
      return answer === 'sent'
    },
    async unsubscribe(device, filters) {
      await reachNow(device, { kind: 'unsubscribe', device: device.number, filters })
    },
    follow: parts.follow,
  }
}

const requestTopic = ({ productKey, name }: Recipient, id: number) =>
  `/sys/${productKey}/${name}/rrpc/request/${id}`

function storedMessage(
  id: number,
  { topic, payload, properties }: OutgoingMessage,
  now: number,
): StoredMessage {
  const interval = properties?.messageExpiryInterval
  const expiry = typeof interval === 'number' ? Math.min(keptMs, interval * 1000) : keptMs
  return {
    id,
    topic,
    payload,
    properties: properties && JSON.stringify(properties),
    createdAt: now,
    expiresAt: now + expiry,
  }
}
