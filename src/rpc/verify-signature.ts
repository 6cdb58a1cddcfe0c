import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { header, type Request } from '../lib/http-message.ts'
import { isSignatureV1, isSignatureV3, oddityOfV1, oddityOfV3 } from '../signature/signature-text.ts'
import { keyV1, stringToSignV1Head } from '../signature/v1.ts'
import { canonicalHeadV3, canonicalTailV3, stringToSignV3, trimOws } from '../signature/v3.ts'
import type { Credentials } from './credentials.ts'
import type { Canonical, CanonicalWriter } from './parameters/canonical.ts'
import { formV1, formV3 } from './parameters/canonical-form.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'
import { excerptOf, hashText, stringToSignMax, wholeText } from './string-to-sign.ts'

/**
 * Verifies a signature with the secret of an access key.
 * @returns undefined for the right signature; otherwise a function that makes the refusal, which shows the string that
 * the server signed
 */
export type VerifySignature = (secret: string) => (() => Refusal) | undefined

/**
 * The verification of a request's signature.
 * @param signed gives the parameters that the signature covers; called once there is a key to verify with
 */
export const signatureOf = (
  request: Request,
  credentials: Credentials,
  signed: () => ParameterTable,
  writer: CanonicalWriter,
): VerifySignature =>
  credentials.version === 'v3'
    ? (secret) => refusalV3(request, credentials, signed(), writer, secret)
    : (secret) => refusalV1(request, credentials, signed(), writer, secret)

function refusalV1(
  { method, end }: Request,
  { signature }: Pick<Credentials, 'signature'>,
  table: ParameterTable,
  writer: CanonicalWriter,
  secret: string,
): (() => Refusal) | undefined {
  const text: Canonical = { head: stringToSignV1Head(method), table, form: formV1, part: 'all but Signature' }
  if (!isSignatureV1(signature))
    return () => {
      const reason = `${oddityOfV1(signature)} server string to sign is:${excerptOf(writer, text)}`
      return new Refusal('IncompleteSignature', { reason })
    }
  const hmac = createHmac('sha1', keyV1(secret))
  const bytes = hashText(writer, text, hmac, stringToSignMax(end))
  if (sameText(hmac.digest('base64'), signature)) return undefined
  return () => new Refusal('SignatureDoesNotMatch', { stringToSign: wholeText(writer, text, bytes) })
}

function refusalV3(
  request: Request,
  { signature, signedHeaders }: Extract<Credentials, { readonly version: 'v3' }>,
  table: ParameterTable,
  writer: CanonicalWriter,
  secret: string,
): (() => Refusal) | undefined {
  const { headers, method, path, bytes, queryEnd, end } = request
  const payloadHash = createHash('sha256').update(bytes.subarray(queryEnd, end)).digest('hex')
  const query: Canonical = { head: canonicalHeadV3({ method, path }), table, form: formV3, part: 'query' }
  const tail = Buffer.from(canonicalTailV3({ headers, signedHeaders, payloadHash }), 'latin1')
  const hash = createHash('sha256')
  const queryBytes = hashText(writer, query, hash, stringToSignMax(end))
  const stringToSign = stringToSignV3(hash.update(tail).digest('hex'))
  const ours = createHmac('sha256', secret).update(stringToSign).digest('hex')
  const announced = header(request, 'x-acs-content-sha256') ?? payloadHash
  if (sameText(ours, signature) && sameText(payloadHash, trimOws(announced))) return undefined
  if (!isSignatureV3(signature))
    return () => {
      const canonicalRequest = excerptOf(writer, query, tail)
      const reason = `${oddityOfV3(signature)} server StringToSign is [${stringToSign}] server CanonicalRequest is [${canonicalRequest}]`
      return new Refusal('IncompleteSignature', { reason })
    }
  return () => {
    const canonicalRequest = wholeText(writer, query, queryBytes, tail)
    return new Refusal('SignatureDoesNotMatch.V3', { stringToSign, canonicalRequest })
  }
}

/** Compares two texts in a time that does not depend on where they differ. */
function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
