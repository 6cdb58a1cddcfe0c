import type { Random } from '../lib/random.ts'
import type { Sessions } from '../registry/sessions.ts'
import { type FollowPosition, positionAt, readPosition, writePosition } from './follow-position.ts'
import type { DeviceMessage, FollowFilter } from './messaging.ts'
import type { FollowedMessages, NodeAnswer, NodeMessage } from './node-messages.ts'

export interface FollowingParts {
  readonly sessions: Pick<Sessions, 'nodes'>
  readonly random: Random
  /** The address to which nodes send followed messages. */
  readonly address: string
  readonly ask: (address: string, message: NodeMessage) => Promise<NodeAnswer>
  readonly nextId: () => number
}

/**
 * Interval at which orders are renewed; nodes drop them after 15 s. Renewals also find nodes that have joined.
 */
const renewMs = 3000
/** Messages buffered for a slow reader; nodes buffer further ones. */
const waitingMax = 1000

interface Reader {
  readonly position: FollowPosition
  readonly waiting: { readonly message: FollowedMessages['messages'][number]; readonly node: number }[]
  wake: () => void
}

/** The followers on this node: orders messages from all nodes and merges them. */
export class Following {
  readonly #parts: FollowingParts
  readonly #readers = new Map<string, Reader>()

  constructor(parts: FollowingParts) {
    this.#parts = parts
  }

  async follow(filter: FollowFilter, signal: AbortSignal): Promise<AsyncIterable<DeviceMessage>> {
    const follower = this.#parts.random.bytes(16).toString('hex')
    const start = this.#parts.nextId()
    const position = (filter.after && readPosition(filter.after)) || { start, last: new Map() }
    const reader: Reader = { position, waiting: [], wake: () => {} }
    this.#readers.set(follower, reader)
    const order = () => this.#order(follower, filter, position)
    const timer = setInterval(order, renewMs)
    const end = () => {
      clearInterval(timer)
      this.#readers.delete(follower)
      reader.wake()
    }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
    await order()
    return this.#read(follower, reader, end)
  }

  /** @param end ends the reader, because the program takes no more */
  async *#read(follower: string, reader: Reader, end: () => void): AsyncIterable<DeviceMessage> {
    try {
      while (this.#readers.has(follower)) {
        const next = reader.waiting.shift()
        if (next === undefined) {
          await new Promise<void>((resolve) => {
            reader.wake = resolve
          })
          continue
        }
        reader.position.last.set(next.node, next.message.messageId)
        yield { ...next.message, id: writePosition(reader.position) }
      }
    } finally {
      end()
    }
  }

  /** Passes messages to a reader on this node. */
  followed({ follower, node, messages }: FollowedMessages): NodeAnswer {
    const reader = this.#readers.get(follower)
    if (reader === undefined) return 'gone'
    if (reader.waiting.length > waitingMax) return 'full'
    for (const message of messages) reader.waiting.push({ message, node })
    reader.wake()
    return 'sent'
  }

  close(): void {
    const readers = [...this.#readers.values()]
    this.#readers.clear()
    for (const { wake } of readers) wake()
  }

  /** A node that can't be reached is asked again at the next renewal. */
  async #order(follower: string, { product, name }: FollowFilter, position: FollowPosition): Promise<void> {
    const { sessions, address: to, ask } = this.#parts
    try {
      const nodes = await sessions.nodes()
      const live = new Set(nodes.map(({ id }) => id))
      for (const node of position.last.keys()) if (!live.has(node)) position.last.delete(node)
      const orders = nodes.map(({ id, address }) => {
        const after = positionAt(position, id)
        return ask(address, { kind: 'follow', follower, to, product, name, after })
      })
      await Promise.allSettled(orders)
    } catch {
      // The store can't answer now.
    }
  }
}
