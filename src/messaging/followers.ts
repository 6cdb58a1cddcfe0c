import type { FollowOrder, NodeAnswer, SentMessage } from './node-messages.ts'

/** Maximum messages and bytes buffered for followed products. */
const keptMax = { messages: 10_000, bytes: 16 * 1024 * 1024 }
/**
 * How long a product's messages are buffered after it was last followed, so that a reconnecting follower misses
 * none.
 */
const interestMs = 5 * 60_000
/** An order that is not renewed within this time has ended. */
const orderMs = 15_000
const sentAtOnce = 100
const bytesAtOnce = 1024 * 1024
const fullRetryMs = 200

interface Follower {
  readonly order: FollowOrder
  /** Messages up to here were sent to the follower. */
  after: number
  renewedAt: number
  isSending: boolean
}

interface Kept extends SentMessage {
  readonly product: number
}

/** Sends messages to a follower's node. */
export type SendFollowed = (
  to: string,
  follower: string,
  messages: readonly SentMessage[],
) => Promise<NodeAnswer>

/** The messages of this node's devices, for followers on any node. */
export class Followers {
  readonly #send: SendFollowed
  readonly #elapsed: () => number
  readonly #followers = new Map<string, Follower>()
  /** Time at which each product was last followed, in elapsed milliseconds. */
  readonly #followedAt = new Map<number, number>()
  #kept: Kept[] = []
  #keptBytes = 0

  constructor(send: SendFollowed, elapsed: () => number) {
    this.#send = send
    this.#elapsed = elapsed
  }

  /** Whether to buffer messages of a product. */
  wants(product: number): boolean {
    const at = this.#followedAt.get(product)
    if (at === undefined) return false
    if (this.#elapsed() - at < interestMs) return true
    this.#followedAt.delete(product)
    this.#drop(this.#kept.filter((kept) => kept.product !== product))
    return false
  }

  /** Starts or renews an order. */
  follow(order: FollowOrder): void {
    this.#followedAt.set(order.product, this.#elapsed())
    let follower = this.#followers.get(order.follower)
    if (follower === undefined) {
      follower = { order, after: order.after, renewedAt: 0, isSending: false }
      this.#followers.set(order.follower, follower)
    }
    follower.renewedAt = this.#elapsed()
    this.#pass(follower)
  }

  /** Buffers a message and passes it on. Called in order of the IDs. */
  add(product: number, message: SentMessage): void {
    this.#kept.push({ ...message, product })
    this.#keptBytes += message.payload.length
    if (this.#kept.length > keptMax.messages || this.#keptBytes > keptMax.bytes) this.#dropOldest()
    for (const follower of this.#followers.values())
      if (follower.order.product === product) this.#pass(follower)
  }

  close(): void {
    this.#followers.clear()
    this.#followedAt.clear()
    this.#drop([])
  }

  /** Drops a tenth of the buffer, so that it happens rarely. */
  #dropOldest(): void {
    let bytes = this.#keptBytes
    const from = this.#kept.findIndex(({ payload }, i) => {
      if (this.#kept.length - i <= keptMax.messages * 0.9 && bytes <= keptMax.bytes * 0.9) return true
      bytes -= payload.length
      return false
    })
    this.#drop(from < 0 ? [] : this.#kept.slice(from))
  }

  #drop(rest: Kept[]): void {
    this.#kept = rest
    this.#keptBytes = rest.reduce((sum, { payload }) => sum + payload.length, 0)
  }

  /** Sends a follower its next messages in groups until there are no more or it has ended. */
  async #pass(follower: Follower): Promise<void> {
    if (follower.isSending) return
    follower.isSending = true
    // Messages that arrive in the same turn are sent together.
    await new Promise(setImmediate)
    const { order } = follower
    try {
      for (let next = this.#next(follower); next.length > 0; next = this.#next(follower)) {
        const answer = await this.#send(order.to, order.follower, next)
        if (answer === 'gone') this.#followers.delete(order.follower)
        else if (answer === 'full') await new Promise((resolve) => setTimeout(resolve, fullRetryMs).unref())
        else follower.after = next.at(-1)!.messageId
        if (this.#elapsed() - follower.renewedAt > orderMs) this.#followers.delete(order.follower)
        if (!this.#followers.has(order.follower)) return
      }
    } catch {
      // Its node is unreachable; if it returns, the follower renews its order.
      this.#followers.delete(order.follower)
    } finally {
      follower.isSending = false
    }
  }

  #next({ order: { product, name }, after }: Follower): SentMessage[] {
    const next: SentMessage[] = []
    let bytes = 0
    for (let i = firstAfter(this.#kept, after); i < this.#kept.length && next.length < sentAtOnce; i++) {
      const { product: of, ...message } = this.#kept[i]!
      if (of !== product || (name !== undefined && message.deviceName !== name)) continue
      bytes += message.payload.length
      if (bytes > bytesAtOnce && next.length > 0) break
      next.push(message)
    }
    return next
  }
}

/** The index of the first message with a higher ID; IDs increase. */
function firstAfter(kept: readonly Kept[], id: number): number {
  let low = 0
  let high = kept.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (kept[middle]!.messageId > id) high = middle
    else low = middle + 1
  }
  return low
}
