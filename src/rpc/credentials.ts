import { header, type Request } from '../lib/http-message.ts'
import { algorithmV3, signedHeadersMax, trimOws } from '../signature/v3.ts'
import { textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'
import type { Scheme } from './scheme.ts'

/** The sender that a request claims: parameters under V1, headers under V3 (wire-facts §2.2, §2.4). */
export type Credentials<Absent = never> = CredentialsV1<Absent> | CredentialsV3

interface CredentialsV1<Absent> extends Common<Absent> {
  readonly version: 'v1'
}
interface CredentialsV3 extends Common<never> {
  readonly version: 'v3'
  readonly signedHeaders: readonly string[]
}
/** @template Absent the value of a missing parameter; never once the whole request was received */
interface Common<Absent> {
  readonly accessKeyId: string | Absent
  /** As it was signed, so that no rewriting of the request makes another nonce. */
  readonly nonce: string | Absent
  /** As it was signed: UTC, YYYY-MM-DDThh:mm:ssZ. */
  readonly timestamp: string | Absent
  readonly signature: string | Absent
}

/**
 * The credentials of a request.
 * @param common the common parameters
 * @param absent returns the value of a missing parameter, or throws
 * @throws Refusal for malformed credentials and for those that Rollcall does not support
 */
export function credentialsOf<Absent>(
  request: Request,
  scheme: Scheme,
  common: ParameterTable,
  absent: (name: string) => Absent,
): Credentials<Absent> {
  refuseOtherCredentials(request, common)
  return scheme.version === 'v3' ? credentialsV3(request, scheme) : credentialsV1(common, absent)
}

/** Returns true if a request names an access key. */
export const hasKey = (scheme: Scheme, common: ParameterTable): boolean =>
  scheme.version === 'v3' || common.pairs.some(({ name }) => name === 'AccessKeyId')

/** Refuses bearer tokens and temporary credentials by name instead of ignoring them (design §6). */
function refuseOtherCredentials(request: Request, table: ParameterTable): void {
  const bearer =
    textParameter(table, 'SignatureType') ??
    textParameter(table, 'BearerToken') ??
    header(request, 'x-acs-bearer-token') ??
    header(request, 'x-acs-signature-type')
  if (bearer !== undefined) throw new Refusal('InvalidSignatureType')
  if (textParameter(table, 'SecurityToken') ?? header(request, 'x-acs-security-token')) {
    throw new Refusal('InvalidSecurityToken.MismatchWithAccessKey')
  }
}

function credentialsV1<Absent>(
  table: ParameterTable,
  absent: (name: string) => Absent,
): CredentialsV1<Absent> {
  const read = (name: string) => textParameter(table, name) ?? absent(name)
  const accessKeyId = read('AccessKeyId')
  const method = read('SignatureMethod')
  if (typeof method === 'string' && method.toUpperCase() !== 'HMAC-SHA1') {
    throw new Refusal('InvalidSignatureMethod')
  }
  const version = read('SignatureVersion')
  if (typeof version === 'string' && version !== '1.0') throw new Refusal('InvalidSignatureVersion')
  const nonce = read('SignatureNonce')
  const timestamp = read('Timestamp')
  const signature = read('Signature')
  return { version: 'v1', accessKeyId, nonce, timestamp, signature }
}

function credentialsV3(
  request: Request,
  { authorization }: Extract<Scheme, { readonly version: 'v3' }>,
): CredentialsV3 {
  if (authorization === undefined) {
    throw new Refusal('IncompleteSignature', {
      reason: 'The Authorization header must read: ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…',
    })
  }
  if (authorization.algorithm !== algorithmV3) throw new Refusal('InvalidSignatureMethod')
  const required = (name: string, as: string) => {
    const value = trimOws(header(request, name) ?? '')
    if (value === '') throw new Refusal('MissingParameter', { name: as })
    return value
  }
  const nonce = required('x-acs-signature-nonce', 'SignatureNonce')
  const timestamp = required('x-acs-date', 'Timestamp')
  const { accessKeyId, signedHeaders, signature } = authorization
  const signed = new Set(signedHeaders)
  if (signed.size < signedHeaders.length || signed.size > signedHeadersMax) {
    const reason = `SignedHeaders may name each header once, and ${signedHeadersMax} of them.`
    throw new Refusal('IncompleteSignature', { reason })
  }
  for (const name of request.headers.keys()) {
    if ((name.startsWith('x-acs-') || name === 'host') && !signed.has(name)) {
      throw new Refusal('IncompleteSignature', {
        reason: `The header ${name} is not among the signed headers.`,
      })
    }
  }
  return { version: 'v3', accessKeyId, nonce, timestamp, signature, signedHeaders }
}
