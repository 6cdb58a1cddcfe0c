import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Clock } from './lib/clock.ts'
import type { Random } from './lib/random.ts'
import { httpTransport } from './messaging/http-transport.ts'
import type { NodeAddressChoice } from './messaging/node-listener.ts'
import { noOtherNodes, type OpenTransport } from './messaging/transport.ts'

/** The parts of its process that the transport between nodes needs. */
export interface NodeProcess {
  /** Its number among this machine's workers, from 1; undefined for a single process. */
  readonly worker: number | undefined
  /** The store's key that authenticates messages between nodes. */
  readonly key: Buffer
  readonly clock: Clock
  readonly random: Random
  readonly refused: (why: string) => void
}

/**
 * Creates the transport to the other nodes of the store: sockets on one machine, TCP if PostgreSQL is the
 * store.
 */
export function nodeTransport(
  config: Pick<Config, 'database' | 'folder' | 'host' | 'nodeAddress'>,
  { worker, ...parts }: NodeProcess,
): OpenTransport {
  const listen = placeOf(config, worker)
  return listen === undefined ? noOtherNodes : httpTransport({ listen, ...parts })
}

function placeOf(
  { database, folder, host, nodeAddress }: Pick<Config, 'database' | 'folder' | 'host' | 'nodeAddress'>,
  worker = 1,
): NodeAddressChoice | undefined {
  if (database === undefined)
    return folder === undefined ? undefined : { kind: 'socket', folder: join(folder, 'nodes') }
  const { host: own, port } = nodeAddress ?? { host: reachable(host), port: 0 }
  return { kind: 'tcp', host: own, port: port === 0 ? 0 : port + worker - 1 }
}

/**
 * An address at which other nodes reach this machine: that of --host, or the first one if the server listens on
 * all.
 */
function reachable(host: string): string {
  if (!/^(?:0\.0\.0\.0|::|\*)$/.test(host)) return host
  const outward = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    // An IPv6 link-local address is meaningless without its interface.
    .filter(({ internal, address }) => !internal && !/^fe80:/i.test(address))
  const first = outward.find(({ family }) => family === 'IPv4') ?? outward[0]
  return first?.address ?? '127.0.0.1'
}
