import { isIP } from 'node:net'

/**
 * Every setting of `rollcall serve`, once: flags, environment variables, --help and docs/reference/config.md
 * come from this table. A flag wins over its variable, a variable over the default.
 */
export interface Setting {
  /** The flag's name; its variable is ROLLCALL_ and the name in capitals unless `variable` says otherwise. */
  readonly flag: string
  /** The placeholder of the value in help; a setting without one is a switch. */
  readonly value?: string
  readonly default?: string
  readonly choices?: readonly string[]
  /** May be given several times; its variable has commas between the values. */
  readonly repeatable?: boolean
  /** The environment variable, when its name is not the flag's. */
  readonly variable?: string
  readonly meaning: string
}

const table = {
  host: { flag: 'host', value: 'address', default: '127.0.0.1', meaning: 'Address to listen on.' },
  port: {
    flag: 'port',
    value: 'number',
    default: '8080',
    meaning: 'Port to listen on; 0 chooses a free port.',
  },
  api: {
    flag: 'api',
    value: 'on|off',
    default: 'on',
    choices: ['on', 'off'],
    meaning:
      'Whether API calls and the console are served; off makes a node for devices alone, whose port still serves /healthz, /metrics and MQTT over WebSocket.',
  },
  mqtt: {
    flag: 'mqtt',
    value: 'on|off',
    default: 'on',
    choices: ['on', 'off'],
    meaning: 'Whether devices are served by MQTT.',
  },
  mqttPort: {
    flag: 'mqtt-port',
    value: 'number',
    default: '1883',
    meaning:
      'Port for MQTT, on --host; 0 takes any free one. With a certificate it serves TLS too. If another process has the default port, the server starts without it and prints a warning.',
  },
  mqttTlsPort: {
    flag: 'mqtt-tls-port',
    value: 'number',
    meaning:
      'Port for MQTT with TLS alone; 0 takes any free one. 8883 when TLS is configured; without TLS there is none.',
  },
  mqttGateways: {
    flag: 'mqtt-gateway',
    value: 'port|host=productKey',
    repeatable: true,
    variable: 'ROLLCALL_MQTT_GATEWAYS',
    meaning:
      'Product of the devices that sign in with a bare user name at this port or this TLS server name (SNI), such as 1884=a1BcDeFgHiJ or plant.example.com=a1BcDeFgHiJ. Each port is listened on. May be given several times; the variable has commas between them.',
  },
  mqttConnects: {
    flag: 'mqtt-connects',
    value: 'number',
    default: '0',
    meaning: 'Connects a minute that each device may make at each process; 0 sets no limit.',
  },
  mqttMessages: {
    flag: 'mqtt-messages',
    value: 'number',
    default: '0',
    meaning:
      'Messages a second that each device may send; those beyond it are dropped and counted. 0 sets no limit.',
  },
  mqttBytes: {
    flag: 'mqtt-bytes',
    value: 'number',
    default: '0',
    meaning:
      'Bytes of messages a second that each device may send; messages beyond it are dropped and counted. 0 sets no limit.',
  },
  data: {
    flag: 'data',
    value: 'folder',
    default: './data',
    meaning: 'Folder of the SQLite store, the master key and the first credentials.',
  },
  database: {
    flag: 'database',
    value: 'url',
    meaning:
      'PostgreSQL database for the store, as postgres://user:password@host:port/database?sslmode=verify-full. Without it the store is SQLite in the data folder. Prefer the variable, because every user of the machine can read flags.',
  },
  databaseConnections: {
    flag: 'database-connections',
    value: 'number',
    default: '15',
    meaning:
      'Maximum connections of each process to PostgreSQL, at least 3. Keep the sum over all processes below PostgreSQL’s max_connections or the limits of the connection pooler.',
  },
  workers: {
    flag: 'workers',
    value: 'number',
    default: '1',
    meaning:
      'Number of serving processes on this machine; another process starts and replaces them. 1 serves in a single process.',
  },
  nodeAddress: {
    flag: 'node-address',
    value: 'host[:port]',
    meaning:
      'Address at which other nodes on the same PostgreSQL reach this one, to pass messages to devices that are connected here; a private network’s, since messages are authenticated and not encrypted. Of several workers each takes the next port. Absent: the address of --host, or this machine’s first one if --host is every address, and any free port.',
  },
  accessKeyId: {
    flag: 'access-key-id',
    value: 'id',
    meaning: 'AccessKeyId of the first account if the store is empty, instead of a generated one.',
  },
  accessKeySecret: {
    flag: 'access-key-secret',
    value: 'secret',
    meaning:
      'AccessKeySecret of the first account if the store is empty. Prefer the variable, because every user of the machine can read flags.',
  },
  productKey: {
    flag: 'product-key',
    value: 'key',
    meaning: 'ProductKey of the public instance’s gateway product if the store is empty.',
  },
  instanceId: {
    flag: 'instance-id',
    value: 'id',
    meaning: 'ID of the Standard Enterprise Edition instance if the store is empty.',
  },
  instanceProductKey: {
    flag: 'instance-product-key',
    value: 'key',
    meaning: 'ProductKey of that instance’s gateway product if the store is empty.',
  },
  tls: {
    flag: 'tls',
    value: 'how',
    choices: ['self-signed'],
    meaning:
      'Serves HTTPS with a generated certificate: tls.crt and tls.key in the data folder, for localhost, the host and this machine’s name.',
  },
  tlsCert: {
    flag: 'tls-cert',
    value: 'file',
    meaning: 'Certificate chain (PEM) for HTTPS; needs --tls-key.',
  },
  tlsKey: { flag: 'tls-key', value: 'file', meaning: 'Private key (PEM) of the certificate.' },
  listOverflow: {
    flag: 'list-overflow',
    value: 'how',
    default: 'documented',
    choices: ['documented', 'discard', 'reject'],
    meaning:
      'Handling of list entries beyond 10,000: documented (a check discards them, an import is rejected), discard or reject.',
  },
  failureStatus: {
    flag: 'failure-status',
    value: 'how',
    default: 'documented',
    choices: ['documented', '200', '400'],
    meaning:
      'HTTP status of an operation’s failures: documented (400 for the check operations as listed on their page, 200 for the rest), 200 always, or 400 always as listed on the operation’s page.',
  },
  clockSkewMinutes: {
    flag: 'clock-skew-minutes',
    value: 'minutes',
    default: '15',
    meaning: 'Maximum difference between a request’s Timestamp and this machine’s clock.',
  },
  console: {
    flag: 'console',
    value: 'on|off',
    default: 'on',
    choices: ['on', 'off'],
    meaning: 'Serves the web console at /console/.',
  },
  quota: {
    flag: 'quota',
    value: 'on|off',
    default: 'on',
    choices: ['on', 'off'],
    meaning: 'Counts calls against the account’s quota; off is for load tests.',
  },
  fixedQuotas: {
    flag: 'fixed-quotas',
    meaning:
      'Rejects SetQuota, so that only rollcall quota changes quotas; for an operator who serves several accounts.',
  },
  ephemeral: { flag: 'ephemeral', meaning: 'Keeps the store in memory; it is lost when the server stops.' },
  seed: {
    flag: 'seed',
    value: 'file',
    meaning:
      'JSON file of accounts, keys, instances, products and devices with which to fill an empty store.',
  },
  requestLineBytes: {
    flag: 'request-line-bytes',
    value: 'bytes',
    default: '16777216',
    meaning: 'Maximum length of a request line.',
  },
  headerBytes: {
    flag: 'header-bytes',
    value: 'bytes',
    default: '16384',
    meaning: 'Maximum total size of the headers after the request line.',
  },
  bodyBytes: {
    flag: 'body-bytes',
    value: 'bytes',
    default: '16777216',
    meaning: 'Maximum size of a request body.',
  },
  requestMemoryBytes: {
    flag: 'request-memory-bytes',
    value: 'bytes',
    default: '268435456',
    meaning:
      'Memory of each process for all requests at once; at least four times the sum of the maximum request line and body. Beyond it requests wait for up to two seconds and are then answered 503.',
  },
  nameMemoryBytes: {
    flag: 'name-memory-bytes',
    value: 'bytes',
    default: '1073741824',
    meaning:
      'Memory of each process for the names of registered devices, about 33 bytes each. For products beyond it, checks query the store, which takes twenty times as long.',
  },
  requestTimeoutSeconds: {
    flag: 'request-timeout-seconds',
    value: 'seconds',
    default: '60',
    meaning: 'Maximum time that a client may take to send a request.',
  },
  drainSeconds: {
    flag: 'drain-seconds',
    value: 'seconds',
    default: '1',
    meaning:
      'Time that the server keeps answering calls after SIGTERM while /healthz answers 503, so that load balancers and clients switch to another node.',
  },
  metrics: {
    flag: 'metrics',
    value: 'who',
    default: 'loopback',
    choices: ['loopback', 'anyone'],
    meaning:
      'Clients that may read GET /metrics; loopback is this machine, addressed as localhost, by its loopback address or by --host.',
  },
  failedCalls: {
    flag: 'failed-calls',
    value: 'number',
    default: '50',
    meaning:
      'Calls per second that an address (an IPv6 /64) may make without a valid signature, with bursts of ten times the number; a call counts once more for each 64 KiB of its size. Beyond it every call from the address is answered 429 unread. Calls from this machine are limited only if the setting is given. 0 sets no limit.',
  },
  trustedProxies: {
    flag: 'trusted-proxies',
    value: 'cidr,…',
    meaning:
      'Addresses and ranges of the proxies whose X-Forwarded-For gives the client’s address, such as 10.0.0.0/8,::1.',
  },
  corsOrigin: {
    flag: 'cors-origin',
    value: 'origin,…',
    meaning:
      'Origins of web pages that may call the API from a browser, such as https://app.example.com; * allows all. The console does not need it.',
  },
  hsts: {
    flag: 'hsts',
    value: 'seconds',
    default: '0',
    meaning:
      'Time for which browsers use only HTTPS for this host after an answer (Strict-Transport-Security); needs TLS. 0 does not send the header.',
  },
  plainHttp: {
    flag: 'plain-http',
    meaning:
      'Serves other machines without TLS and without a warning, because a proxy or a private network encrypts the traffic.',
  },
  logLevel: {
    flag: 'log-level',
    value: 'level',
    default: 'info',
    choices: ['debug', 'info', 'warn', 'error', 'silent'],
    meaning:
      'Minimum level of the log, which is JSON lines on standard error; debug has a line for each call.',
  },
} as const satisfies Record<string, Setting>

