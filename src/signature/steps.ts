import { canonicalQuery, type Parameter } from './percent.ts'
import { type HmacSha1Base64, keyV1, signV1, stringToSignV1 } from './v1.ts'
import { authorizationV3, canonicalRequestV3, type RequestV3, type Sha256, stringToSignV3 } from './v3.ts'

export type StepName =
  | 'parameters'
  | 'canonicalQuery'
  | 'payload'
  | 'payloadHash'
  | 'canonicalRequest'
  | 'canonicalRequestHash'
  | 'stringToSign'
  | 'signature'
  | 'authorization'

/** One step of a signature, computed from the previous ones. */
export interface Step {
  readonly name: StepName
  readonly text: string
  /** Results of mistakes that the text alone does not reveal, such as a wrong key. */
  readonly mistaken?: readonly {
    readonly reason: 'keyWithoutAmpersand' | 'keyWithAmpersand'
    readonly text: string
  }[]
}

/**
 * The steps of a V1 signature (wire-facts §2.1).
 * @param parameters decoded operation and common parameters, without Signature
 */
export function stepsV1(
  method: string,
  parameters: readonly Parameter[],
  secret: string,
  hmac: HmacSha1Base64,
): readonly Step[] {
  const signed = parameters.filter(([name]) => name !== 'Signature')
  const stringToSign = stringToSignV1(method, signed)
  return [
    { name: 'parameters', text: inLines(signed) },
    { name: 'canonicalQuery', text: canonicalQuery(signed) },
    { name: 'stringToSign', text: stringToSign },
    {
      name: 'signature',
      text: signV1(method, signed, secret, hmac),
      mistaken: [{ reason: 'keyWithoutAmpersand', text: hmac(secret, stringToSign) }],
    },
  ]
}

/**
 * The steps of a V3 signature (wire-facts §2.2).
 * @param payload the body as sent, whose hash the request contains
 */
export function stepsV3(
  request: RequestV3,
  payload: string,
  accessKeyId: string,
  secret: string,
  sha256: Sha256,
): readonly Step[] {
  const query = [...request.query]
  const canonicalRequest = canonicalRequestV3({ ...request, query })
  const hash = sha256.hash(canonicalRequest)
  const stringToSign = stringToSignV3(hash)
  return [
    { name: 'canonicalQuery', text: canonicalQuery(query) },
    { name: 'payload', text: payload },
    { name: 'payloadHash', text: request.payloadHash },
    { name: 'canonicalRequest', text: canonicalRequest },
    { name: 'canonicalRequestHash', text: hash },
    { name: 'stringToSign', text: stringToSign },
    {
      name: 'signature',
      text: sha256.hmac(secret, stringToSign),
      mistaken: [{ reason: 'keyWithAmpersand', text: sha256.hmac(keyV1(secret), stringToSign) }],
    },
    { name: 'authorization', text: authorizationV3({ ...request, query }, accessKeyId, secret, sha256) },
  ]
}

/** Decoded parameters for display, one per line, in signing order. */
const inLines = (parameters: readonly Parameter[]) =>
  [...parameters]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')
