import type { Config } from './config.ts'
import type { Clock } from './lib/clock.ts'
import type { Random } from './lib/random.ts'
import type { Logger } from './log.ts'
import { type DropReason, type Hub, openHub } from './messaging/hub.ts'
import { systemTopics } from './messaging/system-topics.ts'
import { nodeTransport } from './node-transport.ts'
import type { Registry } from './registry/registry.ts'

/** The parts of its process that device messaging needs. */
export interface DeviceMessagingProcess {
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  /** Its number among this machine's workers, from 1; undefined for a single process. */
  readonly worker: number | undefined
  readonly dropped: (reason: DropReason) => void
}

/** Joins the store's nodes, so that operations reach devices on all of them. */
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
