import type { Clock } from '../lib/clock.ts'
import { coalesce } from '../lib/coalesce.ts'
import { systemTimers, type Timers } from '../lib/timers.ts'
import type { DeviceKey, SessionRow, SessionStore } from '../storage/storage.ts'
import { joinNodes } from './session-node.ts'
import type { Presence, Sessions, StoredMessage } from './sessions.ts'
import type { TopicClasses } from './topic-classes.ts'

/**
 * What may wait for one device: as many messages as a device that is away for a weekend collects at one every four
 * minutes, and as many bytes as 16 of the largest.
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

/** The sessions of devices in the store; a node of this process keeps its lease by `timers`. */
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
    nodes: () => store.nodes(),
    subscriptions: (device) => store.subscriptions(device),
    store: (device, message) => add({ device, message }),
  }
}
