import type { Clock } from '../lib/clock.ts'
import { parseRanges } from '../lib/number-ranges.ts'
import { together } from '../lib/together.ts'
import {
  type DeviceKey,
  type HeldDevice,
  type NewClaim,
  type SessionChange,
  type SessionStore,
  Unavailable,
} from '../storage/storage.ts'
import type { Claim, SessionChanges, SessionNode, StoredSubscription, Timers } from './sessions.ts'
import type { TopicClasses } from './topic-classes.ts'

/** How long a node that does not renew its lease still owns its devices, and how often it renews, in milliseconds. */
export const leaseMs = 10_000
const renewEveryMs = 3000
/** How often a renewal that failed is tried again. */
const retryEveryMs = 1000
/** How often the change log is read: a device that is deleted is cut within a second. */
const tickMs = 400
const sweepEveryMs = 30_000
/** Changes that one read takes; what is left is read at once. */
const changesAtOnce = 1000
/** Devices of one statement, and statements under way at once. */
const group = { max: 500, atOnce: 1 }

/** A claim under way; what the change log says of its device meanwhile. */
interface PendingClaim {
  readonly device: DeviceKey
  cut: boolean
}

type SubscriptionWrite =
  | { readonly device: DeviceKey; readonly added: readonly StoredSubscription[] }
  | { readonly device: DeviceKey; readonly removed: readonly string[] }

