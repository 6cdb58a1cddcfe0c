import { setTimeout as delay } from 'node:timers/promises'
import { coalesce } from '../lib/coalesce.ts'
import type { DeviceKey, HeldDevice, NewClaim, SessionStore } from '../storage/storage.ts'
import type { Claim, StoredSubscription } from './sessions.ts'

/**
 * Devices per statement, and concurrent statements. Waking the writer thread costs as much as writing several
 * devices, so a statement waits 4 ms after the previous one: many devices that connect at once share it.
 */
export const group = { max: 500, atOnce: 1, rest: () => delay(4) }

/** Subscriptions that a device adds, or filters that it removes. */
export type SubscriptionWrite = HeldDevice &
  ({ readonly added: readonly StoredSubscription[] } | { readonly removed: readonly string[] })

/** Writes a node's device sessions, grouping concurrent writes by kind. */
export interface SessionWrites {
  claim(claim: NewClaim): Promise<Claim | undefined>
  end(ended: HeldDevice): Promise<void>
  /** Applied in call order. */
  subscribe(write: SubscriptionWrite): Promise<void>
  acknowledge(deleted: { readonly device: DeviceKey; readonly messageIds: readonly number[] }): Promise<void>
}

export const sessionWrites = (store: SessionStore, node: number): SessionWrites => ({
  claim: coalesce((claims: readonly NewClaim[]) => claimAll(store, node, claims), group),
  end: coalesce(async (ended: readonly HeldDevice[]) => {
    await store.end(node, ended)
    return ended.map(() => undefined)
  }, group),
  subscribe: coalesce(async (writes: readonly SubscriptionWrite[]) => {
    for (const run of runsOf(writes, (write) => 'added' in write)) await writeSubscriptions(store, run)
    return writes.map(() => undefined)
  }, group),
  acknowledge: coalesce(
    async (deleted: readonly { readonly device: DeviceKey; readonly messageIds: readonly number[] }[]) => {
      await store.deleteMessages(
        deleted.flatMap(({ device, messageIds }) => messageIds.map((id) => ({ device, id }))),
      )
      return deleted.map(() => undefined)
    },
    group,
  ),
})

async function claimAll(
  store: SessionStore,
  node: number,
  claims: readonly NewClaim[],
): Promise<(Claim | undefined)[]> {
  const claimed: (Claim | undefined)[] = []
  // A statement can't claim a device twice: of two concurrent connections the second takes over.
  for (const round of roundsOf(claims, ({ device }) => device.number)) {
    const rows = await store.claim(
      node,
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
}

/** @param writes either additions only or removals only */
async function writeSubscriptions(store: SessionStore, writes: readonly SubscriptionWrite[]): Promise<void> {
  const added = writes.flatMap((write) =>
    'added' in write
      ? write.added.map((subscription) => ({ device: write.device, epoch: write.epoch, subscription }))
      : [],
  )
  const removed = writes.flatMap((write) =>
    'removed' in write
      ? write.removed.map((filter) => ({ device: write.device, epoch: write.epoch, filter }))
      : [],
  )
  if (added.length > 0) await store.subscribe(added)
  if (removed.length > 0) await store.unsubscribe(removed)
}

/** Splits a list wherever a property of its items changes. */
function runsOf<Item>(items: readonly Item[], property: (item: Item) => boolean): Item[][] {
  const runs: Item[][] = []
  items.forEach((item, i) => {
    if (i > 0 && property(items[i - 1]!) === property(item)) runs.at(-1)!.push(item)
    else runs.push([item])
  })
  return runs
}

/** Splits item indexes into rounds in which each key occurs once, keeping the order. */
function roundsOf<Item>(items: readonly Item[], keyOf: (item: Item) => number): number[][] {
  const rounds: number[][] = []
  const seen = new Map<number, number>()
  items.forEach((item, place) => {
    const round = seen.get(keyOf(item)) ?? 0
    seen.set(keyOf(item), round + 1)
    rounds[round] ??= []
    rounds[round].push(place)
  })
  return rounds
}
