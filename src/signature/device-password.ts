/**
 * The MQTT credentials of a device: the parameters in its client ID, and the text that its password is the HMAC
 * of. Pure; the caller has the secret and computes the HMAC.
 */

/**
 * Hashes of the HMAC, as named by the parameter `signmethod` in lower case. Newer SDKs omit `hmac` for the last
 * one.
 */
const signMethods = { hmacmd5: 'md5', hmacsha1: 'sha1', hmacsha256: 'sha256', sha256: 'sha256' } as const
export type SignHash = (typeof signMethods)[keyof typeof signMethods]

/** Maximum characters of a client ID before its parameters. */
export const clientIdMax = 64

export interface ClientId {
  /** The signed part: everything before the first bar. It may be empty or contain `&`. */
  readonly id: string
  /** The parameters between bars, `|name=value,name=value|`; undefined if there is no pair of bars. */
  readonly parameters: ReadonlyMap<string, string> | undefined
}

/**
 * Parses a client ID: `id|name=value,name=value|`. SDKs put blanks and line breaks around pairs, leave the last
 * pair empty, and send undocumented names.
 */
export function parseClientId(clientId: string): ClientId {
  const first = clientId.indexOf('|')
  const last = clientId.lastIndexOf('|')
  if (first === -1) return { id: clientId, parameters: undefined }
  if (first === last || clientId.slice(last + 1).trim() !== '')
    return { id: clientId.slice(0, first), parameters: undefined }
  const parameters = new Map<string, string>()
  for (const pair of clientId.slice(first + 1, last).split(',')) {
    const equals = pair.indexOf('=')
    if (equals !== -1) parameters.set(pair.slice(0, equals).trim(), pair.slice(equals + 1).trim())
  }
  return { id: clientId.slice(0, first), parameters }
}

/**
 * Returns the hash that `signmethod` names, in any case; hmacmd5 if it is missing; undefined if it is unknown.
 */
export function signHashOf(parameters: ReadonlyMap<string, string>): SignHash | undefined {
  const name = (parameters.get('signmethod') ?? 'hmacmd5').toLowerCase()
  return Object.hasOwn(signMethods, name) ? signMethods[name as keyof typeof signMethods] : undefined
}

/** Reports whether RRPC requests on any topic are sent on /ext/rrpc/…: bit 0 of the number `ext`. */
export const takesExtendedRrpc = (parameters: ReadonlyMap<string, string> | undefined): boolean =>
  (Number(parameters?.get('ext') ?? 0) & 1) === 1

/**
 * Returns the text that a password is the HMAC of: the signed parameters ordered by name, names and values
 * concatenated.
 */
export function passwordContent(
  { id, parameters }: ClientId,
  deviceName: string,
  productKey: string,
): string {
  const timestamp = parameters?.get('timestamp')
  const signed = `clientId${id}deviceName${deviceName}productKey${productKey}`
  return timestamp === undefined ? signed : `${signed}timestamp${timestamp}`
}

/**
 * Parses `deviceName&productKey`, or the bare name of a device of a one-party product; no name contains `&`.
 */
export function parseUserName(userName: string): {
  readonly deviceName: string
  readonly productKey: string | undefined
} {
  const ampersand = userName.indexOf('&')
  return ampersand === -1
    ? { deviceName: userName, productKey: undefined }
    : { deviceName: userName.slice(0, ampersand), productKey: userName.slice(ampersand + 1) }
}