export const settings: Readonly<Record<keyof typeof table, Setting>> = table

/** The environment variable of a setting. */
export const variableOf = ({ flag, variable }: Setting) =>
  variable ?? `ROLLCALL_${flag.toUpperCase().replaceAll('-', '_')}`

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
  /** The number of serving processes. */
  readonly workers: number
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
  /** Undefined in a worker, when the first one found that another process has the port. */
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
export type RawSettings = Readonly<Partial<Record<keyof typeof table, string | boolean>>>

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
  function text(name: keyof typeof table): string | undefined {
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
  function whole(name: keyof typeof table, min: number, max: number, why?: string): number {
    const value = text(name)!
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN
    if (number >= min && number <= max) return number
    throw new UsageError(
      `${displayed(name)} must be a whole number from ${min} to ${max}, not ${JSON.stringify(value)}${why === undefined ? '' : `: ${why}`}`,
    )
  }

  /** A switch; in a variable 1 and true set it, 0, false and nothing don't. */
  function yes(name: keyof typeof table): boolean {
    const value = text(name) ?? 'false'
    if (['1', 'true', '0', 'false'].includes(value)) return value === '1' || value === 'true'
    throw new UsageError(`${displayed(name)} must be 1, true, 0 or false, not ${JSON.stringify(value)}`)
  }

  /** A comma-separated list; each entry is validated. */
  function list(name: keyof typeof table, isRight: (entry: string) => boolean, right: string): string[] {
    const entries = (text(name) ?? '').split(',').map((entry) => entry.trim())
    if (entries.length === 1 && entries[0] === '') return []
    const wrong = entries.find((entry) => !isRight(entry))
    if (wrong === undefined) return entries
    throw new UsageError(
      `${displayed(name)} must be ${right}, with commas between them, not ${JSON.stringify(wrong)}`,
    )
  }

  const displayed = (name: keyof typeof table) => `--${settings[name].flag} (${variableOf(settings[name])})`

  const database = text('database')
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(database)) {
    // Not shown: it may hold a password.
    throw new UsageError(
      `${displayed('database')} must be postgres://user:password@host:port/database; leave it out to use SQLite`,
    )
  }
  if (database !== undefined && yes('ephemeral')) {
    throw new UsageError(`${displayed('database')} and ${displayed('ephemeral')} can't be given together`)
  }
  const workers = whole('workers', 1, 256)
  if (workers > 1 && yes('ephemeral')) {
    throw new UsageError(
      `${displayed('workers')} above 1 and ${displayed('ephemeral')} can't be given together: processes share no memory`,
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
    if (host !== undefined && Number(port) + workers - 1 <= 65_535) return { host, port: Number(port) }
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
  // The largest request needs its line twice, its buffer with room to work in, and, while that grows, another.
  const requestMemoryLeast = Math.max(2 ** 20, 4 * (requestLineBytes + bodyBytes))
  const isAsked = (name: keyof typeof table) =>
    given[name] !== undefined || !!environment[variableOf(settings[name])]

  /** 0 sets no limit. */
  const limit = (name: keyof typeof table) => whole(name, 0, 1e9) || undefined

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

/** An IP address, or one and the number of its bits that count. */
function isRange(text: string): boolean {
  const [, address, bits] = /^([^/]+?)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const family = isIP(address ?? '')
  return family !== 0 && !address!.includes('%') && Number(bits ?? 0) <= (family === 4 ? 32 : 128)
}

/** What a browser sends as Origin: scheme, host and port, without a path. */
function isOrigin(text: string): boolean {
  return text === '*' || (/^https?:/.test(text) && URL.parse(text)?.origin === text)
}

/** Returns true if other machines can reach the server, and what they send can be read on the way. */
export const servesPlainHttp = ({
  host,
  tls,
  plainHttp,
}: Pick<Config, 'host' | 'tls' | 'plainHttp'>): boolean =>
  tls === undefined && !plainHttp && !/^(?:localhost|127\.[\d.]+|::1)$/i.test(host)
