import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { actions } from './actions/index.ts'
import type { Config } from './config.ts'
import { closeDataFolder, whyNotWritable } from './data-folder.ts'
import { openDeviceMessaging } from './device-messaging.ts'
import { deviceService, refuseUnknownProducts } from './doors/device-service.ts'
import { type MqttAddresses, type MqttDoor, mqttDoor } from './doors/mqtt.ts'
import { portError } from './doors/port-error.ts'
import { follow } from './follow.ts'
import { openSite } from './http/files.ts'
import { limitedCalls } from './http/limited-calls.ts'
import { type Listener, type ListenerOptions, listen } from './http/listener.ts'
import { type MetricsPage, metrics, type Samples } from './http/metrics.ts'
import type { Service } from './http/service.ts'
import { type Clock, systemClock } from './lib/clock.ts'
import { onceAnHour } from './lib/once-an-hour.ts'
import { quantity } from './lib/quantity.ts'
import { type Random, systemRandom } from './lib/random.ts'
import type { Certificate } from './lib/secure-context.ts'
import { type Logger, openLog } from './log.ts'
import type { Hub } from './messaging/hub.ts'
import { fillOnce } from './registry/fill.ts'
import { type FirstAccount, firstStart, validateChoices } from './registry/first-start.ts'
import { masterKeyFile, parseMasterKey } from './registry/master-key-file.ts'
import { openRegistry, type Registry } from './registry/registry.ts'
import { keyBytes, type MasterKeySource, masterKeyIdOf } from './registry/vault.ts'
import { type ApiServer, answer, type CallRecord, earlyRefusal, refuse } from './rpc/answer.ts'
import { Refusal } from './rpc/refusals.ts'
import { unknownActions } from './rpc/unknown-actions.ts'
import { isEmptyStore, openStorage, plainDatabaseHost } from './storage/open.ts'
import type { Storage } from './storage/storage.ts'
import { readCertificate } from './tls/certificate-files.ts'
import type { SelfSigned } from './tls/self-signed.ts'
import { RequestMemory } from './wasm/request-memory.ts'

/** The sources of time and randomness; tests pass their own. */
export interface Dependencies {
  readonly clock: Clock
  readonly random: Random
}

const systemSurroundings: Dependencies = { clock: systemClock, random: systemRandom }

/** The settings that the store needs. */
export type StoreConfig = Pick<Config, 'folder' | 'masterKey'> &
  Partial<Pick<Config, 'database' | 'databaseConnections' | 'nameMemoryBytes'>>

