import type { Clock } from '../lib/clock.ts'
import { coalesce } from '../lib/coalesce.ts'
import { systemTimers, type Timers } from '../lib/timers.ts'
import type { DeviceKey, SessionRow, SessionStore } from '../storage/storage.ts'
import { joinNodes } from './session-node.ts'
import type { Presence, Sessions, StoredMessage } from './sessions.ts'
import type { TopicClasses } from './topic-classes.ts'

/**
 * Limits of the message queue of one device: as many messages as one every four minutes over a weekend, and the
 * bytes of 16 messages of maximum size.
 */
const messageLimits = { messages: 1000, bytes: 4 * 1024 * 1024 }

const absentPresence: Presence = {
  online: false,
  activeAt: undefined,
  onlineAt: undefined,
  changedAt: undefined,
  address: undefined,
}

const presenceOf = (row: SessionRow | undefined): Presence =>
  row === undefined
    ? absentPresence
    : {
        online: row.owner !== undefined,
        activeAt: row.activeAt,
        onlineAt: row.onlineAt,
        changedAt: row.changedAt,
        address: row.address,
      }

/** Creates the store's record of device sessions; a node in this process renews its lease with `timers`. */
export function sessions(
  store: SessionStore,
  topics: TopicClasses,
  clock: Pick<Clock, 'elapsed'>,
  timers: Timers = systemTimers,
): Sessions {
  const lookUp = coalesce((devices: readonly DeviceKey[]) => store.sessions(devices), { max: 500, atOnce: 2 })
  const lookUpAll = (devices: readonly DeviceKey[]) => Promise.all(devices.map(lookUp))
  const add = coalesce(
    (added: readonly { readonly device: DeviceKey; readonly message: StoredMessage }[]) =>
      store.addMessages(added, messageLimits),
    { max: 64, atOnce: 2 },
  )
  return {
    join: (address) => joinNodes(store, topics, clock, timers, address),
    presence: async (devices) => (await lookUpAll(devices)).map(presenceOf),
    owners: async (devices) =>
      (await lookUpAll(devices)).map((row) => row?.owner && { ...row.owner, epoch: row.epoch }),
    async isResumed(device, epoch) {
      const row = await lookUp(device)
      return row?.resumed === true && row.epoch > epoch
    },
    nodes: () => store.nodes(),
    subscriptions: (device) => store.subscriptions(device),
    store: (device, message) => add({ device, message }),
  }
}