/** Joins this process to the nodes; the returned node renews its lease and reads the change log until it leaves. */
export async function joinNodes(
  store: SessionStore,
  topics: TopicClasses,
  clock: Pick<Clock, 'elapsed'>,
  timers: Timers,
  address: string,
): Promise<SessionNode> {
  let validUntil = clock.elapsed() + leaseMs
  const { id, lastChange } = await store.join(address, leaseMs)

  const held = new Map<number, HeldDevice>()
  const pending = new Set<PendingClaim>()
  const watchers: ((changes: SessionChanges) => void)[] = []
  const lostListeners: (() => void)[] = []
  let readUpTo = lastChange
  let nextRenewal = clock.elapsed() + renewEveryMs
  let nextSweep = clock.elapsed() + sweepEveryMs
  let isOver = false
  topics.watched(true)

  function over(): void {
    isOver = true
    timer.stop()
    topics.watched(false)
    held.clear()
  }

  function lose(): void {
    if (isOver) return
    over()
    for (const lost of lostListeners) lost()
  }

  async function renew(): Promise<void> {
    const begun = clock.elapsed()
    nextRenewal = begun + retryEveryMs
    if (!(await store.renew(id, leaseMs))) return lose()
    validUntil = begun + leaseMs
    nextRenewal = begun + renewEveryMs
  }

  /** What a change means for the devices that are connected here, or about to be. */
  function cutsOf({ product, kind, numbers }: SessionChange): SessionChanges['cut'] {
    if (kind === 'topics') return []
    const ranges = parseRanges(numbers)
    const concerns = (device: DeviceKey) =>
      device.product === product &&
      (kind === 'product' || ranges.some(([first, last]) => first <= device.number && device.number <= last))
    for (const claim of pending) claim.cut ||= concerns(claim.device)
    const [single] = ranges
    const candidates =
      kind !== 'product' && ranges.length === 1 && single![0] === single![1]
        ? [held.get(single![0])].filter((one) => one !== undefined)
        : [...held.values()]
    const reason = kind === 'disabled' ? 'disabled' : 'deleted'
    return candidates.filter(({ device }) => concerns(device)).map(({ device }) => ({ device, reason }))
  }

  async function readChanges(): Promise<void> {
    for (;;) {
      const changes = await store.changesAfter(readUpTo, changesAtOnce)
      if (changes.length === 0 || isOver) return
      readUpTo = changes.at(-1)!.id
      const cut = changes.flatMap(cutsOf)
      const products = [
        ...new Set(changes.filter(({ kind }) => kind === 'topics').map(({ product }) => product)),
      ]
      await topics.reload(products)
      if (cut.length > 0 || products.length > 0) for (const changed of watchers) changed({ cut, products })
      if (changes.length < changesAtOnce) return
    }
  }

  let isTicking = false
  async function tick(): Promise<void> {
    // Also while the store does not answer: what it was asked before must not keep a lost lease.
    if (clock.elapsed() >= validUntil) return lose()
    if (isTicking || isOver) return
    isTicking = true
    try {
      if (clock.elapsed() >= nextRenewal) await renew()
      if (!isOver) await readChanges()
      if (!isOver && clock.elapsed() >= nextSweep) {
        nextSweep = clock.elapsed() + sweepEveryMs
        await store.sweep()
      }
    } catch {
      // The store is away; it is asked again, until the lease has run out.
    } finally {
      isTicking = false
    }
  }
  const timer = timers.every(tickMs, tick)

  const claimTogether = together(async (claims: readonly NewClaim[]): Promise<(Claim | undefined)[]> => {
    const claimed: (Claim | undefined)[] = []
    // A statement can't claim a device twice: the second connection of a moment takes over the first.
    for (const round of roundsOf(claims, ({ device }) => device.number)) {
      const rows = await store.claim(
        id,
        round.map((place) => claims[place]!),
      )
      round.forEach((place, i) => {
        const row = rows[i]
        claimed[place] = row && {
          epoch: row.epoch,
          former: row.former && { ...row.former, epoch: row.epoch - 1 },
          sessionPresent: row.resumed,
          subscriptions: row.subscriptions,
        }
      })
    }
    return claims.map((_, place) => claimed[place])
  }, group)

  const endTogether = together(async (ended: readonly HeldDevice[]) => {
    await store.end(id, ended)
    return ended.map(() => undefined)
  }, group)

  const acknowledgeTogether = together(
    async (deleted: readonly { readonly device: DeviceKey; readonly messageIds: readonly number[] }[]) => {
      await store.deleteMessages(
        deleted.flatMap(({ device, messageIds }) => messageIds.map((id) => ({ device, id }))),
      )
      return deleted.map(() => undefined)
    },
    group,
  )

  /** One kind after the other, in the order in which they came. */
  const subscribeTogether = together(async (writes: readonly SubscriptionWrite[]) => {
    for (let from = 0; from < writes.length; ) {
      const adds = 'added' in writes[from]!
      let to = from + 1
      while (to < writes.length && 'added' in writes[to]! === adds) to++
      const some = writes.slice(from, to)
      if (adds)
        await store.subscribe(
          some.flatMap((write) =>
            'added' in write
              ? write.added.map((subscription) => ({ device: write.device, subscription }))
              : [],
          ),
        )
      else
        await store.unsubscribe(
          some.flatMap((write) =>
            'removed' in write ? write.removed.map((filter) => ({ device: write.device, filter })) : [],
          ),
        )
      from = to
    }
    return writes.map(() => undefined)
  }, group)

  return {
    id,
    address,
    async claim(device, { address, clean }) {
      if (isOver) throw new Unavailable('this node has no valid lease')
      const claim: PendingClaim = { device, cut: false }
      pending.add(claim)
      try {
        const claimed = await claimTogether({ device, address, clean })
        if (isOver) throw new Unavailable('this node has lost its lease')
        if (claimed === undefined) return undefined
        if (claim.cut) {
          await endTogether({ device, epoch: claimed.epoch })
          return undefined
        }
        held.set(device.number, { device, epoch: claimed.epoch })
        return claimed
      } finally {
        pending.delete(claim)
      }
    },
    async end(device, epoch) {
      if (held.get(device.number)?.epoch === epoch) held.delete(device.number)
      // What a lost lease held has ended with it.
      if (!isOver) await endTogether({ device, epoch })
    },
    async subscribed(device, added) {
      if (added.length > 0) await subscribeTogether({ device, added })
    },
    async unsubscribed(device, removed) {
      if (removed.length > 0) await subscribeTogether({ device, removed })
    },
    waiting: (device, after, limit) => store.messages(device, after, limit),
    async acknowledged(device, messageIds) {
      if (messageIds.length > 0) await acknowledgeTogether({ device, messageIds })
    },
    watch: (changed) => watchers.push(changed),
    onLeaseLost: (lost) => lostListeners.push(lost),
    async leave() {
      if (isOver) return
      const ended = [...held.values()]
      over()
      for (let from = 0; from < ended.length; from += group.max)
        await store.end(id, ended.slice(from, from + group.max))
      await store.leave(id)
    },
  }
}

/** The places of items in as many rounds as are needed for each to have every key once. */
function roundsOf<Item>(items: readonly Item[], keyOf: (item: Item) => number): number[][] {
  const rounds: number[][] = []
  const seen = new Map<number, number>()
  items.forEach((item, place) => {
    const round = seen.get(keyOf(item)) ?? 0
    seen.set(keyOf(item), round + 1)
    const places = (rounds[round] ??= [])
    places.push(place)
  })
  return rounds
}
