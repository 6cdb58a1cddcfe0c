import { isIP } from 'node:net'
import { type SettingName, settings, variableOf } from './settings.ts'

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

/** The flags given, by setting name; a switch is true. */
export type RawSettings = Readonly<Partial<Record<SettingName, string | boolean>>>

/** An invalid setting. */
export class UsageError extends Error {}

/**
 * Reads the settings from flags and environment.
 * @throws UsageError with the setting, its value and the valid values
 */
export function readConfig(
  given: RawSettings,
  environment: Readonly<Record<string, string | undefined>>,
): Config {
  function text(name: SettingName): string | undefined {
    const setting = settings[name]
    const value = given[name] ?? (environment[variableOf(setting)] || undefined) ?? setting.default
    if (value === undefined || typeof value === 'boolean') return value === true ? 'true' : undefined
    if (setting.choices !== undefined && !setting.choices.includes(value)) {
      throw new UsageError(
        `${displayed(name)} must be one of ${setting.choices.join(', ')}, not ${JSON.stringify(value)}`,
      )
    }
    return value
  }

  /** @param why the reason for the minimum */
  function whole(name: SettingName, min: number, max: number, why?: string): number {
    const value = text(name)!
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
    if (number >= min && number <= max) return number
    throw new UsageError(
      `${displayed(name)} must be a whole number from ${min} to ${max}, not ${JSON.stringify(value)}${why === undefined ? '' : `: ${why}`}`,
    )
  }

  /** Parses a switch; in a variable, 1 and true set it, 0, false and an empty value don't. */
  function yes(name: SettingName): boolean {
    const value = text(name) ?? 'false'
    if (['1', 'true', '0', 'false'].includes(value)) return value === '1' || value === 'true'
    throw new UsageError(`${displayed(name)} must be 1, true, 0 or false, not ${JSON.stringify(value)}`)
  }

  /** Parses a comma-separated list and validates each entry. */
  function list(name: SettingName, isRight: (entry: string) => boolean, right: string): string[] {
    const entries = (text(name) ?? '').split(',').map((entry) => entry.trim())
    if (entries.length === 1 && entries[0] === '') return []
    const wrong = entries.find((entry) => !isRight(entry))
    if (wrong === undefined) return entries
    throw new UsageError(
      `${displayed(name)} must be ${right}, with commas between them, not ${JSON.stringify(wrong)}`,
    )
  }

  const displayed = (name: SettingName) => `--${settings[name].flag} (${variableOf(settings[name])})`

  const database = text('database')
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(database)) {
    // The value is not quoted, because it may contain a password.
    throw new UsageError(
      `${displayed('database')} must be postgres://user:password@host:port/database; leave it out to use SQLite`,
    )
  }
  if (database !== undefined && yes('ephemeral')) {
    throw new UsageError(`${displayed('database')} and ${displayed('ephemeral')} can't be given together`)
  }
  const workers = whole('workers', 1, 256)
  const mqttWorkers = whole('mqttWorkers', 0, 256)
  if (workers + mqttWorkers > 1 && yes('ephemeral')) {
    const several = mqttWorkers > 0 ? displayed('mqttWorkers') : `${displayed('workers')} above 1`
    throw new UsageError(
      `${several} and ${displayed('ephemeral')} can't be given together: processes share no memory`,
    )
  }
  if (mqttWorkers > 0 && (text('api') === 'off' || text('mqtt') === 'off')) {
    throw new UsageError(
      `${displayed('mqttWorkers')} needs ${displayed('api')} on and ${displayed('mqtt')} on; of one that is off, ${displayed('workers')} serves the other`,
    )
  }
  function nodeAddress(): Config['nodeAddress'] {
    const value = text('nodeAddress')
    if (value === undefined) return undefined
    const [, bracketed, plain, port = '0'] = /^(?:\[([^\]]+)\]|([^\s:/]+))(?::(\d{1,5}))?$/.exec(value) ?? []
    const host = bracketed ?? plain
    if (host !== undefined && /^(?:0\.0\.0\.0|::)$/.test(host)) {
      throw new UsageError(
        `${displayed('nodeAddress')} must be an address that other nodes reach, such as 10.0.0.5:7946, not ${host}, which is every address`,
      )
    }
    if (host !== undefined && Number(port) + workers + mqttWorkers - 1 <= 65_535)
      return { host, port: Number(port) }
    throw new UsageError(
      `${displayed('nodeAddress')} must be a host, or host:port, such as 10.0.0.5:7946, not ${JSON.stringify(value)}`,
    )
  }

  const [cert, key] = [text('tlsCert'), text('tlsKey')]
  if ((cert === undefined) !== (key === undefined)) {
    throw new UsageError(`${displayed('tlsCert')} and ${displayed('tlsKey')} must be given together`)
  }
  if (cert !== undefined && text('tls') !== undefined) {
    throw new UsageError(
      `${displayed('tls')} and ${displayed('tlsCert')} can't be given together: the first generates a certificate, the second uses yours`,
    )
  }
  const [accessKeyId, accessKeySecret] = [text('accessKeyId'), text('accessKeySecret')]
  if ((accessKeyId === undefined) !== (accessKeySecret === undefined)) {
    throw new UsageError(
      `${displayed('accessKeyId')} and ${displayed('accessKeySecret')} must be given together`,
    )
  }
  const hstsSeconds = whole('hsts', 0, 2 ** 31 - 1)
  if (hstsSeconds > 0 && cert === undefined && text('tls') === undefined) {
    throw new UsageError(
      `${displayed('hsts')} needs ${displayed('tls')} or ${displayed('tlsCert')}: browsers ignore it without TLS. Behind a proxy that serves HTTPS, have the proxy send it`,
    )
  }
  const requestLineBytes = whole('requestLineBytes', 1024, 2 ** 29)
  const bodyBytes = whole('bodyBytes', 1024, 2 ** 29)
  // The largest request needs its line twice, its buffer with spare room, and a second buffer while that grows.
  const requestMemoryLeast = Math.max(2 ** 20, 4 * (requestLineBytes + bodyBytes))
  const isAsked = (name: SettingName) =>
    given[name] !== undefined || !!environment[variableOf(settings[name])]

  /** 0 sets no limit. */
  const limit = (name: SettingName) => whole(name, 0, 1e9) || undefined

  function mqtt(): MqttConfig | undefined {
    if (text('mqtt') === 'off') return undefined
    const hasTls = cert !== undefined || text('tls') !== undefined
    if (!hasTls && isAsked('mqttTlsPort'))
      throw new UsageError(`${displayed('mqttTlsPort')} needs ${displayed('tls')} or ${displayed('tlsCert')}`)
    const port = { number: whole('mqttPort', 0, 65_535), asked: isAsked('mqttPort') }
    const tlsPort = isAsked('mqttTlsPort')
      ? { number: whole('mqttTlsPort', 0, 65_535), asked: true }
      : { number: 8883, asked: false }
    return {
      port,
      tlsPort: hasTls ? tlsPort : undefined,
      gateways: gateways(),
      rates: {
        connectsPerMinute: limit('mqttConnects'),
        messagesPerSecond: limit('mqttMessages'),
        bytesPerSecond: limit('mqttBytes'),
      },
    }
  }

  function gateways(): MqttConfig['gateways'] {
    const right = 'PORT=PRODUCTKEY or HOST=PRODUCTKEY'
    const pairs = list('mqttGateways', (entry) => gatewayOf(entry) !== undefined, right).map(
      (entry) => gatewayOf(entry)!,
    )
    const seen = new Set<number | string>()
    for (const { listener } of pairs) {
      if (seen.has(listener))
        throw new UsageError(
          `${displayed('mqttGateways')} gives ${listener} twice; a listener has one product`,
        )
      seen.add(listener)
    }
    return pairs
  }

  const api = text('api') === 'on'
  if (!api && text('mqtt') === 'off')
    throw new UsageError(`${displayed('api')} off and ${displayed('mqtt')} off leave nothing to serve`)
  return {
    host: text('host')!,
    port: whole('port', 0, 65_535),
    api,
    mqtt: mqtt(),
    folder: yes('ephemeral') ? undefined : text('data')!,
    database,
    databaseConnections: whole(
      'databaseConnections',
      3,
      1000,
      'a process holds a lock on one while it starts, works on a second and admits calls on a third',
    ),
    masterKey: environment.ROLLCALL_MASTER_KEY || undefined,
    first: {
      accessKeyId,
      accessKeySecret,
      productKey: text('productKey'),
      instanceId: text('instanceId'),
      instanceProductKey: text('instanceProductKey'),
    },
    workers,
    mqttWorkers,
    nodeAddress: nodeAddress(),
    tls: cert === undefined ? (text('tls') as Config['tls']) : { cert, key: key! },
    listOverflow: text('listOverflow') as Config['listOverflow'],
    failureStatus: text('failureStatus') as Config['failureStatus'],
    clockSkewMs: whole('clockSkewMinutes', 0, 24 * 60) * 60_000,
    console: text('console') === 'on',
    quota: text('quota') === 'on',
    fixedQuotas: yes('fixedQuotas'),
    seed: text('seed'),
    requestLineBytes,
    headerBytes: whole('headerBytes', 1024, 2 ** 20),
    bodyBytes,
    nameMemoryBytes: whole('nameMemoryBytes', 0, 2 ** 32),
    requestMemoryBytes: whole('requestMemoryBytes', requestMemoryLeast, 2 ** 40),
    requestTimeoutMs: whole('requestTimeoutSeconds', 1, 3600) * 1000,
    drainMs: whole('drainSeconds', 0, 3600) * 1000,
    metricsForAnyone: text('metrics') === 'anyone',
    failedCalls: {
      perSecond: whole('failedCalls', 0, 1_000_000),
      loopback: isAsked('failedCalls'),
    },
    trustedProxies: list('trustedProxies', isRange, 'IP addresses or CIDR ranges such as 10.0.0.0/8'),
    corsOrigins: list('corsOrigin', isOrigin, 'origins such as https://app.example.com'),
    hstsSeconds,
    plainHttp: yes('plainHttp'),
    logLevel: text('logLevel')!,
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
