import type { Clock } from '../lib/clock.ts'
import type { Timers } from '../lib/timers.ts'
import { type DeviceKey, type SessionChange, type SessionStore, Unavailable } from '../storage/storage.ts'
import { HeldDevices } from './held-devices.ts'
import { Lease } from './lease.ts'
import { group, type SessionWrites, sessionWrites } from './session-writes.ts'
import type {
  Claim,
  ClaimingConnection,
  SessionChanges,
  SessionNode,
  StoredMessage,
  StoredSubscription,
} from './sessions.ts'
import type { TopicClasses } from './topic-classes.ts'

/** Delay before a node that lost its lease rejoins, and between attempts, in milliseconds. */
const rejoinMs = 1000

/**
 * Joins this process to the nodes; the node renews its lease and reads the change log until it leaves. If it
 * loses the lease, its connections have ended, and it joins again with a new ID.
 */
export async function joinNodes(
  store: SessionStore,
  topics: TopicClasses,
  clock: Pick<Clock, 'elapsed'>,
  timers: Timers,
  address: string,
): Promise<SessionNode> {
  const node = new JoinedNode(store, topics, clock, timers, address)
  await node.join()
  return node
}

/** Copies only the key, because the store's writer is another thread and a signed-in device has functions. */
const keyOf = ({ product, name, number }: DeviceKey): DeviceKey => ({ product, name, number })

class JoinedNode implements SessionNode {
  readonly address: string
  readonly #store: SessionStore
  readonly #topics: TopicClasses
  readonly #held = new HeldDevices()
  readonly #watchers: ((changes: SessionChanges) => void)[] = []
  readonly #lostListeners: (() => void)[] = []
  readonly #clock: Pick<Clock, 'elapsed'>
  readonly #timers: Timers
  #lease!: Lease
  #writes!: SessionWrites
  /** Resolves when the node has rejoined after a loss, or leaves. */
  #joined = Promise.withResolvers<void>()
  /** The timer for the next attempt to rejoin. */
  #rejoining: { stop(): void } | undefined

  constructor(
    store: SessionStore,
    topics: TopicClasses,
    clock: Pick<Clock, 'elapsed'>,
    timers: Timers,
    address: string,
  ) {
    this.#store = store
    this.#topics = topics
    this.#clock = clock
    this.#timers = timers
    this.address = address
  }

  async join(): Promise<void> {
    this.#adopt(await this.#newLease())
  }

  #newLease(): Promise<Lease> {
    return Lease.begin(this.#store, this.address, this.#clock, this.#timers, {
      changed: (changes) => this.#changed(changes),
      lost: () => this.#lost(),
    })
  }

  #adopt(lease: Lease): void {
    this.#lease = lease
    this.#writes = sessionWrites(this.#store, this.id)
    this.#topics.watched(true)
    this.#joined.resolve()
  }

  get id(): number {
    return this.#lease.node
  }

  async claim(claiming: DeviceKey, connection: ClaimingConnection): Promise<Claim | undefined> {
    const device = keyOf(claiming)
    const claim = this.#held.begin(device)
    let epoch: number | undefined
    try {
      const lease = await this.#nextLease()
      const { address, clean, sessionExpirySeconds: expirySeconds } = connection
      const claimed = await this.#writes.claim({ device, address, clean, expirySeconds })
      // A claim written under a lease that was lost since is void.
      if (this.#lease !== lease || lease.isOver)
        throw new Unavailable('the lease of this node was lost meanwhile')
      if (claimed === undefined) return undefined
      if (claim.cut) {
        await this.#writes.end({ device, epoch: claimed.epoch })
        return undefined
      }
      epoch = claimed.epoch
      return claimed
    } finally {
      this.#held.settle(claim, epoch)
    }
  }

  async end(device: DeviceKey, epoch: number): Promise<void> {
    this.#held.release(device, epoch)
    // Connections of a lost lease have already ended.
    if (!this.#lease.isOver) await this.#writes.end({ device: keyOf(device), epoch })
  }

  async subscribed(device: DeviceKey, epoch: number, added: readonly StoredSubscription[]): Promise<void> {
    if (added.length > 0) await this.#writes.subscribe({ device: keyOf(device), epoch, added })
  }

  async unsubscribed(device: DeviceKey, epoch: number, removed: readonly string[]): Promise<void> {
    if (removed.length > 0) await this.#writes.subscribe({ device: keyOf(device), epoch, removed })
  }

  waiting(device: DeviceKey, after: number, limit: number): Promise<StoredMessage[]> {
    return this.#store.messages(device, after, limit)
  }

  async acknowledged(device: DeviceKey, messageIds: readonly number[]): Promise<void> {
    if (messageIds.length > 0) await this.#writes.acknowledge({ device: keyOf(device), messageIds })
  }

  watch(changed: (changes: SessionChanges) => void): void {
    this.#watchers.push(changed)
  }

  onLeaseLost(lost: () => void): void {
    this.#lostListeners.push(lost)
  }

  async leave(): Promise<void> {
    this.#stopRejoining()
    this.#joined.resolve()
    if (this.#lease.isOver) return
    this.#lease.end()
    this.#topics.watched(false)
    const ended = this.#held.clear()
    for (let from = 0; from < ended.length; from += group.max)
      await this.#store.end(this.id, ended.slice(from, from + group.max))
    await this.#store.leave(this.id)
  }

  /** Returns the lease, or the next one once the node has rejoined: a device that connects waits rather than being refused. */
  async #nextLease(): Promise<Lease> {
    if (this.#lease.isOver) await this.#joined.promise
    if (this.#lease.isOver) throw new Unavailable('this node has no valid lease')
    return this.#lease
  }

  #lost(): void {
    this.#joined = Promise.withResolvers()
    this.#topics.watched(false)
    this.#held.clear()
    for (const lost of this.#lostListeners) lost()
    let isJoining = false
    const rejoining = this.#timers.every(rejoinMs, async () => {
      if (isJoining) return
      isJoining = true
      const lease = await this.#replaceLease().catch(() => undefined)
      isJoining = false
      if (lease === undefined) return
      if (this.#rejoining !== rejoining) return lease.end()
      this.#stopRejoining()
      this.#adopt(lease)
    })
    this.#rejoining = rejoining
  }

  /** The store may count the former lease for a few more seconds; this node may be listed only once. */
  async #replaceLease(): Promise<Lease> {
    await this.#store.leave(this.id)
    return this.#newLease()
  }

  #stopRejoining(): void {
    this.#rejoining?.stop()
    this.#rejoining = undefined
  }

  async #changed(changes: readonly SessionChange[]): Promise<void> {
    const cut = changes.flatMap((change) => this.#held.cutBy(change))
    const products = [
      ...new Set(changes.flatMap(({ kind, product }) => (kind === 'topics' ? [product] : []))),
    ]
    await this.#topics.reload(products)
    if (cut.length === 0 && products.length === 0) return
    for (const changed of this.#watchers) changed({ cut, products })
  }
}
