import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { header, type Request } from '../lib/exchange.ts'
import { keyV1, stringToSignV1Head } from '../signature/v1.ts'
import {
  algorithmV3,
  canonicalHeadV3,
  canonicalTailV3,
  parseAuthorizationV3,
  stringToSignV3,
} from '../signature/v3.ts'
import { type Canonical, type CanonicalWriter, whole } from './parameters/canonical.ts'
import { formV1, formV3 } from './parameters/canonical-form.ts'
import { textParameter } from './parameters/parameters.ts'
import type { ParameterTable } from './parameters/table.ts'
import { Refusal } from './refusals.ts'

/** Who a request says it is from, and how to tell whether that is true. */
export interface Claim {
  readonly accessKeyId: string
  readonly nonce: string
  /** As it was sent: UTC, YYYY-MM-DDThh:mm:ssZ. */
  readonly timestamp: string
  /** @throws Refusal SignatureDoesNotMatch, with what the server signed */
  verify(secret: string): void
}

/**
 * Signature V3 announces itself in the Authorization header; everything else is read as V1. Later versions
 * (ACS4-…) look the same and are then refused by their algorithm.
 */
export const isV3 = (request: Request) => header(request, 'authorization')?.startsWith('ACS') ?? false

/**
 * The claim of a request: parameters of V1, headers of V3 (wire-facts §2.2, §2.4).
 * @throws Refusal for what is missing or malformed
 */
export function readClaim(request: Request, table: ParameterTable, writer: CanonicalWriter): Claim {
  refuseOtherCredentials(request, table)
  return isV3(request) ? claimV3(request, table, writer) : claimV1(request, table, writer)
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
export function saidV1<Absent>(table: ParameterTable, absent: (name: string) => Absent) {
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

function claimV1(request: Request, table: ParameterTable, writer: CanonicalWriter): Claim {
  const { accessKeyId, nonce, timestamp, signature } = saidV1(table, (name): never => {
    throw new Refusal('MissingParameter', { name })
  })
  return {
    accessKeyId,
    nonce,
    timestamp,
    verify(secret) {
      const signed: Canonical = {
        head: stringToSignV1Head(request.method),
        table,
        form: formV1,
        includes: (part) => 'members' in part || part.name !== 'Signature',
      }
      const hmac = createHmac('sha1', keyV1(secret))
      writer.write(signed, (piece) => hmac.update(piece))
      if (sameText(hmac.digest('base64'), signature)) return
      const stringToSign = told(whole((take) => writer.write(signed, take)))
      if (!/^[A-Za-z0-9+/]{27}=$/.test(signature)) {
        throw new Refusal('IncompleteSignature', { reason: `server string to sign is:${stringToSign}` })
      }
      throw new Refusal('SignatureDoesNotMatch', { stringToSign })
    },
  }
}

/** Clients sign about a dozen; each costs what its value is long. */
const signedHeadersMax = 64

/**
 * What the headers of V3 say of who a request is from.
 * @throws Refusal for what is missing or malformed
 */
export function saidV3(request: Request) {
  const authorization = parseAuthorizationV3(header(request, 'authorization')!)
  if (authorization === undefined) {
    throw new Refusal('IncompleteSignature', {
      reason: 'The Authorization header must read: ACS3-HMAC-SHA256 Credential=…,SignedHeaders=…,Signature=…',
    })
  }
  if (authorization.algorithm !== algorithmV3) throw new Refusal('InvalidSignatureMethod')
  const required = (name: string, as: string) => {
    const value = header(request, name)
    if (value === undefined) throw new Refusal('MissingParameter', { name: as })
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

function claimV3(request: Request, table: ParameterTable, writer: CanonicalWriter): Claim {
  const { accessKeyId, signedHeaders, signature, nonce, timestamp } = saidV3(request)
  return {
    accessKeyId,
    nonce,
    timestamp,
    verify(secret) {
      const payloadHash = createHash('sha256')
        .update(request.bytes.subarray(request.queryEnd, request.end))
        .digest('hex')
      const { headers, method, path } = request
      const signed: Canonical = {
        head: canonicalHeadV3({ method, path }),
        table,
        form: formV3,
        includes: (part) => part.inQuery,
      }
      const tail = Buffer.from(canonicalTailV3({ headers, signedHeaders, payloadHash }), 'latin1')
      const hash = createHash('sha256')
      writer.write(signed, (piece) => hash.update(piece))
      const stringToSign = stringToSignV3(hash.update(tail).digest('hex'))
      const ours = createHmac('sha256', secret).update(stringToSign).digest('hex')
      const announced = header(request, 'x-acs-content-sha256') ?? payloadHash
      if (sameText(ours, signature) && sameText(payloadHash, announced)) return
      throw new Refusal('SignatureDoesNotMatch.V3', {
        stringToSign,
        canonicalRequest: told(Buffer.concat([whole((take) => writer.write(signed, take)), tail])),
      })
    },
  }
}

/** A full call's string to sign has up to 5.6 MB; a longer one is an attack that wants to be answered with it. */
const toldBytesMax = 8 * 1024 * 1024

/** What the server signed, as a client may compare it. */
function told(signed: Buffer): string {
  return signed.length <= toldBytesMax ? signed.toString('latin1') : `(${signed.length} bytes, not shown)`
}

/** Compares without telling by its duration where two texts differ. */
function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
