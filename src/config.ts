import { isIP } from 'node:net'
import { displayed, GivenSettings, type RawSettings, UsageError } from './given-settings.ts'

export { type RawSettings, UsageError }

/** The settings, read and validated. */
export interface Config {
  readonly host: string
  readonly port: number
  /** Whether API calls and the console are served. */
  readonly api: boolean
  /** Undefined: devices are not served. */
  readonly mqtt: MqttConfig | undefined
  /** Undefined: in memory. */
  readonly folder: string | undefined
  /** The URL of a PostgreSQL database; undefined: SQLite in the folder. */
  readonly database: string | undefined
  /** Maximum connections of this process to the database. */
  readonly databaseConnections: number
  readonly masterKey: string | undefined
  readonly first: {
    readonly accessKeyId: string | undefined
    readonly accessKeySecret: string | undefined
    readonly productKey: string | undefined
    readonly instanceId: string | undefined
    readonly instanceProductKey: string | undefined
  }
  /** The number of processes that serve calls, and devices unless others serve those. */
  readonly workers: number
  /** The number of further processes that serve devices alone. */
  readonly mqttWorkers: number
  /** The address of this node for other nodes; port 0 chooses a free port. */
  readonly nodeAddress: { readonly host: string; readonly port: number } | undefined
  /** Files of certificate and key; `self-signed` generates them. */
  readonly tls: { readonly cert: string; readonly key: string } | 'self-signed' | undefined
  readonly listOverflow: 'documented' | 'discard' | 'reject'
  readonly failureStatus: 'documented' | '200' | '400'
  readonly clockSkewMs: number
  readonly console: boolean
  readonly quota: boolean
  /** Rejects SetQuota. */
  readonly fixedQuotas: boolean
  readonly seed: string | undefined
  readonly requestLineBytes: number
  readonly headerBytes: number
  readonly bodyBytes: number
  readonly requestMemoryBytes: number
  readonly nameMemoryBytes: number
  readonly requestTimeoutMs: number
  readonly drainMs: number
  readonly metricsForAnyone: boolean
  readonly failedCalls: {
    readonly perSecond: number
    /** Limits calls from this machine too. */
    readonly loopback: boolean
  }
  /** Addresses and CIDR ranges. */
  readonly trustedProxies: readonly string[]
  /** Origins as browsers send them, or `*`. */
  readonly corsOrigins: readonly string[]
  readonly hstsSeconds: number
  readonly plainHttp: boolean
  readonly logLevel: string
}

export interface MqttConfig {
  /** Undefined in a worker if the first one found the port in use. */
  readonly port: ChosenPort | undefined
  /** Undefined without TLS, and as above. */
  readonly tlsPort: ChosenPort | undefined
  /** Products of listeners: by port or by SNI name in lower case. */
  readonly gateways: readonly { readonly listener: number | string; readonly productKey: string }[]
  /** Limits of one device; undefined: none. */
  readonly rates: {
    readonly connectsPerMinute: number | undefined
    readonly messagesPerSecond: number | undefined
    readonly bytesPerSecond: number | undefined
  }
}

export interface ChosenPort {
  readonly number: number
  /** True if the operator set it; a port in use is then an error. */
  readonly asked: boolean
}

/**
 * Reads the settings from flags and environment.
 * @throws UsageError with the setting, its value and the valid values
 */
export function readConfig(
  flags: RawSettings,
  environment: Readonly<Record<string, string | undefined>>,
): Config {
  const given = new GivenSettings(flags, environment)
  return {
    ...readDoors(given),
    ...readProcesses(given),
    ...readStore(given),
    masterKey: environment.ROLLCALL_MASTER_KEY || undefined,
    first: readFirst(given),
    ...readLimits(given),
    listOverflow: given.text('listOverflow') as Config['listOverflow'],
    failureStatus: given.text('failureStatus') as Config['failureStatus'],
    clockSkewMs: given.whole('clockSkewMinutes', 0, 24 * 60) * 60_000,
    console: given.text('console') === 'on',
    metricsForAnyone: given.text('metrics') === 'anyone',
    trustedProxies: given.list('trustedProxies', isRange, 'IP addresses or CIDR ranges such as 10.0.0.0/8'),
    corsOrigins: given.list('corsOrigin', isOrigin, 'origins such as https://app.example.com'),
    logLevel: given.text('logLevel')!,
  }
}

