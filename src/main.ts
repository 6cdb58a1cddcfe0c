import { readFileSync } from 'node:fs'
import { type Logger, pino } from 'pino'
import { actions } from './actions/index.ts'
import type { Config } from './config.ts'
import { listen, type Problem } from './http/listener.ts'
import { metrics } from './http/metrics.ts'
import { type Clock, systemClock } from './lib/clock.ts'
import { type Random, systemRandom } from './lib/random.ts'
import { type FirstAccount, firstStart } from './registry/first-start.ts'
import { masterKeyFile, parseMasterKey } from './registry/master-key-file.ts'
import { openRegistry, type Registry } from './registry/registry.ts'
import { applySeed } from './registry/seed.ts'
import { keyBytes, type MasterKeySource } from './registry/vault.ts'
import { answer, type CallRecord, type Gateway, refuse } from './rpc/answer.ts'
import { Refusal } from './rpc/refusals.ts'
import { openSqlite } from './storage/sqlite/sqlite.ts'
import type { Storage } from './storage/storage.ts'

/** Where time and chance come from; a test brings its own. */
export interface Surroundings {
  readonly clock: Clock
  readonly random: Random
}

const systemSurroundings: Surroundings = { clock: systemClock, random: systemRandom }

/** What the store needs of the settings. */
export type StoreConfig = Pick<Config, 'folder' | 'masterKey'>

export interface Store {
  readonly storage: Storage
  readonly registry: Registry
  readonly masterKey: MasterKeySource
  close(): Promise<void>
}

/** Opens the store and what is on record in it. */
export async function openStore(
  config: StoreConfig,
  { clock, random }: Surroundings = systemSurroundings,
): Promise<Store> {
  const storage = openSqlite(config.folder, clock, random)
  try {
    const masterKey = masterKeySource(config, storage, random)
    const registry = await openRegistry(storage, masterKey, clock, random)
    return { storage, registry, masterKey, close: () => storage.close() }
  } catch (error) {
    await storage.close()
    throw error
  }
}

function masterKeySource(
  { folder, masterKey }: StoreConfig,
  storage: Storage,
  random: Random,
): MasterKeySource {
  if (masterKey !== undefined) {
    const key = parseMasterKey(masterKey, 'ROLLCALL_MASTER_KEY')
    return { read: async () => key }
  }
  if (folder !== undefined) return masterKeyFile(folder, random, () => storage.facts.get('master_key_id'))
  const key = random.bytes(keyBytes)
  return { read: async () => key }
}

export interface Running {
  readonly url: string
  readonly registry: Registry
  /** What a first start made in an empty store. */
  readonly first: FirstAccount | undefined
  close(): Promise<void>
}

/** Starts the server: config → storage → registry → rpc → http. */
export async function start(
  config: Config,
  surroundings: Surroundings = systemSurroundings,
): Promise<Running> {
  const { clock, random } = surroundings
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: false }))
  const tls = config.tls && {
    cert: readFileSync(config.tls.cert, 'utf8'),
    key: readFileSync(config.tls.key, 'utf8'),
  }
  const store = await openStore(config, surroundings)
  const { storage, registry } = store
  try {
    const first = await fill(registry, config, log)
    const measures = metrics()
    const gateway: Gateway<Registry> = {
      actions: new Map(actions.map((action) => [action.name, action])),
      registry,
      clock,
      random,
      clockSkewMs: config.clockSkewMs,
      quota: config.quota,
      listOverflow: config.listOverflow,
      failureStatus: config.failureStatus,
      observe(call) {
        measures.count(call)
        logCall(log, call)
      },
    }
    const listener = await listen(
      {
        answer: (request) => answer(gateway, request),
        refuse: ({ kind, ...details }: Problem, request) =>
          refuse(random, new Refusal(kind, details), request),
        healthy: () => storage.ping(),
        metrics: measures.read,
      },
      {
        host: config.host,
        port: config.port,
        tls,
        requestLineBytesMax: config.requestLineBytes,
        bodyBytesMax: config.bodyBytes,
        requestTimeoutMs: config.requestTimeoutMs,
        metricsForAnyone: config.metricsForAnyone,
      },
    )
    const close = async () => {
      await listener.close()
      await store.close()
    }
    return { url: listener.url, registry, first, close }
  } catch (error) {
    await store.close()
    throw error
  }
}

/** An empty store is filled from the seed file, or with a first account. */
async function fill(registry: Registry, config: Config, log: Logger): Promise<FirstAccount | undefined> {
  if (config.seed === undefined) return firstStart(registry, config.first)
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(config.seed, 'utf8'))
  } catch (error) {
    throw new Error(`the seed file ${config.seed} can't be read as JSON: ${(error as Error).message}`)
  }
  if (!(await applySeed(registry, parsed))) log.warn('the store is not empty, so the seed was left aside')
  return undefined
}

function logCall(log: Logger, { error, ...call }: CallRecord): void {
  if (error !== undefined) log.error({ ...call, err: error }, 'a call could not be answered')
  else if (call.discarded) log.warn(call, `${call.discarded} entries beyond the limit were discarded`)
  else log.debug(call, 'call')
}
