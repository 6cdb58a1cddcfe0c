import { isIP } from 'node:net'
import { Client, type PoolConfig, types } from 'pg'

/** Longest wait for a new connection, and for the answer to its first statement, in milliseconds. */
export const connectTimeoutMs = 5000

/** Numbers of devices and rows stay far below 2^53. */
const asNumbers: PoolConfig['types'] = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
}

/**
 * The handling of sslmode. pg 8 verifies the certificate and its name in all modes but disable and no-verify, and
 * warns that a later version will not, so the mode is replaced by one that keeps its meaning.
 */
const modes: Readonly<Record<string, string>> = {
  disable: 'disable',
  'no-verify': 'no-verify',
  prefer: 'verify-full',
  require: 'verify-full',
  'verify-ca': 'verify-full',
  'verify-full': 'verify-full',
}

/**
 * How to connect to a database.
 * @throws Error when the URL has an unknown sslmode
 */
export const clientConfig = (url: string) =>
  ({
    connectionString: withMode(url),
    types: asNumbers,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'rollcall',
  }) satisfies PoolConfig

function withMode(url: string): string {
  // With this the operator chooses libpq's meaning of the modes.
  if (/[?&]uselibpqcompat=true(&|$)/.test(url)) return url
  return url.replace(/([?&]sslmode=)([^&]*)/, (_, name, mode) => {
    const meant = modes[mode]
    if (meant !== undefined) return `${name}${meant}`
    throw new Error(`sslmode of --database must be one of ${Object.keys(modes).join(', ')}, not ${mode}`)
  })
}

/**
 * The host to which passwords and device secrets go unencrypted without anybody having chosen that.
 * @returns undefined if the connection is encrypted, stays on this machine, or the URL has sslmode=disable
 */
export function plainHost(url: string): string | undefined {
  // It reads the URL and PGHOST, PGSSLMODE and the like, and connects to nothing.
  const { host, ssl } = new Client(clientConfig(url))
  const chosen = process.env.PGSSLMODE === 'disable' || /[?&]sslmode=disable(&|$)/.test(url)
  return ssl || chosen || isLocal(host) ? undefined : host
}

const isLocal = (host: string) =>
  host.startsWith('/') ||
  host === 'localhost' ||
  host === '::1' ||
  (isIP(host) === 4 && host.startsWith('127.'))
