import { canonicalQuery, type Parameter, percentEncode } from './percent.ts'

/**
 * V1's string to sign (wire-facts §2.1): METHOD & %2F & the canonical query, encoded once more. `parameters`
 * are those of query and form body, without Signature.
 */
export function stringToSignV1(method: string, parameters: Iterable<Parameter>): string {
  const signed = [...parameters].filter(([name]) => name !== 'Signature')
  return stringToSignV1Head(method) + percentEncode(canonicalQuery(signed))
}

/** The part of the string to sign before the parameters. */
export const stringToSignV1Head = (method: string) => `${method}&%2F&`

/** The HMAC-SHA1 key of a V1 signature: the secret and an ampersand (V3 has none: wire-facts §12.6). */
export const keyV1 = (secret: string) => `${secret}&`

/** Base64 of an HMAC-SHA1: node:crypto's on a server, a JavaScript implementation in a browser without TLS. */
export type HmacSha1Base64 = (key: string, text: string) => string

/** Computes the value of the parameter Signature. */
export function signV1(
  method: string,
  parameters: Iterable<Parameter>,
  secret: string,
  hmac: HmacSha1Base64,
): string {
  return hmac(keyV1(secret), stringToSignV1(method, parameters))
}