function readDoors(
  given: GivenSettings,
): Pick<Config, 'host' | 'port' | 'api' | 'mqtt' | 'tls' | 'hstsSeconds' | 'plainHttp'> {
  const api = given.text('api') === 'on'
  if (!api && given.text('mqtt') === 'off')
    throw new UsageError(`${displayed('api')} off and ${displayed('mqtt')} off leave nothing to serve`)
  const tls = readTls(given)
  const hstsSeconds = given.whole('hsts', 0, 2 ** 31 - 1)
  if (hstsSeconds > 0 && tls === undefined) {
    throw new UsageError(
      `${displayed('hsts')} needs ${displayed('tls')} or ${displayed('tlsCert')}: browsers ignore it without TLS. Behind a proxy that serves HTTPS, have the proxy send it`,
    )
  }
  return {
    host: given.text('host')!,
    port: given.whole('port', 0, 65_535),
    api,
    mqtt: given.text('mqtt') === 'off' ? undefined : readMqtt(given, tls !== undefined),
    tls,
    hstsSeconds,
    plainHttp: given.yes('plainHttp'),
  }
}

function readTls(given: GivenSettings): Config['tls'] {
  const [cert, key] = [given.text('tlsCert'), given.text('tlsKey')]
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError(`${displayed('tlsCert')} and ${displayed('tlsKey')} must be given together`)
  }
  const generated = given.text('tls') as 'self-signed' | undefined
  if (cert === undefined) return generated
  if (generated !== undefined) {
    throw new UsageError(
      `${displayed('tls')} and ${displayed('tlsCert')} can't be given together: the first generates a certificate, the second uses yours`,
    )
  }
  return { cert, key: key! }
}

function readMqtt(given: GivenSettings, hasTls: boolean): MqttConfig {
  const ownTlsPort = given.isGiven('mqttTlsPort')
  if (!hasTls && ownTlsPort)
    throw new UsageError(`${displayed('mqttTlsPort')} needs ${displayed('tls')} or ${displayed('tlsCert')}`)
  const port = { number: given.whole('mqttPort', 0, 65_535), asked: given.isGiven('mqttPort') }
  const tlsPort = { number: ownTlsPort ? given.whole('mqttTlsPort', 0, 65_535) : 8883, asked: ownTlsPort }
  /** 0 sets no limit. */
  const limit = (name: 'mqttConnects' | 'mqttMessages' | 'mqttBytes') =>
    given.whole(name, 0, 1e9) || undefined
  return {
    port,
    tlsPort: hasTls ? tlsPort : undefined,
    gateways: readGateways(given),
    rates: {
      connectsPerMinute: limit('mqttConnects'),
      messagesPerSecond: limit('mqttMessages'),
      bytesPerSecond: limit('mqttBytes'),
    },
  }
}

function readGateways(given: GivenSettings): MqttConfig['gateways'] {
  const right = 'PORT=PRODUCTKEY or HOST=PRODUCTKEY'
  const pairs = given
    .list('mqttGateways', (entry) => gatewayOf(entry) !== undefined, right)
    .map((entry) => gatewayOf(entry)!)
  const seen = new Set<number | string>()
  for (const { listener } of pairs) {
    if (seen.has(listener))
      throw new UsageError(`${displayed('mqttGateways')} gives ${listener} twice; a listener has one product`)
    seen.add(listener)
  }
  return pairs
}

function readProcesses(
  given: GivenSettings,
): Pick<Config, 'workers' | 'mqttWorkers' | 'nodeAddress' | 'drainMs'> {
  const workers = given.whole('workers', 1, 256)
  const mqttWorkers = given.whole('mqttWorkers', 0, 256)
  if (workers + mqttWorkers > 1 && given.yes('ephemeral')) {
    const several = mqttWorkers > 0 ? displayed('mqttWorkers') : `${displayed('workers')} above 1`
    throw new UsageError(
      `${several} and ${displayed('ephemeral')} can't be given together: processes share no memory`,
    )
  }
  if (mqttWorkers > 0 && (given.text('api') === 'off' || given.text('mqtt') === 'off')) {
    throw new UsageError(
      `${displayed('mqttWorkers')} needs ${displayed('api')} on and ${displayed('mqtt')} on; of one that is off, ${displayed('workers')} serves the other`,
    )
  }
  return {
    workers,
    mqttWorkers,
    nodeAddress: readNodeAddress(given, workers + mqttWorkers),
    drainMs: given.whole('drainSeconds', 0, 3600) * 1000,
  }
}

