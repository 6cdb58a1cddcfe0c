import { canonicalQuery, type Parameter } from './percent.ts'

/** The V3 algorithm that Rollcall supports; SM3 and RSA variants exist (wire-facts §2.2). */
export const algorithmV3 = 'ACS3-HMAC-SHA256'

/** SHA-256 and HMAC-SHA256 in lower-case hexadecimal, provided by the platform. */
export interface Sha256 {
  hash(text: string): string
  hmac(key: string, text: string): string
}

/** A request for signature V3. Header names are lower-case, with repeated values in a list. */
export interface RequestV3 {
  readonly method: string
  readonly path: string
  readonly query: Iterable<Parameter>
  readonly headers: ReadonlyMap<string, readonly string[]>
  /** The names of the signed headers, in the order in which they are listed. */
  readonly signedHeaders: readonly string[]
  /** SHA-256 of the body as sent, lower-case hexadecimal. */
  readonly payloadHash: string
}

/**
 * V3's canonical request, which is hashed (wire-facts §2.2). The empty line results from the header block's
 * final newline.
 */
export function canonicalRequestV3(request: RequestV3): string {
  return canonicalHeadV3(request) + canonicalQuery(request.query) + canonicalTailV3(request)
}

/** The canonical request before its query. */
export function canonicalHeadV3(request: Pick<RequestV3, 'method' | 'path'>): string {
  return `${request.method}\n${request.path}\n`
}

/**
 * Trims the spaces and tabs around a header's value, which HTTP allows (RFC 9110 §5.5) and no signature covers.
 * String.trim would also remove others such as U+00A0, and let two values pass for one.
 */
export function trimOws(value: string): string {
  // Not a regular expression, which would take quadratic time on a run of spaces.
  let [start, end] = [0, value.length]
  while (start < end && isOws(value.charCodeAt(start))) start++
  while (end > start && isOws(value.charCodeAt(end - 1))) end--
  return value.slice(start, end)
}

const isOws = (code: number) => code === 0x20 || code === 0x09

/** The canonical request after its query. */
export function canonicalTailV3(
  request: Pick<RequestV3, 'headers' | 'signedHeaders' | 'payloadHash'>,
): string {
  const lines = request.signedHeaders.map((name) => {
    const values = (request.headers.get(name) ?? []).map(trimOws)
    return `${name}:${values.sort().join(',')}\n`
  })
  return `\n${lines.join('')}\n${request.signedHeaders.join(';')}\n${request.payloadHash}`
}

/** V3's string to sign: the algorithm and the hash of the canonical request. */
export const stringToSignV3 = (canonicalRequestHash: string) => `${algorithmV3}\n${canonicalRequestHash}`

/** The Authorization header of a V3 request. */
export function authorizationV3(
  request: RequestV3,
  accessKeyId: string,
  secret: string,
  sha256: Sha256,
): string {
  const signature = sha256.hmac(secret, stringToSignV3(sha256.hash(canonicalRequestV3(request))))
  return `${algorithmV3} Credential=${accessKeyId},SignedHeaders=${request.signedHeaders.join(';')},Signature=${signature}`
}

/** The fields of an Authorization header. */
export interface AuthorizationV3 {
  readonly algorithm: string
  readonly accessKeyId: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

/** An Authorization header has three fields; at most this many are read. */
const fieldsMax = 8
/** Clients sign about a dozen headers; each costs time in proportion to its value. */
export const signedHeadersMax = 64

/**
 * Parses an Authorization header by field name, because older Java clients order the fields differently
 * (wire-facts §2.2). If there are more than `signedHeadersMax` signed headers, it returns one too many and does
 * not split the rest.
 */
export function parseAuthorizationV3(header: string): AuthorizationV3 | undefined {
  const space = header.indexOf(' ')
  if (space < 0) return undefined
  const fields = new Map<string, string>()
  for (const field of header.slice(space + 1).split(',', fieldsMax)) {
    const equals = field.indexOf('=')
    if (equals > 0) fields.set(trimOws(field.slice(0, equals)), trimOws(field.slice(equals + 1)))
  }
  const accessKeyId = fields.get('Credential')
  const signedHeaders = fields.get('SignedHeaders')
  const signature = fields.get('Signature')
  if (!accessKeyId || !signedHeaders || !signature) return undefined
  return {
    algorithm: header.slice(0, space),
    accessKeyId,
    signedHeaders: signedHeaders.split(';', signedHeadersMax + 1),
    signature,
  }
}
