import { canonicalQuery, type Parameter } from './percent.ts'

/** The one algorithm of signature V3 that Rollcall takes; SM3 and RSA variants exist (wire-facts §2.2). */
export const algorithmV3 = 'ACS3-HMAC-SHA256'

/** SHA-256 and HMAC-SHA256 as lower-case hexadecimal, from whatever the caller's platform has. */
export interface Sha256 {
  hash(text: string): string
  hmac(key: string, text: string): string
}

/** A request as signature V3 sees it. Header names are lower-case, values of repeated ones in a list. */
export interface RequestV3 {
  readonly method: string
  readonly path: string
  readonly query: Iterable<Parameter>
  readonly headers: ReadonlyMap<string, readonly string[]>
  /** The names of the headers that are signed, in the order in which they are listed. */
  readonly signedHeaders: readonly string[]
  /** SHA-256 of the body as it is sent, lower-case hexadecimal. */
  readonly payloadHash: string
}

/** The canonical request that V3 hashes (wire-facts §2.2). The empty line comes from the header block's own last newline. */
export function canonicalRequestV3(request: RequestV3): string {
  return canonicalHeadV3(request) + canonicalQuery(request.query) + canonicalTailV3(request)
}

/** The canonical request before its query. */
export function canonicalHeadV3(request: Pick<RequestV3, 'method' | 'path'>): string {
  return `${request.method}\n${request.path}\n`
}

/**
 * A header's value without the spaces and tabs around it, which HTTP allows (RFC 9110 §5.5) and no signature covers.
 * String.trim would take away more, such as U+00A0, and so let two values pass for one.
 */
export function trimOws(value: string): string {
  // Not a regular expression, which would take the square of the length of a run of spaces.
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

/** What V3 signs: the algorithm and the hash of the canonical request. */
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

/** An Authorization header has three fields; of more, these are read. */
const fieldsMax = 8
/** Clients sign about a dozen headers; each costs what its value is long. */
export const signedHeadersMax = 64

/**
 * Reads an Authorization header by field name: older Java clients order them differently (wire-facts §2.2). Of more than
 * `signedHeadersMax` signed headers it gives one too many, so that the rest is not split.
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
