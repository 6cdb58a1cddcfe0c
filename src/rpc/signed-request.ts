import { createHash, createHmac, type Hash, type Hmac, timingSafeEqual } from 'node:crypto'
import { header, type Request } from '../lib/http-message.ts'
import { isSignatureV1, isSignatureV3, oddityOfV1, oddityOfV3 } from '../signature/signature-text.ts'
import { keyV1, stringToSignV1Head } from '../signature/v1.ts'
import {
  algorithmV3,
  canonicalHeadV3,
  canonicalTailV3,
  parseAuthorizationV3,
  signedHeadersMax,
  stringToSignV3,
  trimOws,
} from '../signature/v3.ts'
import { LongMessage, LongText } from './long-message.ts'
import { bytesOfLongValues, type Canonical, type CanonicalWriter, wholeUpTo } from './parameters/canonical.ts'
import { formV1, formV3 } from './parameters/canonical-form.ts'
import { textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'

/** Who a request says it is from, and how to tell whether that is true. */
export interface SignedRequest {
  readonly accessKeyId: string
  /** As it was signed: what the signature does not cover makes no other nonce of it. */
  readonly nonce: string
  /** As it was signed: UTC, YYYY-MM-DDThh:mm:ssZ. */
  readonly timestamp: string
  /**
   * Verifies the signature.
   * @returns undefined for the right signature; for another what makes the refusal, which shows what the server signed
   */
  refusal(secret: string): (() => Refusal) | undefined
}

/**
 * Signature V3 announces itself in the Authorization header; everything else is read as V1. Later versions
 * (ACS4-…) look the same and are then refused by their algorithm.
 */
export const isV3 = (request: Request) => header(request, 'authorization')?.startsWith('ACS') ?? false

/** Whether a request names an access key. */
export const hasKey = (request: Request, common: ParameterTable): boolean =>
  isV3(request) || common.pairs.some(({ name }) => name === 'AccessKeyId')

/** Whether a V3 request lists a header among those that it signs. */
export const signsHeader = (request: Request, name: string) =>
  parseAuthorizationV3(header(request, 'authorization') ?? '')?.signedHeaders.includes(name) ?? false

/**
 * The claim of a request: parameters of V1, headers of V3 (wire-facts §2.2, §2.4).
 * @param common the common parameters
 * @param signed gives those that the signature covers; asked when there is a key to verify it with
 * @throws Refusal for what is missing or malformed
 */
export function readSignedRequest(
  request: Request,
  common: ParameterTable,
  signed: () => ParameterTable,
  writer: CanonicalWriter,
): SignedRequest {
  refuseOtherCredentials(request, common)
  return isV3(request)
    ? signedRequestV3(request, signed, writer)
    : signedRequestV1(request, common, signed, writer)
}

/** Bearer tokens and temporary credentials are told apart from a wrong signature, not ignored (design §6). */
export function refuseOtherCredentials(request: Request, table: ParameterTable): void {
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

/**
 * What the parameters of V1 say of who a request is from.
 * @param absent gives what stands for a parameter that is not there, or throws
 * @throws Refusal for another method or version of the signature
 */
export function credentialsV1<Absent>(table: ParameterTable, absent: (name: string) => Absent) {
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
  return { accessKeyId, nonce, timestamp, signature }
}

function signedRequestV1(
  { method, end }: Request,
  common: ParameterTable,
  signed: () => ParameterTable,
  writer: CanonicalWriter,
): SignedRequest {
  const { accessKeyId, nonce, timestamp, signature } = credentialsV1(common, (name): never => {
    throw new Refusal('MissingParameter', { name })
  })
  return {
    accessKeyId,
    nonce,
    timestamp,
    refusal(secret) {
      const text: Canonical = {
        head: stringToSignV1Head(method),
        table: signed(),
        form: formV1,
        part: 'all but Signature',
      }
      if (!isSignatureV1(signature))
        return () => {
          const reason = `${oddityOfV1(signature)} server string to sign is:${shown(writer, text)}`
          return new Refusal('IncompleteSignature', { reason })
        }
      const hmac = createHmac('sha1', keyV1(secret))
      const bytes = hashed(writer, text, hmac, stringToSignMax(end))
      if (sameText(hmac.digest('base64'), signature)) return undefined
      return () => new Refusal('SignatureDoesNotMatch', { stringToSign: whole(writer, text, bytes) })
    },
  }
}

/**
 * What the headers of V3 say of who a request is from.
 * @throws Refusal for what is missing or malformed
 */
export function credentialsV3(request: Request) {
  const authorization = parseAuthorizationV3(header(request, 'authorization')!)
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
  const signed = new Set(authorization.signedHeaders)
  if (signed.size < authorization.signedHeaders.length || signed.size > signedHeadersMax) {
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
  return { ...authorization, nonce, timestamp }
}

function signedRequestV3(
  request: Request,
  signed: () => ParameterTable,
  writer: CanonicalWriter,
): SignedRequest {
  const { accessKeyId, signedHeaders, signature, nonce, timestamp } = credentialsV3(request)
  return {
    accessKeyId,
    nonce,
    timestamp,
    refusal(secret) {
      const payloadHash = createHash('sha256')
        .update(request.bytes.subarray(request.queryEnd, request.end))
        .digest('hex')
      const { headers, method, path } = request
      const query: Canonical = {
        head: canonicalHeadV3({ method, path }),
        table: signed(),
        form: formV3,
        part: 'query',
      }
      const tail = Buffer.from(canonicalTailV3({ headers, signedHeaders, payloadHash }), 'latin1')
      const hash = createHash('sha256')
      const bytes = hashed(writer, query, hash, stringToSignMax(request.end))
      const stringToSign = stringToSignV3(hash.update(tail).digest('hex'))
      const ours = createHmac('sha256', secret).update(stringToSign).digest('hex')
      const announced = header(request, 'x-acs-content-sha256') ?? payloadHash
      if (sameText(ours, signature) && sameText(payloadHash, trimOws(announced))) return undefined
      if (!isSignatureV3(signature))
        return () => {
          const canonicalRequest = shown(writer, query, tail)
          const reason = `${oddityOfV3(signature)} server StringToSign is [${stringToSign}] server CanonicalRequest is [${canonicalRequest}]`
          return new Refusal('IncompleteSignature', { reason })
        }
      return () =>
        new Refusal('SignatureDoesNotMatch.V3', {
          stringToSign,
          canonicalRequest: whole(writer, query, bytes, tail),
        })
    },
  }
}

/**
 * How long the string to sign of a request may be. One that is percent-encoded stays below: three bytes of it become
 * five, and each of 200,000 parameters adds five at the most. A byte that a client should have escaped, and a space that
 * it sent as '+', becomes five: without a bound, 16 MB of a client without a key would have 80 MB signed.
 * @param requestBytes of query and body
 */
const stringToSignMax = (requestBytes: number) => 2 * requestBytes + 1024 * 1024

/**
 * Adds a text to a hash; returns how many bytes it has.
 * @throws Refusal StringToSignTooLong
 */
function hashed(writer: CanonicalWriter, text: Canonical, hash: Hash | Hmac, bytesMax: number): number {
  const judge = (bytes: number) => {
    if (bytes > bytesMax) throw new Refusal('StringToSignTooLong', { max: bytesMax })
  }
  judge(bytesOfLongValues(text))
  let bytes = 0
  writer.write(text, (piece) => {
    bytes += piece.length
    judge(bytes)
    hash.update(piece)
  })
  return bytes
}

const nothing = Buffer.alloc(0)
const tooLong = (bytesMax: number) => `(more than ${bytesMax} bytes, not shown)`

/**
 * What the server would have signed, for a client that sends something else than a signature.
 * @param tail what stands behind it
 */
function shown(writer: CanonicalWriter, text: Canonical, tail = nothing): string {
  const all = wholeUpTo(strangersBytesMax, (take) => {
    writer.write(text, take)
    take(tail)
  })
  return all?.toString('latin1') ?? tooLong(strangersBytesMax)
}

/**
 * What the server signed, as a client may compare it.
 * @param bytes how many the text has
 * @param tail what stands behind it
 */
function whole(
  writer: CanonicalWriter,
  text: Canonical,
  bytes: number,
  tail = nothing,
): string | LongMessage {
  if (bytes + tail.length > signersBytesMax) return tooLong(signersBytesMax)
  const { head, form } = text
  const parameters = new LongText(
    bytes - Buffer.byteLength(head),
    (take) => writer.write({ ...text, head: '' }, take),
    { hasAmpersands: form.and === '&' },
  )
  const ending = tail.toString('latin1')
  return parameters.bytes > longBytes
    ? new LongMessage([head, parameters, ending])
    : head + parameters.whole() + ending
}

/** A longer text goes into the answer without becoming a string. */
const longBytes = 4 * 1024

/** Shown to a client whose Signature is none: it holds a key's ID, but need not hold the key. */
const strangersBytesMax = 64 * 1024
/** A full call's string to sign has up to 5.6 MB; a longer one is an attack that wants to be answered with it. */
const signersBytesMax = 8 * 1024 * 1024

/** Compares without telling by its duration where two texts differ. */
function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