export interface Store {
  readonly storage: Storage
  readonly registry: Registry
  readonly masterKey: MasterKeySource
  /** @throws Error if the store can't answer, or its master key differs from the configured one */
  check(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the store and its registry.
 * @param log the log of a serving process, which keeps snapshots of names in the data folder
 */
export async function openStore(
  config: StoreConfig,
  { clock, random }: Dependencies = systemSurroundings,
  log?: Logger,
): Promise<Store> {
  const storage = await openStorage(config.folder, config.database, clock, config.databaseConnections)
  const namesFolder = config.folder === undefined ? undefined : join(config.folder, 'names')
  try {
    const masterKey = masterKeySource(config, storage, random)
    const registry = await openRegistry(storage, masterKey, clock, random, {
      bytesMax: config.nameMemoryBytes,
      snapshots: namesFolder !== undefined && log !== undefined ? { folder: namesFolder, log } : undefined,
    })
    const check = async () => {
      await storage.check()
      const expected = await storage.facts.get('master_key_id')
      if (expected !== masterKeyIdOf(await masterKey.read())) throw new Error('the master key was rotated')
    }
    const close = async () => {
      await registry.close()
      await storage.close()
    }
    return { storage, registry, masterKey, check, close }
  } catch (error) {
    await storage.close()
    throw error
  }
}

async function warnOfPlainDatabase(database: string, log: Logger): Promise<void> {
  const host = await plainDatabaseHost(database)
  if (host === undefined) return
  log.warn(
    { host },
    'the connection to the database is not encrypted; add sslmode=verify-full to the URL of --database, or sslmode=disable to accept that',
  )
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
  /** The address of the API; empty in a worker that serves devices alone. */
  readonly url: string
  /** The addresses for devices; undefined if the server accepts no devices. */
  readonly mqtt: MqttAddresses | undefined
  readonly registry: Registry
  /** The account that a first start created in an empty store. */
  readonly first: FirstAccount | undefined
  /** The generated certificate, if any. */
  readonly certificate: SelfSigned | undefined
  /** Returns the metrics of this process. */
  samples(): Promise<Samples>
  /** Reloads the certificate, or renews a generated one that is about to expire; applies to new connections. */
  renew(): Promise<void>
  /** Keeps serving, but fails health checks and closes connections after their answers. */
  drain(): void
  /**
   * Finishes calls in progress, then stops.
   * @param idleMs how long idle connections may stay open; a short default if omitted
   */
  close(idleMs?: number): Promise<void>
}

/** Stores the secret of a first start. */
export interface FirstKeyStorage {
  /** @throws Error if it can't; then the store stays empty */
  ready(): void
  /**
   * Stores the secret before a client can use it.
   * @param url the server's address
   * @param trusted the file of the certificate to trust, if Rollcall made it
   */
  save(first: FirstAccount, url: string, trusted: string | undefined): void
}

/** The tasks of a worker. One for calls alone serves MQTT over WebSocket, which is on the port of the API. */
export type Serves = 'calls and devices' | 'calls' | 'devices'

export interface StartOptions extends Partial<Dependencies> {
  readonly firstKeyStorage?: FirstKeyStorage
  /** Set for one of several processes on a port: its number, and where to get the metrics of all. */
  readonly worker?: {
    readonly number: number
    readonly serves: Serves
    /** Set if workers open the same ports, each with a queue of its own; the first one checks that they are free. */
    readonly reusePort?: 'first' | 'further' | undefined
    readonly metrics: () => Promise<MetricsPage>
    /** Keys of TLS session tickets, shared by all processes; 48 bytes. */
    readonly ticketKeys?: Uint8Array | undefined
  }
}

/** The console's path, and the folder of its build, which is the same in a clone and in the package. */
export const consolePath = '/console/'
const consoleFolder = new URL('../dist/console/', import.meta.url)

/** The ports as the console reads them, such as `mqtt:1883 mqtts:8883`; empty if no device can connect here. */
const portsOf = ({ plain, tls }: Partial<MqttAddresses> = {}) =>
  [plain, tls].flatMap((address) => address?.replace(/:\/\/.*:/, ':') ?? []).join(' ')

/** @param mqtt the device addresses once known; the page displays them */
const consoleSite = (random: Random, mqtt: () => MqttAddresses | undefined) =>
  openSite({
    prefix: consolePath,
    folder: fileURLToPath(consoleFolder),
    absent: 'The console was not built; in a clone of the sources, npm run console builds it.\n',
    random,
    fill: (html) => html.replace('MQTT-PORTS', portsOf(mqtt())),
  })

/**
 * Requests after which a connection is closed if several processes share a port, so that connections are
 * balanced (decision 0012).
 */
const requestsPerSharedConnection = 100

/** The parts of a starting server, which its doors share. */
interface Parts extends Dependencies {
  readonly config: Config
  readonly store: Store
  readonly log: Logger
  readonly measures: ReturnType<typeof metrics>
  readonly worker: StartOptions['worker']
  readonly certificate: Certificate | undefined
  readonly isNews: (key: string) => boolean
  /** Resolves when the store is filled; requests wait until then. */
  readonly filled: PromiseWithResolvers<Hub>
  /** The hub of messages, once the store is filled. */
  hub: Hub | undefined
}

/** Starts the server: config → storage → registry → rpc → doors. */
export async function start(config: Config, options: StartOptions = {}): Promise<Running> {
  const { clock = systemClock, random = systemRandom, firstKeyStorage = keptNowhere, worker } = options
  const log = openLog(config.logLevel, worker && { worker: worker.number })
  const tls = await certificateOf(config, { clock, random })
  const filling = await fillingOf(config)
  await refuseUnkept(config, firstKeyStorage)
  const openFolder = config.folder === undefined ? undefined : closeDataFolder(config.folder)
  if (config.database !== undefined) await warnOfPlainDatabase(config.database, log)
  const store = await openStore(config, { clock, random }, log)
  if (openFolder !== undefined) log.warn(openFolder)
  const { storage, registry } = store
  const filled = Promise.withResolvers<Hub>()
  filled.promise.catch(() => {})
  const parts: Parts = {
    ...{ config, store, log, clock, random, worker, filled, hub: undefined, measures: metrics() },
    certificate: tls?.pair,
    isNews: onceAnHour(clock),
  }
  const doors = doorsOf(parts)
  try {
    // The port is opened before the store is filled, so that a failed start leaves the store unchanged.
    const { url, mqtt, drain, renew } = await doors.open()
    const first = await filling({
      ...{ storage, registry, random, log },
      ready: () => firstKeyStorage.ready(),
      keep: (first) => firstKeyStorage.save(first, url, tls?.made?.file),
    })
    if (config.mqtt !== undefined) await refuseUnknownProducts(registry, config.mqtt)
    const { countDropped: dropped, samples } = parts.measures
    parts.hub = await openDeviceMessaging(config, registry, {
      ...{ clock, random, log, worker: worker?.number, dropped },
    })
    filled.resolve(parts.hub)
    return {
      ...{ url, mqtt, registry, first, certificate: tls?.made, samples, drain, close: doors.close },
      async renew() {
        const next = await certificateOf(config, { clock, random })
        if (next !== undefined) renew(next.pair)
      },
    }
  } catch (error) {
    filled.reject(error)
    await doors.close()
    throw portError(error, config.host, config.port, '--port (ROLLCALL_PORT)')
  }
}

/** The doors of a server; closing them also closes the hub and the store behind them. */
function doorsOf(parts: Parts) {
  const { config, measures, store, worker } = parts
  const serves = worker?.serves ?? 'calls and devices'
  const devices = deviceDoorOf(parts)
  let listener: Listener | undefined
  let mqtt: MqttAddresses | undefined
  measures.tellRequestBytes(() => listener?.heldBytes ?? 0)
  measures.tellNames(() => store.registry.devices.namesInMemory)
  if (devices !== undefined) measures.tellDevices(devices.tally)
  return {
    async open() {
      if (serves !== 'devices')
        listener = await listen(serviceOf(parts, apiServerOf(parts)), {
          ...listenerOptionsOf(parts),
          ...(config.api && config.console && { site: consoleSite(parts.random, () => mqtt) }),
          ...(devices !== undefined && { webSockets: devices.webSockets }),
        })
      mqtt = serves === 'calls' ? devices?.addresses : await devices?.listen()
      return {
        url: listener?.url ?? '',
        mqtt,
        drain: () => listener?.drain(),
        renew(certificate: Certificate) {
          listener?.renew(certificate)
          devices?.renew(certificate)
        },
      }
    },
    async close(idleMs?: number) {
      // Devices first: those on WebSockets use the listener.
      await devices?.close()
      await listener?.close(idleMs)
      await parts.hub?.close()
      await store.close()
    },
  }
}

/** The server of API calls. */
function apiServerOf(parts: Parts): ApiServer<Registry> {
  const { config, store, log, measures, clock, random, isNews } = parts
  const noteUnknown = unknownActions(clock, (action, aloud) => {
    measures.countUnknown(action)
    if (aloud) log.warn({ action }, 'a client calls an operation that Rollcall does not have')
  })
  return {
    actions: new Map(actions.map((action) => [action.name, action])),
    registry: store.registry,
    // Calls wait until the store is filled, and the hub is open by then.
    get messaging() {
      return parts.hub!.messaging
    },
    clock,
    random,
    clockSkewMs: config.clockSkewMs,
    quota: config.quota,
    fixedQuotas: config.fixedQuotas,
    listOverflow: config.listOverflow,
    failureStatus: config.failureStatus,
    observe(call) {
      measures.count(call)
      if (call.unknownAction !== undefined && call.verified) noteUnknown(call.unknownAction)
      logCall(log, call, isNews)
    },
  }
}

/** The service behind the HTTP listener. */
function serviceOf(
  { filled, store, log, measures, clock, random, worker }: Parts,
  server: ApiServer<Registry>,
): Service {
  const noteLimited = limitedCalls(clock, (address, calls) =>
    log.warn(
      { address, calls },
      'calls were refused unread: too many from their address were malformed or not signed by a valid key (--failed-calls)',
    ),
  )
  return {
    precheck: async (beginning) => {
      await filled.promise
      return earlyRefusal(server, beginning)
    },
    answer: async (request, verified, release) => {
      await filled.promise
      return answer(server, request, verified, release)
    },
    follow: async (request, verified, signal) => {
      await filled.promise
      return follow(server, request, verified, signal)
    },
    refuse(problem, beginning) {
      const { kind, ...details } = problem
      measures.count({ result: 'refused', code: kind, milliseconds: 0 })
      const retryAfterMs = 'retryAfterMs' in problem ? problem.retryAfterMs : undefined
      return refuse(random, new Refusal(kind, details, retryAfterMs), beginning)
    },
    limited(address) {
      measures.countLimited()
      noteLimited(address)
    },
    unanswered: (error) => log.error({ err: error }, 'a request was left without an answer'),
    healthy: async () => {
      await filled.promise
      await store.check()
    },
    metrics: worker?.metrics ?? measures.page,
  }
}

/** The door for devices, if the configuration has one. */
function deviceDoorOf(parts: Parts): MqttDoor | undefined {
  const { config, store, filled, log, isNews, clock, certificate, worker } = parts
  const { host, mqtt } = config
  if (mqtt === undefined) return undefined
  return mqttDoor({
    config: { host, mqtt },
    service: deviceService(store.registry, filled.promise, mqtt, log, isNews),
    certificate,
    ticketKeys: worker?.ticketKeys && Buffer.from(worker.ticketKeys),
    reusePort: worker?.reusePort,
    clock,
    log,
    connectionLog: store.registry.connectionLog,
    isNews,
  })
}

const listenerOptionsOf = ({ config, clock, certificate, worker }: Parts): ListenerOptions => ({
  host: config.host,
  port: config.port,
  tls: certificate,
  clock,
  requestLineBytesMax: config.requestLineBytes,
  headerBytesMax: config.headerBytes,
  bodyBytesMax: config.bodyBytes,
  memory: {
    bytesMax: config.requestMemoryBytes,
    buffers: new RequestMemory(config.requestMemoryBytes),
  },
  requestTimeoutMs: config.requestTimeoutMs,
  metricsForAnyone: config.metricsForAnyone,
  failedCalls: config.failedCalls,
  trustedProxies: config.trustedProxies,
  corsOrigins: config.corsOrigins,
  hstsSeconds: config.hstsSeconds,
  withoutCalls: !config.api,
  requestsPerConnection: worker === undefined ? 0 : requestsPerSharedConnection,
})

interface Filling {
  readonly storage: Storage
  readonly registry: Registry
  readonly random: Random
  readonly log: Logger
  readonly ready: () => void
  readonly keep: (first: FirstAccount) => void
}

const keptNowhere: FirstKeyStorage = { ready: () => {}, save: () => {} }

/**
 * Aborts a start that could not store its secrets, before it changes the store.
 * @throws Error with what to do
 */
async function refuseUnkept(
  { folder, database, masterKey, seed }: Config,
  keepFirst: FirstKeyStorage,
): Promise<void> {
  if (folder !== undefined && database !== undefined && masterKey === undefined) {
    const path = join(folder, 'master.key')
    const why = existsSync(path) ? undefined : whyNotWritable(folder, 'master.key')
    if (why !== undefined)
      throw new Error(
        `the master key can't be kept in ${path}: ${why}. Make the folder writable, or set ROLLCALL_MASTER_KEY`,
      )
  }
  // An unwritable SQLite store reports its own error, and no configured key would help.
  const isUnwritable = folder !== undefined && whyNotWritable(folder, 'roll.db') !== undefined
  if (seed !== undefined || (database === undefined && isUnwritable)) return
  try {
    keepFirst.ready()
  } catch (error) {
    if (await isEmptyStore(folder, database)) throw error
  }
}

/**
 * Chooses how to fill an empty store: from the seed file, or with a first account. Validates before anything is
 * created.
 */
async function fillingOf(config: Config): Promise<(store: Filling) => Promise<FirstAccount | undefined>> {
  const { seed: file, first: chosen } = config
  if (file === undefined) {
    validateChoices(chosen)
    return ({ storage, registry, random, ready, keep }) =>
      fillOnce(storage, registry, 'first account', () => firstStart(registry, chosen, random, keep), ready)
  }
  // Loaded only with a seed.
  const { applySeed, validateSeed } = await import('./registry/seed.ts')
  const seed = validateSeed(readJson(file))
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

/** @throws Error naming the invalid file or flag */
async function certificateOf(
  { tls, folder, host }: Config,
  { clock, random }: Dependencies,
): Promise<{ readonly pair: Certificate; readonly made?: SelfSigned } | undefined> {
  if (tls === undefined) return undefined
  if (tls !== 'self-signed') return { pair: readCertificate(tls) }
  // Loaded only to generate a certificate.
  const { selfSigned } = await import('./tls/self-signed.ts')
  const made = selfSigned(folder, host, clock, random)
  return { pair: made, made }
}

/** The name of an unknown action is arbitrary text of any length, so it is not logged. */
/** @param isNews true once an hour for each key, to limit repeated log lines */
function logCall(
  log: Logger,
  { error, unknownAction: _, ...call }: CallRecord,
  isNews: (key: string) => boolean,
): void {
  const unknown = call.unknownParameters?.join(', ')
  if (unknown !== undefined && isNews(`${call.account} ${call.action} ${unknown}`))
    log.warn(call, `${call.action} has no such parameters: ${unknown}`)
  if (error !== undefined) log.error({ ...call, err: error }, 'a call could not be answered')
  else if (call.discarded)
    log.warn(call, `${quantity(call.discarded, 'entry', 'entries')} beyond the limit discarded`)
  else if (log.isLevelEnabled('debug')) log.debug(call, 'call')
}
