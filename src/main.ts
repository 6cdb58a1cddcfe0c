import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { type Logger, pino } from 'pino'
import { actions } from './actions/index.ts'
import type { Config } from './config.ts'
import { type Listener, listen, type Service } from './http/listener.ts'
import { metrics } from './http/metrics.ts'
import { type Clock, systemClock } from './lib/clock.ts'
import { type Random, systemRandom } from './lib/random.ts'
import { fillOnce } from './registry/fill.ts'
import { type FirstAccount, firstStart, judgeChoices } from './registry/first-start.ts'
import { masterKeyFile, parseMasterKey } from './registry/master-key-file.ts'
import { openRegistry, type Registry } from './registry/registry.ts'
import { keyBytes, type MasterKeySource, masterKeyIdOf } from './registry/vault.ts'
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
export type StoreConfig = Pick<Config, 'folder' | 'masterKey'> & Partial<Pick<Config, 'database'>>

export interface Store {
  readonly storage: Storage
  readonly registry: Registry
  readonly masterKey: MasterKeySource
  /** @throws Error when the store can't answer, or its master key is another than the one at hand */
  check(): Promise<void>
  close(): Promise<void>
}

/** Opens the store and what is on record in it. */
export async function openStore(
  config: StoreConfig,
  { clock, random }: Surroundings = systemSurroundings,
): Promise<Store> {
  const storage = await openStorage(config, clock)
  try {
    const masterKey = masterKeySource(config, storage, random)
    const registry = await openRegistry(storage, masterKey, clock, random)
    const check = async () => {
      await storage.check()
      const expected = await storage.facts.get('master_key_id')
      if (expected !== masterKeyIdOf(await masterKey.read())) throw new Error('the master key was rotated')
    }
    const close = async () => {
      registry.close()
      await storage.close()
    }
    return { storage, registry, masterKey, check, close }
  } catch (error) {
    await storage.close()
    throw error
  }
}

async function openStorage({ folder, database }: StoreConfig, clock: Clock): Promise<Storage> {
  if (database === undefined) return openSqlite(folder, clock)
  // Only who has a database waits for what speaks to it.
  const { openPostgres } = await import('./storage/postgres/postgres.ts')
  return openPostgres(database, clock)
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

export interface StartOptions extends Partial<Surroundings> {
  /** Keeps the secret of a first start, before anybody depends on it; told the server's address with it. */
  readonly keepFirst?: (first: FirstAccount, url: string) => void
}

/** Starts the server: config → storage → registry → rpc → http. */
export async function start(config: Config, options: StartOptions = {}): Promise<Running> {
  const { clock = systemClock, random = systemRandom, keepFirst = () => {} } = options
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ fd: 2, sync: true }))
  const tls = config.tls && readTls(config.tls)
  const filling = await fillingOf(config)
  const store = await openStore(config, { clock, random })
  const { storage, registry } = store
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
  // The port is taken before the store is filled: a start that fails leaves the store as it was. What arrives
  // meanwhile waits.
  const filled = Promise.withResolvers<void>()
  filled.promise.catch(() => {})
  const service: Service = {
    answer: async (request) => {
      await filled.promise
      return answer(gateway, request)
    },
    refuse({ kind, ...details }, request) {
      measures.count({ result: 'refused', code: kind, milliseconds: 0 })
      return refuse(random, new Refusal(kind, details), request)
    },
    broke: (error) => log.error({ err: error }, 'a request was left without an answer'),
    healthy: async () => {
      await filled.promise
      await store.check()
    },
    metrics: measures.read,
  }

  let listener: Listener | undefined
  const close = async () => {
    await listener?.close()
    await store.close()
  }
  try {
    listener = await listen(service, {
      host: config.host,
      port: config.port,
      tls,
      requestLineBytesMax: config.requestLineBytes,
      bodyBytesMax: config.bodyBytes,
      requestTimeoutMs: config.requestTimeoutMs,
      metricsForAnyone: config.metricsForAnyone,
    })
    const { url } = listener
    const first = await filling({ storage, registry, random, log, keep: (first) => keepFirst(first, url) })
    filled.resolve()
    return { url, registry, first, close }
  } catch (error) {
    filled.reject(error)
    await close()
    throw error
  }
}

interface Filling {
  readonly storage: Storage
  readonly registry: Registry
  readonly random: Random
  readonly log: Logger
  readonly keep: (first: FirstAccount) => void
}

/** How an empty store will be filled: from the seed file, or with a first account. Judged before anything is made. */
async function fillingOf(config: Config): Promise<(store: Filling) => Promise<FirstAccount | undefined>> {
  const { seed: file, first: chosen } = config
  if (file === undefined) {
    judgeChoices(chosen)
    return ({ storage, registry, random, keep }) =>
      fillOnce(storage, registry, 'first account', () => firstStart(registry, chosen, random, keep))
  }
  // Only who has a seed waits for what reads it.
  const { applySeed, judgeSeed } = await import('./registry/seed.ts')
  const seed = judgeSeed(readJson(file))
  return async ({ storage, registry, log }) => {
    const applied = await fillOnce(storage, registry, 'seed', async () => {
      await applySeed(registry, seed)
      return true
    })
    if (!applied) log.warn('the store is not empty, so the seed was left aside')
    return undefined
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`the seed file ${file} can't be read as JSON: ${(error as Error).message}`)
  }
}

/** @throws Error that names the flag whose file is wrong */
function readTls(files: { readonly cert: string; readonly key: string }) {
  const read = (flag: string, file: string) => {
    try {
      return readFileSync(file, 'utf8')
    } catch (error) {
      throw new Error(`${flag} ${file} can't be read: ${(error as Error).message}`)
    }
  }
  const pair = { cert: read('--tls-cert', files.cert), key: read('--tls-key', files.key) }
  try {
    createSecureContext(pair)
  } catch (error) {
    throw new Error(
      `--tls-cert ${files.cert} and --tls-key ${files.key} don't fit: ${(error as Error).message}`,
    )
  }
  return pair
}

function logCall(log: Logger, { error, ...call }: CallRecord): void {
  if (error !== undefined) log.error({ ...call, err: error }, 'a call could not be answered')
  else if (call.discarded) log.warn(call, `${call.discarded} entries beyond the limit were discarded`)
  else log.debug(call, 'call')
}
