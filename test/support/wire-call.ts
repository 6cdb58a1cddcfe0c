import type { Request } from '../../src/lib/http-message.ts'
import type { Format } from '../../src/rpc/render.ts'
import { type Parameter, percentEncode } from '../../src/signature/percent.ts'
import { signV1 } from '../../src/signature/v1.ts'
import { authorizationV3 } from '../../src/signature/v3.ts'
import { hmacSha1, sha256 } from './hashes.ts'

/** A request before it is bytes, so that it can be both sent and shown. */
export interface WireCall {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly query: readonly Parameter[]
  /** The parameters of a form, or a body as it is. */
  readonly body: readonly Parameter[] | string
}

/** Parameters of a call; one that is undefined is left out, also where it would be a common one. */
export type Fields = Readonly<Record<string, string | undefined>>

/** A call that asks for an answer in a format, or leaves the format unsaid. */
export type CallFor = (format: Format | undefined) => WireCall

export const host = 'iot.cn-shanghai.aliyuncs.com'
/** The moment of every call that says nothing else; the server's clock stands a quarter of a second later. */
export const timestamp = '2024-01-02T03:04:05Z'
export const version = '2018-01-20'
export const testKey = { id: 'testid', secret: 'testsecret' }
const formType = 'application/x-www-form-urlencoded'

const given = (fields: Fields) =>
  Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined)

interface HowV1 {
  readonly method?: string
  readonly secret?: string
  readonly headers?: Fields
  /** Parameters that are given once more; they are signed like the others. */
  readonly twice?: readonly Parameter[]
  /** Put in the place of the right signature. */
  readonly signature?: string
}

/** A call under signature V1: by GET in the query, otherwise all of it in a form, as pop-core sends it. */
export function v1(fields: Fields, how: HowV1 = {}): CallFor {
  const { method = 'POST', secret = testKey.secret, twice = [] } = how
  return (format) => {
    const parameters: Parameter[] = [
      ...given({
        Action: undefined,
        ...fields,
        Version: version,
        Format: format,
        AccessKeyId: testKey.id,
        SignatureMethod: 'HMAC-SHA1',
        SignatureVersion: '1.0',
        SignatureNonce: 'nonce-0001',
        Timestamp: timestamp,
        ...fields,
      }),
      ...twice,
    ]
    // A Signature among the fields, undefined too, is the one to send.
    if (!('Signature' in fields)) {
      parameters.push(['Signature', how.signature ?? signV1(method, parameters, secret, hmacSha1)])
    }
    const inQuery = method === 'GET'
    const headers = { host, ...(!inQuery && { 'content-type': formType }), ...how.headers }
    return {
      method,
      path: '/',
      headers: Object.fromEntries(given(headers)),
      query: inQuery ? parameters : [],
      body: inQuery ? '' : parameters,
    }
  }
}

interface HowV3 {
  readonly in?: 'query' | 'form'
  /** A body instead of a form, as it is. */
  readonly body?: string
  readonly secret?: string
  /** Headers instead of, or besides, those that are always there; all but accept are signed. */
  readonly headers?: Fields
  /** Headers that are changed or added once the call is signed; undefined takes one away. */
  readonly afterwards?: Fields
}

/** A call under signature V3: parameters in the query, as the typed client sends them, or in a form. */
export function v3(action: string | undefined, fields: Fields, how: HowV3 = {}): CallFor {
  const { secret = testKey.secret } = how
  return (format) => {
    const parameters = given(fields)
    const query = how.in === 'form' ? [] : parameters
    const body = how.body ?? (how.in === 'form' ? parameters : '')
    const payloadHash = sha256.hash(bodyText(body))
    const signed = Object.fromEntries(
      given({
        'content-type': body === '' ? undefined : formType,
        host,
        'x-acs-action': action,
        'x-acs-content-sha256': payloadHash,
        'x-acs-date': timestamp,
        'x-acs-signature-nonce': 'nonce-0001',
        'x-acs-version': version,
        ...how.headers,
      }),
    )
    const authorization = authorizationV3(
      {
        method: 'POST',
        path: '/',
        query,
        headers: new Map(Object.entries(signed).map(([name, value]) => [name, [value]])),
        signedHeaders: Object.keys(signed).sort(),
        payloadHash,
      },
      testKey.id,
      secret,
      sha256,
    )
    const accept = format && `application/${format.toLowerCase()}`
    const headers = given({ accept, ...signed, authorization, ...how.afterwards })
    return { method: 'POST', path: '/', headers: Object.fromEntries(headers), query, body }
  }
}

/** The parameters of a list, its entries numbered from 1. */
export function listOf(name: string, entries: readonly Fields[]): Fields {
  const parameters = entries.flatMap((entry, i) =>
    Object.entries(entry).map(([member, value]) => [`${name}.${i + 1}.${member}`, value] as const),
  )
  return Object.fromEntries(parameters)
}

/** The same of a row of name, secret and serial number for each entry. */
export const deviceList = (...rows: readonly (readonly (string | undefined)[])[]): Fields =>
  listOf(
    'DeviceList',
    rows.map(([DeviceName, DeviceSecret, Sn]) => ({ DeviceName, DeviceSecret, Sn })),
  )

/** A body of multipart/form-data, each parameter a part, as form libraries write it. */
export const multipart = (boundary: string, parameters: readonly (readonly [string, string | undefined])[]) =>
  `${parameters
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('')}--${boundary}--\r\n`

const encoded = (parameters: readonly Parameter[]) =>
  parameters.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')

const bodyText = (body: WireCall['body']) => (typeof body === 'string' ? body : encoded(body))

/** A call as the listener hands it on. */
export function asRequest({ method, path, headers, query, body }: WireCall): Request {
  const queryBytes = Buffer.from(encoded(query))
  const bytes = Buffer.concat([queryBytes, Buffer.from(bodyText(body))])
  return {
    method,
    path,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
    bytes,
    queryEnd: queryBytes.length,
    end: bytes.length,
  }
}
