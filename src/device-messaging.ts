import type { Config } from './config.ts'
import type { Clock } from './lib/clock.ts'
import type { Random } from './lib/random.ts'
import type { Logger } from './log.ts'
import { type DropReason, type Hub, openHub } from './messaging/hub.ts'
import { systemTopics } from './messaging/system-topics.ts'
import { nodeTransport } from './node-transport.ts'
import type { Registry } from './registry/registry.ts'

/** What passes messages between operations and devices needs of its process. */
export interface DeviceMessagingProcess {
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** Its number among the workers of this machine, from 1; undefined: it is the only one. */
  readonly worker: number | undefined
  readonly dropped: (reason: DropReason) => void
}

/** Joins the nodes of the store, so that operations reach devices at any of them. */
export function openDeviceMessaging(
  config: Pick<Config, 'database' | 'folder' | 'host' | 'nodeAddress'>,
  { sessions, deviceTags, nodeKey: key }: Registry,
  { clock, random, log, worker, dropped }: DeviceMessagingProcess,
): Promise<Hub> {
  const failed = (error: unknown, what: string) => log.warn({ err: error }, `${what}; it is tried again`)
  const refused = (why: string) => log.warn(`the node address refused a request: ${why}`)
  const tags = {
    set: async (...tagged: Parameters<typeof deviceTags.set>) => (await deviceTags.set(...tagged)) === 'set',
    async delete(device: Parameters<typeof deviceTags.delete>[0], keys: readonly string[]) {
      for (const tag of keys) await deviceTags.delete(device, tag)
    },
  }
  return openHub({
    sessions,
    openTransport: nodeTransport(config, { worker, key, clock, random, refused }),
    clock,
    random,
    systemTopics: systemTopics({ now: () => clock.now(), tags, failed }),
    dropped,
    failed,
  })
}
