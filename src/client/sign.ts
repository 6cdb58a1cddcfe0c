import { canonicalQuery, type Parameter, percentEncode } from '../signature/percent.ts'
import { keyV1, stringToSignV1Head } from '../signature/v1.ts'
import { authorizationV3, canonicalRequestV3, type RequestV3, stringToSignV3 } from '../signature/v3.ts'
import { FormBytes, type ListParameter, writeList } from './list.ts'

/** The hashes that signatures need, implemented by the caller's platform. */
export interface Hashes {
  /** SHA-256 as lower-case hexadecimal. */
  sha256(data: string | Uint8Array): string
  /** HMAC-SHA256 as lower-case hexadecimal. */
  hmacSha256(key: string, data: string): string
  /** HMAC-SHA1 as Base64. */
  hmacSha1(key: string, data: Uint8Array): string
}

export interface AccessKey {
  readonly id: string
  readonly secret: string
}

/** V3 (ACS3-HMAC-SHA256) is what current clients send; V1 is older, and every endpoint accepts it too. */
export type SignatureVersion = 'v1' | 'v3'

/** One call, not signed yet. */
export interface Unsigned {
  readonly action: string
  readonly version: string
  readonly parameters: Readonly<Record<string, string>>
  readonly list?: ListParameter | undefined
  /** The format of the answer; default: JSON. */
  readonly format?: AnswerFormat
}

export type AnswerFormat = 'JSON' | 'XML'

/** The values that differ in each attempt of a call. */
export interface Fresh {
  readonly nonce: string
  /** Milliseconds since 1970 UTC. */
  readonly now: number
}

/** A signed request, always a POST to `/`. */
export interface Signed {
  /** With its '?', or empty. */
  readonly query: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The signed string, to explain a signature that does not match. It contains all parameters. */
  stringToSign(): string
}

const formType = 'application/x-www-form-urlencoded'

/** These two go into the query, as the operations' metadata says; all else into the body (wire-facts §2.4). */
const inQuery = ['IotInstanceId', 'ProductKey']

/** Signs a call. Everything but V3's instance and product is in the body: a URL is logged on its way, and is short. */
export function sign(
  version: SignatureVersion,
  host: string,
  call: Unsigned,
  key: AccessKey,
  fresh: Fresh,
  hashes: Hashes,
): Signed {
  return version === 'v1' ? signedV1(call, key, fresh, hashes) : signedV3(host, call, key, fresh, hashes)
}

/** A call as V3 sees it, and its body. */
export function laidOutV3(
  host: string,
  call: Unsigned,
  fresh: Fresh,
  hashes: Hashes,
): {
  readonly request: RequestV3
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
} {
  const all = Object.entries(call.parameters)
  const query = all.filter(([name]) => inQuery.includes(name))
  const body = canonicalForm(
    all.filter(([name]) => !inQuery.includes(name)),
    call.list,
  )
  const headers: Record<string, string> = {
    ...(body.length > 0 && { 'content-type': formType }),
    host,
    'x-acs-action': call.action,
    'x-acs-content-sha256': hashes.sha256(body),
    'x-acs-date': timestamp(fresh.now),
    'x-acs-signature-nonce': fresh.nonce,
    'x-acs-version': call.version,
  }
  return {
    request: {
      method: 'POST',
      path: '/',
      query,
      headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
      signedHeaders: Object.keys(headers).sort(),
      payloadHash: headers['x-acs-content-sha256']!,
    },
    headers,
    body,
  }
}

function signedV3(host: string, call: Unsigned, key: AccessKey, fresh: Fresh, hashes: Hashes): Signed {
  const { request, headers, body } = laidOutV3(host, call, fresh, hashes)
  const query = [...request.query]
  const sha256 = { hash: hashes.sha256, hmac: hashes.hmacSha256 }
  return {
    query: query.length === 0 ? '' : `?${canonicalQuery(query)}`,
    headers: {
      ...headers,
      accept: acceptOf(call),
      authorization: authorizationV3(request, key.id, key.secret, sha256),
    },
    body,
    stringToSign() {
      const canonical = canonicalRequestV3(request)
      return `${canonical}\n\n${stringToSignV3(hashes.sha256(canonical))}`
    },
  }
}

/** A call's parameters with the common parameters of V1; without a list. */
export const parametersV1 = (call: Unsigned, accessKeyId: string, fresh: Fresh): readonly Parameter[] => [
  ...Object.entries(call.parameters),
  ['AccessKeyId', accessKeyId],
  ['Action', call.action],
  ['Format', call.format ?? 'JSON'],
  ['SignatureMethod', 'HMAC-SHA1'],
  ['SignatureNonce', fresh.nonce],
  ['SignatureVersion', '1.0'],
  ['Timestamp', timestamp(fresh.now)],
  ['Version', call.version],
]

function signedV1(call: Unsigned, key: AccessKey, fresh: Fresh, hashes: Hashes): Signed {
  const form = canonicalForm(parametersV1(call, key.id, fresh), call.list)
  const toSign = encodedOnceMore(stringToSignV1Head('POST'), form)
  const signature = `&Signature=${percentEncode(hashes.hmacSha1(keyV1(key.secret), toSign))}`
  const body = new Uint8Array(form.length + signature.length)
  body.set(form)
  body.set(new TextEncoder().encode(signature), form.length)
  return {
    query: '',
    headers: { 'content-type': formType, accept: acceptOf(call) },
    body,
    stringToSign: () => new TextDecoder().decode(toSign),
  }
}

const acceptOf = ({ format = 'JSON' }: Unsigned) => `application/${format.toLowerCase()}`

/** Parameters and a list in canonical order (wire-facts §2.1 steps 2 to 4), as bytes. */
function canonicalForm(parameters: readonly Parameter[], list: ListParameter | undefined): Uint8Array {
  const out = new FormBytes()
  const write = (some: readonly Parameter[]) => {
    if (some.length > 0) out.ascii((out.end > 0 ? '&' : '') + canonicalQuery(some))
  }
  if (list === undefined) {
    write(parameters)
    return out.written()
  }
  write(parameters.filter(([name]) => name < `${list.name}.`))
  writeList(out, list)
  write(parameters.filter(([name]) => name > `${list.name}.`))
  return out.written()
}

/** V1 signs the canonical form percent-encoded once more; of a form's bytes only these three change. */
function encodedOnceMore(head: string, form: Uint8Array): Uint8Array {
  const [and, equals, percent] = ['%26', '%3D', '%25'].map((text) => new TextEncoder().encode(text))
  const out = new Uint8Array(head.length + 3 * form.length)
  let end = new TextEncoder().encodeInto(head, out).written
  for (let i = 0; i < form.length; i++) {
    const byte = form[i]!
    const escaped = byte === 0x26 ? and : byte === 0x3d ? equals : byte === 0x25 ? percent : undefined
    if (escaped === undefined) out[end++] = byte
    else for (let e = 0; e < 3; e++) out[end++] = escaped[e]!
  }
  return out.subarray(0, end)
}

export const timestamp = (now: number) => `${new Date(now).toISOString().slice(0, 19)}Z`