/** @param processes how many of them listen, on consecutive ports */
function readNodeAddress(given: GivenSettings, processes: number): Config['nodeAddress'] {
  const value = given.text('nodeAddress')
  if (value === undefined) return undefined
  const [, bracketed, plain, port = '0'] = /^(?:\[([^\]]+)\]|([^\s:/]+))(?::(\d{1,5}))?$/.exec(value) ?? []
  const host = bracketed ?? plain
  if (host !== undefined && /^(?:0\.0\.0\.0|::)$/.test(host)) {
    throw new UsageError(
      `${displayed('nodeAddress')} must be an address that other nodes reach, such as 10.0.0.5:7946, not ${host}, which is every address`,
    )
  }
  if (host !== undefined && Number(port) + processes - 1 <= 65_535) return { host, port: Number(port) }
  throw new UsageError(
    `${displayed('nodeAddress')} must be a host, or host:port, such as 10.0.0.5:7946, not ${JSON.stringify(value)}`,
  )
}

function readStore(
  given: GivenSettings,
): Pick<Config, 'folder' | 'database' | 'databaseConnections' | 'seed'> {
  const database = given.text('database')
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(database)) {
    // The value is not quoted, because it may contain a password.
    throw new UsageError(
      `${displayed('database')} must be postgres://user:password@host:port/database; leave it out to use SQLite`,
    )
  }
  const ephemeral = given.yes('ephemeral')
  if (database !== undefined && ephemeral) {
    throw new UsageError(`${displayed('database')} and ${displayed('ephemeral')} can't be given together`)
  }
  return {
    folder: ephemeral ? undefined : given.text('data')!,
    database,
    databaseConnections: given.whole(
      'databaseConnections',
      3,
      1000,
      'a process holds a lock on one while it starts, works on a second and admits calls on a third',
    ),
    seed: given.text('seed'),
  }
}

function readFirst(given: GivenSettings): Config['first'] {
  const [accessKeyId, accessKeySecret] = [given.text('accessKeyId'), given.text('accessKeySecret')]
  if ((accessKeyId === undefined) !== (accessKeySecret === undefined)) {
    throw new UsageError(
      `${displayed('accessKeyId')} and ${displayed('accessKeySecret')} must be given together`,
    )
  }
  return {
    accessKeyId,
    accessKeySecret,
    productKey: given.text('productKey'),
    instanceId: given.text('instanceId'),
    instanceProductKey: given.text('instanceProductKey'),
  }
}

function readLimits(given: GivenSettings) {
  const requestLineBytes = given.whole('requestLineBytes', 1024, 2 ** 29)
  const bodyBytes = given.whole('bodyBytes', 1024, 2 ** 29)
  // The largest request needs its line twice, its buffer with spare room, and a second buffer while that grows.
  const requestMemoryLeast = Math.max(2 ** 20, 4 * (requestLineBytes + bodyBytes))
  return {
    requestLineBytes,
    headerBytes: given.whole('headerBytes', 1024, 2 ** 20),
    bodyBytes,
    nameMemoryBytes: given.whole('nameMemoryBytes', 0, 2 ** 32),
    requestMemoryBytes: given.whole('requestMemoryBytes', requestMemoryLeast, 2 ** 40),
    requestTimeoutMs: given.whole('requestTimeoutSeconds', 1, 3600) * 1000,
    quota: given.text('quota') === 'on',
    fixedQuotas: given.yes('fixedQuotas'),
    failedCalls: {
      perSecond: given.whole('failedCalls', 0, 1_000_000),
      loopback: given.isGiven('failedCalls'),
    },
  }
}

/** `PORT=PRODUCTKEY` or `HOST=PRODUCTKEY`. */
function gatewayOf(entry: string): MqttConfig['gateways'][number] | undefined {
  const [, listener, productKey] = /^([A-Za-z0-9.-]+)=([A-Za-z0-9]{1,32})$/.exec(entry) ?? []
  if (listener === undefined || productKey === undefined) return undefined
  if (!/^\d+$/.test(listener)) return { listener: listener.toLowerCase(), productKey }
  const port = Number(listener)
  return port >= 1 && port <= 65_535 ? { listener: port, productKey } : undefined
}

/** Tests for an IP address or a CIDR range. */
function isRange(text: string): boolean {
  const [, address, bits] = /^([^/]+?)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const family = isIP(address ?? '')
  return family !== 0 && !address!.includes('%') && Number(bits ?? 0) <= (family === 4 ? 32 : 128)
}

/** Tests for an Origin as browsers send it: scheme, host and port, without a path. */
function isOrigin(text: string): boolean {
  return text === '*' || (/^https?:/.test(text) && URL.parse(text)?.origin === text)
}

/** Reports whether other machines can reach the server over unencrypted HTTP. */
export const servesPlainHttp = ({
  host,
  tls,
  plainHttp,
}: Pick<Config, 'host' | 'tls' | 'plainHttp'>): boolean =>
  tls === undefined && !plainHttp && !/^(?:localhost|127\.[\d.]+|::1)$/i.test(host)
