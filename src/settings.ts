/**
 * All settings of `rollcall serve`: flags, environment variables, --help and docs/reference/config.md come from
 * this table. A flag overrides its variable, a variable the default.
 */
export interface Setting {
  /** The flag's name; its variable is ROLLCALL_ and the name in capitals unless `variable` is set. */
  readonly flag: string
  /** The placeholder of the value in help; a setting without one is a switch. */
  readonly value?: string
  readonly default?: string
  readonly choices?: readonly string[]
  /** May be given several times; its variable has comma-separated values. */
  readonly repeatable?: boolean
  /** The environment variable, if its name differs from the flag's. */
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
  mqttWorkers: {
    flag: 'mqtt-workers',
    value: 'number',
    default: '0',
    meaning:
      'Number of further processes that serve devices alone, at a lower priority, so that a fleet that reconnects does not delay calls; the processes of --workers then serve the API, and MQTT over WebSocket. 0 serves devices in the processes of --workers.',
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

export type SettingName = keyof typeof table
